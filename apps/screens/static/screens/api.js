/** One request to the server, and what can come of it: an answer, a refusal with a sentence, or no word at all. */
import { page } from "./page.js";
import { _ } from "./words.js";

/** The server's "no", in its own sentence. `fields` has the sentences that belong beside single inputs. */
export class Refused extends Error {
  /** @param {{ code: string, message: string, fields?: Record<string, string[]> }} body @param {number} status */
  constructor(body, status) {
    super(body.message);
    this.code = body.code;
    this.status = status;
    this.fields = Object.fromEntries(Object.entries(body.fields ?? {}).map(([name, texts]) => [name, texts.join(" ")]));
  }
}

/** No answer that counts: the network is away, the server is busy, or something in between answered in its place. */
export class Unanswered extends Error {
  /** @param {{ status?: number, afterSeconds?: number }} [what] status 0 without any answer; the server's wish for when to ask again */
  constructor({ status = 0, afterSeconds = 0 } = {}) {
    super(_("The server did not answer."));
    this.code = "unanswered";
    this.status = status;
    this.afterSeconds = afterSeconds;
  }
}

const PATIENCE = 15_000;
// Judged later, the very same request may be welcome.
const LATER = new Set([408, 425, 429]);
// Who moved to another phone may come back to this one, and then it is sent.
const LATER_CODES = ["still_running", "moved"];

/** @typedef {{ url: string, method?: string, body?: unknown, key?: string }} Call `key` makes it safe to send again */

/**
 * The JSON answer, null for an empty one; throws `Refused` or `Unanswered`.
 * @param {Call} request @returns {Promise<any>}
 */
export async function call(request) {
  try {
    return await once(request);
  } catch (no) {
    // Signing in again in another tab makes this page's token against forgery worthless.
    const isStale = no instanceof Refused && no.status === 403 && no.code === "not_allowed" && request.method && request.method !== "GET";
    if (!isStale || !(await renewToken())) throw no;
    return once(request);
  }
}

/** @param {Call} request @returns {Promise<any>} */
async function once({ url, method = "GET", body, key }) {
  const { response, answer } = await fetched(url, {
    method,
    credentials: "same-origin",
    // Captive portals answer in the server's place, mostly by a redirect.
    redirect: "error",
    cache: "no-store",
    headers: headers({ key, hasBody: body !== undefined, isWrite: method !== "GET" }),
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.ok && answer !== undefined) return answer;
  const isRefusal = typeof answer?.code === "string" && response.status >= 400 && response.status < 500;
  const isLater = LATER.has(response.status) || LATER_CODES.includes(answer?.code);
  if (isRefusal && !isLater) throw new Refused(answer, response.status);
  throw new Unanswered({ status: response.status, afterSeconds: Number(response.headers.get("Retry-After")) || 0 });
}

/** Takes the token of a fresh copy of this page; false when there is none to be had. */
export async function renewToken() {
  try {
    const response = await fetch(globalThis.location.href, { credentials: "same-origin", cache: "no-store", redirect: "error" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("page");
    const token = JSON.parse(fresh?.textContent ?? "{}").csrf;
    page.csrf = token ?? page.csrf;
    return Boolean(token);
  } catch {
    return false;
  }
}

/** @param {{ key?: string, hasBody: boolean, isWrite: boolean }} about @returns {Record<string, string>} */
function headers({ key, hasBody, isWrite }) {
  return {
    Accept: "application/json",
    ...(hasBody && { "Content-Type": "application/json" }),
    ...(isWrite && { "X-CSRFToken": page.csrf }),
    ...(key && { "Idempotency-Key": key }),
  };
}

/** @param {string} url @param {RequestInit} options */
async function fetched(url, options) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    const response = await fetch(url, { ...options, signal: control.signal });
    return { response, answer: await read(response) };
  } catch {
    throw new Unanswered();
  } finally {
    clearTimeout(timer);
  }
}

/** The JSON of an answer, null for none, undefined for what is not ours. @param {Response} response */
async function read(response) {
  if (response.status === 204) return null;
  if (!/\bjson\b/.test(response.headers.get("Content-Type") ?? "")) return undefined;
  return response.json();
}

const LONGEST_WAIT = 8_000;
const SHORTEST_WAIT = 250;

/** Milliseconds before attempt `n` (from 0): full jitter, so that a hall of phones does not come back in step. */
export function backOff(/** @type {number} */ n, random = Math.random) {
  return random() * Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** n);
}

/** A key nobody guesses and nobody draws twice: 128 random bits; also without a secure context. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
