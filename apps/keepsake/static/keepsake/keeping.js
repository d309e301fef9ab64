/**
 * Keeps this page, its pictures and its letters on the device, to be read without a network. Each view keeps it anew:
 * what was taken down since is gone from here as well. Over plain HTTP browsers keep nothing; the page works all the same.
 */
const copies = `keepsake-${location.pathname.split("/")[1]}`;

/** Whatever the page is made of; letters and style are what the browser itself has fetched for it. */
function parts() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const shown = [...document.images].map((image) => image.src);
  const ours = [...loaded, ...shown].filter((address) => address.startsWith(`${location.origin}/`) && !address.endsWith(".js"));
  return [...new Set(ours)];
}

async function keep() {
  await navigator.serviceWorker.register("worker.js");
  const here = location.origin + location.pathname;
  const wanted = [here, ...parts()];
  const page = await fetch(here, { cache: "no-store" });
  const cache = await caches.open(copies);
  if (!page.ok || !page.headers.has("Keepsake-Until")) return void (await caches.delete(copies));
  await cache.put(here, page);
  for (const kept of await cache.keys()) if (!wanted.includes(kept.url)) await cache.delete(kept);
  for (const address of wanted.slice(1)) {
    // Under its address a picture and a sheet never change.
    if (!(await cache.match(address))) await cache.add(address);
  }
  document.documentElement.dataset.kept = "true";
}

if ("serviceWorker" in navigator && "caches" in window) {
  const begin = () => keep().catch(() => undefined);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
