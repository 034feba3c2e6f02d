// @ts-check
/**
 * Puts new HTML into an element and touches only what differs, so that focus, scrolling and open dialogs stay.
 * Children that have ids are matched by them; the children of an element with data-keyed may come, go and change order.
 */

/** @param {HTMLElement} element @param {string} html its new content */
export function patch(element, html) {
  const fresh = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html").body;
  children(element, fresh);
}

/** @param {Element} old @param {Element} fresh */
function children(old, fresh) {
  const nodes = [...fresh.childNodes];
  nodes.forEach((node, at) => {
    const here = old.childNodes[at] ?? null;
    const known = match(old, node, here);
    if (!known) {
      old.insertBefore(document.importNode(node, true), here);
      return;
    }
    if (known !== here) old.insertBefore(known, here);
    update(known, node);
  });
  while (old.childNodes.length > nodes.length) old.lastChild?.remove();
}

/** @param {Element} parent @param {Node} node @param {ChildNode | null} here @returns {ChildNode | null} */
function match(parent, node, here) {
  if (node instanceof Element && node.id) {
    const known = document.getElementById(node.id);
    return known?.parentNode === parent ? known : null;
  }
  if (!here || here.nodeType !== node.nodeType || here.nodeName !== node.nodeName) return null;
  return here instanceof Element && here.id ? null : here;
}

/** @param {ChildNode} old @param {Node} fresh */
function update(old, fresh) {
  if (!(old instanceof Element) || !(fresh instanceof Element)) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  old.removeAttribute("style"); // what a hand on a card has set; the server's answer knows better
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.matches("details"))) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (!old.isEqualNode(fresh)) children(old, fresh);
}
