/* The conversation under a post: one module for each thing that a reader does there. */

import "./conversation/replying.js";
import "./conversation/seeking.js";
import "./conversation/thanks.js";
import "./conversation/reports.js";
import "./conversation/folding.js";
import "./conversation/visits.js";
import "./conversation/newcomers.js";
import "./conversation/countdown.js";
