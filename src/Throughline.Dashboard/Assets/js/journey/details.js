// The panel beside the rows: what the server says of one span.
import { localize } from "../times.js";
import { element } from "./grid.js";

export class Details {
  /** @param close Called when the reader closes it. */
  constructor(panel, address, of, close) {
    Object.assign(this, { panel, address, of, close });
    panel.addEventListener("keydown", event => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    if (!panel.hidden) this.addButton();
  }

  get span() { return this.panel.hidden ? null : this.panel.querySelector("[data-span]")?.dataset.span ?? null; }

  async show(id, takesFocus) {
    this.wanted = id;
    this.asking?.abort();
    this.asking = new AbortController();
    this.panel.hidden = false;
    if (this.span !== id) {
      try {
        await this.fill(id);
      } catch (error) {
        if (error.name === "AbortError" || this.wanted !== id) return;
        this.panel.replaceChildren(element("p", { className: "problem", textContent: `The server did not answer: ${error.message}` }));
        this.addButton();
      }
    }
    if (takesFocus && this.wanted === id) this.panel.querySelector("h2, .problem")?.focus();
  }

  async fill(id) {
    const query = this.of ? `?of=${encodeURIComponent(this.of)}` : "";
    const response = await fetch(`${this.address}${id}${query}`, { headers: { "X-Throughline-Fragment": "1" }, signal: this.asking.signal });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (this.wanted !== id) return;
    localize(fresh);
    this.panel.replaceChildren(...fresh.body.childNodes);
    this.panel.scrollTop = 0;
    this.addButton();
  }

  hide() {
    this.wanted = null;
    this.asking?.abort();
    this.panel.hidden = true;
  }

  addButton() {
    const button = element("button", { type: "button", className: "quiet close", textContent: "Close", title: "Close (Escape)" });
    button.addEventListener("click", () => this.close());
    this.panel.prepend(button);
    this.panel.querySelector("h2, .problem")?.setAttribute("tabindex", "-1");
  }
}
