// @ts-check
// The entry point of the page: initialises its parts, and restores the state from the address.

import { load } from "./address.js";
import { fillBar, wireBar } from "./bar.js";
import "./driver.js";
import "./findings.js";
import "./matrix.js";
import "./metrics.js";
import "./panel.js";
import "./pointer.js";
import "./search.js";
import "./tree.js";

fillBar();
wireBar();
load(true);
requestAnimationFrame(() => performance.mark("archlint-ready"));
