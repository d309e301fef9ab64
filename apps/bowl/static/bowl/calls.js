/** What a screen asks once names are called. */

/**
 * @typedef {import("./state.js").Bowl} Bowl
 * @typedef {import("./state.js").Draw} Draw
 * @typedef {import("./state.js").Turn} Turn
 */

/** Whether the slip that came out last had been taken out meanwhile, and nobody was called. @param {Bowl | undefined} bowl */
export const calledNobody = (bowl) => bowl?.state === "open" && bowl.draws.at(-1)?.outcome === "withdrawn";

/** A slip called longer ago than this was drawn before this screen looked: no drum roll for old news. @param {Draw} draw @param {number} now */
export const isFresh = (draw, now) => now - Date.parse(draw.at) < 15_000;

/** A turn as the countdown reads it. @param {Turn} turn */
export const span = (turn) => ({ entered_at: turn.started_at, ends_at: turn.ends_at, paused_at: turn.ended_at ?? turn.paused_at });
