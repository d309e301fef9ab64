/** The one socket of a screen: resumes where it was, comes back by itself, and never takes an old picture for the present one. */
import { backOff } from "./api.js";
import { clock as pageClock } from "./clock.js";
import { signal } from "./vendor/preact.js";

/**
 * @typedef {"connecting" | "live" | "lost" | "refused"} StateName
 * @typedef {{ name: StateName, since: number, heardAt: number | null, code?: string, message?: string }} LiveState
 *   `since` and `heardAt` (last frame that was heard) in milliseconds of this device's clock
 * @typedef {{ code: string, as: "phone" | "console" | "stage", token?: string, documents: import("./documents.js").Documents,
 *   onState?: (name: StateName, state: LiveState) => void, clock?: typeof pageClock, Socket?: typeof WebSocket,
 *   random?: () => number, page?: EventTarget, address?: string }} Options
 */

// How often a screen asks for a word, and after how long a silence it doubts what it shows. The server speaks every 10 seconds by
// itself, which has to do for a thousand phones; the few stages and consoles ask more often, as a whole room relies on them.
const MANY = { ping: 30_000, doubt: 15_000 };
const FEW = { ping: 3_000, doubt: 8_000 };
const SILENCE = 25_000;
const HANDSHAKE = 10_000;
// What a probe may take before the line counts as lost.
const PROBE = 4_000;
// Only a line that held this long forgets earlier failures; otherwise a server that accepts and drops is hammered.
const HELD = 5_000;
// A page that has just been shown has just connected, too.
const YOUNG = 3_000;
// Each screen at a moment of its own: thousands would answer one broadcast in the same breath.
const ACK = { frames: 32, after: 5_000 };
const PINGS = [0, 400, 1_500];
// A heartbeat may tell of a change whose frame is right behind it.
const CATCH_UP = 2_000;
const CLOSED = { frame: 4001, right: 4003 };

/** @typedef {ReturnType<typeof connect>} Live */

/**
 * Connects and stays connected. `state` is a signal of `LiveState`; `onState` hears each change of its name.
 * @param {Options} options
 */
