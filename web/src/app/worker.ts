// The service worker, which opens the client without a network. Only where it is built: while one works on it, files
// have no names of their own.
export function beginWorker(): void {
  const workers = (navigator as Partial<Navigator>).serviceWorker
  if (!import.meta.env.PROD || !workers) return
  addEventListener('load', () => {
    void workers
      .register('/sw.js')
      .then(() => workers.ready)
      .then((ready) => ready.active?.postMessage(performance.getEntriesByType('resource').map((one) => one.name)))
      // Without it all works as ever, except without a network.
      .catch(() => undefined)
  })
}
