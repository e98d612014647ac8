{% load static %}// Serves the notebook while there is no network: its page, and the files the page is made of, as the page keeps them.
const PAGE = new URL("./", self.location).pathname;
const FILES = "{% get_static_prefix %}";
const PATIENCE = 4_000; // on a line that hardly carries, the page that is here is the better one

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = (what) => caches.match(what, { cacheName: "engawa.notebook" });

async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const here = await kept(PAGE);
    if (here) return here;
    throw error;
  }
}

// A file's name says which version it is: the one that is here is right.
const file = async (request) => (await kept(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(page(request));
  else if (pathname.startsWith(FILES)) event.respondWith(file(request));
});
