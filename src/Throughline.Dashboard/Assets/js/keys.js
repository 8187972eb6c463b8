// Keys without a modifier, as long as nobody writes. A screen adds its own; "?" lists them all.
const known = new Map();

/** Says what a key does. */
export function onKey(key, words, action) {
  known.set(key, { words, action });
}

export function startKeys() {
  const list = document.getElementById("keys-list");
  onKey("?", "this list", () => openList(list));
  onKey("/", "search", () => document.querySelector("[data-shortcut='/']")?.focus());
  onKey("d", "light or dark", () => document.getElementById("theme")?.click());
  if (document.getElementById("pause")) onKey("p", "pause or go on", () => document.getElementById("pause").click());
  document.getElementById("keys")?.addEventListener("click", () => openList(list));
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
    const found = known.get(event.key);
    if (!found) return;
    event.preventDefault();
    found.action(event);
  });
}

function openList(list) {
  list.querySelector("dl").replaceChildren(...[...known].flatMap(([key, { words }]) => {
    const name = document.createElement("dt");
    const text = document.createElement("dd");
    name.textContent = key === " " ? "space" : key;
    text.textContent = words;
    return [name, text];
  }));
  list.showModal();
}

function isWriting(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
