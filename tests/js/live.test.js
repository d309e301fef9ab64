import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeSocket, START, changes, hangUp, heartbeat, line, snapshot } from "./wire.js";

let screen;
const begin = (options) => (screen = line(options));
const live = (socket = FakeSocket.last) => socket.open().hear(snapshot(1, { now: 1 }), heartbeat({ public: 1 }));
beforeEach(() => (screen = undefined));
afterEach(() => screen && hangUp(screen));

test("says hello with what it knows, and is live once the server says that nothing is missing", () => {
  begin({ streams: { public: { epoch: "e1", version: 7, documents: {} } } });
  assert.equal(screen.live.state.value.name, "connecting");
  const socket = FakeSocket.last.open();
  assert.deepEqual(socket.sent[0], { type: "hello", as: "phone", streams: { public: { epoch: "e1", since: 7 } } });
  socket.hear(changes(7, 9, { now: { step: 3 } }));
  assert.equal(screen.live.state.value.name, "connecting");
  socket.hear(heartbeat({ public: 9 }));
  assert.equal(screen.live.state.value.name, "live");
  assert.deepEqual(screen.documents.public.value, { now: { step: 3 } });
});

test("the stage's token travels in the hello, never in the address", () => {
  begin({ as: "stage", token: "secret" });
  const socket = FakeSocket.last.open();
  assert.equal(socket.sent[0].token, "secret");
  assert.equal(socket.address.includes("secret"), false);
});

test("a gap is healed by a new socket that asks for the whole stream", () => {
  begin();
  const first = live();
  first.hear(changes(5, 6, { now: 6 }));
  assert.equal(first.readyState, 3);
  assert.equal(screen.live.state.value.name, "lost");
  screen.turn(200);
  const second = FakeSocket.last.open();
  assert.notEqual(second, first);
  assert.deepEqual(second.sent[0].streams, {});
  second.hear(snapshot(6, { now: 6 }), heartbeat({ public: 6 }));
  assert.deepEqual([screen.documents.public.value, screen.live.state.value.name], [{ now: 6 }, "live"]);
});

test("a heartbeat that tells of unheard news waits for them, then asks for all", () => {
  begin();
  live().hear(heartbeat({ public: 2 }));
  screen.turn(1999);
  assert.equal(FakeSocket.opened.length, 1);
  screen.turn(201);
  assert.equal(FakeSocket.opened.length, 2);
  assert.deepEqual(FakeSocket.last.open().sent[0].streams, {});
});

test("news right behind their heartbeat need no new socket", () => {
  begin();
  live().hear(heartbeat({ public: 2 }), changes(1, 2, { now: 2 }));
  screen.turn(5000);
  assert.deepEqual([FakeSocket.opened.length, screen.live.state.value.name], [1, "live"]);
});

test("silence is doubted after 15 seconds and given up after 25", () => {
  begin();
  live();
  screen.turn(14_999);
  assert.equal(screen.live.state.value.name, "live");
  screen.turn(1);
  assert.deepEqual(screen.live.state.value, { name: "lost", since: START + 15_000, heardAt: START });
  screen.turn(9_999);
  assert.equal(FakeSocket.opened.length, 1);
  screen.turn(201);
  assert.equal(FakeSocket.opened.length, 2);
});

test("stage and console ask every 3 seconds, and doubt a line after 8 seconds of silence", () => {
  for (const as of ["stage", "console"]) {
    begin({ as });
    const socket = live();
    screen.turn(2_999);
    const first = socket.sentOf("ping").length;
    screen.turn(1);
    assert.equal(socket.sentOf("ping").length, first + 1);
    screen.turn(4_999);
    assert.equal(screen.live.state.value.name, "live");
    screen.turn(1);
    assert.equal(screen.live.state.value.name, "lost");
    hangUp(screen);
  }
  screen = undefined;
});

test("a doubted line that speaks again is live again", () => {
  begin();
  const socket = live();
  screen.turn(16_000);
  socket.hear({ type: "values", values: { present: 3 } });
  assert.deepEqual([screen.live.state.value.name, screen.documents.values.value], ["live", { present: 3 }]);
});

test("a handshake that hangs is given up after 10 seconds", () => {
  begin();
  screen.turn(10_200);
  assert.deepEqual([FakeSocket.opened.length, FakeSocket.opened[0].readyState], [2, 3]);
});

