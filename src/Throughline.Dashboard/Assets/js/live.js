// Follows the server: when something new has come, the page asks for itself again and takes over what differs.
// One tab of a browser listens and tells the others: browsers allow few connections to one server.
import { localize } from "./times.js";
import { morphChildren } from "./morph.js";

const refreshAfterMs = 1000;
const awayAfterMs = 12000;
let isPaused = false;
let isStale = false;
let isAway = false;
let lastHeard = Date.now();
let lastRefresh = 0;
let timer = 0;

export function startLive() {
  const path = document.body.dataset.live;
  if (!path) return;
  const others = new BroadcastChannel("throughline-live");
  others.onmessage = event => heard(event.data);
  navigator.locks?.request("throughline-live", () => new Promise(() => listen(path, others))) ?? listen(path, others);
  setInterval(() => { if (Date.now() - lastHeard > awayAfterMs) setAway(true); }, 1000);
  document.getElementById("pause")?.addEventListener("click", event => setPaused(event.currentTarget));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && isStale) refreshSoon(); });
}

function listen(path, others) {
  const source = new EventSource(path);
  for (const name of ["hello", "tick", "ping"]) {
    source.addEventListener(name, event => {
      const news = { name, ...JSON.parse(event.data) };
      heard(news);
      others.postMessage(news);
    });
  }
  source.onerror = () => {
    const news = { name: "away" };
    heard(news);
    others.postMessage(news);
    // A refusal ends an event source for good; a server that is back is worth another try.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(path, others), 2000);
  };
}

function heard(news) {
  if (news.name === "away") {
    setAway(true);
    return;
  }
  lastHeard = Date.now();
  document.dispatchEvent(new CustomEvent("throughline:live", { detail: news }));
  const wasAway = isAway;
  setAway(false);
  if (news.name === "tick" || wasAway) {
    isStale = true;
    refreshSoon();
  }
}

function refreshSoon() {
  if (isPaused || document.hidden || timer || !document.querySelector("[data-follow]")) {
    showWaiting();
    return;
  }
  timer = setTimeout(refresh, Math.max(0, lastRefresh + refreshAfterMs - Date.now()));
}

async function refresh() {
  try {
    isStale = false;
    await renew();
  } catch {
    isStale = true;
  } finally {
    lastRefresh = Date.now();
    timer = 0;
    if (isStale && !isAway) refreshSoon();
  }
}

/** Asks for this page again, and takes over what differs in each part that is marked data-follow and has an id. */
export async function renew() {
  const address = location.href;
  const response = await fetch(address, { headers: { "X-Throughline-Fragment": "1" } });
  if (!response.ok || address !== location.href) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  localize(fresh);
  if (isPaused) return;
  for (const part of document.querySelectorAll("[data-follow]")) {
    const wanted = fresh.getElementById(part.id);
    if (wanted) morphChildren(part, wanted);
  }
  document.dispatchEvent(new CustomEvent("throughline:renewed"));
}

function setPaused(button) {
  isPaused = !isPaused;
  button.setAttribute("aria-pressed", String(isPaused));
  button.textContent = isPaused ? "Paused" : "Pause";
  if (!isPaused && isStale) refreshSoon();
}

function showWaiting() {
  const button = document.getElementById("pause");
  if (button && isPaused) button.textContent = "Paused · new";
}

function setAway(away) {
  if (away === isAway) return;
  isAway = away;
  const note = document.getElementById("connection");
  note.hidden = !away;
  note.textContent = away ? "The server is away; trying again…" : "";
}
