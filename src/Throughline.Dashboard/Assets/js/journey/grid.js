// The rows that are in view: a treegrid for whoever reads them, and a canvas beside it for whoever looks.
import { flag, kind } from "./flags.js";
import { Painter, palette, rowHeight, ticks } from "./painter.js";
import { count, duration } from "./words.js";

const overscan = 12;
const levelsShown = 20;

export class Grid {
  /** @param rows The rows. @param view from and to in nanoseconds since the start. @param on What happens: pick, toggle. */
  constructor(host, rows, view, on) {
    Object.assign(this, { host, rows, view, on, cursor: 0, hits: new Set() });
    this.colours = palette();
    this.elements = new Map();
    this.build();
    addEventListener("resize", () => this.resize());
    document.addEventListener("throughline:theme", () => this.recolour());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    this.resize();
  }

  build() {
    this.axis = element("canvas", { className: "axis" });
    this.axis.setAttribute("aria-hidden", "true");
    this.scroller = element("div", { className: "grid-rows", tabIndex: 0, id: "journey-rows" });
    this.scroller.setAttribute("role", "treegrid");
    this.scroller.setAttribute("aria-label", "Spans and records of the journey");
    this.sticky = element("div", { className: "grid-canvas" });
    this.canvas = element("canvas", {});
    this.canvas.setAttribute("aria-hidden", "true");
    this.sticky.append(this.canvas);
    this.body = element("div", { className: "grid-body" });
    this.body.setAttribute("role", "rowgroup");
    this.scroller.append(this.sticky, this.body);
    this.minimap = element("canvas", { className: "minimap" });
    this.minimap.setAttribute("aria-hidden", "true");
    this.host.replaceChildren(this.minimap, this.axis, this.scroller);
    this.scroller.addEventListener("scroll", () => this.later());
    this.body.addEventListener("click", event => this.clicked(event));
  }

  setRows(rows) {
    this.rows = rows;
    this.cursor = Math.min(this.cursor, rows.count - 1);
    this.changed();
  }

  recolour() {
    this.colours = palette();
    this.onRecolour?.();
    this.later();
  }

  /** What is shown is another choice of rows. */
  changed() {
    this.elements.forEach(one => one.remove());
    this.elements.clear();
    this.scroller.setAttribute("aria-rowcount", String(this.rows.shown.length));
    this.body.style.height = `${this.rows.shown.length * rowHeight}px`;
    this.fit();
    this.later();
  }

  // No taller than its rows need, nor than the window has room for.
  fit() {
    const room = Math.max(240, innerHeight - 240);
    this.scroller.style.height = `${Math.min(room, Math.max(4, this.rows.shown.length) * rowHeight + 8)}px`;
    if (this.size && this.size.height !== this.scroller.clientHeight) {
      this.size.height = this.scroller.clientHeight;
      scale(this.canvas, this.size.width, this.size.height, devicePixelRatio || 1);
    }
  }

