// What a page with a form has besides the shell. list.js goes first: the saved value is read from the lines it leaves.
import "./list.js";
import "./counter.js";
import "./code.js";
import "./combo.js";
import "./autosave.js";
