// The panel: the evidence of an event, an actor's page, how two are linked.
const panel = byId("panel");
const actorLink = (a) => el("a", { href: linkTo.actor(a) }, a.name);
const eventLink = (e) => el("a", { href: linkTo.event(e) }, e.title);
const eventList = (list) => el("ul", { class: "list" }, list.map((e) => el("li", {}, el("time", {}, e.label), el("span", {}, eventLink(e), statusOf(e)))));
const STATUS = { planned: "planned", possible: "possible", denied: "did not happen" };
const statusOf = (e) => (STATUS[e.event.status] ? [" ", el("span", { class: "status" }, STATUS[e.event.status])] : []);
const term = (name, ...content) => [el("dt", {}, name), el("dd", {}, ...content)];
const between = (items, mark) => items.flatMap((item, i) => (i ? [mark, item] : [item]));

const BASIS = {
  stated: "the text prints it",
  relative: "worked out from the text’s words and the day of the article",
  borrowed: "another article about the same event prints it",
  publication: "no words say when; news is dated by the day of the article",
};
const howDated = (e) => {
  const date = e.event.date;
  if (!date) return "no sentence says when";
  return date.words ? `${BASIS[date.basis]}: “${plain(date.words)}”` : BASIS[date.basis];
};

// A sentence with the trigger and the words for those who take part marked.
const markedQuote = (e, evidence) => {
  const letters = Array.from(evidence.quote), kinds = letters.map(() => "");
  const paint = (start, end, kind) => {
    for (let i = Math.max(0, start - evidence.start); i < Math.min(letters.length, end - evidence.start); i++) kinds[i] = kind;
  };
  for (const a of e.actors) for (const m of actors[a].actor.mentions) if (m.document === evidence.document && m.start < evidence.end && m.end > evidence.start) paint(m.start, m.end, "who");
  paint(evidence.trigger.start, evidence.trigger.end, "trigger");
  const pieces = [];
  letters.forEach((letter, i) => {
    if (i && kinds[i] === kinds[i - 1]) pieces[pieces.length - 1].text += letter;
    else pieces.push({ kind: kinds[i], text: letter });
  });
  return pieces.map((p) => (p.kind ? el("mark", { class: p.kind }, clean(p.text)) : clean(p.text)));
};

const PUBLISHED = { given: "date given", printed: "date printed", inferred: "date worked out", none: "date not known" };
const documentLine = (d) => {
  const { source, published } = contract.documents[d];
  const parts = [documentTitle(d), source && plain(source), published.edtf && plain(published.edtf)].filter(Boolean);
  return `${documentName(d)} · ${parts.join(" · ")} (${PUBLISHED[published.basis]}${published.why ? `: ${plain(published.why)}` : ""})`;
};
const evidenceOf = (e) => e.event.evidence.map((v) => {
  const says = v.attributed_to === null ? null : actors[actorAt.get(v.attributed_to)];
  return el("figure", {}, el("blockquote", {}, "“", ...markedQuote(e, v), "”"),
    el("figcaption", {}, documentLine(documentAt.get(v.document)), says ? [" · according to ", actorLink(says)] : []));
});
const mergesOf = (list) => list.flatMap((a) => (look.merges[a.i] || []).map((why) => el("li", {}, el("b", {}, a.name), `: ${why}`)));

const showEvent = (e) => {
  const { event } = e;
  const place = event.place === null ? null : actors[actorAt.get(event.place)];
  const who = e.actors.map((a, k) => [actorLink(actors[a]), e.roles[k] ? ` (${e.roles[k]})` : ""]);
  const merges = mergesOf([...new Set(e.actors)].map((a) => actors[a]));
  return show(e.title, [
    el("p", { class: "kind" }, words(event.type), statusOf(e)),
    el("dl", {}, term("When", el("b", {}, e.label)), term("Why then", howDated(e)),
      who.length ? term("Who", ...between(who, ", ").flat()) : [],
      place ? term("Where", actorLink(place)) : [],
      term("Sources", `${event.sources} independent, confidence ${event.confidence}`)),
    event.disagreements.map((d) => el("div", { class: "differs" }, el("h3", {}, `The articles differ: ${words(d.about)}`),
      el("ul", {}, d.sides.map((s) => el("li", {}, `${plain(s.says)} — ${s.documents.map((x) => documentName(documentAt.get(x))).join(", ")}`))))),
    el("h3", {}, event.evidence.length === 1 ? "The sentence" : `The ${event.evidence.length} sentences`),
    evidenceOf(e),
    merges.length ? [el("h3", {}, "Why these names are one"), el("ul", {}, merges)] : [],
    el("p", { class: "tools" }, neighbour(e, -1, "← Earlier"), neighbour(e, 1, "Later →")),
  ]);
};
// A button to the event before or after, among those shown.
const neighbour = (e, step, text) => {
  let i = e.i + step;
  while (events[i] && !isShown(events[i])) i += step;
  return events[i] ? el("button", { type: "button", click: () => open(linkTo.event(events[i])) }, text) : null;
};

