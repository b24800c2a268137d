// What a page with a form has besides the shell. fresh.js goes first, then list.js: the saved value is read from the
// lines it leaves.
import "./fresh.js";
import "./list.js";
import "./counter.js";
import "./code.js";
import "./combo.js";
import "./autosave.js";
