// @ts-check
/**
 * A file field that also takes a dropped file and shows how far the upload has come.
 * <form data-upload> with .dropzone > input[type=file], [data-upload-name], and [data-upload-progress] holding .progress.
 */
export {};

enhanceAll();

function enhanceAll() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-upload]"))) {
    const zone = form.querySelector(".dropzone");
    const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type="file"]'));
    if (zone && input) enhance(form, zone, input);
  }
}

/** @param {HTMLFormElement} form @param {Element} zone @param {HTMLInputElement} input */
function enhance(form, zone, input) {
  for (const type of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.toggle("is-over", type === "dragover");
    });
  }
  zone.addEventListener("drop", (event) => {
    const files = /** @type {DragEvent} */ (event).dataTransfer?.files;
    if (!files?.length) return;
    input.files = files;
    input.dispatchEvent(new Event("change"));
  });
  input.addEventListener("change", () => {
    const name = form.querySelector("[data-upload-name]");
    if (name) name.textContent = [...(input.files ?? [])].map((file) => file.name).join(", ");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, /** @type {HTMLButtonElement | null} */ (event.submitter));
  });
}

/** Sends the form with a progress bar, then shows the answer as a plain submit would. @param {HTMLFormElement} form @param {HTMLButtonElement | null} button */
function send(form, button) {
  const box = /** @type {HTMLElement | null} */ (form.querySelector("[data-upload-progress]"));
  const bar = /** @type {HTMLElement | null} */ (box?.querySelector(".progress > i") ?? null);
  const request = new XMLHttpRequest();
  const body = new FormData(form, button);
  request.upload.addEventListener("progress", ({ loaded, total }) => bar?.style.setProperty("--p", String((100 * loaded) / total)));
  request.addEventListener("load", () => showAnswer(request));
  request.addEventListener("error", () => form.submit());
  if (box) box.hidden = false;
  if (button) button.disabled = true;
  request.open(form.method, form.action);
  request.send(body);
}

/** @param {XMLHttpRequest} request */
function showAnswer(request) {
  const here = location.href.split("#")[0];
  if (request.responseURL && request.responseURL !== here) {
    location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
  if (answer) document.querySelector("main")?.replaceWith(answer);
  enhanceAll();
  /** @type {HTMLElement | null} */ (document.querySelector(".errors"))?.focus();
}
