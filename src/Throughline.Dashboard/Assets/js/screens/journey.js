// A journey's page: puts rows, minimap, details and keys together, and keeps what is chosen in the address.
import { onKey } from "../keys.js";
import { readAddress, writeAddress } from "../journey/address.js";
import { Details } from "../journey/details.js";
import { Grid } from "../journey/grid.js";
import { Minimap } from "../journey/minimap.js";
import { savePicture } from "../journey/picture.js";
import { loadRows } from "../journey/rows.js";
import { count } from "../journey/words.js";
import { renew } from "../live.js";

const host = document.getElementById("journey");
if (host) start().catch(tell);

async function start() {
  performance.mark("journey:asked");
  const rows = await loadRows(host.dataset.rows);
  performance.mark("journey:read");
  const page = new JourneyPage(rows);
  performance.mark("journey:shown");
  document.addEventListener("throughline:renewed", () => page.renewed());
  // What was shown meanwhile was only the beginning: the sentences above it have to follow.
  if (host.dataset.preview === "True") {
    document.querySelector("h1").textContent = `${rows.name(0)} · ${rows.service(0)}`;
    await renewHead();
  }
}

async function renewHead() {
  const head = document.getElementById("journey-head");
  head.dataset.follow = "";
  await renew();
  delete head.dataset.follow;
}

function tell(error) {
  const note = document.createElement("p");
  note.className = "problem";
  note.setAttribute("role", "alert");
  note.textContent = `Not all rows could be read: ${error.message}. Those above are its first.`;
  host.append(note);
}

class JourneyPage {
  constructor(rows) {
    this.rows = rows;
    this.state = { span: null, find: "" };
    this.view = { from: 0, to: rows.durationNs };
    this.grid = new Grid(host, rows, this.view, { pick: row => this.open(row, false), toggle: row => this.toggle(row) });
    this.minimap = new Minimap(this.grid, (from, to) => this.zoomTo(from, to));
    this.details = new Details(document.getElementById("details"), host.dataset.spans, host.dataset.of, () => this.close());
    this.find = document.getElementById("journey-find");
    this.find.placeholder = `Find in all ${count(rows.count)} rows (f)`;
    for (const hidden of document.querySelectorAll(".scripted")) hidden.hidden = false;
    this.listen();
    this.addKeys();
    this.apply(readAddress());
    addEventListener("popstate", () => this.apply(readAddress()));
  }

  // The address says how the page is.
  apply(wanted) {
    this.rows.isCriticalOnly = wanted.isCriticalOnly;
    this.rows.setFolds(wanted.folds);
    Object.assign(this.view, wanted.zoom ?? { from: 0, to: this.rows.durationNs });
    this.state = { span: wanted.span, find: wanted.find };
    this.find.value = wanted.find;
    this.search(false);
    this.press();
    const row = wanted.span ? this.rows.find(wanted.span) : -1;
    if (row >= 0) {
      if (this.rows.shownAt[row] < 0) this.rows.reveal(row);
      this.grid.changed();
      this.grid.moveTo(row);
      this.details.show(this.rows.id(row), false);
    } else {
      this.details.hide();
      this.grid.changed();
    }
  }

