/** A screen's state is a set of keyed documents for each stream; frames replace them by key. */
import { signal } from "./vendor/preact.js";

/**
 * @typedef {import("./page.js").StreamState} StreamState
 * @typedef {{ type: "snapshot", stream: string, epoch: string, version: number, documents: Record<string, any> }} SnapshotFrame
 * @typedef {{ type: "changes", stream: string, since: number, version: number, because?: string[], documents: Record<string, any> }} ChangesFrame
 * @typedef {"dropped" | "applied" | "resync"} Outcome
 */

/**
 * What a frame makes of a stream. Old news is dropped, news that follow on what is known are applied, and a gap asks for a
 * resync. Applying twice is harmless; the state given is never changed.
 * @param {StreamState | undefined} state @param {SnapshotFrame | ChangesFrame} frame
 * @returns {{ outcome: Outcome, state: StreamState | undefined }}
 */
export function reduce(state, frame) {
  if (frame.type === "snapshot") {
    const isOld = state && state.epoch === frame.epoch && frame.version < state.version;
    if (isOld) return { outcome: "dropped", state };
    return { outcome: "applied", state: { epoch: frame.epoch, version: frame.version, documents: frame.documents } };
  }
  if (!state || frame.since > state.version) return { outcome: "resync", state };
  if (frame.version <= state.version) return { outcome: "dropped", state };
  return { outcome: "applied", state: { ...state, version: frame.version, documents: replaced(state.documents, frame.documents) } };
}

/** @param {Record<string, any>} documents @param {Record<string, any>} changes */
function replaced(documents, changes) {
  const next = { ...documents, ...changes };
  for (const key of Object.keys(changes)) if (changes[key] === null) delete next[key];
  return next;
}

/** @typedef {ReturnType<typeof createDocuments>} Documents */

/**
 * The documents of one screen. `public`, `crew` and `me` are signals of `{key: document}`, `values` one of the fast counters, and of who of the crew is here.
 * @param {{ streams?: Record<string, StreamState> }} [snapshot] what came with the page
 */
export function createDocuments({ streams = {} } = {}) {
  /** @type {Record<string, StreamState | undefined>} */
  const states = { ...streams };
  const shown = {
    public: signal(streams.public?.documents ?? {}),
    crew: signal(streams.crew?.documents ?? {}),
    me: signal(streams.me?.documents ?? {}),
  };
  const values = signal(/** @type {Record<string, any>} */ ({}));

  return {
    ...shown,
    values,

    /** Take a frame in; "resync" means that the stream has to be asked for as a whole. @param {SnapshotFrame | ChangesFrame} frame @returns {Outcome} */
    take(frame) {
      const { outcome, state } = reduce(states[frame.stream], frame);
      if (outcome === "applied" && state) {
        states[frame.stream] = state;
        const name = /** @type {keyof typeof shown} */ (frame.stream);
        if (Object.hasOwn(shown, name)) shown[name].value = state.documents;
      }
      return outcome;
    },

    /** @param {Record<string, any>} counters */
    count(counters) {
      values.value = { ...values.value, ...counters };
    },

    /** What is known, to resume from: `{stream: {epoch, since}}`. */
    cursors() {
      const known = Object.entries(states).flatMap(([name, state]) => (state ? [[name, { epoch: state.epoch, since: state.version }]] : []));
      return /** @type {Record<string, { epoch: string, since: number }>} */ (Object.fromEntries(known));
    },

    /** Ask for the whole stream next time; what is shown stays until then. @param {string} name */
    forget(name) {
      states[name] = undefined;
    },

    /** Streams of which the head versions of a heartbeat tell news that are not here. @param {Record<string, number>} heads */
    behind(heads) {
      return Object.entries(heads).filter(([name, head]) => head > (states[name]?.version ?? -1)).map(([name]) => name);
    },
  };
}
