// @ts-check
/**
 * The editor of badge layouts: elements are dragged on the picture, or moved by keys; the numbers follow, and the picture
 * follows the numbers. Without it the form works as it is.
 * <form data-badge-editor data-try> with [data-badge-stage] holding the picture, and a [data-badge-element] for each element.
 */
export {};

const PAUSE = 350;
const KEYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-badge-editor]"))) edit(form);

/** @param {HTMLFormElement} form */
function edit(form) {
  const stage = /** @type {HTMLElement} */ (form.querySelector("[data-badge-stage]"));
  const picture = /** @type {HTMLImageElement} */ (form.querySelector("[data-badge-picture]"));
  const wrong = /** @type {HTMLElement} */ (form.querySelector("[data-badge-wrong]"));
  const told = /** @type {HTMLElement} */ (form.querySelector("[data-badge-told]"));
  /** @type {HTMLElement | null} */ (form.querySelector("[data-badge-hint]"))?.removeAttribute("hidden");
  let timer = 0;
  /** @type {AbortController | null} */
  let asking = null;
  const boxes = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-badge-element]")]).map((box) => ({
    box, handle: handleFor(box),
  }));

  /** @param {HTMLElement} box @param {string} part @returns {HTMLInputElement} */
  function field(box, part) {
    return /** @type {HTMLInputElement} */ (form.elements.namedItem(`e${box.dataset.badgeElement}-${part}`));
  }

  /** @param {string} name */
  const side = (name) => Number(/** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value) || 1;

  /** @param {HTMLElement} box */
  function handleFor(box) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "badge-handle";
    handle.setAttribute("aria-label", box.querySelector("legend")?.textContent ?? "");
    handle.addEventListener("focus", () => choose(box));
    handle.addEventListener("keydown", (event) => byKey(event, box));
    handle.addEventListener("pointerdown", (event) => drag(event, box, handle));
    stage.append(handle);
    return handle;
  }

  function place() {
    for (const { box, handle } of boxes) {
      const share = /** @param {string} part @param {string} whole */ (part, whole) =>
        `${(100 * (Number(field(box, part).value) || 0)) / side(whole)}%`;
      handle.style.left = share("x", "width");
      handle.style.top = share("y", "height");
      handle.style.width = share("w", "width");
      handle.style.height = share("h", "height");
    }
  }

  /** @param {HTMLElement} chosen */
  function choose(chosen) {
    for (const { box, handle } of boxes) {
      box.toggleAttribute("data-chosen", box === chosen);
      handle.setAttribute("aria-pressed", String(box === chosen));
    }
  }

  /** @param {HTMLElement} box @param {number} x @param {number} y @param {boolean} [size] */
  function move(box, x, y, size = false) {
    const [first, second] = size ? ["w", "h"] : ["x", "y"];
    set(field(box, first), Number(field(box, first).value) + x, size ? 1 : 0, side("width") - (size ? Number(field(box, "x").value) : Number(field(box, "w").value)));
    set(field(box, second), Number(field(box, second).value) + y, size ? 1 : 0, side("height") - (size ? Number(field(box, "y").value) : Number(field(box, "h").value)));
    changed();
  }

  /** @param {HTMLInputElement} input @param {number} value @param {number} least @param {number} most */
  function set(input, value, least, most) {
    input.value = String(Math.round(10 * Math.min(Math.max(value, least), Math.max(most, least))) / 10);
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} box */
  function byKey(event, box) {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? 5 : event.altKey ? 0.1 : 1;
    move(box, way[0] * step, way[1] * step, event.ctrlKey || event.metaKey);
    told.textContent = (told.dataset.words ?? "").replace(/\{(\w)\}/g, (_all, part) => field(box, part).value);
  }

  /** @param {PointerEvent} event @param {HTMLElement} box @param {HTMLElement} handle */
  function drag(event, box, handle) {
    if (event.button) return;
    const per = side("width") / stage.clientWidth;
    const from = { x: event.clientX, y: event.clientY, left: Number(field(box, "x").value), top: Number(field(box, "y").value) };
    handle.setPointerCapture(event.pointerId);
    const follow = /** @param {PointerEvent} now */ (now) => {
      const x = from.left + (now.clientX - from.x) * per - Number(field(box, "x").value);
      const y = from.top + (now.clientY - from.y) * per - Number(field(box, "y").value);
      move(box, x, y);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", follow), { once: true });
  }

  function changed() {
    place();
    window.clearTimeout(timer);
    timer = window.setTimeout(draw, PAUSE);
  }

  async function draw() {
    asking?.abort();
    asking = new AbortController();
    const data = new FormData(form);
    data.delete("picture");
    try {
      const answer = await fetch(form.dataset.try ?? "", { method: "POST", body: data, signal: asking.signal });
      const found = await answer.json();
      wrong.hidden = !found.wrong;
      if (found.wrong) wrong.textContent = found.wrong.join(" ");
      if (found.picture) picture.src = found.picture;
    } catch {
      // Gone on to the next change, or without a line: the last picture stays.
    }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  place();
}
