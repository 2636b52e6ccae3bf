// Where one is, and going elsewhere. Plain `<a href>` is all a page needs; `go` is for after something was done.
// A page that is gone to gets the focus on its heading; going back restores how far one had scrolled.
import { tick, type Component } from 'svelte'
import { session } from '../api/session.svelte'
import { onEnd } from '../api/tokens'
import { match, type PageProps, type Route } from './routes'

interface Shown {
  Component: Component<PageProps>
  params: Record<string, string>
  /** Another one is another page, even of the same component. */
  key: string
  bare: boolean
  /** What is on it is somebody's. */
  own: boolean
}

interface Entry {
  /** How far one had scrolled when leaving. */
  scroll?: number
}

/** How long a restored page may take to become high enough, milliseconds. */
const GROWING = 1500

class Router {
  shown = $state.raw<Shown | null>(null)
  /** While the next page loads. */
  busy = $state(false)
  /** The page's code could not be fetched. */
  failed = $state(false)
  /** Path and query, followed by every change of either. */
  #url = $state.raw(new URL('http://nowhere/'))
  #going = 0

  get path(): string {
    return this.#url.pathname
  }

  get query(): URLSearchParams {
    return this.#url.searchParams
  }

  begin(): void {
    history.scrollRestoration = 'manual'
    addEventListener('popstate', (event) => void this.#show((event.state as Entry | null)?.scroll ?? 0))
    addEventListener('click', (event) => this.#onClick(event))
    // Signed out, here or in another tab: what was theirs is not left on the screen.
    onEnd(() => this.shown?.own && void this.go(signInFor(new URL(location.href)), 'replace'))
    void this.#show(null)
  }

  /** Goes to an address of ours. */
  async go(href: string, how: 'push' | 'replace' = 'push'): Promise<void> {
    this.#leave()
    history[how === 'push' ? 'pushState' : 'replaceState']({}, '', href)
    await this.#show(0)
  }

  /** Changes the query of this page, which stays: filters live in the address. Empty values go. */
  setQuery(values: Record<string, string>, how: 'push' | 'replace' = 'push'): void {
    const url = new URL(location.href)
    for (const [name, value] of Object.entries(values)) {
      if (value === '') url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    if (url.href === location.href) return
    this.#leave()
    history[how === 'push' ? 'pushState' : 'replaceState']({}, '', url)
    this.#url = url
  }

  /** Where to sign in and come back from. */
  signIn(): string {
    return `/sign-in?next=${encodeURIComponent(this.#url.pathname + this.#url.search)}`
  }

  #leave(): void {
    history.replaceState({ scroll: scrollY } satisfies Entry, '')
  }

  /** `scroll` null on the first page, where the browser has put the focus. */
  async #show(scroll: number | null): Promise<void> {
    const mine = ++this.#going
    const url = new URL(location.href)
    const { route, params } = match(url.pathname)
    // The page's code comes while it is found out who is there.
    if (route.needs) void route.load().catch(() => undefined)
    if (route.needs === 'session') {
      const signed = await signedIn()
      if (mine !== this.#going) return
      if (!signed) return this.go(signInFor(url), 'replace')
    }
    const key = `${route.path} ${JSON.stringify(params)}`
    const stays = this.shown?.key === key
    if (stays) {
      this.#url = url
      this.busy = this.failed = false
    } else if (!(await this.#load(route, params, key, url))) return
    await tick()
    if (scroll === null) return
    if (!stays) document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus({ preventScroll: true })
    restore(scroll)
  }

  async #load(route: Route, params: Record<string, string>, key: string, url: URL): Promise<boolean> {
    const mine = this.#going
    this.busy = true
    try {
      const page = await route.load()
      if (mine !== this.#going) return false
      // Together: the page that is left does not read the next one's address.
      this.#url = url
      const Component = page.default as Component<PageProps>
      this.shown = { Component, params, key, bare: route.bare ?? false, own: route.needs === 'session' }
      this.failed = false
      return true
    } catch {
      // Most likely a new release has other files: the next full load has them.
      if (mine === this.#going) this.failed = true
      return false
    } finally {
      if (mine === this.#going) this.busy = false
    }
  }

  #onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const link = (event.target as Element | null)?.closest('a')
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
    const url = new URL(link.href)
    if (!isOurs(url.pathname) || (url.hash && url.pathname === location.pathname)) return
    event.preventDefault()
    void this.go(url.href)
  }
}

/** Whether the client has a page there, rather than the server (API, mailbox, door). */
function isOurs(path: string): boolean {
  return match(path).route.path !== ''
}

const signInFor = (url: URL): string => `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`

async function signedIn(): Promise<boolean> {
  while (session.state === 'unknown') await new Promise((done) => setTimeout(done, 20))
  return session.state === 'in'
}

function restore(scroll: number): void {
  const until = Date.now() + GROWING
  const attempt = () => {
    scrollTo({ top: scroll, behavior: 'instant' })
    if (scrollY < scroll - 2 && Date.now() < until) requestAnimationFrame(attempt)
  }
  attempt()
}

/** A path of ours that somebody may be sent to after signing in; what browsers make of it counts (`/\host`). */
export function ours(path: string | null): string {
  if (!path || !/^\/(?![/\\])/.test(path)) return '/'
  const url = new URL(path, location.origin)
  const safe = url.origin === location.origin && !url.pathname.startsWith('//')
  return safe ? url.pathname + url.search : '/'
}

export const router = new Router()
