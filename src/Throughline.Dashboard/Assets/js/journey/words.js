// Numbers as the server's Words writes them.

/** Three digits and a unit; a dash for what is not known. */
export function duration(ns) {
  if (ns === null || Number.isNaN(ns)) return "–";
  if (ns < 0) return `−${duration(-ns)}`;
  const s = ns / 1e9;
  if (s < 999.5e-9) return `${number(ns)} ns`;
  if (s < 999.5e-6) return `${number(ns / 1e3)} µs`;
  if (s < 0.9995) return `${number(ns / 1e6)} ms`;
  if (s < 60) return `${number(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} m ${pad(s % 60)} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${pad((s % 3600) / 60)} m`;
  return `${Math.floor(s / 86400)} d ${pad((s % 86400) / 3600)} h`;
}

export function number(value) {
  const size = Math.abs(value);
  return String(size >= 99.95 ? Math.round(value) : size >= 9.995 ? Math.round(value * 10) / 10 : Math.round(value * 100) / 100);
}

export function count(value) {
  return value.toLocaleString("en");
}

function pad(value) {
  return String(Math.floor(value)).padStart(2, "0");
}
