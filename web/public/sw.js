// Opens the client without a network: its page and the files it has loaded. Nothing of the API passes through here;
// what is kept of one's reservations is the page's own, and goes with signing out (src/api/kept.ts).
const CACHE = 'prostor-shell-1'
const SHELL = '/'
// Files are named by their content, so old ones are never asked for again: the oldest go.
const MOST = 150

self.addEventListener('install', (event) => {
  event.waitUntil(
    refresh()
      .catch(() => undefined)
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(drop())
})

// What the page had loaded before this worker was there.
self.addEventListener('message', (event) => {
  const paths = Array.isArray(event.data) ? event.data : []
  const keep = async () => {
    const cache = await caches.open(CACHE)
    for (const path of paths) {
      if (isAsset(new URL(path, self.location.origin)) && !(await cache.match(path))) {
        await cache.add(path).catch(() => undefined)
      }
    }
  }
  event.waitUntil(keep())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (isAsset(url)) event.respondWith(asset(request))
  else if (request.mode === 'navigate' && !url.pathname.startsWith('/api')) event.respondWith(navigate(event))
})

const isAsset = (url) => url.origin === self.location.origin && url.pathname.startsWith('/assets/')

async function asset(request) {
  const cache = await caches.open(CACHE)
  const known = await cache.match(request)
  if (known) return known
  const response = await fetch(request)
  if (response.ok) {
    await cache.put(request, response.clone())
    const keys = (await cache.keys()).filter((key) => isAsset(new URL(key.url)))
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old)
  }
  return response
}

async function navigate(event) {
  try {
    const response = await fetch(event.request)
    event.waitUntil(refresh().catch(() => undefined))
    return response
  } catch {
    const cache = await caches.open(CACHE)
    return (await cache.match(SHELL)) ?? Response.error()
  }
}

async function refresh() {
  const response = await fetch(SHELL, { headers: { accept: 'text/html' } })
  if (response.ok) await (await caches.open(CACHE)).put(SHELL, response)
}
