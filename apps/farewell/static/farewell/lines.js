/** Lines that people pass on, and addresses: how long, how read aloud, where a tap leads. */

/** As the server's `CONTACT_GRAPHEMES`. */
export const LINE_MOST = 120;

/** How many characters a person counts; what a browser without a segmenter cannot tell, the server does. @param {string} line */
export const lineLength = (line) => ("Segmenter" in Intl ? [...new Intl.Segmenter().segment(line)].length : 0);

/** An address as people read it aloud. @param {string} url */
export const spokenAddress = (url) => url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");

/** Where a tap on a line leads: only to a page or into a mail, else nowhere. @param {string} line */
export function tapped(line) {
  if (/^https?:\/\/[^\s<>"]+$/i.test(line)) return line;
  if (/^[^\s@<>"?&:/%]+@[^\s@<>"?&:/%]+\.[^\s@<>"?&:/%]+$/.test(line)) return `mailto:${line}`;
  return null;
}
