// markwhen: no message of the parser, and as many events as have a year; it
// swallows lines without an error.
// Arguments: the folder with the exports, graph.json.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages are where `run` puts them.
const require = createRequire(process.env.CLIENTS + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { isEvent, iter, parse } = await load('@markwhen/parser');

const [folder, file] = process.argv.slice(2);
const graph = JSON.parse(fs.readFileSync(file, 'utf8'));
const parsed = parse(fs.readFileSync(path.join(folder, 'markwhen'), 'utf8'));
if (parsed.parseMessages.length) throw new Error(JSON.stringify(parsed.parseMessages.slice(0, 3)));
const found = [...iter(parsed.events)].map(({ eventy }) => eventy).filter(isEvent);
const dated = graph.events.filter((e) => e.date && (e.date.earliest ?? e.date.latest));
const undated = parsed.header.undated ?? [];
if (found.length !== dated.length) throw new Error(`${found.length} of ${dated.length} events`);
if (found.length + undated.length !== graph.events.length) throw new Error('undated events were lost');
const ours = new Set(['about', 'worked_out', 'planned', 'possible', 'denied']);
found.forEach((event, i) => {
  const from = event.dateRangeIso.fromDateTimeIso.slice(0, 10);
  const { earliest, latest } = dated[i].date;
  if (!earliest) return;
  if (from !== earliest) throw new Error(`${from} is not ${earliest} (${latest})`);
  const strange = event.tags.filter((t) => !ours.has(t) && t !== dated[i].type);
  if (strange.length) throw new Error(`tags out of the text: ${strange}`);
});
console.log(`${found.length} dated, ${undated.length} undated`);
