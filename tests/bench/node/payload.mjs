// The same ~300 bytes as payload.py; hrtime is CLOCK_MONOTONIC, shared by all processes of a machine.
import { createInterface } from "node:readline";

const prompt = "What inspired you to enter the field of AI research, and what continues to motivate you today? ".repeat(2);
export const document = () => ({ bench_ns: Number(process.hrtime.bigint()), prompt });
export const payload = (document) => JSON.stringify({ type: "changes", document });

/** Call `all` or `each`, as the lines on standard input say; leave when it ends. @param {Record<string, () => void>} deeds */
export function onEachLine(deeds) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => deeds[line]());
  lines.on("close", () => process.exit(0));
}
