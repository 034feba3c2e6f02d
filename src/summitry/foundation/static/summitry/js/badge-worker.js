// @ts-check
/**
 * Keeps one guest's badge: the newest page where there is a line, the kept one where there is none. The server puts `KEPT`
 * before these lines: the page and its files. A page that has been withdrawn is forgotten.
 */

const badgeWorker = /** @type {DeskWorker} */ (/** @type {unknown} */ (self));
const badgeCache = `badge:${KEPT.page}`;

badgeWorker.addEventListener("install", (event) => {
  event.waitUntil(keepBadge().then(() => badgeWorker.skipWaiting()));
});
badgeWorker.addEventListener("activate", (event) => event.waitUntil(badgeWorker.clients.claim()));
badgeWorker.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === KEPT.page) event.respondWith(badgePage(event.request));
  else if (KEPT.files.includes(address.pathname)) event.respondWith(badgeFile(event.request));
});

async function keepBadge() {
  const cache = await caches.open(badgeCache);
  await cache.addAll([KEPT.page, ...KEPT.files]);
}

/** @param {Request} request */
async function badgePage(request) {
  const cache = await caches.open(badgeCache);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(KEPT.page, answer.clone());
    else if (answer.status === 404 || answer.status === 410) await caches.delete(badgeCache);
    return answer;
  } catch (trouble) {
    const kept = await cache.match(KEPT.page);
    if (kept) return kept;
    throw trouble;
  }
}

/** @param {Request} request */
async function badgeFile(request) {
  const cache = await caches.open(badgeCache);
  return (await cache.match(request)) ?? fetch(request);
}
