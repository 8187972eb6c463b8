// Draws rows of a journey on a canvas: spans as bars, records in topics as ticks and lines, arrows between them.
import { colour } from "../theme.js";
import { flag, kind, wrong } from "./flags.js";
import { duration } from "./words.js";

const arrow = 4;
const membersMax = 4000;

export const rowHeight = 26;

/** The page's colours as they are now. */
export function palette() {
  const names = ["surface", "raised", "line", "text", "muted", "accent", "accent-soft", "bad", "warn", "warn-soft", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];
  return Object.fromEntries(names.map(name => [name, colour(`--${name}`)]));
}

/** Round numbers of nanoseconds for the marks of an axis. */
export function ticks(from, to, max) {
  const rough = (to - from) / max;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map(times => times * power).find(candidate => candidate >= rough) ?? 10 * power;
  const marks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) marks.push(at);
  return marks;
}

export class Painter {
  /** @param context A canvas' context, scaled to CSS pixels. */
  constructor(context, rows, colours, view, size) {
    Object.assign(this, { context, rows, colours, view, size });
  }

  x(ns) { return ((ns - this.view.from) / (this.view.to - this.view.from)) * this.size.width; }

  /** Rows from a place among those shown on; the first one's top is at y. */
  draw(first, last, y, cursor, hits) {
    const { context, rows, size, colours } = this;
    context.clearRect(0, 0, size.width, size.height);
    context.lineWidth = 1;
    context.strokeStyle = colours.line;
    context.beginPath();
    for (const at of ticks(this.view.from, this.view.to, Math.max(2, size.width / 110))) {
      const x = Math.round(this.x(at)) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, size.height);
    }
    context.stroke();
    this.first = first;
    this.lastShown = last;
    this.top = y;
    for (let at = first; at <= last; at++) {
      const row = rows.shown[at];
      const top = y + (at - first) * rowHeight;
      if (row === cursor || hits?.has(row)) {
        context.fillStyle = row === cursor ? colours["accent-soft"] : colours["warn-soft"];
        context.fillRect(0, top, size.width, rowHeight);
      }
      this.row(row, top);
    }
    for (let at = first; at <= last; at++) this.arrows(rows.shown[at], y + (at - first) * rowHeight);
    if (cursor >= 0) this.links(cursor);
  }

  row(i, top) {
    switch (this.rows.kind(i)) {
      case kind.inTopic:
      case kind.unread:
        this.record(i, top);
        break;
      case kind.alike:
        this.alike(i, top);
        break;
      default:
        this.span(i, top);
    }
  }

  span(i, top) {
    const { context, rows, colours } = this;
    const [from, to] = this.cut(rows.start(i), rows.end(i));
    const [y, height] = [top + 7, rowHeight - 14];
    const width = Math.max(2, to - from);
    context.fillStyle = colours[`c${(rows.columns.service[i] % 8) + 1}`];
    if (rows.has(i, flag.surrounding)) {
      context.strokeStyle = context.fillStyle;
      context.setLineDash([3, 3]);
      context.strokeRect(from + 0.5, y + 0.5, Math.max(1, width - 1), height - 1);
      context.setLineDash([]);
    } else {
      context.fillRect(from, y, width, height);
    }
    if (rows.has(i, flag.critical)) this.critical(from, from + width, y + height);
    if (rows.has(i, wrong)) {
      context.strokeStyle = colours.bad;
      context.lineWidth = 2;
      context.strokeRect(from - 1, y - 1, width + 2, height + 2);
      context.lineWidth = 1;
      this.triangle(from, y + height / 2, colours.bad);
    }
    if (rows.has(i, flag.skew)) this.diamond(from, y + height / 2);
    for (const log of rows.logsOf.get(i) ?? []) {
      const x = this.x(rows.columns["log.at"][log] * rows.unit);
      context.fillStyle = rows.columns["log.severity"][log] >= 17 ? colours.bad : rows.columns["log.severity"][log] >= 13 ? colours.warn : colours.text;
      context.fillRect(x - 1, y - 4, 2, 5);
    }
    this.note(duration(rows.end(i) - rows.start(i)), from, from + width, top);
  }

  // Nobody works while a record waits: a tick where it was sent, and thin lines.
  record(i, top) {
    const { context, rows, colours } = this;
    const topic = rows.topic(i);
    const isUnread = rows.kind(i) === kind.unread;
    const y = Math.round(top + rowHeight / 2) + 0.5;
    const from = this.x(rows.start(i));
    const to = isUnread ? this.size.width + 10 : this.x(rows.end(i));
    const acknowledged = topic.acknowledged === null ? from : this.x(topic.acknowledged);
    const fetched = topic.fetched === null ? to : this.x(topic.fetched);
    context.strokeStyle = rows.has(i, flag.critical) ? colours.accent : colours.muted;
    this.line([[from, top + 6], [from, top + rowHeight - 6]], 2);
    context.setLineDash([1, 3]);
    this.line([[from, y], [acknowledged, y]], 1);
    context.setLineDash(isUnread ? [8, 5] : []);
    this.line([[acknowledged, y], [Math.max(acknowledged, fetched), y]], 1);
    context.setLineDash([4, 2]);
    this.line([[fetched, y], [to, y]], 3);
    context.setLineDash([]);
    if (rows.has(i, flag.skew)) this.diamond(to, y);
    this.note(isUnread ? "still there, as far as is seen" : Number.isNaN(topic.wait) ? "" : duration(topic.wait), from, isUnread ? from : to, top);
  }

  // Members as ticks along their whole time.
  alike(i, top) {
    const { context, rows, colours } = this;
    const [from, to] = this.cut(rows.start(i), rows.end(i));
    const y = top + rowHeight / 2;
    context.strokeStyle = colours.muted;
    this.line([[from, y], [Math.max(from + 2, to), y]], 1);
    context.fillStyle = colours[`c${(rows.columns.service[i] % 8) + 1}`];
    const step = Math.max(1, Math.floor(rows.children[i] / membersMax));
    let member = 0;
    for (let child = i + 1; child <= rows.last[i]; child = rows.last[child] + 1) {
      const isWrong = rows.has(child, wrong);
      if (member++ % step && !isWrong) continue;
      const [start, end] = this.cut(rows.start(child), rows.end(child));
      context.fillRect(start, y - 3, Math.max(1, end - start), 6);
      if (isWrong) {
        context.fillStyle = colours.bad;
        context.fillRect(start, y - 7, 2, 14);
        context.fillStyle = colours[`c${(rows.columns.service[i] % 8) + 1}`];
      }
    }
    if (rows.has(i, flag.critical)) this.critical(from, Math.max(from + 2, to), y + 5);
  }

  // From a send down to its record, and from there down to where processing begins.
  arrows(i, top) {
    const { rows, context, colours } = this;
    if (rows.kind(i) !== kind.inTopic && rows.kind(i) !== kind.unread) return;
    const y = top + rowHeight / 2;
    context.strokeStyle = context.fillStyle = rows.has(i, flag.critical) ? colours.accent : colours.muted;
    const send = rows.parent(i);
    if (send >= 0 && rows.kind(send) === kind.span) {
      const x = this.x(rows.start(i));
      this.line([[x, this.y(send) + rowHeight - 7], [x, y]], 1);
    }
    const topic = rows.topic(i);
    const processing = topic.target >= 0 ? topic.target : rows.kind(i) === kind.inTopic && rows.hasChildren(i) && !rows.isFolded(i) ? i + 1 : -1;
    if (processing < 0 || rows.shownAt[processing] < 0) return;
    const x = this.x(rows.start(processing));
    const tip = this.y(processing) + (processing > i ? 6 : rowHeight - 6);
    context.setLineDash(topic.target >= 0 ? [3, 3] : []);
    this.line([[this.x(rows.end(i)), y], [x, y], [x, tip]], 1);
    context.setLineDash([]);
    this.head(x, tip, processing > i ? 1 : -1);
  }

  // Other links of the row that one stands on: curves, so that nobody takes them for a record's way.
  links(cursor) {
    const { rows, context, colours } = this;
    const { "link.from": froms, "link.to": tos } = rows.columns;
    context.strokeStyle = context.fillStyle = colours.text;
    for (let i = 0; i < froms.length; i++) {
      if ((froms[i] !== cursor && tos[i] !== cursor) || rows.shownAt[froms[i]] < 0 || rows.shownAt[tos[i]] < 0) continue;
      const [x1, y1] = [this.x(rows.end(froms[i])), this.y(froms[i]) + rowHeight / 2];
      const [x2, y2] = [this.x(rows.start(tos[i])), this.y(tos[i]) + rowHeight / 2];
      context.setLineDash([5, 3]);
      context.beginPath();
      context.moveTo(x1, y1);
      context.bezierCurveTo(x1 + 40, y1, x2 - 40, y2, x2, y2);
      context.stroke();
      context.setLineDash([]);
      this.head(x2, y2, Math.sign(y2 - y1) || 1);
    }
  }

  y(i) { return this.top + (this.rows.shownAt[i] - this.first) * rowHeight; }

  // Far beyond the edge a coordinate has no meaning for a canvas.
  cut(start, end) {
    return [Math.max(-10, this.x(start)), Math.min(this.size.width + 10, this.x(end))];
  }

  critical(from, to, y) {
    this.context.fillStyle = this.colours.text;
    this.context.fillRect(from, y + 1, Math.max(2, to - from), 2);
  }

  line(points, width) {
    const { context } = this;
    context.lineWidth = width;
    context.beginPath();
    points.forEach(([x, y], i) => {
      const at = Math.min(Math.max(x, -20), this.size.width + 20);
      if (i) context.lineTo(at, y); else context.moveTo(at, y);
    });
    context.stroke();
    context.lineWidth = 1;
  }

  head(x, y, direction) {
    const { context } = this;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - arrow, y - direction * arrow * 1.5);
    context.lineTo(x + arrow, y - direction * arrow * 1.5);
    context.fill();
  }

  triangle(x, y, fill) {
    const { context } = this;
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(x - 4, y - 7);
    context.lineTo(x + 2, y + 3);
    context.lineTo(x - 10, y + 3);
    context.fill();
  }

  diamond(x, y) {
    const { context, colours } = this;
    context.fillStyle = colours.warn;
    context.strokeStyle = colours.surface;
    context.beginPath();
    context.moveTo(x, y - 6);
    context.lineTo(x + 6, y);
    context.lineTo(x, y + 6);
    context.lineTo(x - 6, y);
    context.closePath();
    context.fill();
    context.stroke();
  }

  note(words, from, to, top) {
    const { context, colours, size } = this;
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = colours.muted;
    const width = context.measureText(words).width;
    const y = top + rowHeight / 2 + 4;
    if (to + 6 + width < size.width) context.fillText(words, Math.max(to, 0) + 6, y);
    else if (from - 6 - width > 0) context.fillText(words, Math.min(from, size.width) - 16 - width, y);
  }
}
