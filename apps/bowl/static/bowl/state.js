/** What all screens ask of a bowl's document. */

/**
 * @typedef {{ length_seconds: number, started_at: string, ends_at: string, paused_at: string | null, ended_at: string | null }} Turn
 * @typedef {{ number: number, at: string, name: string | null, remote: boolean, among: number, beacon: string, hash: string, outcome: string,
 *   accepted_at: string | null, decided_at: string | null, turn: Turn | null }} Draw
 * @typedef {{ segment: string, state: "open" | "closed" | "revealed", slips: number, commitment: string, seed: string | null,
 *   frozen: Frozen | null, draws: Draw[] }} Bowl
 * @typedef {{ number: number, at: string, list: string, among: number, digits: string }} Frozen
 * @typedef {{ segment: string, state: "in" | "called" | "told", teaser: string, name: string, salt: string, digest: string,
 *   draw: number | null, accepted_at: string | null, stage: string | null, title: string }} Slip
 */

/** @param {any} documents @param {{ id: string }} segment @returns {Bowl | undefined} */
export const bowlOf = (documents, segment) => documents.public.value[`bowl/${segment.id}`];

/** @param {any} documents @param {{ id: string }} segment @returns {Slip | undefined} */
export const slipOf = (documents, segment) => documents.me.value[`bowl/${segment.id}`];

/** The name that was called and not yet decided on. @param {Bowl | undefined} bowl */
export const calledIn = (bowl) => bowl?.draws.find((draw) => draw.outcome === "called");

/** The list that waits for a value from the room. @param {Bowl | undefined} bowl */
export const frozenIn = (bowl) => (bowl?.state === "open" ? bowl.frozen : null);

/** The story that is being told. @param {Bowl | undefined} bowl */
export const speakingIn = (bowl) => bowl?.draws.find((draw) => draw.outcome === "speaking");

/** @param {string} code @param {{ id: string }} segment */
export const address = (code, segment) => `/api/v1/events/${code}/bowls/${segment.id}/`;
