// What every page has. Every page reads and submits without it.
import "./theme.js";
import "./clause.js";
import "./fold.js";
import "./keys.js";
import "./rows.js";
import "./sight.js";
import "./signout.js";
import "./dialog.js";
