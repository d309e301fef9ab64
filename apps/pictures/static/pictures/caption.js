/** How long a picture's caption may be. */
export const CAPTION_MOST = 80;

/** Characters as people, and the server, count them. @param {string} caption */
export const captionLength = (caption) => (Intl.Segmenter ? [...new Intl.Segmenter().segment(caption)].length : [...caption].length);
