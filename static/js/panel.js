/* Everything here only improves pages that work without it. */
import "./announce.js";
import "./busy.js";
import "./changes.js";
import "./copy.js";
import "./dialog.js";
import "./drag.js";
import "./eye.js";
import "./guess.js";
import "./pick.js";
import "./refresh.js";
import "./toast.js";
