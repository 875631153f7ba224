// TimelineJS 3 in headless Chromium, from this machine alone: the file is valid,
// and every dated event has a marker; it skips others and says nothing.
// Arguments: the folder with the exports, graph.json. CHROMIUM may name the browser.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages are where `run` puts them.
const require = createRequire(process.env.CLIENTS + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: { chromium } } = await load('playwright-core');

const [folder, file] = process.argv.slice(2);
const graph = JSON.parse(fs.readFileSync(file, 'utf8'));
const data = JSON.parse(fs.readFileSync(path.join(folder, 'timelinejs'), 'utf8'));
const dated = graph.events.filter((e) => e.date && (e.date.earliest ?? e.date.latest)).length;
if (data.events.length !== dated) throw new Error(`${data.events.length} of ${dated} events`);
const listed = data.title.text.text.split('<li>').length - 1;
if (listed + dated !== graph.events.length) throw new Error('undated events were lost');

// A page of thousands of slides takes minutes to draw; the reader is asked
// about the first ones, and about whether all are valid.
const MOST = Number(process.env.TIMELINEJS_MOST ?? 300);
const shown = { ...data, events: data.events.slice(0, MOST) };
const dist = path.dirname(path.dirname(require.resolve('@knight-lab/timelinejs/dist/js/timeline.js')));
const page = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/css/timeline.css">
<script src="/js/timeline.js"></script><div id="t" style="width:1200px;height:700px"></div>`;
const server = http.createServer((request, response) => {
  const name = new URL(request.url, 'http://x').pathname;
  if (name === '/') {
    response.setHeader('content-type', 'text/html');
    return response.end(page);
  }
  const wanted = path.normalize(path.join(dist, name));
  if (!wanted.startsWith(dist) || !fs.existsSync(wanted) || fs.statSync(wanted).isDirectory()) {
    response.statusCode = 404;
    return response.end();
  }
  const kinds = { '.css': 'text/css', '.js': 'text/javascript' };
  response.setHeader('content-type', kinds[path.extname(wanted)] ?? 'application/octet-stream');
  return response.end(fs.readFileSync(wanted));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const tab = await browser.newPage();
  const errors = [];
  tab.on('pageerror', (e) => errors.push(String(e)));
  tab.on('dialog', (d) => { errors.push(`a script ran: ${d.message()}`); d.dismiss(); });
  // Its fonts are elsewhere; nothing leaves this machine.
  const local = `http://127.0.0.1:${server.address().port}/`;
  await tab.route((url) => !url.href.startsWith(local), (route) => route.abort());
  await tab.goto(local);
  await tab.evaluate((some) => { window.tl = new TL.Timeline('t', some); }, shown);
  const markers = tab.locator('.tl-timemarker');
  if (shown.events.length) await markers.first().waitFor({ state: 'attached', timeout: 120000 });
  // The class that checks a file is not among what the program gives out.
  const valid = await tab.evaluate((all) => {
    const config = new window.tl.config.constructor(all);
    config.validate();
    return { valid: config.isValid(), errors: config.getErrors('; '), events: config.events.length };
  }, data);
  if (!valid.valid) throw new Error(`not valid: ${valid.errors}`);
  if (valid.events !== dated) throw new Error(`reads ${valid.events} of ${dated} events`);
  const count = await markers.count();
  if (count !== shown.events.length) throw new Error(`${count} markers of ${shown.events.length}`);
  if (errors.length) throw new Error(errors[0]);
  console.log(`${valid.events} events valid, ${count} markers, ${listed} undated listed`);
} finally {
  await browser.close();
  server.close();
}