const showActor = (a) => {
  const { actor } = a, met = look.met[a.i] || [], merges = mergesOf([a]);
  const partners = new Map();
  for (const [event, others] of met) for (const o of others) partners.set(o, [...(partners.get(o) || []), events[event]]);
  return show(a.name, [
    el("p", { class: "kind" }, [actor.kind, look.offices[a.i]].filter(Boolean).join(" · ")),
    actor.aliases.length ? el("dl", {}, term("Also", actor.aliases.map(plain).filter(Boolean).join(" · "))) : [],
    el("p", { class: "tools" }, el("button", { type: "button", click: () => only(a) }, "Show only these events"), el("button", { type: "button", click: () => askPair(a) }, "How linked with …?")),
    partners.size ? [el("h3", {}, "Met"), el("ul", {}, [...partners].map(([o, list]) => el("li", {}, actorLink(actors[o]), ": ", ...between(list.map((e) => el("a", { href: linkTo.event(e) }, e.label)), ", "))))] : [],
    el("h3", {}, count(a.events.length, "event")),
    eventList(a.events),
    actor.roles.length ? [el("h3", {}, "Roles"), actor.roles.map((r) => {
      const of = r.of === null ? null : actors[actorAt.get(r.of)];
      return el("figure", {}, el("b", {}, plain(r.title)), of ? [", ", actorLink(of)] : [],
        r.quote ? [el("blockquote", {}, `“${plain(r.quote.quote)}”`), el("figcaption", {}, documentLine(documentAt.get(r.quote.document)))] : []);
    })] : [],
    merges.length ? [el("h3", {}, "Why these names are one"), el("ul", {}, merges)] : [],
  ]);
};

const pairForm = (a, b) => {
  const field = (label, who) => el("input", { list: "actor-names", "aria-label": label, value: who ? who.name : "", autocomplete: "off" });
  const one = field("One", a), other = field("The other", b);
  const form = el("form", {}, el("label", {}, "One", one), el("label", {}, "The other", other), el("button", { type: "submit" }, "Show how they are linked"));
  const said = el("p", { role: "status" });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const [x, y] = [actorNamed(one.value), actorNamed(other.value)];
    if (x && y && x !== y) open(linkTo.pair(x, y));
    else said.textContent = x && y ? "These are the same." : `No actor of this name: ${x ? other.value : one.value}`;
  });
  return [form, said];
};

const isReal = (e) => e.event.status !== "denied";
// The shortest chains from one actor to another, those in order of time first.
// A chain is a list of [event, actor].
const MOST_CHAINS = 5;
const chains = (a, b) => {
  const far = new Map([[a, 0]]), queue = [a];
  for (let k = 0; k < queue.length && !far.has(b); k++)
    for (const e of queue[k].events.filter(isReal)) for (const o of e.actors) if (!far.has(actors[o])) { far.set(actors[o], far.get(queue[k]) + 1); queue.push(actors[o]); }
  if (!far.has(b)) return [];
  const found = [];
  const back = (at, rest) => {
    if (found.length >= MOST_CHAINS * 4) return;
    if (at === a) { found.push(rest); return; }
    const before = new Set(at.events.filter(isReal).flatMap((e) => e.actors).filter((o) => far.get(actors[o]) === far.get(at) - 1));
    for (const o of before) back(actors[o], [at, ...rest]);
  };
  back(b, []);
  const dated = found.map((path) => {
    let from = a, day = "", inOrder = true;
    const steps = path.map((to) => {
      const shared = from.events.filter((e) => isReal(e) && to.events.includes(e));
      const next = shared.find((e) => e.day && e.day >= day);
      if (!next) inOrder = false;
      const e = next || shared[0];
      day = e.day || day;
      from = to;
      return [e, to];
    });
    return { steps, inOrder };
  });
  return dated.sort((x, y) => y.inOrder - x.inOrder).slice(0, MOST_CHAINS);
};

const showPair = (a, b) => {
  if (!a || !b) return show("How are two linked?", pairForm(a, b));
  const shared = a.events.filter((e) => b.events.includes(e));
  const found = shared.some(isReal) ? [] : chains(a, b);
  return show(`${a.name} and ${b.name}`, [
    shared.length ? [el("h3", {}, `${count(shared.length, "event")} of both`), eventList(shared)] : el("p", {}, "No event has both."),
    found.length ? [el("h3", {}, `Linked over ${count(found[0].steps.length - 1, "other")}`),
      found.map(({ steps, inOrder }) => el("div", {}, el("p", { class: "kind" }, inOrder ? "in order of time" : "not in order of time"),
        el("ol", {}, steps.map(([e, to]) => el("li", {}, el("time", {}, e.label), " ", eventLink(e), " → ", actorLink(to))))))] : [],
    !shared.length && !found.length ? el("p", {}, "No chain of events leads from one to the other.") : [],
    el("h3", {}, "Ask again"), pairForm(a, b),
  ]);
};

// Fills the panel; returns its heading, which takes the focus.
const show = (title, content) => {
  const heading = el("h2", { tabindex: "-1" }, title);
  const close = el("button", { type: "button", "aria-label": "Close", click: closePanel }, "×");
  panel.replaceChildren(el("div", { class: "bar" }, heading, close), ...content.flat(3).filter((c) => c !== null && c !== ""));
  panel.classList.add("open");
  panel.scrollTop = 0;
  return heading;
};
const showNothing = () => {
  panel.classList.remove("open");
  panel.replaceChildren(el("h2", {}, "How are two linked?"), ...pairForm(null, null), el("p", { class: "kind" }, "Choose an event in the diagram or the table for its sentences, or a name for all that it takes part in."));
};
