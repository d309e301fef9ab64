/** A line under test: sockets that are opened by hand, timers that are turned by hand. */
import { mock } from "node:test";
import { createClock } from "../../apps/screens/static/screens/clock.js";
import { createDocuments } from "../../apps/screens/static/screens/documents.js";
import { connect } from "../../apps/screens/static/screens/live.js";

export const START = Date.parse("2026-01-01T12:00:00.000Z");

/** Every socket that the screen opened, in order; `readyState` as browsers have it. */
export class FakeSocket {
  static opened = [];

  constructor(address) {
    this.address = address;
    this.readyState = 0;
    this.sent = [];
    FakeSocket.opened.push(this);
  }

  static get last() {
    return FakeSocket.opened.at(-1);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  open() {
    this.readyState = 1;
    this.onopen({});
    return this;
  }

  hear(...frames) {
    for (const frame of frames) this.onmessage({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
    return this;
  }

  end(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }

  sentOf(type) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

export const snapshot = (version, documents, { stream = "public", epoch = "e1" } = {}) => ({ type: "snapshot", stream, epoch, version, documents });
export const changes = (since, version, documents, stream = "public") => ({ type: "changes", stream, since, version, because: ["x.changed"], documents });
export const heartbeat = (heads, at = new Date().toISOString()) => ({ type: "heartbeat", at, heads });

/** A screen on a fake line; `turn(ms)` lets time pass. */
export function line({ streams = {}, random = () => 0.5, ...more } = {}) {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: START });
  FakeSocket.opened = [];
  const page = new EventTarget();
  const documents = createDocuments({ streams });
  const clock = createClock({ steady: () => Date.now() });
  const heard = [];
  const live = connect({
    code: "BCDFG", as: "phone", documents, clock, Socket: FakeSocket, page, random, address: "ws://here/live/BCDFG/",
    onState: (name) => heard.push(name), ...more,
  });
  return { live, documents, clock, heard, wake: (name) => page.dispatchEvent(new Event(name)), turn };
}

/** In small steps: a timer that is set while time passes starts at the end of the step. */
function turn(ms) {
  for (let left = ms; left > 0; left -= 10) mock.timers.tick(Math.min(left, 10));
}

/** Closes what `line` opened; call after each test. */
export function hangUp({ live }) {
  live.close();
  mock.timers.reset();
}