  resize() {
    this.fit();
    const ratio = devicePixelRatio || 1;
    const width = this.scroller.clientWidth;
    this.labels = Math.round(width * (width < 700 ? 0.6 : 0.44));
    this.host.style.setProperty("--labels", `${this.labels}px`);
    this.size = { width: Math.max(40, width - this.labels), height: this.scroller.clientHeight };
    scale(this.canvas, this.size.width, this.size.height, ratio);
    scale(this.axis, this.size.width, 22, ratio);
    this.onResize?.();
    this.changed();
  }

  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const top = this.scroller.scrollTop;
    const last = this.rows.shown.length - 1;
    const first = Math.max(0, Math.floor(top / rowHeight));
    const end = Math.min(last, Math.ceil((top + this.size.height) / rowHeight));
    this.place(Math.max(0, first - overscan), Math.min(last, end + overscan));
    const painter = new Painter(this.canvas.getContext("2d"), this.rows, this.colours, this.view, this.size);
    painter.draw(first, end, first * rowHeight - top, this.cursor, this.hits);
    this.drawAxis();
    this.onDraw?.();
  }

  drawAxis() {
    const context = this.axis.getContext("2d");
    context.clearRect(0, 0, this.size.width, 22);
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = this.colours.muted;
    const { from, to } = this.view;
    for (const at of ticks(from, to, Math.max(2, this.size.width / 110))) {
      const x = ((at - from) / (to - from)) * this.size.width;
      const words = duration(at);
      if (x + context.measureText(words).width + 4 < this.size.width) context.fillText(words, x + 3, 14);
    }
  }

  // Rows that stay in view stay as they are.
  place(first, last) {
    const wanted = new Set();
    for (let at = first; at <= last; at++) wanted.add(this.rows.shown[at]);
    for (const [row, one] of this.elements) {
      if (wanted.has(row)) continue;
      one.remove();
      this.elements.delete(row);
    }
    let previous = null;
    for (let at = first; at <= last; at++) {
      const row = this.rows.shown[at];
      let one = this.elements.get(row);
      if (!one) {
        one = this.row(row, at);
        this.elements.set(row, one);
        if (previous) previous.after(one); else this.body.prepend(one);
      }
      previous = one;
      const isHere = String(row === this.cursor);
      if (one.getAttribute("aria-selected") !== isHere) one.setAttribute("aria-selected", isHere);
      one.classList.toggle("hit", this.hits.has(row));
    }
    const here = `row-${this.cursor}`;
    if (this.elements.has(this.cursor)) this.scroller.setAttribute("aria-activedescendant", here);
    else this.scroller.removeAttribute("aria-activedescendant");
  }

  row(i, at) {
    const { rows } = this;
    const one = element("div", { className: `r ${["span", "intopic", "unread", "alike"][rows.kind(i)]}`, id: `row-${i}` });
    one.dataset.row = i;
    one.setAttribute("role", "row");
    one.setAttribute("aria-level", String(rows.level[i]));
    one.setAttribute("aria-rowindex", String(at + 1));
    one.setAttribute("aria-posinset", String(rows.place[i]));
    one.setAttribute("aria-setsize", String(rows.children[rows.parent(i) < 0 ? rows.count : rows.parent(i)]));
    one.setAttribute("aria-selected", String(i === this.cursor));
    if (rows.hasChildren(i)) one.setAttribute("aria-expanded", String(!rows.isFolded(i)));
    if (rows.has(i, flag.critical)) one.classList.add("critical");
    one.style.top = `${at * rowHeight}px`;
    const what = element("span", { className: "what" });
    what.setAttribute("role", "gridcell");
    what.style.paddingLeft = `${(Math.min(rows.level[i], levelsShown) - 1) * 13}px`;
    if (rows.level[i] > levelsShown) what.append(element("span", { className: "deep", textContent: `${rows.level[i]}` }));
    const twisty = element("span", { className: "twisty", textContent: rows.hasChildren(i) ? (rows.isFolded(i) ? "▸" : "▾") : "" });
    twisty.setAttribute("aria-hidden", "true");
    const label = element("span", { className: "label", textContent: rows.label(i), title: rows.label(i) });
    what.append(twisty, label);
    if (rows.kind(i) === kind.span || rows.kind(i) === kind.alike) what.append(element("span", { className: `service s${(rows.columns.service[i] % 8) + 1}`, textContent: rows.service(i) }));
    for (const [words, tone] of rows.badges(i)) what.append(element("span", { className: `badge ${tone}`, textContent: words }));
    const takes = element("span", { className: "takes", textContent: rows.kind(i) === kind.unread ? "–" : duration(rows.topic(i)?.wait ?? rows.end(i) - rows.start(i)) });
    takes.setAttribute("role", "gridcell");
    const begins = element("span", { className: "visually-hidden", textContent: `begins after ${duration(rows.start(i))}${rows.has(i, flag.critical) ? ", on the critical path" : ""}` });
    begins.setAttribute("role", "gridcell");
    one.append(what, takes, begins);
    return one;
  }

  clicked(event) {
    const one = event.target.closest("[data-row]");
    if (!one) return;
    const row = Number(one.dataset.row);
    this.moveTo(row);
    if (event.target.closest(".twisty") && this.rows.hasChildren(row)) this.on.toggle(row);
    else this.on.pick(row);
  }

  /** Stands on a row that is shown, and shows it. */
  moveTo(i) {
    this.cursor = i;
    const at = this.rows.shownAt[i];
    const top = at * rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = Math.max(0, top - rowHeight);
    else if (top + rowHeight > scrollTop + clientHeight) this.scroller.scrollTop = top - clientHeight + 2 * rowHeight;
    this.draw();
  }

  /** To the next row that is shown, or the one before. */
  step(by) {
    const at = Math.min(Math.max(this.rows.shownAt[this.cursor] + by, 0), this.rows.shown.length - 1);
    this.moveTo(this.rows.shown[at]);
  }

  get rowsInView() { return Math.floor(this.size.height / rowHeight); }

  describe() { return `${count(this.rows.shown.length)} of ${count(this.rows.count)} rows shown`; }
}

export function scale(canvas, width, height, ratio) {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
}

export function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
