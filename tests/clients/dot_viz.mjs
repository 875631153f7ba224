// The diagram in @viz-js/viz, a newer Graphviz: it draws, without an error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const require = createRequire(process.env.CLIENTS + "/");
const { instance } = await import(pathToFileURL(require.resolve("@viz-js/viz")));
const viz = await instance();
const result = viz.render(readFileSync(`${folder}/ties.dot`, "utf8"), { format: "svg" });
if (result.status !== "success") throw new Error(JSON.stringify(result.errors).slice(0, 300));
const errors = result.errors.filter((e) => e.level === "error");
if (errors.length || !result.output.includes("<svg")) throw new Error(JSON.stringify(errors));
