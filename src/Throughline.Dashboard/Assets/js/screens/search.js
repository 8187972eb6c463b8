// Dragging over the pictures narrows time and duration down: in the address, so that Back takes it back.
const dragMin = 5;
const alongOnlyMax = 14;

document.addEventListener("pointerdown", event => {
  const box = event.target instanceof Element ? event.target.closest(".drag") : null;
  if (box && event.button === 0) drag(box, event);
});

function drag(box, start) {
  const frame = box.getBoundingClientRect();
  const brush = document.createElement("div");
  brush.className = "brush";
  const stop = new AbortController();
  const on = (name, action) => addEventListener(name, action, { signal: stop.signal, capture: true });
  const end = () => {
    stop.abort();
    brush.remove();
    box.removeAttribute("data-own");
  };
  on("pointermove", event => {
    const area = areaOf(box, frame, start, event);
    if (!area) return;
    // While the reader drags, what comes in must not take the picture away.
    box.setAttribute("data-own", "");
    if (!brush.isConnected) box.append(brush);
    Object.assign(brush.style, {
      left: `${area.x0 * 100}%`, width: `${(area.x1 - area.x0) * 100}%`, top: `${area.top * 100}%`, height: `${(area.foot - area.top) * 100}%`,
    });
  });
  on("pointerup", event => {
    const chosen = areaOf(box, frame, start, event);
    end();
    if (!chosen) return;
    addEventListener("click", event => event.preventDefault(), { capture: true, once: true });
    location.assign(address(box, chosen));
  });
  on("pointercancel", end);
  // A link in a picture is for clicking, not for carrying away.
  on("dragstart", event => event.preventDefault());
  on("keydown", event => { if (event.key === "Escape") end(); });
}

/** What is marked, as shares of the picture; null while it is too little to be meant. */
function areaOf(box, frame, start, now) {
  const share = (at, from, length) => Math.min(1, Math.max(0, (at - from) / length));
  const width = Math.abs(now.clientX - start.clientX);
  const height = Math.abs(now.clientY - start.clientY);
  if (Math.max(width, height) < dragMin) return null;
  const xs = [start.clientX, now.clientX].map(x => share(x, frame.left, frame.width)).sort((a, b) => a - b);
  const ys = [start.clientY, now.clientY].map(y => share(y, frame.top, frame.height)).sort((a, b) => a - b);
  const hasHeight = "y0" in box.dataset && start.pointerType === "mouse" && height >= alongOnlyMax;
  const hasWidth = !hasHeight || width >= alongOnlyMax;
  return {
    hasWidth, hasHeight,
    x0: hasWidth ? xs[0] : 0, x1: hasWidth ? xs[1] : 1,
    top: hasHeight ? ys[0] : 0, foot: hasHeight ? ys[1] : 1,
  };
}

/** This page, narrowed down. */
function address(box, area) {
  const { drag: of, x, x0, x1, y0, y1 } = box.dataset;
  const to = new URL(location.href);
  const set = (name, value) => to.searchParams.set(name, value);
  to.searchParams.delete("cursor");
  if (area.hasWidth && x === "time") {
    set("from", String(timeAt(x0, x1, area.x0)));
    set("to", String(timeAt(x0, x1, area.x1)));
  } else if (area.hasWidth) {
    set(`min${of}`, durationText(valueAt(x0, x1, area.x0), Math.floor));
    set(`max${of}`, durationText(valueAt(x0, x1, area.x1), Math.ceil));
  }
  if (area.hasHeight) {
    set(`min${of}`, durationText(valueAt(y0, y1, 1 - area.foot), Math.floor));
    set(`max${of}`, durationText(valueAt(y0, y1, 1 - area.top), Math.ceil));
  }
  return to;
}

// Nanoseconds since 1970 are more than a number holds exactly.
function timeAt(from, to, share) {
  const length = BigInt(to) - BigInt(from);
  return BigInt(from) + (length * BigInt(Math.round(share * 1e6))) / 1000000n;
}

function valueAt(min, max, share) {
  return Number(min) * (Number(max) / Number(min)) ** share;
}

/** Three digits and a unit, rounded outwards: what was marked stays in. */
function durationText(ns, round) {
  const [unit, size] = ns >= 1e9 ? ["s", 1e9] : ns >= 1e6 ? ["ms", 1e6] : ns >= 1e3 ? ["us", 1e3] : ["ns", 1];
  const value = ns / size;
  const step = 10 ** Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, value))));
  return `${round(value * step) / step}${unit}`;
}
