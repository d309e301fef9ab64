/** Pressing and taking back. A press shows as pending at once; what became of it comes by the socket alone. */
import { Refused, call, newKey } from "../api.js";
import { effect, signal } from "../vendor/preact.js";
import { _ } from "../words.js";

/**
 * @typedef {"start" | "next" | "back" | "enter" | "next_prompt" | "previous_prompt" | "show_prompt" | "add_minutes" | "pause" | "resume" |
 *   "blank" | "unblank" | "open_joining" | "close_joining" | "end"} Verb
 * @typedef {{ verb: Verb | "undo", minutes?: number, isSlow: boolean, number: number }} Pending
 * @typedef {ReturnType<typeof createMoves>} Moves
 */

// The same key makes trying again harmless; later than this, a press would come as a surprise.
const TRIES_AFTER = [1_000, 3_000];
// How long an answered press waits for its own effect to arrive; a lost line shows itself elsewhere.
const ARRIVES = 3_000;
// On a quick line the second tap of a double tap would be a press of its own.
const DOUBLE_TAP = 400;

/**
 * @param {{ code: string, documents: import("../documents.js").Documents, say: (sentence: string) => void, send?: typeof call }} parts
 */
export function createMoves({ code, documents, say, send = call }) {
  const address = `/api/v1/events/${code}/moves/`;
  const pending = signal(/** @type {Pending | null} */ (null));
  const step = () => documents.public.peek().now?.step ?? 0;
  let count = 0;
  let latest = { verb: "", at: 0 };

  /** One thing at a time, but panic never waits. @param {Verb} verb @param {{ segment?: string, prompt?: string, minutes?: number }} [more] */
  const press = (verb, more = {}) => {
    if (verb !== "blank" && (pending.peek() || isDoubleTap(verb))) return Promise.resolve();
    latest = { verb, at: Date.now() };
    const request = { url: address, method: "POST", body: { verb, from_step: step(), ...more }, key: newKey() };
    return act({ verb, minutes: more.minutes, isSlow: false, number: ++count }, request);
  };

  /** Minutes add up as fast as they are pressed. @param {Verb} verb */
  const isDoubleTap = (verb) => button(verb) === button(latest.verb) && verb !== "add_minutes" && Date.now() - latest.at < DOUBLE_TAP;

  const undo = () => {
    const move = documents.crew.peek().last_move;
    if (pending.peek() || !move || move.undone_at) return Promise.resolve();
    return act({ verb: "undo", isSlow: false, number: ++count }, { url: `${address}${move.id}/`, method: "DELETE" });
  };

  /** Pending until the event has moved on, or the server has said no. @param {Pending} mine @param {Parameters<typeof call>[0]} request */
  const act = async (mine, request) => {
    const isMine = () => pending.peek()?.number === mine.number;
    const slow = () => isMine() && (pending.value = { ...mine, isSlow: true });
    pending.value = mine;
    const moved = arrival(step() + 1);
    const answered = patiently(() => send(request), slow)
      .then((answer) => Promise.race([arrival(answer?.now?.step ?? 0).come, passed(ARRIVES)]))
      .catch((error) => say(error instanceof Refused ? error.message : _("No answer from the server. Press again when the line is back.")));
    await Promise.race([moved.come, answered]);
    moved.stop();
    if (isMine()) pending.value = null;
  };

  /** `come` resolves once `now` stands at this step or beyond. @param {number} wanted */
  const arrival = (wanted) => {
    let stop = () => {};
    const come = new Promise((/** @type {(value: void) => void} */ resolve) => {
      stop = effect(() => void ((documents.public.value.now?.step ?? 0) >= wanted && resolve()));
    });
    come.then(() => stop());
    return { come, stop: () => stop() };
  };

  return { press, undo, pending, pressedAt: () => latest.at };
}

/** Some verbs share a button, which says the one or the other. @param {string} verb */
function button(verb) {
  return { unblank: "blank", resume: "pause", close_joining: "open_joining" }[verb] ?? verb;
}

/** @param {number} milliseconds @returns {Promise<void>} */
function passed(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** @template T @param {() => Promise<T>} act @param {() => void} slow called after the first failure @returns {Promise<T>} */
async function patiently(act, slow) {
  for (const after of TRIES_AFTER) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refused) throw error;
      slow();
      await passed(after);
    }
  }
  return act();
}

/** Whether a move can still be taken back, and for how long. @param {{ undo_until: string, undone_at: string | null } | undefined} move @param {number} at */
export function undoLeft(move, at) {
  return !move || move.undone_at ? 0 : Math.max(0, Date.parse(move.undo_until) - at);
}
