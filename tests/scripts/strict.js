// @ts-check
// Errors that the type checker must find: if it does not, it reports the line above.

import { workspace } from "./sample.js";

const { data } = workspace();

// @ts-expect-error a field that the data does not have
export const misnamed = data.modules.nmae;

// @ts-expect-error a list where a number is wanted
export const added = data.version + data.packages;

// @ts-expect-error something that may be missing
export const { rules } = data.findings;

// @ts-expect-error a parameter without a type
export const untyped = (value) => value;
