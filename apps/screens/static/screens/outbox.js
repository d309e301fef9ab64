/**
 * What a person submits stays here until the server has answered: through bad Wi-Fi, reloads and sleep, each thing once.
 * Entries are single items of localStorage, so that two tabs never overwrite each other's list; the idempotency key makes a
 * second sending harmless where two tabs cannot take turns.
 */
import { Refused, Unanswered, backOff, call, newKey } from "./api.js";
import { computed, signal } from "./vendor/preact.js";
import { _ } from "./words.js";

/**
 * @typedef {{ name: string, key: string, url: string, method: string, body?: unknown, label: string, at: number }} Entry
 *   `name` sorts by the time of submitting
 * @typedef {{ url: string, method?: string, body?: unknown, label?: string }} Submission `label` says what it is, for "Saving: ..."
 * @typedef {{ label: string, message: string, code: string }} Rejection an entry of an earlier page that the server refused
 */

const PREFIX = "outbox/";
// Held without pause, the order of entries is kept; a lock needs a secure context, keys do not.
const LOCK = "outbox";
// A suspended tab may hold the lock; after this the key alone has to do.
const LOCK_PATIENCE = 5_000;
// The server forgets keys after 36 hours; what is older could happen twice.
const LIFETIME = 35 * 3600 * 1000;

/**
 * @param {{ storage?: () => Storage, locks?: LockManager | undefined, send?: typeof call, page?: EventTarget, random?: () => number }} [parts]
 */
export function createOutbox({ storage = () => localStorage, locks = globalThis.navigator?.locks, send = call, page = globalThis.window ?? new EventTarget(), random = Math.random } = {}) {
  /** This page's own entries, with those who wait for the answer. @type {Map<string, { entry: Entry, resolve: (answer: any) => void, reject: (no: Error) => void }>} */
  const mine = new Map();
  /** @type {import("./vendor/preact.js").Signal<Entry[]>} */
  const waiting = signal([]);
  const isKept = signal(true);
  /** @type {import("./vendor/preact.js").Signal<Rejection | null>} */
  const rejected = signal(null);
  /** A sentence when this device cannot keep what was typed, else "". */
  const notice = computed(() => (isKept.value || waiting.value.length === 0 ? "" : _("This phone cannot keep it for later. Please leave this page open until it is sent.")));
  let isSending = false;
  let attempt = 0;
  let counter = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Resolves with the server's answer, rejects with its refusal; silent as long as there is neither. @param {Submission} submission @returns {Promise<any>} */
  const submit = ({ url, method = "POST", body, label = "" }) =>
    new Promise((resolve, reject) => {
      const [at, key] = [Date.now(), newKey()];
      const entry = { name: `${PREFIX}${String(at).padStart(15, "0")}-${String(counter++).padStart(6, "0")}-${key}`, key, url, method, body, label, at };
      mine.set(entry.name, { entry, resolve, reject });
      isKept.value = kept(entry);
      look();
      flush();
    });

  /** Whether the device took it. @param {Entry} entry */
  const kept = (entry) => {
    try {
      storage().setItem(entry.name, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  };

  /** Everything unanswered, oldest first: what the device keeps, and what only this page knows. @returns {Entry[]} */
  const entries = () => {
    const found = new Map([...stored(), ...[...mine.values()].map(({ entry }) => entry)].map((entry) => [entry.name, entry]));
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  /** @returns {Entry[]} */
  const stored = () => {
    try {
      const store = storage();
      const names = Array.from({ length: store.length }, (_none, index) => store.key(index) ?? "").filter((name) => name.startsWith(PREFIX));
      return names.flatMap((name) => readable(store, name));
    } catch {
      return [];
    }
  };
  const look = () => {
    const present = entries();
    if (present.map(({ name }) => name).join() !== waiting.peek().map(({ name }) => name).join()) waiting.value = present;
  };

  /** Send what waits, oldest first, until all is answered or the server is silent. */
  const flush = async () => {
    clearTimeout(timer);
    if (isSending) return;
    isSending = true;
    try {
      while (entries().length > 0) await inTurn(sendAll, locks);
      attempt = 0;
    } catch (error) {
      const after = error instanceof Unanswered ? error.afterSeconds * 1000 : 0;
      timer = setTimeout(flush, Math.max(after, backOff(attempt++, random)));
    } finally {
      isSending = false;
      look();
    }
  };
  const sendAll = async () => {
    /** @type {unknown} */
    let trouble = null;
    for (const entry of entries()) {
      try {
        await deliver(entry);
      } catch (error) {
        // One request that the server stumbles over must not hold up all others; a silent server is left alone.
        if (!(error instanceof Unanswered && error.status >= 500 && error.status !== 503)) throw error;
        trouble = error;
      }
    }
    if (trouble) throw trouble;
  };

  /** Throws `Unanswered`; everything else is an answer. @param {Entry} entry */
  const deliver = async (entry) => {
    try {
      if (Date.now() - entry.at > LIFETIME) throw new Refused({ code: "too_old", message: _("This could not be sent in time.") }, 0);
      const answer = await send(entry);
      done(entry);
      mine.get(entry.name)?.resolve(answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      done(entry);
      const own = mine.get(entry.name);
      if (own) own.reject(error);
      else rejected.value = { label: entry.label, message: error.message, code: error.code };
    }
    mine.delete(entry.name);
    look();
  };
  const done = (/** @type {Entry} */ entry) => {
    try {
      storage().removeItem(entry.name);
    } catch {
      // No storage, nothing kept.
    }
  };

  const wake = () => {
    attempt = 0;
    flush();
  };
  const seen = () => globalThis.document?.visibilityState !== "hidden" && wake();
  page.addEventListener("online", wake);
  page.addEventListener("pageshow", wake);
  page.addEventListener("visibilitychange", seen);
  page.addEventListener("storage", look);
  look();
  flush();

  return { submit, waiting, notice, rejected, flush: wake };
}

/** @param {() => Promise<void>} act @param {LockManager | undefined} locks */
async function inTurn(act, locks) {
  if (!locks) return act();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LOCK_PATIENCE);
  let isOurs = false;
  const ours = () => {
    clearTimeout(timer);
    isOurs = true;
    return act();
  };
  try {
    await locks.request(LOCK, { signal: patience.signal }, ours);
  } catch (error) {
    if (isOurs) throw error;
    await act();
  }
}

/** What another version of this page may have left is no reason to fail. @param {Storage} store @param {string} name @returns {Entry[]} */
function readable(store, name) {
  try {
    const entry = JSON.parse(store.getItem(name) ?? "");
    return typeof entry?.url === "string" && entry.name === name ? [entry] : [];
  } catch {
    return [];
  }
}

const outbox = createOutbox();
export const { submit, waiting, notice, rejected, flush } = outbox;
