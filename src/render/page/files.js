// Files to save: the JSON contract as the program writes it, and the events that
// are shown as CSV.
const save = (name, type, text) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
const saveJson = () => save("graph.json", "application/json", `${JSON.stringify(contract, null, 1)}\n`);
// A cell that a spreadsheet could take for a formula begins with an apostrophe.
const cell = (value) => {
  const text = String(value === null || value === undefined ? "" : value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
};
const saveCsv = () => {
  const head = ["id", "when", "earliest", "latest", "type", "status", "title", "who", "place", "sources", "articles", "quote"];
  const lines = events.filter(isShown).map((e) => {
    const date = e.event.date || {}, first = e.event.evidence[0];
    const place = e.event.place === null ? "" : actors[actorAt.get(e.event.place)].name;
    return [e.event.id, date.edtf, date.earliest, date.latest, e.event.type, e.event.status, e.event.title, e.actors.map((a) => contract.actors[a].name).join("; "), place, e.event.sources, e.documents.map(documentName).join(" "), first ? first.quote : ""];
  });
  save("events.csv", "text/csv", [head, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join(""));
};
