// Times in the reader's zone; UTC stays in the title.
const forms = {
  time: new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  date: new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  exact: new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 }),
};
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: "always", style: "short" });

/** Writes every time below a node as the reader's clock shows it. */
export function localize(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.textContent = show(new Date(time.dateTime), time.dataset.form);
  }
}

/** A date as one of the forms: time, date, exact, ago. */
export function show(date, form) {
  return form === "ago" ? since(date) : (forms[form] ?? forms.date).format(date);
}

function since(date) {
  const seconds = Math.round((date - Date.now()) / 1000);
  if (seconds > -60) return ago.format(Math.min(0, seconds), "second");
  if (seconds > -3600) return ago.format(Math.round(seconds / 60), "minute");
  if (seconds > -86400) return ago.format(Math.round(seconds / 3600), "hour");
  return ago.format(Math.round(seconds / 86400), "day");
}