test("back-off is random up to 0.25 s doubled each time, 8 s at most; only a line that held starts over", () => {
  begin({ random: () => 1 });
  const waits = [];
  for (let n = 0; n < 8; n += 1) {
    FakeSocket.last.end();
    const count = FakeSocket.opened.length;
    let waited = 0;
    while (FakeSocket.opened.length === count) {
      screen.turn(250);
      waited += 250;
    }
    waits.push(waited);
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  live().end();
  screen.turn(7_999);
  assert.equal(FakeSocket.opened.length, 9, "a line of no length is no success");
  screen.turn(1);
  live();
  screen.turn(5_000);
  FakeSocket.last.end();
  screen.turn(250);
  assert.equal(FakeSocket.opened.length, 11);
});

test("the network or the device comes back: at once, whatever the back-off", () => {
  for (const name of ["online", "pageshow", "visibilitychange"]) {
    begin({ random: () => 1 });
    live();
    screen.turn(6_000);
    FakeSocket.last.end();
    screen.turn(100);
    assert.equal(FakeSocket.opened.length, 1);
    screen.wake(name);
    assert.equal(FakeSocket.opened.length, 2, name);
    hangUp(screen);
  }
  screen = undefined;
});

test("after a sleep an old picture is not shown as live for a moment", () => {
  begin();
  live();
  // Timers stand still while a device sleeps; its clock does not.
  const { mock } = process.getBuiltinModule("node:test");
  screen.clock.wall = () => START + 60_000;
  screen.wake("pageshow");
  assert.deepEqual([screen.live.state.value.name, FakeSocket.opened.length], ["lost", 2]);
});

test("a young line has to prove itself when the device says offline or wakes", () => {
  begin();
  const socket = live();
  screen.turn(4_000);
  const before = socket.sentOf("ping").length;
  screen.wake("offline");
  assert.equal(socket.sentOf("ping").length, before + 1);
  screen.turn(3_999);
  assert.equal(screen.live.state.value.name, "live");
  screen.turn(1);
  assert.equal(screen.live.state.value.name, "lost");
});

test("a probe that is answered leaves the line alone", () => {
  begin();
  const socket = live();
  screen.turn(4_000);
  screen.wake("visibilitychange");
  socket.hear({ type: "pong", t: Date.now(), at: new Date().toISOString() });
  screen.turn(6_000);
  assert.deepEqual([screen.live.state.value.name, FakeSocket.opened.length], ["live", 1]);
});

test("the page being shown does not tear down the socket it has just opened", () => {
  begin();
  screen.wake("pageshow");
  assert.equal(FakeSocket.opened.length, 1);
});

test("acknowledges every 32 frames, and what is left at a moment of its own after 5 to 10 seconds", () => {
  begin({ random: () => 0.4 });
  const socket = live();
  for (let version = 2; version <= 31; version += 1) socket.hear(changes(version - 1, version, { now: version }));
  assert.deepEqual(socket.sentOf("ack"), [{ type: "ack", received: 32 }]);
  socket.hear(changes(31, 32, { now: 32 }));
  screen.turn(6_999);
  assert.equal(socket.sentOf("ack").length, 1);
  screen.turn(1);
  assert.deepEqual(socket.sentOf("ack").at(-1), { type: "ack", received: 33 });
});

test("goodbye: waits as long as it was asked to", () => {
  begin();
  live().hear({ type: "goodbye", code: "restarting", message: "Back in a moment.", after_seconds: 3.2 });
  const { name, message } = screen.live.state.value;
  assert.deepEqual([name, message], ["lost", "Back in a moment."]);
  screen.turn(3_199);
  assert.equal(FakeSocket.opened.length, 1);
  screen.turn(1);
  assert.equal(FakeSocket.opened.length, 2);
});

test("refused: says why and never tries again", () => {
  begin();
  FakeSocket.last.open().hear({ type: "refused", code: "not_here", message: "There is nothing here." });
  const { name, code, message } = screen.live.state.value;
  assert.deepEqual([name, code, message], ["refused", "not_here", "There is nothing here."]);
  screen.turn(60_000);
  screen.wake("online");
  assert.equal(FakeSocket.opened.length, 1);
});

test("a right that is revoked in the middle ends the line", () => {
  begin();
  live().end(4003);
  screen.turn(60_000);
  assert.deepEqual([screen.live.state.value.name, FakeSocket.opened.length], ["refused", 1]);
});

test("being too slow is no refusal", () => {
  begin();
  live().end(4008);
  screen.turn(200);
  assert.equal(FakeSocket.opened.length, 2);
});

test("a socket that was given up is not listened to", () => {
  begin();
  const first = live();
  screen.turn(25_200);
  first.hear(changes(1, 2, { now: "late" }));
  first.end();
  assert.deepEqual([screen.documents.public.value, FakeSocket.opened.length], [{ now: 1 }, 2]);
});

test("what is no JSON and what nobody knows is passed over", () => {
  begin();
  live().hear("}{", { type: "fireworks" }, changes(1, 2, { now: 2 }));
  assert.deepEqual(screen.documents.public.value, { now: 2 });
});

test("claps go up when there is a line, and nowhere otherwise", () => {
  begin();
  screen.live.clap();
  live();
  screen.live.clap();
  assert.equal(FakeSocket.last.sentOf("clap").length, 1);
});
