// @ts-check
// The page as a whole: makes its parts, and goes where the address says.

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