export function connect({ code, as, token, documents, onState, clock = pageClock, Socket = WebSocket, random = Math.random, page = globalThis.window ?? new EventTarget(), address = addressOf(code) }) {
  /** @type {WebSocket | null} */
  let socket = null;
  let attempt = 0;
  let stopped = false;
  let openedAt = 0;
  /** @type {number | null} */
  let heardAt = null;
  // Whether a heartbeat of the present socket has said that nothing is missing.
  let caughtUp = false;
  const pace = as === "phone" ? MANY : FEW;
  const timers = createTimers();
  const state = signal(/** @type {LiveState} */ ({ name: "connecting", since: clock.wall(), heardAt: null }));

  const become = (/** @type {StateName} */ name, /** @type {Partial<LiveState>} */ more = {}) => {
    const was = state.peek();
    if (was.name === name && !more.message) return;
    state.value = { name, since: was.name === name ? was.since : clock.wall(), heardAt, ...more };
    if (was.name !== name) onState?.(name, state.value);
  };
  const send = (/** @type {object} */ frame) => socket?.readyState === 1 && socket.send(JSON.stringify(frame));
  const ping = () => send({ type: "ping", t: clock.wall() });

  const open = () => {
    drop();
    if (stopped) return;
    timers.clear();
    openedAt = clock.wall();
    caughtUp = false;
    const mine = (socket = new Socket(address));
    const line = createLine(mine);
    // A socket that was given up may still fire: only the present one is listened to.
    const ifMine = (/** @type {(event: any) => void} */ act) => (/** @type {any} */ event) => mine === socket && act(event);
    mine.onopen = ifMine(line.greet);
    mine.onmessage = ifMine((event) => line.hear(event.data));
    mine.onclose = ifMine((event) => closed(event.code));
    timers.set("silence", HANDSHAKE, failed);
  };

  /** Everything that belongs to one socket alone. @param {WebSocket} mine */
  const createLine = (mine) => {
    let received = 0;
    let acked = 0;

    const greet = () => {
      const hello = { type: "hello", as, ...(token && { token }), streams: documents.cursors() };
      mine.send(JSON.stringify(hello));
      listen();
      PINGS.forEach((after, index) => timers.set(`ping${index}`, after, ping));
      timers.set("held", HELD, () => (attempt = 0));
    };
    const hear = (/** @type {string} */ text) => {
      received += 1;
      heardAt = clock.wall();
      const frame = parsed(text);
      if (!frame) return;
      listen();
      hearers[frame.type]?.(frame);
      if (received - acked >= ACK.frames) ack();
      else if (!timers.has("ack")) timers.set("ack", ACK.after * (1 + random()), ack);
    };
    const ack = () => {
      timers.drop("ack");
      if (received === acked) return;
      acked = received;
      send({ type: "ack", received });
    };
    return { greet, hear };
  };

  /** @type {Record<string, (frame: any) => void>} */
  const hearers = {
    snapshot: (frame) => documents.take(frame),
    changes: (frame) => documents.take(frame) === "resync" && resync([frame.stream]),
    values: (frame) => documents.count(frame.values),
    heartbeat(frame) {
      clock.guess(frame.at);
      const behind = documents.behind(frame.heads);
      if (behind.length === 0) return upToDate();
      timers.set("catch up", CATCH_UP, () => {
        const still = documents.behind(frame.heads);
        if (still.length > 0) resync(still);
        else upToDate();
      });
    },
    pong(frame) {
      clock.note({ sent: frame.t, received: clock.wall(), at: frame.at });
    },
    goodbye(frame) {
      retire();
      become("lost", { code: frame.code, message: frame.message });
      timers.set("open", frame.after_seconds === undefined ? backOff(attempt++, random) : frame.after_seconds * 1000, open);
    },
    refused: (frame) => refuse(frame.code, frame.message),
  };

  /** Any frame proves the line for another while; a line that had been doubted is live again. */
  const listen = () => {
    timers.drop("probe");
    timers.set("doubt", pace.doubt, () => become("lost"));
    timers.set("silence", SILENCE, failed);
    timers.setOnce("ping", pace.ping, ping);
    if (caughtUp) become("live");
  };
  const upToDate = () => {
    caughtUp = true;
    become("live");
  };

  const resync = (/** @type {string[]} */ names) => {
    names.forEach(documents.forget);
    failed();
  };
  const closed = (/** @type {number} */ closeCode) => {
    if (closeCode === CLOSED.right) return refuse("not_here", "");
    if (closeCode === CLOSED.frame) return refuse("outdated", "");
    failed();
  };
  const failed = () => {
    drop();
    timers.clear();
    become(heardAt === null ? "connecting" : "lost");
    timers.set("open", backOff(attempt++, random), open);
  };
  const refuse = (/** @type {string} */ refusalCode, /** @type {string} */ message) => {
    retire();
    become("refused", { code: refusalCode, message });
  };
  const drop = () => {
    const old = socket;
    socket = null;
    old?.close();
  };
  const retire = () => {
    drop();
    timers.clear();
  };

  /** The device woke, or found a network: a line that was silent is not believed, a young one has to prove itself. */
  const wake = () => {
    const { name } = state.peek();
    if (stopped || name === "refused") return;
    const isYoung = socket !== null && clock.wall() - openedAt < YOUNG;
    const isFresh = name === "live" && heardAt !== null && clock.wall() - heardAt < pace.doubt;
    if (isYoung || isFresh) return probe();
    attempt = 0;
    if (name === "live") become("lost");
    open();
  };
  const probe = () => {
    if (!socket) return;
    ping();
    timers.setOnce("probe", PROBE, failed);
  };
  const seen = () => globalThis.document?.visibilityState !== "hidden" && wake();

  const hooks = /** @type {const} */ ([["online", wake], ["offline", probe], ["pageshow", wake], ["visibilitychange", seen]]);
  hooks.forEach(([name, act]) => page.addEventListener(name, act));
  open();

  return {
    state,
    /** One thumb's clap: lossy, counted in memory by the server. */
    clap: () => send({ type: "clap" }),
    close() {
      stopped = true;
      retire();
      hooks.forEach(([name, act]) => page.removeEventListener(name, act));
    },
  };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {string} code */
function addressOf(code) {
  const { protocol, host } = globalThis.location ?? { protocol: "http:", host: "" };
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/live/${code}/`;
}

/** Named timers: setting one again replaces it, so nothing fires twice. */
function createTimers() {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  const running = new Map();
  const drop = (/** @type {string} */ name) => {
    clearTimeout(running.get(name));
    running.delete(name);
  };
  const set = (/** @type {string} */ name, /** @type {number} */ after, /** @type {() => void} */ act) => {
    drop(name);
    running.set(name, setTimeout(() => (running.delete(name), act()), after));
  };
  return {
    set,
    drop,
    has: (/** @type {string} */ name) => running.has(name),
    setOnce: (/** @type {string} */ name, /** @type {number} */ after, /** @type {() => void} */ act) => void (running.has(name) || set(name, after, act)),
    clear: () => [...running.keys()].forEach(drop),
  };
}
