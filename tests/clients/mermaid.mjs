// The timeline in mermaid-cli with Chromium: an SVG that holds an entry for each
// event that the file names.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, graphFile] = process.argv.slice(2);
const require = createRequire(process.env.CLIENTS + "/");
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { renderMermaid } = await load("@mermaid-js/mermaid-cli");
const puppeteer = (await load("puppeteer")).default;

const text = readFileSync(`${folder}/mermaid`, "utf8");
const lines = text.split("\n").filter((l) => l.startsWith("        "));
const events = JSON.parse(readFileSync(graphFile, "utf8")).events.filter((e) => e.type !== "other").length;
if (lines.length !== Math.min(events, 60)) throw new Error(`${lines.length} of ${events} events`);

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
try {
  const { data } = await renderMermaid(browser, text, "svg");
  const svg = new TextDecoder().decode(data);
  const drawn = svg.match(/class="timeline-node[^"]*"/g)?.length ?? 0;
  const entries = lines.reduce((n, l) => n + l.split(" : ").length, 0);
  const sections = text.split("\n").filter((l) => l.startsWith("    section")).length;
  if (drawn !== entries + sections)
    throw new Error(`${drawn} boxes are drawn, not ${entries + sections}`);
  if (/<script|onerror=|javascript:/i.test(svg)) throw new Error("markup of an article is live");
} finally {
  await browser.close();
}
