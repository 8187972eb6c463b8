// Makes one piece of a page equal to another, changing only what differs: focus, scroll, open details and what a script
// has added to elements marked data-own stay as they are.

/** Makes the children of a node equal to those of another. */
export function morphChildren(from, to) {
  const byId = new Map([...from.children].filter(child => child.id).map(child => [child.id, child]));
  let old = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const known = wanted.id ? byId.get(wanted.id) : null;
    if (known && known !== old) {
      from.insertBefore(known, old);
      old = known;
    }
    if (old && isSameKind(old, wanted)) {
      const next = old.nextSibling;
      morph(old, wanted);
      old = next;
    } else {
      from.insertBefore(wanted, old);
    }
  }
  while (old) {
    const next = old.nextSibling;
    old.remove();
    old = next;
  }
}

function isSameKind(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");
}

function morph(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.hasAttribute("data-own") || from.isEqualNode(to)) return;
  const isOpen = from.localName === "details" || from.localName === "dialog";
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value && !(isOpen && name === "open")) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !(isOpen && name === "open")) from.removeAttribute(name);
  }
  if (from === document.activeElement && /^(INPUT|TEXTAREA|SELECT)$/.test(from.tagName)) return;
  morphChildren(from, to);
}
