// JSON-LD with jsonld.js, which may load nothing: the context is in the file.
// Arguments: the folder with the exports, graph.json.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages are where `run` puts them.
const require = createRequire(process.env.CLIENTS + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: jsonld } = await load('jsonld');

const [folder, file] = process.argv.slice(2);
const graph = JSON.parse(fs.readFileSync(file, 'utf8'));
const whole = JSON.parse(fs.readFileSync(path.join(folder, 'jsonld'), 'utf8'));
const documentLoader = (url) => {
  throw new Error(`loads ${url}`);
};
const quads = await jsonld.toRDF(whole, { documentLoader, safe: true });
const SEM = 'http://semanticweb.cs.vu.nl/2009/11/sem/';
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const of = (kind) => quads.filter((q) => q.predicate.value === TYPE && q.object.value === SEM + kind).length;
const parts = graph.events.reduce((n, e) => n + e.participants.length, 0);
const counts = { Event: graph.events.length, Actor: graph.actors.length, Role: parts };
for (const [kind, wanted] of Object.entries(counts)) {
  if (of(kind) !== wanted) throw new Error(`${of(kind)} of ${wanted} ${kind}`);
}
const dated = graph.events.filter((e) => e.date?.earliest).length;
const begins = quads.filter((q) => q.predicate.value === `${SEM}hasEarliestBeginTimeStamp`).length;
if (begins !== dated) throw new Error(`${begins} of ${dated} dates`);
console.log(`${quads.length} triples, ${counts.Event} events, ${parts} roles`);
