/** What lies on this device of an event, besides what still waits to be sent. */

/**
 * Whatever is named after the event or a segment of it (drafts, one's contact line), pictures not sent, and the keepsake to be
 * read offline (over plain HTTP there are no caches). @param {string} code @param {string[]} segments
 */
export function forgetHere(code, segments) {
  try {
    for (const name of Object.keys(localStorage)) if ([code, ...segments].some((owner) => name.endsWith(`/${owner}`))) localStorage.removeItem(name);
  } catch {
    // No storage, nothing kept.
  }
  globalThis.indexedDB?.deleteDatabase(`pictures-${code}`);
  return globalThis.caches?.delete(`keepsake-${code}`).catch(() => false);
}
