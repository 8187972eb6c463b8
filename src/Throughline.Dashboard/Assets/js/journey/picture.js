// The rows that are shown as a PNG: labels and bars as on the page.
import { element } from "./grid.js";
import { Painter, rowHeight, ticks } from "./painter.js";
import { duration } from "./words.js";

const rowsMax = 300;
const [labels, timeline, head, ratio] = [460, 900, 74, 2];

/** Draws rows from the first in view on, and gives the picture away as a file. */
export function savePicture(grid, title, name) {
  const first = Math.max(0, Math.floor(grid.scroller.scrollTop / rowHeight));
  const last = Math.min(grid.rows.shown.length, first + rowsMax) - 1;
  const height = head + (last - first + 1) * rowHeight;
  const canvas = element("canvas", { width: (labels + timeline) * ratio, height: height * ratio });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = grid.colours.surface;
  context.fillRect(0, 0, labels + timeline, height);
  text(context, title, 12, 26, grid.colours.text, "600 15px system-ui, sans-serif", labels + timeline - 24);
  text(context, "Throughline", 12, 48, grid.colours.muted, "12px system-ui, sans-serif", labels);
  for (const at of ticks(grid.view.from, grid.view.to, 8)) {
    text(context, duration(at), labels + ((at - grid.view.from) / (grid.view.to - grid.view.from)) * timeline + 3, 66, grid.colours.muted, "11px system-ui, sans-serif", 100);
  }
  const bars = element("canvas", { width: timeline * ratio, height: (height - head) * ratio });
  bars.getContext("2d").scale(ratio, ratio);
  new Painter(bars.getContext("2d"), grid.rows, grid.colours, grid.view, { width: timeline, height: height - head }).draw(first, last, 0, -1, null);
  context.drawImage(bars, labels, head, timeline, height - head);
  for (let at = first; at <= last; at++) {
    const i = grid.rows.shown[at];
    const left = 12 + Math.min(grid.rows.level[i] - 1, 20) * 12;
    const words = [grid.rows.label(i), ...grid.rows.badges(i).map(([badge]) => `[${badge}]`)].join("  ");
    text(context, words, left, head + (at - first) * rowHeight + 17, grid.colours.text, "12px system-ui, sans-serif", labels - left - 8);
  }
  canvas.toBlob(blob => {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, "image/png");
}

function text(context, words, x, y, fill, font, width) {
  context.font = font;
  context.fillStyle = fill;
  let shown = words;
  while (shown.length > 1 && context.measureText(shown).width > width) shown = `${shown.slice(0, Math.floor(shown.length * 0.9) - 1)}…`;
  context.fillText(shown, x, y);
}
