// The page itself: what is shown, the time bar, the address, the beginning.
const state = { query: "", actor: null, article: "", sources: 1, kinds: new Set(), statuses: new Set(), from: 0, to: 0 };
const types = [...new Set(events.map((e) => e.event.type))].sort();
const statuses = ["occurred", "planned", "possible", "denied"].filter((s) => events.some((e) => e.event.status === s));
const rows = new Map([...document.querySelectorAll("#events tr[data-i]")].map((r) => [Number(r.dataset.i), r]));
// A long table comes with bare names; here they get their links and roles.
for (const e of events.length > 500 ? events : []) {
  const who = rows.get(e.i).cells[2];
  who.replaceChildren(...e.actors.flatMap((a, i) => [i ? ", " : "", el("a", { href: linkTo.actor(actors[a]) }, actors[a].name), " ", el("small", {}, e.roles[i])]));
}

// The bins of the time bar: months for up to three years, else years or more.
const dated = events.filter((e) => e.first !== null || e.last !== null);
const bins = (() => {
  if (!dated.length) return null;
  const ends = dated.flatMap((e) => [e.first, e.last]).filter((m) => m !== null);
  const low = ends.reduce((a, b) => Math.min(a, b)), high = ends.reduce((a, b) => Math.max(a, b));
  const years = Math.floor(high / 12) - Math.floor(low / 12) + 1;
  const size = years <= 3 ? 1 : [12, 24, 60, 120, 600, 1200].find((s) => (years * 12) / s <= 150) || 12000;
  const first = Math.floor(low / size) * size;
  return { size, first, n: Math.floor((high - first) / size) + 1 };
})();
const binOf = (m) => Math.floor((m - bins.first) / bins.size);
const binName = (i) => {
  const m = bins.first + i * bins.size, year = Math.floor(m / 12);
  return bins.size === 1 ? `${year}-${String((m % 12) + 1).padStart(2, "0")}` : String(year);
};
const binEnd = (i) => {
  const m = bins.first + (i + 1) * bins.size - 1;
  return bins.size === 1 ? binName(i) : String(Math.floor(m / 12));
};

// What the search looks at, folded when first needed.
const textOf = (e) => (e.text ||= fold([e.title, words(e.event.type), e.label, ...e.actors.flatMap((a) => [actors[a].name, ...actors[a].actor.aliases]), ...e.event.evidence.map((v) => v.quote), ...e.documents.map(documentTitle)].join(" \n ")));
const isTimely = (e) => {
  if (!bins || (state.from === 0 && state.to === bins.n - 1)) return true;
  if (e.first === null && e.last === null) return false;
  return (e.first === null || binOf(e.first) <= state.to) && (e.last === null || binOf(e.last) >= state.from);
};
const fits = (e) => !state.kinds.has(e.event.type) && !state.statuses.has(e.event.status)
  && e.event.sources >= state.sources
  && (state.actor === null || e.actors.includes(state.actor.i))
  && (state.article === "" || e.documents.includes(Number(state.article)))
  && state.query.split(" ").every((word) => !word || textOf(e).includes(word));
let shown = new Set();
const isShown = (e) => shown.has(e.i);

// Shows what the filters let through, in the table and everywhere.
const apply = () => { filter(); drawPicture(isShown); };
const filter = () => {
  const fitting = events.filter(fits);
  const list = fitting.filter(isTimely);
  shown = new Set(list.map((e) => e.i));
  for (const e of events) rows.get(e.i).hidden = !isShown(e);
  const undated = byId("undated");
  if (undated) undated.hidden = !list.some((e) => undated.contains(rows.get(e.i)));
  byId("found").textContent = `${list.length} of ${count(events.length, "event")} shown.`;
  const untyped = events.filter((e) => e.event.type === "other").length;
  byId("untyped").hidden = !untyped || !state.kinds.has("other");
  byId("untyped").textContent = `Show also ${count(untyped, "event")} of no known kind`;
  tell("kinds", types.length - state.kinds.size, types.length);
  tell("statuses", statuses.length - state.statuses.size, statuses.length);
  drawBars(fitting);
};
const tell = (id, n, all) => { byId(id).querySelector("summary span").textContent = n === all ? "all" : `${n} of ${all}`; };
let waiting = 0;
const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(apply); };

