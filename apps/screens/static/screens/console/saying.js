/** What who runs an event is told of a request that was refused, or that nobody answered: long enough to be read at a podium. */
import { Refused } from "../api.js";
import { toast } from "../parts/dialog.js";
import { _ } from "../words.js";

const SAY_SECONDS = 8;

export const say = (/** @type {string} */ sentence) => toast(sentence, { seconds: SAY_SECONDS });

/** The server's own sentence, or that there was none. @param {unknown} error */
export const sentenceOf = (error) => (error instanceof Refused ? error.message : _("No answer from the server. Nothing has changed yet."));
