/** A refusal in words a person can use. */
import { _ } from "../screens/words.js";

/** @param {any} no */
export const rejectedInWords = (no) => no?.message || _("That did not work. Please try again.");
