/**
 * Checks a bowl's proof on the phone itself, written from the description of its format (`proof.py`) and not from the
 * server's code. Hashes are the browser's own where it has them, else ours: over plain HTTP there is no `crypto.subtle`.
 * @typedef {{number: number, at: string, list: string, slips: string[], beacon: string, digest: string, previous: string,
 *   hash: string, name: string | null, salt: string | null, outcome: string}} Draw
 * @typedef {{format: string, commitment: string, seed: string | null, last: string, draws: Draw[]}} Proof
 */
import { hmac, sha256 } from "./sha256.js";

const FORMAT = "socialhub-bowl/1";
const NONE = "0".repeat(64);
const WORD = 2 ** 32;
const OUTCOMES = new Set(["called", "speaking", "told", "passed", "no_show", "undone", "withdrawn"]);
const encoder = new TextEncoder();

/** Numbers of the draws that do not hold; 0 stands for the seed, the end of the record, or what is no proof at all.
 * Empty: everything holds. Without a seed, picks are not checked.
 * @param {Proof} proof @returns {Promise<number[]>} */
export async function faults(proof) {
  try {
    return await look(proof);
  } catch {
    return [0];
  }
}

/** @param {Proof} proof */
async function look({ format, commitment, seed, draws, last }) {
  if (format !== FORMAT) return [0];
  const wrong = [];
  if (seed !== null && !(isHash(seed) && (await hash("seed", seed)) === commitment)) wrong.push(0);
  let previous = NONE;
  /** @type {Set<string>} */
  const spoken = new Set();
  for (const [place, draw] of draws.entries()) {
    if (!(await holds(draw, place + 1, previous, seed, spoken))) wrong.push(place + 1);
    if (draw.outcome === "told" || draw.outcome === "speaking") spoken.add(draw.digest);
    previous = draw.hash;
  }
  if (last !== previous) wrong.push(0);
  return wrong;
}

/** @param {Draw} draw @param {number} number @param {string} previous @param {string | null} seed @param {Set<string>} spoken */
async function holds(draw, number, previous, seed, spoken) {
  const slips = [...new Set(draw.slips)].sort();
  return (
    draw.number === number &&
    draw.previous === previous &&
    OUTCOMES.has(draw.outcome) &&
    slips.length === draw.slips.length &&
    slips.includes(draw.digest) &&
    slips.every((slip) => isHash(slip) && !spoken.has(slip)) &&
    (await hash("list", ...slips)) === draw.list &&
    (await hash("record", previous, String(number), draw.at, draw.list, draw.beacon, draw.digest)) === draw.hash &&
    (draw.name === null || (await hash("slip", /** @type {string} */ (draw.salt), draw.name)) === draw.digest) &&
    (seed === null || (await drawn(seed, slips, draw)) === draw.digest)
  );
}

/** @param {string} seed @param {string[]} slips sorted @param {Draw} draw */
async function drawn(seed, slips, draw) {
  const key = Uint8Array.from(seed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const limit = WORD - (WORD % slips.length);
  for (let attempt = 0; ; attempt++) {
    const text = bytes("draw", draw.list, String(draw.number), draw.beacon, String(attempt));
    const word = new DataView((await mac(key, text)).buffer).getUint32(0);
    if (word < limit) return slips[word % slips.length];
  }
}

/** @param {...string} parts */
async function hash(...parts) {
  return Array.from(await digest(bytes(...parts)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Refuses what could be read in two ways: parts that are no text, line breaks, halves of a character.
 * @param {...string} parts */
function bytes(...parts) {
  if (parts.some((part) => typeof part !== "string" || /\n|\p{Surrogate}/u.test(part))) throw new TypeError("no plain text");
  return encoder.encode([FORMAT, ...parts].join("\n"));
}

/** @param {Uint8Array<ArrayBuffer>} data */
async function digest(data) {
  const subtle = globalThis.crypto?.subtle;
  return subtle ? new Uint8Array(await subtle.digest("SHA-256", data)) : sha256(data);
}

/** @param {Uint8Array<ArrayBuffer>} secret @param {Uint8Array<ArrayBuffer>} data */
async function mac(secret, data) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return hmac(secret, data);
  const key = await subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, data));
}

/** @param {unknown} text */
function isHash(text) {
  return typeof text === "string" && /^[0-9a-f]{64}$/.test(text);
}
