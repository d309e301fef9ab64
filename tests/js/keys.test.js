import assert from "node:assert/strict";
import { test } from "node:test";
import { areOn, meaning, switchKeys } from "../../apps/screens/static/screens/console/keys.js";

const press = (key, more = {}) => ({ key, ...more });

test("where people write from the right, the left arrow is the next one", () => {
  globalThis.document = { documentElement: { dir: "rtl" } };
  assert.deepEqual(["ArrowLeft", "ArrowRight"].map((key) => meaning(press(key))), ["next_prompt", "previous_prompt"]);
  delete globalThis.document;
});

test("one key, one meaning", () => {
  const keys = ["n", "N", "p", "ArrowRight", "ArrowLeft", " ", "+", "=", "-", "b", "u", "q", "a", "s", "?", "x", "Enter", "Escape"];
  assert.deepEqual(keys.map((key) => meaning(press(key))), [
    "next", "next", "back", "next_prompt", "previous_prompt", "pause", "more", "more", "less", "blank", "undo", "join", "attendees", "stage", "keys", "", "", "",
  ]);
});

test("who types means letters, and a dialog has the keys to itself", () => {
  for (const where of [{ isTyping: true }, { isDialogOpen: true }]) {
    assert.equal(meaning(press("n"), where), "");
    assert.equal(meaning(press("z", { ctrlKey: true }), where), "");
  }
});

test("space belongs to the button that has the focus; letters do not", () => {
  assert.equal(meaning(press(" "), { isOnControl: true }), "");
  assert.equal(meaning(press("n"), { isOnControl: true }), "next");
});

test("a key that is held down is one press", () => {
  assert.equal(meaning(press("n", { repeat: true })), "");
});

test("the browser's own combinations stay the browser's, but for undo", () => {
  assert.equal(meaning(press("n", { ctrlKey: true })), "");
  assert.equal(meaning(press("p", { metaKey: true })), "");
  assert.equal(meaning(press("b", { altKey: true })), "");
  assert.equal(meaning(press("z", { ctrlKey: true })), "undo");
  assert.equal(meaning(press("z", { metaKey: true })), "undo");
  assert.equal(meaning(press("Z", { metaKey: true, shiftKey: true })), "", "redo is not undo");
});

test("single keys can be switched off; undo by Ctrl Z stays", () => {
  assert.equal(meaning(press("b"), { isOff: true }), "");
  assert.equal(meaning(press("z", { ctrlKey: true }), { isOff: true }), "undo");
  assert.equal(areOn.value, true);
  switchKeys(false);
  assert.equal(areOn.value, false);
  switchKeys(true);
});

test("a card's own key means its button, rests with the others, and never takes one of ours", () => {
  const ofCard = ["r", "n"];
  assert.equal(meaning(press("r")), "");
  assert.equal(meaning(press("r"), { ofCard }), "card/r");
  assert.equal(meaning(press("R"), { ofCard }), "card/r");
  assert.equal(meaning(press("n"), { ofCard }), "next");
  for (const where of [{ isTyping: true }, { isDialogOpen: true }, { isOff: true }]) {
    assert.equal(meaning(press("r"), { ofCard, ...where }), "");
  }
});
