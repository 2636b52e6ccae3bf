// Every address of the client and what shows it. Pages load when they are gone to, so an area costs only those who
// use it. Who may see what is the API's to say; `needs` only asks to sign in first.
import type { Component } from 'svelte'

export interface PageProps {
  params: Record<string, string>
}
export interface Route {
  /** `:name` is one segment. */
  path: string
  /** A component with `params` or without properties. */
  load: () => Promise<{ default: Component<PageProps> | Component<Record<string, never>> }>
  needs?: 'session'
  /** Without the bar on top and the footer: for screens on walls. */
  bare?: true
}

export const ROUTES: readonly Route[] = [
  // For everyone
  { path: '/', load: () => import('../areas/find/Find.svelte') },
  { path: '/spaces/:id', load: () => import('../areas/space/Space.svelte') },
  { path: '/sign-in', load: () => import('../areas/account/SignIn.svelte') },
  // Members
  { path: '/spaces/:id/reserve', load: () => import('../areas/reserve/Reserve.svelte'), needs: 'session' },
  { path: '/reservations', load: () => import('../areas/reservations/Reservations.svelte'), needs: 'session' },
  // The coordination body, and managers of their own venues
  { path: '/statistics', load: () => import('../areas/statistics/Statistics.svelte'), needs: 'session' },
  // At the door
  { path: '/door/:id', load: () => import('../areas/door/Door.svelte'), bare: true },
  { path: '/door/:id/check-in', load: () => import('../areas/door/CheckIn.svelte') },
]

/** Everything else. */
export const NOWHERE: Route = { path: '', load: () => import('./NotFound.svelte') }

/** The route of a path, with what its `:names` stand for. */
export function match(
  path: string,
  routes: readonly Route[] = ROUTES,
): { route: Route; params: Record<string, string> } {
  const given = segments(path)
  for (const route of routes) {
    const wanted = segments(route.path)
    if (wanted.length !== given.length) continue
    const params: Record<string, string> = {}
    const fits = wanted.every((segment, at) => {
      const value = given[at] ?? ''
      if (!segment.startsWith(':')) return segment === value
      params[segment.slice(1)] = value
      return value !== ''
    })
    if (fits) return { route, params }
  }
  return { route: NOWHERE, params: {} }
}

function segments(path: string): string[] {
  return path.split('/').filter(Boolean).map(decoded)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
