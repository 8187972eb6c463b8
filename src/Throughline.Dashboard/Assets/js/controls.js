// Small things that buttons and forms do.

/** A button with data-copy copies the text of what it names. */
export function startCopying() {
  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    if (!button) return;
    const text = button.dataset.copyText ?? document.querySelector(button.dataset.copy)?.textContent ?? "";
    const words = button.dataset.words ??= button.textContent;
    try {
      await navigator.clipboard.writeText(text.trim());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Press Ctrl+C";
      getSelection()?.selectAllChildren(document.querySelector(button.dataset.copy));
    }
    setTimeout(() => { button.textContent = words; }, 1500);
  });
}

/** A form with data-submit="change" needs no button; what is empty is left out of the address. */
export function startForms() {
  document.addEventListener("change", event => {
    const form = event.target instanceof Element ? event.target.closest("form[data-submit='change']") : null;
    form?.requestSubmit();
  });
  document.addEventListener("submit", event => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "get") return;
    for (const field of form.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
}
