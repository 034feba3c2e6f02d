// @ts-check
/**
 * Tries the camera, the microphone and the line of a remote speaker, and fills in the form that tells the result.
 * <div data-link-test data-load="…"> with [data-start], <video>, [data-level] > progress, [data-step=…] and [data-report].
 */
export {};

const MEGABIT = 1_000_000;
const NEEDED = { down: 2, up: 1.5 };
const ROUNDS = 3;
const UPLOAD = 500_000;

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-link-test]"));
if (box) enhance(box);

/** @param {HTMLElement} root */
function enhance(root) {
  const start = /** @type {HTMLButtonElement} */ (root.querySelector("[data-start]"));
  start.addEventListener("click", async () => {
    start.disabled = true;
    await run(root);
    start.disabled = false;
  });
}

/** @param {HTMLElement} root */
async function run(root) {
  const form = /** @type {HTMLFormElement} */ (root.querySelector("[data-report]"));
  const browser = Boolean(navigator.mediaDevices && "RTCPeerConnection" in window);
  tell(root, form, "browser", browser, "");
  const { camera, microphone } = browser ? await devices(root) : { camera: false, microphone: false };
  const refused = browser && !(camera && microphone) ? "refused" : "";
  tell(root, form, "camera", camera, camera ? "" : refused);
  tell(root, form, "microphone", microphone, microphone ? "" : refused);
  await line(root, form);
  fill(form, "agent", navigator.userAgent.slice(0, 200));
  const send = /** @type {HTMLButtonElement} */ (form.querySelector("[data-send]"));
  send.disabled = false;
  send.focus();
}

/** @param {HTMLElement} root */
async function devices(root) {
  const found = { camera: false, microphone: false };
  for (const wanted of [{ video: true, audio: true }, { video: true }, { audio: true }]) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      found.camera ||= stream.getVideoTracks().length > 0;
      found.microphone ||= stream.getAudioTracks().length > 0;
      show(root, stream);
      if (found.camera && found.microphone) break;
    } catch {
      // The next try asks for less.
    }
  }
  return found;
}

/** @param {HTMLElement} root @param {MediaStream} stream */
function show(root, stream) {
  if (stream.getVideoTracks().length) {
    const video = /** @type {HTMLVideoElement} */ (root.querySelector("video"));
    video.hidden = false;
    video.srcObject = stream;
    void video.play();
  }
  if (stream.getAudioTracks().length) showLevel(/** @type {HTMLElement} */ (root.querySelector("[data-level]")), stream);
}

/** @param {HTMLElement} place @param {MediaStream} stream */
function showLevel(place, stream) {
  const bar = /** @type {HTMLProgressElement} */ (place.querySelector("progress"));
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  place.hidden = false;
  const draw = () => {
    analyser.getByteTimeDomainData(samples);
    bar.value = Math.min(100, Math.max(...samples.map((sample) => Math.abs(sample - 128))) * 2);
    requestAnimationFrame(draw);
  };
  draw();
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
async function line(root, form) {
  const address = root.dataset.load ?? "";
  let [down, up, delay] = [0, 0, Infinity];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = performance.now();
      const answer = await fetch(`${address}?${round}`, { cache: "no-store" });
      delay = Math.min(delay, performance.now() - asked);
      const began = performance.now();
      const bytes = (await answer.arrayBuffer()).byteLength;
      down = Math.max(down, speed(bytes, performance.now() - Math.min(began, asked)));
      const sent = performance.now();
      await fetch(address, { method: "POST", body: noise(UPLOAD) });
      up = Math.max(up, speed(UPLOAD, performance.now() - sent));
    }
  } catch {
    // What was measured so far is told.
  }
  fill(form, "delay", String(Math.round(Number.isFinite(delay) ? delay : 0)));
  tell(root, form, "down", down >= NEEDED.down, down >= NEEDED.down ? "" : "slow", down);
  tell(root, form, "up", up >= NEEDED.up, up >= NEEDED.up ? "" : "slow", up);
}

/** @param {number} bytes @param {number} milliseconds */
function speed(bytes, milliseconds) {
  return Math.round((bytes * 80) / MEGABIT / (Math.max(milliseconds, 1) / 1000)) / 10;
}

/** @param {number} size */
function noise(size) {
  const data = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(data.subarray(at, Math.min(at + 65_536, size)));
  return data;
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {string} key @param {boolean} good @param {string} why @param {number} [measured] */
function tell(root, form, key, good, why, measured) {
  fill(form, key, measured === undefined ? (good ? "on" : "") : String(measured));
  const words = /** @type {HTMLTemplateElement} */ (root.querySelector("[data-words]"));
  const step = /** @type {HTMLElement} */ (root.querySelector(`[data-step="${key}"]`));
  const mark = /** @type {HTMLElement} */ (words.content.querySelector(good ? "[data-good]" : "[data-bad]"));
  step.querySelector("[data-mark]")?.replaceChildren(...mark.cloneNode(true).childNodes);
  const said = [measured === undefined ? words.dataset[good ? "works" : "fails"] : `${measured} Mbit/s`];
  if (why) said.push(words.dataset[why]);
  const result = step.querySelector("[data-result]");
  if (result) result.textContent = said.join(" · ");
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function fill(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
