// Answers each line of JSON as the phone would: a proof with the numbers of the draws that do not hold, a `text` with
// its SHA-256, a proof with what a phone has `seen` with whether they differ, a `key` and `text` with their HMAC. With `--plain` as over plain HTTP, where there is no `crypto.subtle`.
import { createInterface } from "node:readline";
import { hmac, sha256 } from "../../apps/bowl/static/bowl/sha256.js";
import { differs } from "../../apps/bowl/static/bowl/compare.js";
import { room, left } from "../../apps/bowl/static/bowl/turns.js";
import { faults } from "../../apps/bowl/static/bowl/verify.js";

if (process.argv.includes("--plain")) Object.defineProperty(globalThis, "crypto", { value: undefined });
const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (data) => Buffer.from(data).toString("hex");

async function answer({ key, text, turn, seen, ...asked }) {
  if (seen !== undefined) return differs(asked.proof, asked.bowl, seen);
  if (key !== undefined) return hex(hmac(bytes(key), bytes(text)));
  if (text !== undefined) return hex(sha256(bytes(text)));
  if (turn !== undefined) return { left: left(turn, asked.at), ...room(asked.ends_at, turn, asked.length, asked.at) };
  return faults(asked);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + "\n");
}
