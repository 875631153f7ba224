// iCalendar again, with ical.js: every start is a date, nothing is lost.
// Arguments: the folder with the exports, graph.json.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages are where `run` puts them.
const require = createRequire(process.env.CLIENTS + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: ICAL } = await load('ical.js');

const [folder, file] = process.argv.slice(2);
const graph = JSON.parse(fs.readFileSync(file, 'utf8'));
const text = fs.readFileSync(path.join(folder, 'ics'), 'utf8');
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
const undated = calendar.getAllSubcomponents('vjournal');
for (const event of events) {
  if (!event.startDate.isDate || !event.endDate.isDate) throw new Error(`${event.uid} has a time`);
  if (!event.summary) throw new Error(`${event.uid} has no summary`);
}
if (events.length + undated.length !== graph.events.length) throw new Error('events were lost');
console.log(`${events.length} dated, ${undated.length} undated`);
