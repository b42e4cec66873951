{% load static %}/* Pages under /field/: from the net if there is one, else as they were seen last. Static files by their hashed names. */
"use strict";
const PAGES = "lz-field-pages-1", FILES = "lz-field-files-1", HOME = "{% url 'field:home' %}", STATIC = "{% get_static_prefix %}";

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("lz-field-") && name !== PAGES && name !== FILES).map((name) => caches.delete(name))))
    .then(() => self.clients.claim())));

const page = async (request) => {
  const cache = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    /* Sent to the login page: the session is over, so nobody reads on from this phone. */
    if (response.type === "opaqueredirect" || response.redirected) await caches.delete(PAGES);
    else if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request.url) || await cache.match(new URL(HOME, location.origin).href);
    if (kept) return kept;
    throw error;
  }
};
const file = async (request) => {
  const cache = await caches.open(FILES), kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
};
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(file(event.request));
  else if (url.pathname.startsWith(HOME) && !url.pathname.endsWith("sw.js")) event.respondWith(page(event.request));
});