  listen() {
    this.find.addEventListener("input", () => {
      this.state.find = this.find.value;
      this.search(true);
      this.write(false);
    });
    this.find.addEventListener("keydown", event => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.nextHit(event.shiftKey ? -1 : 1);
        this.grid.scroller.focus();
      } else if (event.key === "Escape") {
        event.preventDefault();
        this.find.value = this.state.find = "";
        this.search(true);
        this.write(false);
        this.grid.scroller.focus();
      }
    });
    // The browser's own search sees only the rows in view. Asked a second time it is let through.
    addEventListener("keydown", event => {
      if ((event.ctrlKey || event.metaKey) && event.key === "f" && document.activeElement !== this.find) {
        event.preventDefault();
        this.goFind();
      }
    });
    this.grid.scroller.addEventListener("keydown", event => this.pressed(event));
    this.grid.scroller.addEventListener("wheel", event => this.wheel(event), { passive: false });
    document.addEventListener("click", event => this.clicked(event));
  }

  clicked(event) {
    if (!(event.target instanceof Element)) return;
    const go = event.target.closest("[data-go]");
    if (go && !event.ctrlKey && !event.metaKey) {
      const row = this.rows.find(go.dataset.go);
      if (row < 0) return;
      event.preventDefault();
      this.goTo(row);
      this.open(row, true);
      return;
    }
    const button = event.target.closest("[data-do]");
    if (button) this.do(button.dataset.do);
  }

  do(what) {
    switch (what) {
      case "in": return this.zoom(0.5);
      case "out": return this.zoom(2);
      case "all": return this.zoomTo(0, this.rows.durationNs);
      case "open":
      case "close": return this.foldAll(what === "close");
      case "error": return this.nextWrong(1);
      case "critical": return this.toggleCritical();
      case "png": return savePicture(this.grid, document.querySelector("h1").textContent, "journey.png");
    }
  }

  addKeys() {
    const { grid } = this;
    onKey("j", "next row", () => this.step(1));
    onKey("k", "row before", () => this.step(-1));
    onKey("l", "unfold, or into it (also →)", () => this.into());
    onKey("h", "fold, or out of it (also ←)", () => this.outOf());
    onKey("Enter", "details of the row", event => this.enter(event));
    onKey("Escape", "close details", () => this.close());
    onKey("]", "next error", () => this.nextWrong(1));
    onKey("[", "error before", () => this.nextWrong(-1));
    onKey("f", "find in all rows (also Ctrl+F)", () => this.goFind());
    onKey("n", "next hit", () => this.nextHit(1));
    onKey("N", "hit before", () => this.nextHit(-1));
    onKey("c", "only the critical path, or all", () => this.toggleCritical());
    onKey("+", "zoom in", () => this.zoom(0.5));
    onKey("-", "zoom out", () => this.zoom(2));
    onKey("0", "all of its time", () => this.zoomTo(0, this.rows.durationNs));
    onKey("w", "up", () => { grid.scroller.scrollTop -= grid.size.height / 2; });
    onKey("s", "down", () => { grid.scroller.scrollTop += grid.size.height / 2; });
    onKey("a", "earlier", () => this.pan(-0.25));
    onKey("d", "later", () => this.pan(0.25));
  }

  // Keys that scroll or leave elsewhere: only on the rows themselves.
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.rows.shown.length - 1;
    const moves = {
      ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), ArrowRight: () => this.into(), ArrowLeft: () => this.outOf(),
      Home: () => this.step(-last), End: () => this.step(last), PageDown: () => this.step(this.grid.rowsInView), PageUp: () => this.step(-this.grid.rowsInView),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const at = Math.min(Math.max((event.clientX - this.grid.canvas.getBoundingClientRect().left) / this.grid.size.width, 0), 1);
    this.zoom(event.deltaY > 0 ? 1.25 : 0.8, at);
  }

  step(by) {
    this.grid.step(by);
    this.follow();
  }

  // Where the panel is open it shows the row that one stands on.
  follow() {
    if (this.details.panel.hidden) return;
    clearTimeout(this.following);
    this.following = setTimeout(() => this.open(this.grid.cursor, false, false), 150);
  }

  into() {
    const row = this.grid.cursor;
    if (this.rows.isFolded(row)) this.toggle(row);
    else if (this.rows.hasChildren(row)) this.step(1);
  }

  outOf() {
    const row = this.grid.cursor;
    if (this.rows.hasChildren(row) && !this.rows.isFolded(row)) this.toggle(row);
    else if (this.rows.parent(row) >= 0) {
      this.grid.moveTo(this.rows.parent(row));
      this.follow();
    }
  }

  toggle(row) {
    this.rows.folded[row] ^= 1;
    this.rows.refresh();
    this.grid.changed();
    this.grid.moveTo(row);
    this.write(true);
  }

  foldAll(isFolded) {
    this.rows.foldAll(isFolded);
    this.stay();
    this.write(true);
  }

  toggleCritical() {
    this.rows.isCriticalOnly = !this.rows.isCriticalOnly;
    this.rows.refresh();
    this.press();
    this.stay();
    this.write(true);
  }

  press() {
    document.querySelector("[data-do='critical']")?.setAttribute("aria-pressed", String(this.rows.isCriticalOnly));
  }

  // On the row that one stands on, or on the nearest above it that is shown.
  stay() {
    let row = this.grid.cursor;
    while (row >= 0 && this.rows.shownAt[row] < 0) row = this.rows.parent(row);
    this.grid.changed();
    this.grid.moveTo(Math.max(0, row >= 0 ? row : this.rows.shown[0] ?? 0));
  }

  goTo(row) {
    if (this.rows.shownAt[row] < 0) {
      this.rows.reveal(row);
      this.press();
      this.grid.changed();
    }
    this.grid.moveTo(row);
  }

  enter(event) {
    if (event.target instanceof Element && event.target.closest("a, button, summary")) {
      event.target.closest("a, button, summary").click();
      return;
    }
    this.open(this.grid.cursor, true);
  }

  open(row, takesFocus, isStep = true) {
    if (this.rows.kind(row) === 3) {
      if (isStep) this.toggle(row);
      return;
    }
    this.before ??= document.activeElement;
    this.state.span = this.rows.key(row);
    this.details.show(this.rows.id(row), takesFocus);
    this.write(isStep);
  }

  close() {
    if (this.details.panel.hidden) return;
    this.details.hide();
    this.state.span = null;
    this.before = null;
    this.write(true);
    this.grid.scroller.focus();
  }

  nextWrong(step) {
    let row = this.rows.nextWrong(this.grid.cursor, step);
    if (row < 0) row = this.rows.nextWrong(step > 0 ? -1 : this.rows.count, step);
    if (row < 0) {
      this.say("No errors.");
      return;
    }
    this.goTo(row);
    this.follow();
    this.write(false);
  }

  goFind() {
    this.find.focus();
    this.find.select();
  }

  search(moves) {
    this.found = this.rows.search(this.state.find);
    this.grid.hits = new Set(this.found);
    this.grid.later();
    if (!this.state.find.trim()) return this.say("");
    if (this.found.length === 0) return this.say("nothing found");
    if (!moves) return this.say(`${this.found.length} found`);
    const next = this.found.find(row => row >= this.grid.cursor) ?? this.found[0];
    this.goTo(next);
    this.say(`${this.found.indexOf(next) + 1} of ${this.found.length}`);
  }

  nextHit(step) {
    if (!this.found?.length) return;
    const here = this.grid.cursor;
    const next = step > 0 ? this.found.find(row => row > here) ?? this.found[0] : this.found.findLast(row => row < here) ?? this.found.at(-1);
    this.goTo(next);
    this.say(`${this.found.indexOf(next) + 1} of ${this.found.length}`);
    this.follow();
    this.write(false);
  }

  say(words) {
    document.getElementById("journey-hits").textContent = words;
  }

  zoom(factor, at = 0.5) {
    const { from, to } = this.view;
    const middle = from + (to - from) * at;
    const length = Math.min(Math.max((to - from) * factor, 100), this.rows.durationNs);
    this.zoomTo(middle - length * at, middle + length * (1 - at));
  }

  pan(share) {
    const length = this.view.to - this.view.from;
    this.zoomTo(this.view.from + length * share, this.view.to + length * share);
  }

  zoomTo(from, to) {
    const length = Math.min(to - from, this.rows.durationNs);
    const begin = Math.min(Math.max(from, 0), this.rows.durationNs - length);
    Object.assign(this.view, { from: begin, to: begin + length });
    this.grid.later();
    this.write(false);
  }

  write(isStep) {
    writeAddress(this.rows, this.view, this.state, isStep);
  }

  // The server has more of it: the rows are asked for again, and what was chosen stays.
  async renewed() {
    if (document.getElementById("journey-head").dataset.version === this.rows.head.version) return;
    const isWhole = this.view.from <= 0 && this.view.to >= this.rows.durationNs;
    const rows = await loadRows(host.dataset.rows);
    const [cursor, folds] = [this.rows.key(this.grid.cursor), this.rows.changedFolds(1000)];
    rows.isCriticalOnly = this.rows.isCriticalOnly;
    rows.setFolds(folds);
    this.rows = rows;
    if (isWhole) Object.assign(this.view, { from: 0, to: rows.durationNs });
    const row = rows.find(cursor);
    this.grid.cursor = row >= 0 && rows.shownAt[row] >= 0 ? row : 0;
    this.grid.setRows(rows);
    this.minimap.paint();
    this.search(false);
  }
}
