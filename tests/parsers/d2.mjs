// Compiles drawings with D2's own compiler and prints, for each file, its labels and how many connections it has.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();
for (const file of process.argv.slice(2)) {
  const { diagram } = await d2.compile(readFileSync(file, "utf8"));
  console.log(JSON.stringify([diagram.shapes.map((shape) => shape.label), (diagram.connections ?? []).length]));
}
// The compiler's worker would keep the process alive.
process.exit(0);
