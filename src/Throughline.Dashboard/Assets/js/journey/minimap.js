// All rows at a glance, and which part of their time is shown. Dragging chooses another part.
import { flag, wrong } from "./flags.js";
import { scale } from "./grid.js";

const height = 44;
const rowsALine = 300;

export class Minimap {
  /** @param choose Called with from and to, nanoseconds. */
  constructor(grid, choose) {
    Object.assign(this, { grid, choose, canvas: grid.minimap, picture: document.createElement("canvas") });
    grid.onResize = () => this.resize();
    grid.onRecolour = () => this.paint();
    grid.onDraw = () => this.draw();
    this.canvas.addEventListener("pointerdown", event => this.begin(event));
    this.canvas.addEventListener("pointermove", event => this.move(event));
    this.canvas.addEventListener("pointerup", event => this.end(event));
    this.canvas.addEventListener("dblclick", () => choose(0, grid.rows.durationNs));
    this.resize();
  }

  resize() {
    const ratio = devicePixelRatio || 1;
    this.width = this.grid.size.width;
    scale(this.canvas, this.width, height, ratio);
    scale(this.picture, this.width, height, ratio);
    this.paint();
  }

  // Of many rows each line of the picture shows some, and every error.
  paint() {
    const { rows, colours } = this.grid;
    const context = this.picture.getContext("2d");
    context.clearRect(0, 0, this.width, height);
    const line = Math.max(1, rows.count / (height - 4));
    const step = Math.max(1, Math.floor(line / rowsALine));
    const thick = Math.max(1, Math.min(4, (height - 4) / rows.count));
    for (let i = 0; i < rows.count; i++) {
      const isWrong = rows.has(i, wrong);
      if (i % step && !isWrong) continue;
      const from = (rows.start(i) / rows.durationNs) * this.width;
      const to = (rows.end(i) / rows.durationNs) * this.width;
      context.fillStyle = isWrong ? colours.bad : rows.has(i, flag.critical) ? colours.text : colours[`c${(rows.columns.service[i] % 8) + 1}`];
      context.fillRect(from, 2 + i / line, Math.max(1, to - from), isWrong ? Math.max(2, thick) : thick);
    }
    this.draw();
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const { view, rows, colours } = this.grid;
    context.clearRect(0, 0, this.width, height);
    context.drawImage(this.picture, 0, 0, this.width, height);
    const [from, to] = this.drag ?? [view.from, view.to].map(ns => (ns / rows.durationNs) * this.width);
    context.globalAlpha = 0.65;
    context.fillStyle = colours.raised;
    context.fillRect(0, 0, Math.min(from, to), height);
    context.fillRect(Math.max(from, to), 0, this.width, height);
    context.globalAlpha = 1;
    context.strokeStyle = colours.accent;
    context.strokeRect(Math.min(from, to) + 0.5, 0.5, Math.max(1, Math.abs(to - from) - 1), height - 1);
  }

  begin(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = [event.offsetX, event.offsetX];
  }

  move(event) {
    if (!this.drag) return;
    this.drag[1] = event.offsetX;
    this.draw();
  }

  end() {
    if (!this.drag) return;
    const [from, to] = this.drag.sort((one, other) => one - other).map(x => Math.min(Math.max(x / this.width, 0), 1) * this.grid.rows.durationNs);
    this.drag = null;
    if (to - from > this.grid.rows.durationNs / 500) this.choose(from, to);
    else this.draw();
  }
}
