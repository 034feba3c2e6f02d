// @ts-check
/** Reads codes with the camera. The reader is a large file that only those load who press the button; it is kept for offline work. */

const PAUSE = 120;
const SAME = 3_000;
const SIDE = 720;

/** @typedef {{ prepareZXingModule(options: object): Promise<unknown>, readBarcodes(image: ImageData, options: object): Promise<{ text: string, isValid?: boolean }[]> }} Reader */

export class Camera {
  /** @param {{ reader: string, wasm: string }} files @param {(text: string) => void} onread */
  constructor(files, onread) {
    this.files = files;
    this.onread = onread;
    /** @type {MediaStream | null} */ this.stream = null;
    this.last = { text: "", at: -SAME };
    this.aim = "";
  }

  /** Switch the camera on or off by a button, which says what is read: a badge, or a code for a field. @param {HTMLElement} button @returns {Promise<boolean>} whether it is on now */
  async turn(button) {
    const video = /** @type {HTMLVideoElement} */ (button.closest("[data-screen]")?.querySelector("[data-video]"));
    this.aim = button.dataset.camera ?? "";
    if (this.stream) this.stop(video);
    else await this.start(video);
    return this.stream !== null;
  }

  /** @param {HTMLVideoElement} video */
  async start(video) {
    const reader = await this.load();
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    video.srcObject = this.stream;
    video.hidden = false;
    await video.play();
    void this.watch(reader, video, this.stream);
  }

  /** @param {HTMLVideoElement} video */
  stop(video) {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    video.srcObject = null;
    video.hidden = true;
  }

  /** @returns {Promise<Reader>} */
  async load() {
    const global = /** @type {{ ZXingWASM?: Reader }} */ (/** @type {unknown} */ (window));
    if (!global.ZXingWASM) {
      await new Promise((resolve, reject) => {
        const script = document.createElement("script");
        Object.assign(script, { src: this.files.reader, onload: resolve, onerror: reject });
        document.head.append(script);
      });
    }
    const reader = /** @type {Reader} */ (global.ZXingWASM);
    await reader.prepareZXingModule({ overrides: { locateFile: () => this.files.wasm }, fireImmediately: true });
    return reader;
  }

  /** @param {Reader} reader @param {HTMLVideoElement} video @param {MediaStream} stream */
  async watch(reader, video, stream) {
    const canvas = document.createElement("canvas");
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    while (this.stream === stream) {
      const scale = Math.min(1, SIDE / Math.max(video.videoWidth, 1));
      canvas.width = Math.round(video.videoWidth * scale) || 1;
      canvas.height = Math.round(video.videoHeight * scale) || 1;
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const image = context.getImageData(0, 0, canvas.width, canvas.height);
      const found = await reader.readBarcodes(image, { formats: ["QRCode", "DataMatrix", "Aztec", "PDF417"], maxNumberOfSymbols: 1 });
      if (found[0]?.text) this.tell(found[0].text);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  /** A badge that stays in the picture is read once. @param {string} text */
  tell(text) {
    const at = performance.now();
    const isSame = text === this.last.text && at - this.last.at < SAME;
    this.last = { text, at };
    if (!isSame) this.onread(text);
  }
}
