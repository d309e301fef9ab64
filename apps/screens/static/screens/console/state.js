/** What this console knows and can do, in one place: documents, line, moves, panels. */
import { createDocuments } from "../documents.js";
import { connect } from "../live.js";
import { page } from "../page.js";
import { currentSegment } from "../parts/now.js";
import { computed, signal } from "../vendor/preact.js";
import { createMoves } from "./moves.js";
import { say } from "./saying.js";

export const documents = createDocuments(page.snapshot);
export const live = connect({ code: page.code, as: "console", documents });
export const moves = createMoves({ code: page.code, documents, say });

/** Which dialog is open: "", "join", "stage", "attendees", "keys", "end", or "enter/ID". */
export const panel = signal("");
export const close = () => (panel.value = "");

export const isLive = computed(() => live.state.value.name === "live");
export const isHost = computed(() => documents.me.value.member?.role === "host");

/** Everything about the present moment that more than one part asks for. */
export const present = computed(() => {
  const { event, now, programme } = documents.public.value;
  const segment = currentSegment(programme, now);
  const place = segment ? programme.segments.indexOf(segment) : -1;
  const prompt = segment ? segment.prompts.findIndex((one) => one.id === now.prompt) : -1;
  return {
    event,
    now,
    programme,
    segment,
    next: programme.segments[place + 1] ?? null,
    previous: place > 0 ? programme.segments[place - 1] : null,
    isLast: place === programme.segments.length - 1,
    prompt,
    hasNextPrompt: segment !== null && prompt + 1 < segment.prompts.length,
    hasPreviousPrompt: prompt > 0,
    zone: event.timezone ?? undefined,
  };
});

/** What the one obvious button does; `ask` opens a dialog first. */
export function advance() {
  const { now, isLast } = present.peek();
  if (now.state === "before") return moves.press("start");
  if (now.state === "ended") return undefined;
  if (isLast) return void (panel.value = "end");
  return moves.press("next");
}
