/** What only this device can find out: how far away the server is, and how far apart the clocks are. */
import { measured } from "./measuring.js";

const TRIES = 5;
const trip = /** @type {HTMLElement} */ (document.getElementById("round-trip"));
const offset = /** @type {HTMLElement} */ (document.getElementById("offset"));

/** @param {HTMLElement} finding @param {boolean} isWell @param {string} sentence */
function say(finding, isWell, sentence) {
  const verdict = /** @type {HTMLElement} */ (finding.querySelector(".verdict"));
  verdict.textContent = (isWell ? verdict.dataset.well : verdict.dataset.look) ?? "";
  verdict.classList.toggle("danger", !isWell);
  const said = /** @type {HTMLElement} */ (finding.querySelector("p"));
  said.textContent = sentence;
}

/** @param {HTMLElement} finding @param {string} name */
const words = (finding, name) => finding.querySelector("p")?.dataset[name] ?? "";

/** One question, with the instants around it in milliseconds. */
async function ask() {
  const sent = Date.now();
  const began = performance.now();
  const answer = await fetch(trip.dataset.clock ?? "", { cache: "no-store" });
  const at = Date.parse((await answer.json()).at);
  return { sent, took: performance.now() - began, at };
}

try {
  const asked = [];
  for (let number = 0; number < TRIES; number += 1) asked.push(await ask());
  const { tripMs, offsetMs } = measured(asked);
  say(trip, tripMs < Number(trip.dataset.slow), words(trip, "said").replace("{ms}", String(Math.round(tripMs))));
  const seconds = Math.abs(offsetMs / 1000).toFixed(1);
  say(offset, Math.abs(offsetMs) < Number(offset.dataset.far), words(offset, "said").replace("{seconds}", seconds));
} catch {
  for (const finding of [trip, offset]) say(finding, false, words(trip, "lost"));
}
