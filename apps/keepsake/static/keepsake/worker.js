/**
 * Answers for one event's keepsake: always from the server first, from the device only without one. What the page has
 * kept (keeping.js) goes as soon as the server no longer knows this device: after "forget me", a removal or the erasure of
 * the event, at the latest on the day until which the server itself keeps it. Registered for /CODE/keepsake/ alone.
 */
/** @type {any} */
const worker = self;
const page = new URL("./", worker.location.href);
const store = `keepsake-${page.pathname.split("/")[1]}`;

/** The server does not know this device here, or not any more. */
const GONE = [401, 403, 404, 410];

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

/** @param {Request} request */
async function answer(request) {
  try {
    const fresh = await fetch(request);
    if (isPage(request) && GONE.includes(fresh.status)) await forget();
    if (fresh.status < 500) return fresh;
    return (await kept(request)) ?? fresh;
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

/** @param {Request} request */
async function kept(request) {
  const cache = await caches.open(store);
  const found = await cache.match(request.url, { ignoreSearch: isPage(request) });
  const until = found && isPage(request) ? found.headers.get("Keepsake-Until") : null;
  // A day as the server writes it; dates of this form compare as they stand.
  if (until && until < new Date().toISOString().slice(0, 10)) {
    await forget();
    return undefined;
  }
  return found;
}

/** @param {Request} request */
function isPage(request) {
  return new URL(request.url).pathname === page.pathname;
}

async function forget() {
  await caches.delete(store);
  await worker.registration.unregister();
}
