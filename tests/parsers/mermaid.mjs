// Reads flowcharts with Mermaid's own parser and prints, for each file, how many vertices, subgraphs and edges it has.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  await mermaid.parse(text); // also loads the kind of diagram that the text is
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  console.log(JSON.stringify([db.getVertices().size, db.getSubGraphs().length, db.getEdges().length]));
}
process.exit(0);
