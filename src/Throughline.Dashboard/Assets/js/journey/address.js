// What of a journey's page is in its address: the span that is open, folds, zoom, what is looked for.
const foldsMax = 60;

export function readAddress() {
  const query = new URLSearchParams(location.search);
  const zoom = (query.get("zoom") ?? "").split("-").map(Number);
  return {
    span: query.get("span"),
    folds: (query.get("fold") ?? "").split(",").filter(Boolean),
    zoom: zoom.length === 2 && zoom.every(Number.isFinite) && zoom[1] > zoom[0] ? { from: zoom[0], to: zoom[1] } : null,
    find: query.get("find") ?? "",
    isCriticalOnly: query.get("critical") === "1",
  };
}

/** Writes what differs from how the page is at first. Steps that one goes back over are pushed. */
export function writeAddress(rows, view, state, isStep) {
  const query = new URLSearchParams(location.search);
  const put = (name, value) => { if (value) query.set(name, value); else query.delete(name); };
  put("span", state.span);
  put("fold", rows.changedFolds(foldsMax).join(","));
  put("zoom", view.from <= 0 && view.to >= rows.durationNs ? "" : `${Math.round(view.from)}-${Math.round(view.to)}`);
  put("find", state.find);
  put("critical", rows.isCriticalOnly ? "1" : "");
  const text = query.toString().replaceAll("%2C", ",");
  const address = location.pathname + (text ? `?${text}` : "");
  if (address === location.pathname + location.search) return;
  if (isStep) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
