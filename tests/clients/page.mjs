// The page in headless Chromium. Arguments: the folder that holds `page.html`
// (or `html`) and the JSON export of the same story. With
// TIELINE_SHOTS=FOLDER it leaves pictures there. Needs playwright-core and
// @axe-core/playwright, found from $CLIENTS or the working folder, and a
// Chromium (CHROMIUM, else /usr/bin/chromium).
import { createRequire } from "node:module";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";

const require = createRequire(join(process.env.CLIENTS || process.cwd(), "page.cjs"));
const { chromium } = require("playwright-core");
const { AxeBuilder } = require("@axe-core/playwright");

const [folder, json] = process.argv.slice(2);
if (!folder || !json) {
  console.log("usage: page.mjs FOLDER graph.json");
  process.exit(2);
}
const file = ["page.html", "html"].map((n) => resolve(folder, n)).find((f) => existsSync(f));
if (!file) {
  console.log(`FAILED page: no page.html in ${folder}`);
  process.exit(1);
}
const url = pathToFileURL(file).href;
const graph = JSON.parse(readFileSync(json, "utf8"));
const shots = process.env.TIELINE_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

const wrong = [];
const check = (holds, what) => { if (!holds) wrong.push(what); };
const equal = (is, should, what) => check(isDeepStrictEqual(is, should), `${what}: ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A page in a context of its own, all of whose errors and requests count.
const visit = async (name, options, address = "") => {
  const context = await browser.newContext({ offline: true, viewport: { width: 1440, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on("pageerror", (e) => wrong.push(`${name}: error ${e.message}`));
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) wrong.push(`${name}: console ${m.text()}`); });
  page.on("dialog", (d) => { wrong.push(`${name}: a dialog`); void d.dismiss(); });
  page.on("request", (r) => { if (!/^(file|data|blob):/.test(r.url())) wrong.push(`${name}: request ${r.url()}`); });
  await page.goto(url + address);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]", { timeout: 20000 });
  return page;
};
const shoot = async (page, name, full) => { if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: Boolean(full) }); };
// On a very long page axe would take many minutes over rows that are all alike:
// there only what stands around them is looked at.
const axe = async (page, name) => {
  let builder = new AxeBuilder({ page });
  if (graph.events.length > 500) for (const rows of ["#events tbody", "#actors tbody", "#articles tbody", "datalist"]) builder = builder.exclude(rows);
  const { violations } = await builder.analyze();
  for (const v of violations) wrong.push(`axe, ${name}: ${v.id} (${v.nodes.length}, ${v.nodes[0].target}) ${v.nodes[0].failureSummary || ""}`);
};
const shown = (page) => page.locator("#events tr[data-i]:not([hidden])").count();
const typed = graph.events.filter((e) => e.type !== "other").length;
const types = new Set(graph.events.map((e) => e.type));
const first = types.size > 1 && types.has("other") ? typed : graph.events.length;

for (const colorScheme of ["light", "dark"]) {
  const page = await visit(colorScheme, { colorScheme });
  await shoot(page, `${colorScheme}-top`);
  await axe(page, colorScheme);
  if (graph.events.length) {
    await page.evaluate((id) => { location.hash = `#${encodeURIComponent(id)}`; }, graph.events.find((e) => e.type !== "other")?.id ?? graph.events[0].id);
    await page.waitForSelector("#panel.open blockquote");
    await axe(page, `${colorScheme}, evidence`);
    await shoot(page, `${colorScheme}-event`);
    const acting = graph.actors.find((a) => graph.events.some((e) => e.type !== "other" && e.participants.some((p) => p.actor === a.id)));
    if (acting) {
      await page.evaluate((id) => { location.hash = `#a-${encodeURIComponent(id)}`; }, acting.id);
      await page.waitForFunction(() => document.querySelector("#panel h3"));
      await axe(page, `${colorScheme}, actor`);
      await shoot(page, `${colorScheme}-actor`);
    }
  }
  await page.context().close();
}

const page = await visit("counts", {});
const ready = Number(await page.getAttribute("html", "data-ready"));
equal(await page.locator("#events tr[data-i]").count(), graph.events.length, "rows of events");
equal(await page.locator("#articles tbody tr").count(), graph.documents.length, "rows of articles");
const acting = new Set(graph.events.flatMap((e) => e.participants.map((p) => p.actor)));
equal(await page.locator("#actors tbody tr").count(), acting.size, "rows of actors");
equal(await shown(page), first, "rows shown at first");
const heads = await page.textContent("#counts");
for (const list of ["events", "actors", "documents"]) check(heads.includes(String(graph[list].length)), `the counts do not say ${graph[list].length}: ${heads}`);

