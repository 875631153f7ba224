// The diagram: people left, events in the middle, organisations and states
// right. Boxes, words, sizes and order come ready; how high they stand is worked
// out here, because hidden events leave no gap. SVG for up to MANY boxes, a
// canvas that paints what is in view above that.
const MANY = 1000;
// A picture of no more events has one box for each actor.
const SHORT = 20;
const GAP = 170, PAD = 20, STEP = 12.5;
const P = look.picture;
P.actors = P.boxes.map(([actor, left]) => ({ actor, left, ...P.forms[actor] }));
const view = byId("view");
const SVG = "http://www.w3.org/2000/svg";
const draw = (tag, attributes, ...content) => {
  const node = document.createElementNS(SVG, tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  node.append(...content);
  return node;
};
const px = (n) => Math.round(n * 10) / 10;

// The never falling numbers nearest to `wishes` ([value, weight]): pool adjacent
// violators.
const nearestRising = (wishes) => {
  const pools = [];
  for (const [value, weight] of wishes) {
    let pool = [value * weight, weight, 1];
    while (pools.length) {
      const [sum, w, size] = pools[pools.length - 1];
      if (sum / w <= pool[0] / pool[1]) break;
      pool = [pool[0] + sum, pool[1] + w, pool[2] + size];
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(([sum, weight, size]) => Array(size).fill(sum / weight));
};

const spread = (box, n, step) => {
  const most = Math.min(step, n > 1 ? (box.h - 14) / (n - 1) : step);
  const first = box.y + box.h / 2 - ((n - 1) * most) / 2;
  return Array.from({ length: n }, (_, i) => first + i * most);
};

// The lines of an event's title: given whole, or by their lengths.
const titleLines = (e, what) => {
  let at = 0;
  return what.map((n) => (typeof n === "number" ? e.title.slice(at, (at += n + 1) - 1) : n));
};

// Lays out the events for which `isShown` holds.
const layout = (isShown) => {
  const rows = [], marks = [], row = new Map();
  let y = PAD, heading = null;
  P.events.forEach(([index, small, what, h, line], k) => {
    const e = events[index];
    if (!isShown(e)) return;
    if (e.heading !== heading) {
      heading = e.heading;
      marks.push({ text: heading, y: y + 8.5 });
      y += 30;
    }
    row.set(k, rows.length);
    rows.push({ e, small, what: titleLines(e, what), line, h, y, w: P.width, links: [] });
    y += h + 15;
  });
  const whole = rows.length === P.events.length;
  const single = rows.length <= SHORT;
  const boxes = new Map();
  for (const [a, k, label] of P.roles) {
    if (!row.has(k)) continue;
    const of = P.actors[a], key = single ? of.actor : a;
    if (!boxes.has(key)) boxes.set(key, { ...of, key, of: actors[of.actor], links: [] });
    const link = { box: boxes.get(key), row: rows[row.get(k)], at: row.get(k), label };
    link.box.links.push(link);
    link.row.links.push(link);
  }
  const all = [...boxes.values()];
  const mean = (b) => b.links.reduce((s, l) => s + l.at, 0) / b.links.length;
  const columns = [true, false].map((left) => {
    const column = all.filter((b) => b.left === left);
    if (whole && !single) return column.sort((a, b) => a.key - b.key);
    return column.sort((a, b) => mean(a) - mean(b) || a.actor - b.actor);
  });
  const widths = columns.map((c) => Math.max(0, ...c.map((b) => b.w)));
  const gaps = columns.map((c) => (c.length ? GAP : 0));
  const middle = PAD + widths[0] + gaps[0];
  for (const r of rows) r.x = middle;
  let bottom = y;
  columns.forEach((column, side) => {
    let taken = PAD;
    const wishes = column.map((b) => {
      const sum = b.links.reduce((s, l) => s + l.row.y + l.row.h / 2, 0);
      b.taken = taken;
      taken += b.h + 11;
      return [sum / b.links.length - b.h / 2 - b.taken, b.links.length];
    });
    nearestRising(wishes).forEach((rise, i) => {
      const b = column[i];
      b.y = Math.max(rise, 0) + b.taken;
      b.x = side ? middle + P.width + gaps[1] : PAD + widths[0] - b.w;
      bottom = Math.max(bottom, b.y + b.h + 11);
    });
    ports(column, side);
  });
  const place = { rows, marks, boxes: columns.flat(), links: columns.flat().flatMap((b) => b.links), middle };
  place.w = middle + P.width + gaps[1] + widths[1] + PAD;
  place.h = bottom + PAD - 11;
  labels(place.links);
  return place;
};

// Where the edges of a column end, in the order of their other ends.
const ports = (column, side) => {
  const at = new Map();
  for (const b of column) {
    b.links.sort((a, c) => a.at - c.at);
    const ys = spread(b, b.links.length, 7);
    b.links.forEach((link, i) => {
      link.x0 = side ? b.x : b.x + b.w;
      link.y0 = ys[i];
      at.set(link.row, [...(at.get(link.row) || []), link]);
    });
  }
  for (const [r, links] of at) {
    const ys = spread(r, links.length, STEP);
    links.forEach((link, i) => { link.x1 = side ? r.x + r.w : r.x; link.y1 = ys[i]; });
  }
};

// Gives labels a place where no other stands; bands of height make that quick.
const labels = (links) => {
  const bands = new Map(), H = 13;
  const clashes = (x, y, w) => [-1, 0, 1].some((d) => (bands.get(Math.floor(y / H) + d) || []).some((o) => Math.abs(o.y - y) < H - 1 && Math.abs(o.x - x) < (o.w + w) / 2 + 3));
  for (const link of [...links].sort((a, b) => Math.abs(a.y0 - a.y1) - Math.abs(b.y0 - b.y1))) {
    const w = link.label.length * 5.4 + 6;
    for (const t of [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7]) {
      const u = 1 - t, run = link.x1 - link.x0;
      const x = link.x0 + run * (1.5 * u * t + t * t * t), y = link.y0 + (link.y1 - link.y0) * t * t * (3 - 2 * t);
      if (Math.abs(x - link.x0) < w / 2 + 4 || Math.abs(link.x1 - x) < w / 2 + 12 || clashes(x, y, w)) continue;
      link.lx = x; link.ly = y;
      const band = Math.floor(y / H);
      bands.set(band, [...(bands.get(band) || []), { x, y, w }]);
      break;
    }
  }
};

const edgePath = (l) => {
  const back = l.box.left ? -8 : 8, m = px((l.x0 + l.x1) / 2);
  return `M${px(l.x0)} ${px(l.y0)}C${m} ${px(l.y0)} ${m} ${px(l.y1)} ${px(l.x1 + back - 0.1)} ${px(l.y1)}H${px(l.x1 + back)}`;
};
const tipPath = (l) => `M${px(l.x1)} ${px(l.y1)}l${l.box.left ? -8 : 8} -3.5v7Z`;

// The outline of a box as a path.
const outline = (shape, { x, y, w, h }) => {
  const rect = (x, y, w, h) => `M${px(x)} ${px(y)}h${px(w)}v${px(h)}h${px(-w)}Z`;
  const many = (...points) => `M${points.map(([a, b]) => `${px(a)} ${px(b)}`).join("L")}Z`;
  const r = x + w, low = y + h, c = Math.min(h / 3, 12);
  switch (shape) {
    case "round": return `M${px(x + 10)} ${px(y)}h${px(w - 20)}a10 10 0 0 1 10 10v${px(h - 20)}a10 10 0 0 1 -10 10h${px(20 - w)}a10 10 0 0 1 -10 -10v${px(20 - h)}a10 10 0 0 1 10 -10Z`;
    case "octagon": return many([x + c, y], [r - c, y], [r, y + c], [r, low - c], [r - c, low], [x + c, low], [x, low - c], [x, y + c]);
    case "hexagon": return many([x + 10, y], [r - 10, y], [r, y + h / 2], [r - 10, low], [x + 10, low], [x, y + h / 2]);
    case "double": return rect(x, y, w, h) + rect(x + 3, y + 3, w - 6, h - 6);
    case "tabs": return rect(x, y, w, h) + rect(x - 4, y + 5, 8, 4.5) + rect(x - 4, low - 9.5, 8, 4.5);
    case "oval": return `M${px(x)} ${px(y + h / 2)}a${px(w / 2)} ${px(h / 2)} 0 1 1 ${px(w)} 0a${px(w / 2)} ${px(h / 2)} 0 1 1 ${px(-w)} 0Z`;
    case "sheet": return many([x, y], [r - 9, y], [r, y + 9], [r, low], [x, low]) + many([r - 9, y], [r - 9, y + 9], [r, y + 9]);
    case "solid": return many([x + 5, y], [r, y], [r, low - 5], [r - 5, low], [x, low], [x, y + 5]) + `M${px(x)} ${px(y + 5)}H${px(r - 5)}V${px(low)}M${px(r - 5)} ${px(y + 5)}L${px(r)} ${px(y)}`;
    default: return rect(x, y, w, h);
  }
};

// The lines of an actor's box: [class, text, height of its foot].
const linesOf = (b) => {
  let y = b.y + b.h / 2 - (b.name.length * 16 + b.office.length * 13.5) / 2;
  return [...b.name.map((t) => ["name", t, (y += 16) - 4]), ...b.office.map((t) => ["small", t, (y += 13.5) - 3.5])];
};

let place = null, zoom = 1, picked = null, surface = null;
const isCanvas = () => place.rows.length + place.boxes.length > MANY;

// Draws the events for which `isShown` holds.
const drawPicture = (isShown) => {
  place = layout(isShown);
  view.replaceChildren();
  if (!place.rows.length) {
    surface = null;
    view.append(el("p", { class: "found" }, "No event to draw."));
    return;
  }
  byId("picture").classList.toggle("long", isCanvas());
  surface = isCanvas() ? canvasSurface() : svgSurface();
  pick(picked);
  setZoom(zoom);
};

const speak = (r) => `${r.e.label}: ${r.e.title}`;
const svgSurface = () => {
  const svg = draw("svg", { viewBox: `0 0 ${px(place.w)} ${px(place.h)}`, role: "group", "aria-label": "Events and actors; up and down go through the events, left and right to the actors" });
  const edges = draw("g", {}), boxes = draw("g", {}), names = draw("g", { "aria-hidden": "true" });
  const text = (cls, x, y, t) => draw("text", { class: cls, x: px(x), y: px(y) }, t);
  for (const l of place.links) {
    const g = draw("g", { class: `${l.box.side} ${l.row.line}` }, draw("title", {}, `${l.box.of.name}: ${l.label} · ${speak(l.row)}`), draw("path", { class: "edge", d: edgePath(l) }));
    if (l.row.line !== "denied") g.append(draw("path", { class: "tip", d: tipPath(l) }));
    edges.append(l.node = g);
    if (l.lx !== undefined) names.append(draw("g", { class: l.box.side }, text("label", l.lx, l.ly + 3.5, l.label)));
  }
  for (const m of place.marks) boxes.append(text("year middle", place.middle + P.width / 2, m.y + 6, m.text));
  for (const r of place.rows) {
    const m = r.y + r.h / 2, quote = r.e.event.evidence[0];
    r.node = draw("g", { class: `event ${r.line}`, role: "button", tabindex: "-1", "aria-label": speak(r) },
      draw("title", {}, `${speak(r)}\n“${quote ? plain(quote.quote) : ""}”`),
      draw("path", { class: "box", d: outline("round", r) }), text("small", r.x + 10, m - 5 - 8 * (r.what.length - 1), r.small),
      ...r.what.map((t, i) => text("what", r.x + 10, m + 12 + 16 * i - 8 * (r.what.length - 1), t)));
    r.node.addEventListener("click", () => open(linkTo.event(r.e), r.node));
    boxes.append(r.node);
  }
  for (const b of place.boxes) {
    const label = nameOf(b);
    b.node = draw("g", { class: `actor ${b.side}`, role: "button", tabindex: "-1", "aria-label": label }, draw("title", {}, label), draw("path", { class: "box", d: outline(b.shape, b) }),
      ...linesOf(b).map(([c, t, y]) => text(`${c} middle`, b.x + b.w / 2, y, t)));
    b.node.addEventListener("click", () => open(linkTo.actor(b.of), b.node));
    boxes.append(b.node);
  }
  place.rows[0].node.setAttribute("tabindex", "0");
  svg.append(edges, names, boxes);
  view.append(svg);
  const items = new Map([...place.rows, ...place.boxes].map((item) => [item.node, item]));
  return {
    size: () => { svg.setAttribute("width", px(place.w * zoom)); svg.setAttribute("height", px(place.h * zoom)); },
    paint() {},
    itemOf: (node) => items.get(node),
    moveTo: (item, from) => {
      from.setAttribute("tabindex", "-1");
      item.node.setAttribute("tabindex", "0");
      item.node.focus({ preventScroll: true });
      item.node.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  };
};

// What a box is called aloud, and where it leads.
const nameOf = (item) => (item.e ? speak(item) : [item.of.name, look.offices[item.actor]].filter(Boolean).join(", "));
const goal = (item) => (item.e ? linkTo.event(item.e) : linkTo.actor(item.of));
const canvasSurface = () => {
  const canvas = el("canvas", { role: "img", "aria-label": `Diagram of ${count(place.rows.length, "event")}; the table below has the same events` });
  const room = el("div", { class: "room", role: "group", "aria-label": "Events and actors; up and down go through the events, left and right to the actors" });
  const shift = () => Math.max(0, (view.clientWidth - place.w * zoom) / 2);
  // A canvas has no boxes that could have the focus: a frame over the box stands
  // for it, a new one at every step, so that screen readers speak it.
  let here = place.rows[0], frame = null;
  const lay = () => Object.assign(frame.style, { left: `${shift() + here.x * zoom}px`, top: `${here.y * zoom}px`, width: `${here.w * zoom}px`, height: `${here.h * zoom}px` });
  const stand = (item) => {
    const next = el("div", { class: "here", role: "button", tabindex: "0", "aria-label": nameOf(item) });
    here = item;
    if (frame) frame.replaceWith(next); else room.append(next);
    frame = next;
    lay();
  };
  room.append(canvas);
  stand(here);
  view.append(room);
  const paint = () => {
    const ratio = window.devicePixelRatio || 1, w = view.clientWidth, h = view.clientHeight;
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
      canvas.width = Math.round(w * ratio); canvas.height = Math.round(h * ratio);
      canvas.style.width = `${w}px`; canvas.style.height = `${h}px`;
    }
    paintCanvas(canvas.getContext("2d"), ratio, w, h);
  };
  return {
    size: () => {
      room.style.width = `${Math.max(place.w * zoom, view.clientWidth)}px`;
      room.style.height = `${Math.max(place.h * zoom, view.clientHeight)}px`;
      lay();
      paint();
    },
    paint,
    itemOf: (node) => (node === frame ? here : null),
    moveTo: (item) => {
      stand(item);
      frame.focus({ preventScroll: true });
      frame.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  };
};

const paintCanvas = (c, ratio, w, h) => {
  const style = getComputedStyle(document.documentElement), color = (n) => style.getPropertyValue(`--${n}`).trim();
  const shift = Math.max(0, (w - place.w * zoom) / 2);
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.fillStyle = color("ground");
  c.fillRect(0, 0, w, h);
  c.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * (shift - view.scrollLeft), -ratio * view.scrollTop);
  const top = view.scrollTop / zoom, low = top + h / zoom;
  const seen = (a, b) => Math.min(a, b) < low && Math.max(a, b) > top;
  const dash = (line) => c.setLineDash(line === "planned" ? [7, 5] : line === "done" ? [] : [1.6, 4.4]);
  const font = (weight, size) => { c.font = `${weight} ${size}px Helvetica, Arial, "Liberation Sans", sans-serif`; };
  const isLit = (r, b) => picked && (picked === r.e || picked === (b && b.of));
  const links = place.links.filter((l) => seen(l.y0, l.y1));
  for (const l of links) {
    c.strokeStyle = c.fillStyle = color(l.box.side);
    c.lineWidth = isLit(l.row, l.box) ? 3 : 1.3;
    dash(l.row.line);
    c.stroke(new Path2D(edgePath(l)));
    if (l.row.line !== "denied") c.fill(new Path2D(tipPath(l)));
  }
  c.setLineDash([]);
  if (zoom > 0.35) {
    font("", 10.5);
    c.textAlign = "center";
    for (const l of links) {
      if (l.lx === undefined) continue;
      c.strokeStyle = color("ground"); c.lineWidth = 3.5;
      c.strokeText(l.label, l.lx, l.ly + 3.5);
      c.fillStyle = color(l.box.side);
      c.fillText(l.label, l.lx, l.ly + 3.5);
    }
  }
  c.fillStyle = color("ink");
  c.textAlign = "center";
  font("bold", 17);
  for (const m of place.marks) if (seen(m.y - 20, m.y + 20)) c.fillText(m.text, place.middle + P.width / 2, m.y + 6);
  for (const r of place.rows) {
    if (!seen(r.y, r.y + r.h)) continue;
    const path = new Path2D(outline("round", r)), m = r.y + r.h / 2;
    c.fillStyle = color("event"); c.fill(path);
    c.strokeStyle = color(picked === r.e ? "on" : "ink"); c.lineWidth = picked === r.e ? 4 : 1.5;
    dash(r.line); c.stroke(path); c.setLineDash([]);
    c.textAlign = "left";
    c.fillStyle = color("soft"); font("", 11); c.fillText(r.small, r.x + 10, m - 5 - 8 * (r.what.length - 1));
    c.fillStyle = color("ink"); font("bold", 13); r.what.forEach((t, i) => c.fillText(t, r.x + 10, m + 12 + 16 * i - 8 * (r.what.length - 1)));
  }
  c.textAlign = "center";
  for (const b of place.boxes) {
    if (!seen(b.y, b.y + b.h)) continue;
    const path = new Path2D(outline(b.shape, b));
    c.fillStyle = color(`${b.side}-fill`); c.fill(path);
    c.strokeStyle = color(b.side); c.lineWidth = picked === b.of ? 4 : 1.5; c.stroke(path);
    c.fillStyle = color("ink");
    for (const [cls, t, y] of linesOf(b)) { font(cls === "name" ? "bold" : "", cls === "name" ? 13 : 11); c.fillText(t, b.x + b.w / 2, y); }
  }
};

const setZoom = (to, atX = view.clientWidth / 2, atY = view.clientHeight / 2) => {
  if (!surface) return;
  const before = zoom;
  zoom = Math.min(2.5, Math.max(0.2, to));
  const x = (view.scrollLeft + atX) / before, y = (view.scrollTop + atY) / before;
  surface.size();
  view.scrollLeft = x * zoom - atX;
  view.scrollTop = y * zoom - atY;
  surface.paint();
};
const fitWidth = () => {
  if (!surface) return;
  zoom = Math.max(0.55, Math.min(1.1, (view.clientWidth - 4) / place.w));
  surface.size();
  view.scrollLeft = (place.w * zoom - view.clientWidth) / 2;
  surface.paint();
};

// Marks an event or an actor; `show` brings it into view.
const pick = (what, show) => {
  picked = what;
  if (!surface) return;
  for (const item of [...place.rows, ...place.boxes]) if (item.node) item.node.classList.toggle("on", what !== null && (item.e || item.of) === what);
  for (const l of place.links) if (l.node) l.node.classList.toggle("lit", what !== null && (l.row.e === what || l.box.of === what));
  surface.paint();
  const target = show && what && (place.rows.find((r) => r.e === what) || place.boxes.find((b) => b.of === what));
  if (!target) return;
  const top = target.y * zoom, low = (target.y + target.h) * zoom;
  if (top < view.scrollTop || low > view.scrollTop + view.clientHeight) view.scrollTop = (top + low) / 2 - view.clientHeight / 2;
};

// Whom a pointer is on, where nothing but a canvas is there.
const under = (event) => {
  const area = view.getBoundingClientRect(), shift = Math.max(0, (view.clientWidth - place.w * zoom) / 2);
  const x = (event.clientX - area.left - view.clientLeft - shift + view.scrollLeft) / zoom, y = (event.clientY - area.top - view.clientTop + view.scrollTop) / zoom;
  const has = (b) => x >= b.x && x <= b.x + b.w && y >= b.y && y <= b.y + b.h;
  const row = place.rows.find(has), box = row ? null : place.boxes.find(has);
  return row ? linkTo.event(row.e) : box ? linkTo.actor(box.of) : null;
};

const listenToPicture = () => {
  let from = null, moved = false;
  view.addEventListener("pointerdown", (e) => {
    if (e.button !== 0 || e.pointerType === "touch") return;
    from = { x: e.clientX, y: e.clientY, left: view.scrollLeft, top: view.scrollTop };
    moved = false;
  });
  window.addEventListener("pointermove", (e) => {
    if (!from) return;
    const dx = e.clientX - from.x, dy = e.clientY - from.y;
    if (!moved && Math.abs(dx) + Math.abs(dy) < 5) return;
    moved = true;
    view.classList.add("drag");
    view.scrollLeft = from.left - dx;
    view.scrollTop = from.top - dy;
  });
  window.addEventListener("pointerup", () => { from = null; view.classList.remove("drag"); });
  view.addEventListener("click", (e) => {
    if (moved) { e.stopPropagation(); e.preventDefault(); moved = false; return; }
    if (surface && isCanvas()) { const to = under(e); if (to) open(to, view); }
  }, true);
  view.addEventListener("scroll", () => { if (surface) surface.paint(); });
  view.addEventListener("wheel", (e) => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    const area = view.getBoundingClientRect();
    setZoom(zoom * Math.exp(-e.deltaY / 300), e.clientX - area.left, e.clientY - area.top);
  }, { passive: false });
  view.addEventListener("keydown", (e) => {
    if (e.key === "+" || e.key === "-") { setZoom(zoom * (e.key === "+" ? 1.2 : 1 / 1.2)); return; }
    walk(e);
  });
  byId("larger").addEventListener("click", () => setZoom(zoom * 1.2));
  byId("smaller").addEventListener("click", () => setZoom(zoom / 1.2));
  byId("fit").addEventListener("click", fitWidth);
  const repaint = () => { if (surface) surface.paint(); };
  window.addEventListener("resize", () => { if (surface) surface.size(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
};

// Arrow keys inside the picture: one stop for Tab, all boxes within reach.
const walk = (e) => {
  const at = surface && e.target.closest && e.target.closest("[role=button]");
  const item = at && surface.itemOf(at);
  if (!item) return;
  const row = place.rows.indexOf(item), box = place.boxes.indexOf(item);
  let to = null;
  if (e.key === "Enter" || e.key === " ") { e.preventDefault(); open(goal(item), at); return; }
  if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    const step = e.key === "ArrowDown" ? 1 : -1;
    if (row >= 0) to = place.rows[row + step];
    else { const next = place.boxes[box + step]; if (next && next.left === place.boxes[box].left) to = next; }
  } else if (e.key === "ArrowLeft" || e.key === "ArrowRight") {
    const left = e.key === "ArrowLeft";
    if (row >= 0) { const link = place.rows[row].links.find((l) => l.box.left === left); to = link && link.box; }
    else if (place.boxes[box].left !== left) to = place.boxes[box].links[0].row;
  } else return;
  e.preventDefault();
  if (to) surface.moveTo(to, at);
};

const SHAPES = { round: "person", octagon: "state", box: "organisation", tabs: "company", double: "group", oval: "conference", sheet: "agreement", solid: "product", hexagon: "place" };
const LINES = { done: "reported as done", planned: "planned", unsure: "possible, or without a date", denied: "did not happen" };
// The legend: what is in the picture and nothing else.
const drawLegend = () => {
  const key = (shape, cls, text) => {
    const svg = draw("svg", { width: 26, height: 16, "aria-hidden": "true" });
    svg.append(shape);
    return el("span", { class: `key ${cls}` }, svg, text);
  };
  const keys = [];
  for (const [name, side] of P.sides) keys.push(key(draw("rect", { x: 2, y: 2, width: 22, height: 12, fill: `var(--${side}-fill)`, stroke: `var(--${side})`, "stroke-width": 1.5 }), "", name));
  for (const shape in SHAPES) if (P.actors.some((a) => a.shape === shape)) keys.push(key(shape === "round" ? draw("rect", { x: 4, y: 2, width: 20, height: 12, rx: 5, fill: "none", stroke: "currentColor" }) : draw("path", { d: outline(shape, { x: 5, y: 2, w: 19, h: 12 }), fill: "none", stroke: "currentColor" }), "", SHAPES[shape]));
  for (const line in LINES) if (P.events.some((e) => e[4] === line)) keys.push(key(draw("path", { d: "M1 8H25", stroke: "currentColor", "stroke-width": 1.5, "stroke-dasharray": line === "done" ? "none" : line === "planned" ? "6 4" : "1.6 3.4" }), "", LINES[line]));
  byId("legend").append(...keys);
};
