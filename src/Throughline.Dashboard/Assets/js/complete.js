// Completion of queries: a list under each box that is marked data-complete, by the combobox pattern. What is offered comes
// from the server; whoever takes nothing of it sends what was typed.
const askAfterMs = 90;
const offersMax = 12;

/** Gives every box its list. */
export function startCompletion() {
  for (const input of document.querySelectorAll("input[data-complete]")) complete(input);
}

function complete(input) {
  const list = makeList(input);
  const state = { input, list, offers: [], from: 0, to: 0, active: -1, timer: 0, asking: null };
  input.addEventListener("input", () => askSoon(state));
  input.addEventListener("keydown", event => onKey(state, event));
  input.addEventListener("blur", () => close(state));
  list.addEventListener("pointerdown", event => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    event.preventDefault();
    if (option) take(state, Number(option.dataset.index));
  });
}

function makeList(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-offers`;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What may come next");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  return list;
}

function onKey(state, event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const isOpen = !state.list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen) move(state, event.key === "ArrowDown" ? 1 : -1);
    else ask(state);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close(state);
  } else if (event.key === "Enter" && isOpen && state.active >= 0) {
    event.preventDefault();
    take(state, state.active);
  } else if (event.key === "Tab" && isOpen && !event.shiftKey && (state.active >= 0 || state.from < state.to)) {
    event.preventDefault();
    take(state, Math.max(0, state.active));
  } else if (event.key === "Enter") {
    close(state);
  }
}

function askSoon(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(state), askAfterMs);
}

async function ask(state) {
  state.asking?.abort();
  const asking = state.asking = new AbortController();
  const { value, selectionStart } = state.input;
  const query = new URLSearchParams({ q: value, caret: String(selectionStart ?? value.length), limit: String(offersMax), from: "-24h" });
  try {
    const response = await fetch(`/api/v1/complete?${query}`, { signal: asking.signal });
    const answer = response.ok ? await response.json() : { items: [] };
    if (asking.signal.aborted || document.activeElement !== state.input) return;
    show(state, answer);
  } catch {
    // A question that was given up for the next one has nothing to say.
    if (state.asking === asking) close(state);
  }
}

function show(state, { items, from, to }) {
  const begun = state.input.value.slice(from, to);
  state.offers = items.filter(item => item.text !== begun);
  [state.from, state.to, state.active] = [from, to, -1];
  state.list.replaceChildren(...state.offers.map((item, index) => option(state, item, index)));
  setOpen(state, state.offers.length > 0);
}

function option(state, item, index) {
  const line = document.createElement("li");
  line.id = `${state.list.id}-${index}`;
  line.dataset.index = String(index);
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  const text = document.createElement("code");
  text.textContent = item.text;
  const about = document.createElement("span");
  about.textContent = item.about ?? item.kind;
  line.append(text, " ", about);
  return line;
}

function move(state, step) {
  const count = state.offers.length;
  state.active = (state.active + step + count + (state.active < 0 && step < 0 ? 1 : 0)) % count;
  [...state.list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === state.active)));
  const line = state.list.children[state.active];
  state.input.setAttribute("aria-activedescendant", line.id);
  line.scrollIntoView({ block: "nearest" });
}

function take(state, index) {
  const { input, offers, from, to } = state;
  const text = offers[index].text;
  const rest = input.value.slice(to);
  const isOpening = text.endsWith("(");
  const gap = isOpening || /^[\s)]/.test(rest) ? "" : " ";
  input.value = input.value.slice(0, from) + text + gap + rest;
  const caret = from + text.length + gap.length + (!isOpening && rest.startsWith(" ") ? 1 : 0);
  input.setSelectionRange(caret, caret);
  close(state);
  askSoon(state);
}

function close(state) {
  clearTimeout(state.timer);
  state.asking?.abort();
  setOpen(state, false);
}

function setOpen(state, isOpen) {
  state.list.hidden = !isOpen;
  state.input.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen || state.active < 0) state.input.removeAttribute("aria-activedescendant");
}