// What is saved is what the program writes.
const saved = async (button) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return readFileSync(await download.path(), "utf8");
};
check(isDeepStrictEqual(JSON.parse(await saved("#save-json")), graph), "the saved JSON is another than the export");
const csv = await saved("#save-csv");
check(csv.startsWith('"id","when"') && (csv.match(/\r\n"/g) || []).length >= Math.max(0, first), "the saved CSV has too few lines");
check(!/^[=+@]|[,"]"[=+@]/m.test(csv.replace(/""/g, "")), "the saved CSV has a formula");

if (graph.events.length > 1) {
  // Filters.
  if (first !== graph.events.length) {
    await page.click("#untyped");
    equal(await shown(page), graph.events.length, "rows with those of no kind");
  }
  await page.click("#kinds summary");
  await page.click("#kinds [data-all='']");
  await page.waitForFunction(() => !document.querySelector("#events tr[data-i]:not([hidden])"));
  const kind = [...types].sort()[0];
  await page.locator("#kinds input").first().check();
  await page.waitForFunction(() => document.querySelector("#events tr[data-i]:not([hidden])"));
  equal(await shown(page), graph.events.filter((e) => e.type === kind).length, `rows of kind ${kind}`);
  await page.keyboard.press("Escape");
  await page.click("#controls [type=reset]");
  await page.click("#kinds summary");
  await page.click("#kinds [data-all='1']");
  await page.keyboard.press("Escape");
  await page.waitForFunction((n) => document.querySelectorAll("#events tr[data-i]:not([hidden])").length === n, graph.events.length);
  await page.fill("#search", "qqqxyzzy");
  await page.waitForFunction(() => document.querySelector("#found").textContent.startsWith("0 of"));
  equal(await shown(page), 0, "rows with a word that no article has");
  await page.fill("#search", "");
  await page.waitForFunction((n) => document.querySelector("#found").textContent.startsWith(`${n} of`), graph.events.length);
  await page.selectOption("#article", "0");
  const told = graph.events.filter((e) => e.evidence.some((v) => v.document === graph.documents[0].id)).length;
  await page.waitForFunction((n) => document.querySelector("#found").textContent.startsWith(`${n} of`), told);
  await page.selectOption("#article", "");
  if (await page.isVisible("#time")) {
    await page.focus("#to");
    await page.keyboard.press("Home");
    await page.waitForFunction((n) => !document.querySelector("#found").textContent.startsWith(`${n} of`), graph.events.length, { timeout: 5000 }).catch(() => wrong.push("the time bar hides nothing"));
    await page.keyboard.press("End");
    await page.waitForFunction((n) => document.querySelector("#found").textContent.startsWith(`${n} of`), graph.events.length);
  }
  // The keyboard opens evidence, and Escape gives the focus back.
  await page.locator("#events tr[data-i] a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#panel.open blockquote");
  const focused = await page.evaluate(() => document.activeElement.closest("#panel") !== null);
  check(focused, "the focus is not in the panel");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("#panel.open"));
  equal(await page.evaluate(() => Boolean(document.activeElement.closest("#events"))), true, "the focus goes back");
  const node = page.locator("#view [role=button][tabindex='0']");
  if (await node.count()) {
    // The arrow keys go through the events in order of date, and to the actors.
    await node.focus();
    const name = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    const names = [await name()];
    for (let i = 0; i < Math.min(5, await shown(page)) - 1; i += 1) { await page.keyboard.press("ArrowDown"); names.push(await name()); }
    // The table may have events of no kind that the picture leaves out.
    const told = await page.locator("#events tr[data-i]:not([hidden])").evaluateAll((rows) => rows.map((r) => `${r.cells[0].textContent}: ${r.cells[1].querySelector("a").textContent}`));
    let rank = -1;
    check(names.every((n) => (rank = told.indexOf(n, rank + 1)) >= 0), `the arrow keys go to ${names.join(" / ")}`);
    const inside = await page.evaluate(() => { const a = document.activeElement.getBoundingClientRect(), v = document.getElementById("view").getBoundingClientRect(); return a.top >= v.top - 1 && a.bottom <= v.bottom + 1; });
    check(inside, "the box with the focus is out of view");
    await shoot(page, "walked");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#panel.open blockquote");
    await axe(page, "walked");
    const walked = await page.textContent("#panel h2");
    check(names.at(-1).endsWith(walked), `Enter opens ${walked}, not ${names.at(-1)}`);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("#panel.open"));
    equal(await name(), names.at(-1), "the focus goes back to the box");
  }
  // Two who share an event are linked.
  const shared = graph.events.find((e) => e.status !== "denied" && new Set(e.participants.map((p) => p.actor)).size > 1);
  if (shared) {
    const [a, b] = [...new Set(shared.participants.map((p) => p.actor))];
    await page.evaluate(([x, y]) => { location.hash = `#p-${encodeURIComponent(x)}~${encodeURIComponent(y)}`; }, [a, b]);
    await page.waitForSelector("#panel ul.list");
    const both = graph.events.filter((e) => [a, b].every((x) => e.participants.some((p) => p.actor === x))).length;
    equal(await page.locator("#panel ul.list li").count(), both, "events of both");
    await axe(page, "pair");
  }
  // A deep link opens its event.
  for (const event of [graph.events[0], graph.events[graph.events.length - 1]]) {
    const deep = await visit("deep link", {}, `#${encodeURIComponent(event.id)}`);
    await deep.waitForSelector("#panel.open blockquote");
    equal(await deep.locator("#panel figure").count() >= event.evidence.length, true, "sentences of the deep link");
    const quote = (text) => text.replace(/[\s\p{C}]+/gu, "").slice(0, 60);
    const said = quote((await deep.locator("#panel blockquote").first().textContent()).slice(1, -1));
    equal(said, quote(event.evidence[0].quote), "the sentence of the deep link");
    await deep.context().close();
  }
}
// Hostile text stays text.
equal(await page.evaluate(() => document.querySelectorAll("img, iframe, object, embed, script:not(#data)").length), 2, "elements that no page of ours has");
await page.context().close();

// Without its script the page is a table with sentences.
const bare = await visit("no script", { javaScriptEnabled: false });
equal(await bare.locator("#events tr[data-i]:visible").count(), graph.events.length, "rows without a script");
check((await bare.locator("#events .q:visible").count()) >= graph.events.filter((e) => e.evidence.length).length, "sentences without a script");
check(!(await bare.isVisible("#controls")), "controls without a script");
await shoot(bare, "no-script");
await bare.context().close();

const narrow = await visit("narrow", { viewport: { width: 390, height: 844 } });
const wide = await narrow.evaluate(() => document.documentElement.scrollWidth);
check(wide <= 390, `the narrow page is ${wide} wide`);
await axe(narrow, "narrow");
await shoot(narrow, "narrow", true);
// An open menu stands inside the window, wherever its button has got to.
for (const width of [390, 700, 1000]) {
  await narrow.setViewportSize({ width, height: 844 });
  for (const menu of ["#kinds", "#statuses"]) {
    await narrow.click(`${menu} summary`);
    await narrow.waitForTimeout(50);
    const [left, right, most] = await narrow.evaluate((m) => { const r = document.querySelector(`${m} > div`).getBoundingClientRect(); return [r.left, r.right, document.documentElement.clientWidth]; }, menu);
    check(left >= 0 && right <= most, `${menu} from ${left} to ${right} in a window of ${most}`);
    if (width === 390) await shoot(narrow, `narrow-${menu.slice(1)}`);
    await narrow.keyboard.press("Escape");
  }
}
await narrow.context().close();

// How quickly the diagram moves: frames while it scrolls by a step a frame.
const moving = await visit("moving", {});
const rate = await moving.evaluate(() => new Promise((done) => {
  const view = document.getElementById("view");
  const start = performance.now();
  let frames = 0;
  const step = () => {
    view.scrollTop += 25;
    frames += 1;
    if (performance.now() - start < 1500) requestAnimationFrame(step);
    else done(Math.round((frames * 1000) / (performance.now() - start)));
  };
  requestAnimationFrame(step);
}));
// On paper there is a picture with boxes, or the table alone.
await moving.emulateMedia({ media: "print" });
equal(await moving.isVisible("#view"), !(await moving.$("#view canvas")), "the diagram on paper");
check((await moving.isVisible(".onpaper")) === Boolean(await moving.$("#view canvas")), "the word about the diagram on paper");
if (shots) {
  await moving.pdf({ path: join(shots, "print.pdf"), format: "A4" });
}
await moving.context().close();
await browser.close();

const figures = `${graph.events.length} events, ${Math.round(statSync(file).size / 1024)} kB, interactive after ${ready} ms, ${rate} frames a second`;
if (wrong.length) {
  console.log(`FAILED page: ${wrong.slice(0, 12).join("; ")}${wrong.length > 12 ? ` and ${wrong.length - 12} more` : ""} (${figures})`);
  process.exitCode = 1;
} else console.log(`ok page (${figures})`);
