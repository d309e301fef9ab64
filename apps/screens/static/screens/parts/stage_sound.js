/** The stage's one sound, two soft notes. Browsers keep a page silent until somebody has pressed a key or clicked on it. */
import { signal } from "../vendor/preact.js";

const NOTES = [{ hertz: 659, after: 0 }, { hertz: 523, after: 0.45 }];
const LOUDNESS = 0.12;
const LENGTH = 1.6;

export const isSoundOn = signal(true);
/** @type {AudioContext | undefined} */
let audio;

function wake() {
  audio ??= new AudioContext();
  audio.resume();
}
for (const gesture of ["keydown", "pointerdown"]) addEventListener(gesture, wake);

/** Switching it on is heard, so that nobody has to wait for the end of a story to know. */
export function switchSound() {
  isSoundOn.value = !isSoundOn.peek();
  chime();
}

export function chime() {
  if (!isSoundOn.peek() || !audio) return;
  for (const { hertz, after } of NOTES) {
    const from = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const swell = new GainNode(audio, { gain: 0 });
    swell.gain.setValueAtTime(0, from);
    swell.gain.linearRampToValueAtTime(LOUDNESS, from + 0.04);
    swell.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH);
    tone.connect(swell).connect(audio.destination);
    tone.start(from);
    tone.stop(from + LENGTH);
  }
}
