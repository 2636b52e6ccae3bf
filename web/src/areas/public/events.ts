// Public events by day, and what of them may be a link.
import type { Event } from '../../api/openapi.gen'
import { dateOf, epoch, type LocalDate } from '../../time/instants'

export interface Day {
  date: LocalDate
  events: Event[]
}

export function byDay(events: readonly Event[]): Day[] {
  const days = new Map<LocalDate, Event[]>()
  const sorted = events.toSorted((one, other) => epoch(one.starts_at) - epoch(other.starts_at))
  for (const one of sorted) {
    const date = dateOf(one.starts_at)
    days.set(date, [...(days.get(date) ?? []), one])
  }
  return [...days].map(([date, all]) => ({ date, events: all }))
}

/** Only the web: whatever somebody wrote, nothing else is made a link of. */
export function safeLink(link: string | null | undefined): string | null {
  return link && /^https?:\/\//i.test(link) ? link : null
}