const drawBars = (fitting) => {
  if (!bins) return;
  // An event that can have been at any time of a year is drawn as thin as that
  // is vague, over the whole year.
  const all = Array(bins.n).fill(0), any = Array(bins.n).fill(0);
  for (const e of fitting) {
    if (e.first === null && e.last === null) continue;
    const first = binOf(e.first === null ? e.last : e.first), last = binOf(e.last === null ? e.first : e.last);
    for (let i = first; i <= last; i++) { all[i] += 1 / (last - first + 1); any[i]++; }
  }
  const most = all.reduce((a, b) => Math.max(a, b), 1);
  const svg = byId("bars");
  svg.setAttribute("viewBox", `0 0 ${bins.n} 44`);
  svg.replaceChildren(...all.flatMap((n, i) => {
    if (!n) return [];
    const h = Math.max(2, (n / most) * 42), inside = i >= state.from && i <= state.to;
    return [draw("rect", { class: inside ? "some" : "all", x: i + 0.06, y: 44 - h, width: 0.88, height: h }, draw("title", {}, `${binName(i)}: ${count(any[i], "event")}${any[i] === n ? "" : ", some of them vague"}`))];
  }));
  const [first, last] = [binName(state.from), binEnd(state.to)];
  byId("span").textContent = first === last ? first : `${first} to ${last}`;
  byId("from").setAttribute("aria-valuetext", first);
  byId("to").setAttribute("aria-valuetext", last);
};

const setUpTime = () => {
  if (!bins || bins.n < 2) return;
  byId("time").hidden = false;
  byId("first").textContent = binName(0);
  byId("last").textContent = binEnd(bins.n - 1);
  for (const id of ["from", "to"]) {
    const handle = byId(id);
    handle.min = 0; handle.max = bins.n - 1;
    handle.addEventListener("input", () => {
      const value = Number(handle.value);
      state[id] = id === "from" ? Math.min(value, state.to) : Math.max(value, state.from);
      handle.value = state[id];
      // With both at one end, the one that can still move lies on top.
      byId("from").style.zIndex = state.from > bins.n / 2 ? 2 : 1;
      byId("to").style.zIndex = state.from > bins.n / 2 ? 1 : 2;
      soon();
    });
  }
};

// One box to tick for each of `keys`; `off` holds those that are not ticked.
const setUpMenu = (id, keys, off, name) => {
  const field = byId(id).querySelector("fieldset");
  for (const key of keys) {
    const box = el("input", { type: "checkbox", value: key });
    box.addEventListener("change", () => { off[box.checked ? "delete" : "add"](key); soon(); });
    field.append(el("label", {}, box, ` ${name(key)}`));
  }
};
const tick = () => {
  for (const [id, off] of [["kinds", state.kinds], ["statuses", state.statuses]])
    for (const box of byId(id).querySelectorAll("input")) box.checked = !off.has(box.value);
};
const reset = () => {
  Object.assign(state, { query: "", actor: null, article: "", sources: 1, from: 0, to: bins ? bins.n - 1 : 0 });
  state.kinds.clear();
  state.statuses.clear();
  if (types.length > 1 && types.includes("other")) state.kinds.add("other");
  for (const id of ["search", "actor", "article"]) byId(id).value = "";
  byId("sources").value = "1";
  byId("from").value = 0;
  byId("to").value = state.to;
  tick();
};
const only = (a) => { state.actor = a; byId("actor").value = a.name; apply(); fitWidth(); };
const askPair = (a) => { showPair(a, null).focus(); panel.querySelectorAll("input")[1].focus(); };

const setUpControls = () => {
  const tally = new Map();
  for (const e of events) tally.set(e.event.type, (tally.get(e.event.type) || 0) + 1);
  const per = (key) => tally.get(key);
  setUpMenu("kinds", types, state.kinds, (t) => `${t === "other" ? "no known kind" : words(t)} (${per(t)})`);
  setUpMenu("statuses", statuses, state.statuses, (s) => STATUS[s] || "reported as done");
  byId("article").append(...contract.documents.map((_, d) => el("option", { value: d }, `${documentName(d)} ${documentTitle(d).slice(0, 70)}`)));
  const most = events.reduce((m, e) => Math.max(m, e.event.sources), 1);
  for (let n = 1; n <= Math.min(most, 9); n++) byId("sources").append(el("option", { value: n }, n === 1 ? "any" : `${n} or more`));
  const named = actors.filter((a) => a.events.length).sort((a, b) => b.events.length - a.events.length);
  byId("actor-names").append(...named.map((a) => el("option", { value: a.name })));
  let typing = 0;
  byId("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => { state.query = fold(plain(byId("search").value)); apply(); }, 150);
  });
  byId("actor").addEventListener("change", () => { state.actor = actorNamed(byId("actor").value); byId("actor").value = state.actor ? state.actor.name : ""; soon(); });
  byId("article").addEventListener("change", () => { state.article = byId("article").value; soon(); });
  byId("sources").addEventListener("change", () => { state.sources = Number(byId("sources").value); soon(); });
  byId("untyped").addEventListener("click", () => { state.kinds.delete("other"); tick(); apply(); byId("search").focus(); });
  for (const button of byId("kinds").querySelectorAll("[data-all]")) button.addEventListener("click", () => {
    for (const t of types) state.kinds[button.dataset.all ? "delete" : "add"](t);
    tick();
    soon();
  });
  byId("controls").addEventListener("submit", (e) => e.preventDefault());
  byId("controls").addEventListener("reset", (e) => { e.preventDefault(); reset(); soon(); });
  for (const menu of document.querySelectorAll(".menu")) menu.addEventListener("toggle", () => keepInside(menu.lastElementChild));
  document.addEventListener("click", (e) => { for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(e.target)) menu.open = false; });
  byId("pair").addEventListener("click", () => { showPair(null, null); panel.querySelector("input").focus(); });
  byId("save-json").addEventListener("click", saveJson);
  byId("save-csv").addEventListener("click", saveCsv);
};

