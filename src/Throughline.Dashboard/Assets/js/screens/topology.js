// Moves and zooms the map. The part that is seen is in the address as box=x,y,width,height.
import { onKey } from "../keys.js";

const step = 1.25;
const legibleScale = 0.55;
const nearScale = 0.8;
let shown = null;
let saving = 0;

const frame = () => document.getElementById("map");
const picture = () => frame()?.querySelector("svg");
const numbers = text => text.split(/[ ,]+/).map(Number);

function whole() {
  const [x, y, width, height] = numbers(picture().dataset.whole);
  return { x, y, width, height };
}

/** How many pixels a unit of the picture has. */
function scaleOf(box) {
  const svg = picture();
  return Math.min(svg.clientWidth / box.width, svg.clientHeight / box.height);
}

function show(box, isKept = true) {
  shown = box;
  const svg = picture();
  svg.setAttribute("viewBox", [box.x, box.y, box.width, box.height].map(value => Number(value.toFixed(1))).join(" "));
  svg.classList.toggle("close", scaleOf(box) >= nearScale);
  if (!isKept) return;
  clearTimeout(saving);
  saving = setTimeout(save, 200);
}

function save() {
  const address = new URL(location.href);
  const box = text();
  if (box) address.searchParams.set("box", box); else address.searchParams.delete("box");
  history.replaceState(history.state, "", address);
}

/** The box as the address has it; nothing for all of the picture. */
function text() {
  const all = whole();
  const isAll = ["x", "y", "width", "height"].every(name => Math.abs(all[name] - shown[name]) < 1);
  return isAll ? null : [shown.x, shown.y, shown.width, shown.height].map(value => Math.round(value)).join(",");
}

/** Zooms around a point of the picture; its middle without one. */
function zoom(by, at) {
  const all = whole();
  const width = Math.min(Math.max(shown.width / by, 120), all.width * 2);
  const factor = width / shown.width;
  const around = at ?? { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
  show({
    x: around.x - (around.x - shown.x) * factor,
    y: around.y - (around.y - shown.y) * factor,
    width,
    height: shown.height * factor,
  });
}

function move(x, y) {
  show({ ...shown, x: shown.x + x, y: shown.y + y });
}

function pointOf(event) {
  const at = picture().getScreenCTM().inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(at);
}

function startDragging() {
  const pointers = new Map();
  let travelled = 0;
  document.addEventListener("pointerdown", event => {
    if (!frame()?.contains(event.target) || event.button > 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, event);
  });
  document.addEventListener("pointermove", event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const scale = scaleOf(shown);
    const other = [...pointers.values()].find(pointer => pointer.pointerId !== event.pointerId);
    travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (travelled < 4) return;
    frame().classList.add("dragging");
    if (other) {
      const distance = pointer => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY);
      zoom(distance(event) / Math.max(1, distance(before)), pointOf(other));
    } else {
      move((before.clientX - event.clientX) / scale, (before.clientY - event.clientY) / scale);
    }
    pointers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, event => {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) frame()?.classList.remove("dragging");
    });
  }
  document.addEventListener("dragstart", event => { if (frame()?.contains(event.target)) event.preventDefault(); });
  // What ends a drag is no click; and a link to another node keeps the part that is seen.
  document.addEventListener("click", event => {
    if (!frame()?.contains(event.target)) return;
    const link = event.target.closest("a");
    if (travelled >= 4) event.preventDefault();
    else if (link && text()) link.href.baseVal = withBox(link.href.baseVal);
    travelled = 0;
  }, true);
}

function withBox(address) {
  const to = new URL(address, location.href);
  to.searchParams.set("box", text());
  return to.pathname + to.search;
}

function startKeys() {
  onKey("+", "map: nearer", () => zoom(step));
  onKey("-", "map: farther", () => zoom(1 / step));
  onKey("0", "map: all of it", () => show(whole()));
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", event => {
    const way = ways[event.key];
    if (!way || !frame()?.contains(document.activeElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(way[0] * shown.width / 10, way[1] * shown.height / 10);
  });
}

function startWheel() {
  document.addEventListener("wheel", event => {
    if (!frame()?.contains(event.target)) return;
    // Without Ctrl the page scrolls, unless the map was chosen: a wheel on its way down the page must not be caught.
    if (!event.ctrlKey && !event.metaKey && !frame().contains(document.activeElement)) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), pointOf(event));
  }, { passive: false });
}

/** A map that would be too small to read begins at its chosen node, else at its beginning. */
function begin() {
  const [x, y, width, height] = numbers(picture().getAttribute("viewBox"));
  show({ x, y, width, height }, false);
  if (new URL(location.href).searchParams.has("box") || scaleOf(shown) >= legibleScale) return;
  const svg = picture();
  const on = svg.querySelector(".node.on")?.getBBox();
  const size = { width: svg.clientWidth / nearScale, height: svg.clientHeight / nearScale };
  const all = whole();
  show({
    x: on ? on.x + on.width / 2 - size.width / 2 : all.x + Math.max(0, all.width - size.width) * 0,
    y: on ? on.y + on.height / 2 - size.height / 2 : all.y + Math.max(0, all.height - size.height) / 2,
    ...size,
  }, false);
}

if (picture()) begin();
startDragging();
startKeys();
startWheel();
document.addEventListener("click", event => {
  const button = event.target instanceof Element ? event.target.closest("[data-zoom]") : null;
  if (!button || !picture()) return;
  if (button.dataset.zoom === "all") show(whole()); else zoom(button.dataset.zoom === "in" ? step : 1 / step);
});
document.addEventListener("throughline:renewed", () => {
  if (!picture()) return;
  if (shown) show(shown, false); else begin();
});
