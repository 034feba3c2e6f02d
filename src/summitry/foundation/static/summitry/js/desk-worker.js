// @ts-check
/**
 * Keeps the desk's page and files, so that it opens without a line. The server puts `KEPT` before these lines: what to keep.
 * Data never come through here; they are the page's own business.
 */

const worker = /** @type {DeskWorker} */ (/** @type {unknown} */ (self));
const prefix = `desk ${KEPT.shell} `;
const cacheName = prefix + KEPT.version;
const flagsName = "desk flags";

worker.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => worker.clients.claim()));
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === KEPT.shell && request.mode === "navigate") event.respondWith(found(KEPT.shell, request));
  else if (KEPT.files.includes(address.pathname)) event.respondWith(found(address.pathname, request));
  else if (address.pathname.startsWith(KEPT.flags)) event.respondWith(flag(request));
});

async function keep() {
  const cache = await caches.open(cacheName);
  await cache.addAll([KEPT.shell, ...KEPT.files].map((address) => new Request(address, { cache: "no-cache" })));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)));
}

/** @param {string} address @param {Request} request */
async function found(address, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(address)) ?? fetch(request);
}

/** Flags are kept as they come. @param {Request} request */
async function flag(request) {
  const cache = await caches.open(flagsName);
  const old = await cache.match(request);
  if (old) return old;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
