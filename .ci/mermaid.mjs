// Reads each picture in the Markdown files that are named with Mermaid's own parser. An error says what it does not take.
// `mermaid` and `jsdom` must be installed beside this file.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");

let pictures = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  for (const [, picture] of text.matchAll(/^```mermaid\n(.*?)^```$/gms)) {
    await mermaid.parse(picture);
    pictures += 1;
  }
}
console.log(pictures === 1 ? "1 picture" : `${pictures} pictures`);
