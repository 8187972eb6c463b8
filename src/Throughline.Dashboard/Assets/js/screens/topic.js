// The heatmap of partitions: a square's number under the pointer or the arrow keys, and its spans on Enter or click.
// The numbers are those of the table below it.
import { show } from "../times.js";

let at = null;

document.addEventListener("pointermove", event => {
  const plot = plotOf(event);
  if (!plot) return;
  const box = plot.firstElementChild.getBoundingClientRect();
  const { columns, rows } = size(plot);
  moveTo(plot, Math.floor((event.clientX - box.left) / box.width * columns), Math.floor((event.clientY - box.top) / box.height * rows));
});
document.addEventListener("click", event => {
  const plot = plotOf(event);
  if (plot && at) open(plot);
});
document.addEventListener("focusin", event => {
  const plot = plotOf(event);
  if (plot && !at) moveTo(plot, size(plot).columns - 1, 0);
});
document.addEventListener("keydown", event => {
  const plot = plotOf(event);
  if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
  const { columns, rows } = size(plot);
  const from = at ?? { column: columns - 1, row: 0 };
  const to = {
    ArrowLeft: [from.column - 1, from.row], ArrowRight: [from.column + 1, from.row],
    ArrowUp: [from.column, from.row - 1], ArrowDown: [from.column, from.row + 1],
    Home: [0, from.row], End: [columns - 1, from.row],
  }[event.key];
  if (to) moveTo(plot, ...to);
  else if (event.key === "Enter") open(plot);
  else return;
  event.preventDefault();
});
document.addEventListener("throughline:renewed", () => {
  const plot = document.getElementById("heat-plot");
  if (plot && at) moveTo(plot, at.column, at.row);
});

function plotOf(event) {
  return event.target instanceof Element ? event.target.closest("#heat-plot") : null;
}

function size(plot) {
  const box = plot.firstElementChild.viewBox.baseVal;
  return { columns: box.width, rows: box.height };
}

function moveTo(plot, column, row) {
  const { columns, rows } = size(plot);
  at = { column: Math.max(0, Math.min(columns - 1, column)), row: Math.max(0, Math.min(rows - 1, row)) };
  const cursor = document.getElementById("heat-cursor");
  cursor.setAttribute("x", at.column);
  cursor.setAttribute("y", at.row);
  cursor.setAttribute("visibility", "visible");
  const { partition, value, time } = told();
  const words = `Partition ${partition}, ${show(new Date(time), "date")}: ${value}`;
  const line = document.getElementById("heat-told");
  if (line.textContent !== words) line.textContent = words;
}

function told() {
  const table = document.getElementById("heat-table");
  const line = table.tBodies[0].rows[at.row];
  return {
    partition: line.cells[0].textContent,
    value: line.cells[at.column + 1].textContent,
    time: table.tHead.rows[0].cells[at.column + 1].querySelector("time").dateTime,
  };
}

/** The spans of a square: its partition, from its time to the next one's. */
function open(plot) {
  const heads = document.getElementById("heat-table").tHead.rows[0].cells;
  const next = heads[at.column + 2]?.querySelector("time")?.dateTime;
  const { partition, time } = told();
  const figure = plot.closest("figure");
  const query = /^\d+$/.test(partition) ? `${figure.dataset.query} and partition = ${partition}` : figure.dataset.query;
  const address = new URL("/search", location.href);
  address.search = new URLSearchParams({ q: query, from: time, ...(next ? { to: next } : {}) });
  location.assign(address);
}
