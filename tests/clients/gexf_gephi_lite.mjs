// GEXF in graphology-gexf, which is what Gephi Lite reads with. It throws on an
// edge to nowhere and on an id that comes twice.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, graphFile] = process.argv.slice(2);
const require = createRequire(process.env.CLIENTS + "/");
const { MultiDirectedGraph } = require("graphology");
const { parse } = require("graphology-gexf");

const expected = JSON.parse(readFileSync(graphFile, "utf8"));
const graph = parse(MultiDirectedGraph, readFileSync(`${folder}/gexf`, "utf8"));
const edges =
  expected.events.reduce((n, e) => n + e.participants.length + (e.place ? 1 : 0), 0) +
  expected.ties.filter((t) => t.event === null).length;
const nodes = expected.actors.length + expected.events.length;
if (graph.order !== nodes) throw new Error(`${graph.order} nodes, not ${nodes}`);
if (graph.size !== edges) throw new Error(`${graph.size} edges, not ${edges}`);
for (const event of expected.events) {
  const node = graph.getNodeAttributes(event.id);
  const date = event.date ?? {};
  if ((node.when ?? undefined) !== date.edtf || (node.earliest ?? null) !== (date.earliest ?? null))
    throw new Error(`${event.id} is dated ${node.when} (${node.earliest})`);
}
