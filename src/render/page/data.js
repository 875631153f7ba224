// What the page knows: the JSON contract, as `graph.json` has it, and beside it
// how things look and are called.
const byId = (id) => document.getElementById(id);
const packed = JSON.parse(byId("data").textContent);
const unpack = (value) => {
  if (typeof value === "number") return value < 0 ? packed.strings[-1 - value] : value;
  if (!Array.isArray(value)) return value;
  if (value[0] === 0) return value.slice(1).map(unpack);
  const object = {};
  packed.shapes[value[0] - 1].forEach((name, i) => { object[name] = unpack(value[i + 1]); });
  return object;
};
const contract = unpack(packed.root);
const look = unpack(packed.look);

// Makes an element. Text is always text: nothing here is ever read as HTML.
const el = (tag, attributes, ...content) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "click") node.addEventListener("click", value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...content.flat().filter((c) => c !== null && c !== undefined && c !== ""));
  return node;
};

// One clean line: what could turn the direction of writing or hide characters
// is dropped, as everywhere in Tieline.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;
const clean = (text) => text.replace(/\s+/gu, " ").replace(UNSEEN, "");
const plain = (text) => clean(text).replace(/ +/g, " ").trim();
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;
const words = (key) => plain(key.replace(/_/g, " "));

const actorAt = new Map(contract.actors.map((a, i) => [a.id, i]));
const documentAt = new Map(contract.documents.map((d, i) => [d.id, i]));
// Months since the year 0, to compare dates of any year.
const month = (day) => {
  const parts = day && /^([+-]?\d+)-(\d\d)/.exec(day);
  return parts ? Number(parts[1]) * 12 + Number(parts[2]) - 1 : null;
};
const events = contract.events.map((event, i) => {
  const [label, heading, title, roles] = look.events[i];
  const date = event.date || {};
  const actors = event.participants.map((p) => actorAt.get(p.actor));
  const documents = [...new Set(event.evidence.map((e) => documentAt.get(e.document)))].sort((a, b) => a - b);
  return {
    i, event, label, heading, roles, actors, documents,
    id: plain(event.id),
    title: title || `(${plain(event.type)})`,
    first: month(date.earliest), last: month(date.latest), day: date.earliest || date.latest || "",
  };
});
const actors = contract.actors.map((actor, i) => ({ i, actor, id: plain(actor.id), name: plain(actor.name) || "(no name)", events: [] }));
for (const e of events) for (const a of new Set(e.actors)) actors[a].events.push(e);
const eventById = new Map(events.map((e) => [e.id, e]));
const actorById = new Map(actors.map((a) => [a.id, a]));
const linkTo = { event: (e) => `#${encodeURIComponent(e.id)}`, actor: (a) => `#a-${encodeURIComponent(a.id)}`, pair: (a, b) => `#p-${encodeURIComponent(a.id)}~${encodeURIComponent(b.id)}` };
const documentName = (d) => `D${d + 1}`;
const documentTitle = (d) => plain(contract.documents[d].title || contract.documents[d].path);

// The actor that somebody typed: the whole name, an alias, or a part that only
// one has. `null` where none fits.
const actorNamed = (text) => {
  const asked = fold(plain(text));
  if (!asked) return null;
  const names = (a) => [a.name, ...a.actor.aliases].map((n) => fold(plain(n)));
  const whole = actors.filter((a) => a.id === text || fold(a.name) === asked);
  if (whole.length) return whole[0];
  const alias = actors.filter((a) => names(a).includes(asked));
  const found = alias.length ? alias : actors.filter((a) => names(a).some((n) => n.includes(asked)));
  return found.sort((a, b) => b.events.length - a.events.length || a.i - b.i)[0] || null;
};
