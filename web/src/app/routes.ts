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
  { path: '/venues', load: () => import('../areas/venue/Venues.svelte') },
  { path: '/venues/:id', load: () => import('../areas/venue/Venue.svelte') },
  { path: '/events', load: () => import('../areas/public/Events.svelte') },
  { path: '/accessibility', load: () => import('../areas/public/Accessibility.svelte') },
  { path: '/sign-in', load: () => import('../areas/account/SignIn.svelte') },
  // Members
  { path: '/spaces/:id/reserve', load: () => import('../areas/reserve/Reserve.svelte'), needs: 'session' },
  { path: '/reservations', load: () => import('../areas/reservations/Reservations.svelte'), needs: 'session' },
  // Without: links in mails show it by their token.
  { path: '/reservations/:id', load: () => import('../areas/reservation/Reservation.svelte') },
  { path: '/spaces/:id/repeat', load: () => import('../areas/series/Repeat.svelte'), needs: 'session' },
  { path: '/series', load: () => import('../areas/series/AllSeries.svelte'), needs: 'session' },
  { path: '/series/:id', load: () => import('../areas/series/Series.svelte'), needs: 'session' },
  { path: '/spaces/:id/wait', load: () => import('../areas/waiting/Wait.svelte'), needs: 'session' },
  { path: '/waiting-list', load: () => import('../areas/waiting/WaitingList.svelte'), needs: 'session' },
  { path: '/profile', load: () => import('../areas/profile/Profile.svelte'), needs: 'session' },
  { path: '/profile/security', load: () => import('../areas/profile/Security.svelte'), needs: 'session' },
  { path: '/profile/calendars', load: () => import('../areas/profile/Calendars.svelte'), needs: 'session' },
  { path: '/profile/keys', load: () => import('../areas/profile/keys/Keys.svelte'), needs: 'session' },
  { path: '/profile/data', load: () => import('../areas/profile/Data.svelte'), needs: 'session' },
  { path: '/organisations', load: () => import('../areas/organisations/Organisations.svelte'), needs: 'session' },
  { path: '/organisations/new', load: () => import('../areas/organisations/Register.svelte'), needs: 'session' },
  { path: '/organisations/hand-over', load: () => import('../areas/organisations/HandOver.svelte'), needs: 'session' },
  { path: '/organisations/:id', load: () => import('../areas/organisations/Organisation.svelte'), needs: 'session' },
  { path: '/reservations/:id/change', load: () => import('../areas/reservation/Change.svelte'), needs: 'session' },
  // What mails lead to; most of it needs no account, the rest asks who it is on the page itself.
  { path: '/invitation', load: () => import('../areas/mailed/Invitation.svelte') },
  { path: '/join-requests/:id', load: () => import('../areas/mailed/JoinRequest.svelte') },
  { path: '/check-in', load: () => import('../areas/mailed/CheckIn.svelte') },
  { path: '/headcount', load: () => import('../areas/mailed/Headcount.svelte') },
  { path: '/confirm-address', load: () => import('../areas/mailed/ConfirmAddress.svelte') },
  { path: '/restore-address', load: () => import('../areas/mailed/RestoreAddress.svelte') },
  // Managers
  { path: '/manage', load: () => import('../areas/manage/Home.svelte'), needs: 'session' },
  { path: '/manage/:venue', load: () => import('../areas/manage/timeline/Timeline.svelte'), needs: 'session' },
  { path: '/manage/:venue/today', load: () => import('../areas/manage/day/Today.svelte'), needs: 'session' },
  { path: '/manage/:venue/approvals', load: () => import('../areas/manage/day/Approvals.svelte'), needs: 'session' },
  { path: '/manage/:venue/close', load: () => import('../areas/manage/closing/Closing.svelte'), needs: 'session' },
  { path: '/manage/:venue/setup', load: () => import('../areas/manage/setup/Hub.svelte'), needs: 'session' },
  { path: '/manage/:venue/setup/first', load: () => import('../areas/manage/first/First.svelte'), needs: 'session' },
  {
    path: '/manage/:venue/setup/spaces/:space',
    load: () => import('../areas/manage/setup/SpaceSetup.svelte'),
    needs: 'session',
  },
  {
    path: '/manage/:venue/setup/venue',
    load: () => import('../areas/manage/setup/venue/VenueSetup.svelte'),
    needs: 'session',
  },
  {
    path: '/manage/:venue/setup/spaces/:space/plan',
    load: () => import('../areas/manage/plan/PlanSetup.svelte'),
    needs: 'session',
  },
  { path: '/manage/:venue/setup/hours', load: () => import('../areas/manage/setup/Hours.svelte'), needs: 'session' },
  { path: '/manage/:venue/setup/rules', load: () => import('../areas/manage/setup/Rules.svelte'), needs: 'session' },
  { path: '/manage/:venue/setup/prices', load: () => import('../areas/manage/setup/Prices.svelte'), needs: 'session' },
  {
    path: '/manage/:venue/setup/members',
    load: () => import('../areas/manage/people/People.svelte'),
    needs: 'session',
  },
  { path: '/manage/:venue/setup/guests', load: () => import('../areas/manage/people/Guests.svelte'), needs: 'session' },
  { path: '/manage/:venue/setup/staff', load: () => import('../areas/manage/office/Staff.svelte'), needs: 'session' },
  {
    path: '/manage/:venue/setup/import',
    load: () => import('../areas/manage/office/Importing.svelte'),
    needs: 'session',
  },
  {
    path: '/manage/:venue/setup/outside',
    load: () => import('../areas/manage/office/Outside.svelte'),
    needs: 'session',
  },
  { path: '/manage/:venue/setup/feeds', load: () => import('../areas/manage/office/Feeds.svelte'), needs: 'session' },
  { path: '/manage/:venue/setup/audit', load: () => import('../areas/manage/office/Audit.svelte'), needs: 'session' },
  // The coordination body
  { path: '/coordination', load: () => import('../areas/coordination/Home.svelte'), needs: 'session' },
  {
    path: '/coordination/organisations',
    load: () => import('../areas/coordination/organisations/Organisations.svelte'),
    needs: 'session',
  },
  {
    path: '/coordination/organisations/:id',
    load: () => import('../areas/coordination/organisations/Organisation.svelte'),
    needs: 'session',
  },
  { path: '/coordination/looks', load: () => import('../areas/coordination/Looks.svelte'), needs: 'session' },
  { path: '/coordination/:network', load: () => import('../areas/coordination/Hub.svelte'), needs: 'session' },
  { path: '/coordination/:network/facts', load: () => import('../areas/coordination/Facts.svelte'), needs: 'session' },
  {
    path: '/coordination/:network/venues/new',
    load: () => import('../areas/coordination/NewVenue.svelte'),
    needs: 'session',
  },
  { path: '/coordination/:network/rules', load: () => import('../areas/coordination/Rules.svelte'), needs: 'session' },
  { path: '/coordination/:network/team', load: () => import('../areas/coordination/Team.svelte'), needs: 'session' },
  {
    path: '/coordination/:network/members',
    load: () => import('../areas/coordination/Members.svelte'),
    needs: 'session',
  },
  { path: '/coordination/:network/audit', load: () => import('../areas/coordination/Audit.svelte'), needs: 'session' },
  {
    path: '/coordination/:network/indicators',
    load: () => import('../areas/coordination/indicators/Indicators.svelte'),
    needs: 'session',
  },
  {
    path: '/coordination/:network/indicators/new',
    load: () => import('../areas/coordination/indicators/NewIndicator.svelte'),
    needs: 'session',
  },
  {
    path: '/coordination/:network/indicators/:indicator',
    load: () => import('../areas/coordination/indicators/EditIndicator.svelte'),
    needs: 'session',
  },
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