// Moves an open menu so far that it stands inside the window.
const keepInside = (box) => {
  box.style.translate = "";
  const area = box.getBoundingClientRect(), room = document.documentElement.clientWidth - 8;
  const shift = area.right > room ? room - area.right : Math.max(0, 8 - area.left);
  if (shift) box.style.translate = `${shift}px`;
};

// The list of actors is long: the busiest first, the rest on demand.
const FEW = 25;
const setUpActors = () => {
  const rest = [...byId("actors").querySelectorAll("tbody tr")].slice(FEW);
  const more = byId("more-actors");
  for (const row of rest) row.hidden = true;
  more.hidden = !rest.length;
  more.textContent = `Show ${count(rest.length, "more actor")}`;
  more.addEventListener("click", () => { for (const row of rest) row.hidden = false; more.hidden = true; rest[0].querySelector("a").focus(); });
};

// What has the address opened, and what had the focus before.
let opener = null;
const open = (address, by) => {
  if (by) opener = by;
  if (location.hash === address) route(); else location.hash = address;
};
const closePanel = () => {
  history.replaceState(null, "", location.pathname + location.search);
  showNothing();
  mark(null, false);
  if (opener && opener.isConnected) opener.focus({ preventScroll: true }); else byId("search").focus({ preventScroll: true });
};
const mark = (what, show) => {
  for (const row of document.querySelectorAll("tr.on")) row.classList.remove("on");
  const row = what && (what.event ? rows.get(what.i) : document.querySelector(`#actors tr[data-a="${what.i}"]`));
  if (row) {
    row.classList.add("on");
    const area = row.getBoundingClientRect();
    if (show && what.event && (area.top < 0 || area.bottom > innerHeight) && !view.contains(opener)) row.scrollIntoView({ block: "center" });
  }
  pick(what, true);
};
const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
// Opens what the address says: `#e…` an event, `#a-…` an actor, `#p-…~…` a pair.
const route = () => {
  const raw = location.hash.slice(1), address = plain(decoded(raw));
  const event = eventById.get(address);
  let heading = null, what = null;
  if (event) { heading = showEvent(event); what = event; }
  else if (address.startsWith("a-") && actorById.has(address.slice(2))) { what = actorById.get(address.slice(2)); heading = showActor(what); }
  else if (raw.startsWith("p-")) {
    const [a, b] = raw.slice(2).split("~").map((id) => actorById.get(plain(decoded(id))));
    if (a && b) heading = showPair(a, b);
  }
  if (!heading) { if (!raw) { showNothing(); mark(null, false); } return; }
  mark(what, true);
  heading.focus({ preventScroll: true });
};

// Whatever goes wrong, the table is there to read.
const ready = () => document.documentElement.classList.remove("loading");
const begin = () => {
  document.documentElement.classList.add("scripted");
  // With the script, an address opens the panel and does not jump to a row.
  for (const row of document.querySelectorAll("tr[id]")) row.removeAttribute("id");
  for (const part of document.querySelectorAll(".live")) part.hidden = false;
  setUpControls();
  setUpTime();
  setUpActors();
  drawLegend();
  listenToPicture();
  reset();
  filter();
  ready();
  drawPicture(isShown);
  fitWidth();
  showNothing();
  document.addEventListener("click", (e) => { const link = e.target.closest("a[href^='#']"); if (link && !panel.contains(link)) { opener = link; if (link.hash === location.hash) route(); } });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    const menu = document.querySelector(".menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    else if (panel.classList.contains("open")) closePanel();
  });
  window.addEventListener("hashchange", route);
  route();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
};
try { begin(); } finally { ready(); }
