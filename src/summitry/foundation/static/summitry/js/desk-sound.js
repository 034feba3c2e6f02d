// @ts-check
/** Three sounds that are told apart without looking: up for yes, twice the same for a second look, low and long for no. */

const TUNES = /** @type {Record<string, [pitch: number, from: number, to: number][]>} */ ({
  yes: [[660, 0, 0.09], [990, 0.1, 0.24]],
  look: [[520, 0, 0.12], [520, 0.2, 0.32]],
  no: [[170, 0, 0.45]],
});
const LOUD = 0.25;

/** @type {AudioContext | null} */ let audio = null;

/** @param {string} tone */
export function play(tone) {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume().catch(() => {});
    for (const [pitch, from, to] of TUNES[tone]) sound(audio, tone === "no" ? "square" : "sine", pitch, from, to);
  } catch {
    // A device without sound still shows and says everything.
  }
}

/** @param {AudioContext} context @param {OscillatorType} type @param {number} pitch @param {number} from @param {number} to */
function sound(context, type, pitch, from, to) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const start = context.currentTime;
  oscillator.type = type;
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUD, start + from);
  volume.gain.linearRampToValueAtTime(0, start + to);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start + from);
  oscillator.stop(start + to);
}
