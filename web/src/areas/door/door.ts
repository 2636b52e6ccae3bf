// What a door says at a moment: from opening and free time and the public events alone, which anybody may read.
import type { Availability, Event, SlotView } from '../../api/openapi.gen'
import { dateOf, epoch, type Instant } from '../../time/instants'

interface Span {
  starts_at: Instant
  ends_at: Instant
}
export interface Taken extends Span {
  /** Of a public event; of all else nobody learns more than that. */
  title: string | null
}
export type Now =
  /** `until` is null where it goes on for longer than was looked ahead. */
  | { state: 'free'; until: Instant | null; units: number }
  | { state: 'taken'; until: Instant | null; title: string | null }
  | { state: 'closed'; opens: Instant | null }
export interface Door {
  now: Now
  next: Taken[]
  /** Of several units: from when so many are free later today. */
  changes: { starts_at: Instant; units: number }[]
  /** The next half hour that can be booked. */
  bookable: SlotView | null
}

const MINUTE = 60_000
/** So soon it still is the next half hour. */
const SOON = 45 * MINUTE
const SHOWN = 2

export function doorAt(at: number, times: Availability, events: readonly Event[]): Door {
  const open = joined(times.days.flatMap((day) => day.open))
  const free = times.days.flatMap((day) => day.free).filter((span) => span.units_free > 0)
  const booked = open.flatMap((span) => without(span, joined(free)))
  const own = events.filter((event) => event.space.id === times.space_id)
  const slots = times.days.flatMap((day) => day.slots)
  const end = epochOfEnd(times)
  const current = now(at, open, free, booked, own)
  return {
    now:
      current.state !== 'closed' && current.until && epoch(current.until) >= end
        ? { ...current, until: null }
        : current,
    next: upcoming(at, booked, own, times),
    changes: changes(at, times),
    bookable:
      slots.find(
        (slot) =>
          slot.outcome !== 'refuse' && epoch(slot.starts_at) >= at - MINUTE && epoch(slot.starts_at) <= at + SOON,
      ) ?? null,
  }
}

function now(
  at: number,
  open: Span[],
  free: Availability['days'][number]['free'],
  booked: Span[],
  events: readonly Event[],
): Now {
  const event = events.find(holding(at))
  if (event) return { state: 'taken', until: event.ends_at, title: event.title }
  const gap = joined(free).find(holding(at))
  if (gap) return { state: 'free', until: gap.ends_at, units: free.find(holding(at))?.units_free ?? 0 }
  const busy = booked.find(holding(at))
  if (busy) return { state: 'taken', until: busy.ends_at, title: null }
  return { state: 'closed', opens: open.find((span) => epoch(span.starts_at) > at)?.starts_at ?? null }
}

/** Where the time ends that was asked about: the last opening that was read, if it goes on to midnight. */
function epochOfEnd({ days }: Availability): number {
  const last = days.at(-1)
  const ends = last?.open.at(-1)?.ends_at
  return last && ends && dateOf(ends) > last.date ? epoch(ends) : Infinity
}

/** When the number of free units changes; what nobody can have any more is none free. */
function changes(at: number, times: Availability): Door['changes'] {
  const today = times.days[0]
  if (!today || times.units < 2) return []
  const starts = [
    ...today.free.map((span) => ({ starts_at: span.starts_at, units: span.units_free })),
    ...joined(today.open)
      .flatMap((span) => without(span, joined(today.free)))
      .map((span) => ({ starts_at: span.starts_at, units: 0 })),
  ].sort((one, other) => epoch(one.starts_at) - epoch(other.starts_at))
  return starts
    .filter((one, place) => one.units !== starts[place - 1]?.units)
    .filter((one) => epoch(one.starts_at) > at)
    .slice(0, SHOWN)
}

/** Later the same day: events by their names, and what is taken besides. */
function upcoming(at: number, booked: Span[], events: readonly Event[], times: Availability): Taken[] {
  const today = times.days[0]?.date ?? ''
  const later = (span: Span) => epoch(span.starts_at) > at && dateOf(span.starts_at) === today
  const named = events.filter(later).map(({ starts_at, ends_at, title }): Taken => ({ starts_at, ends_at, title }))
  const rest = booked
    .filter(later)
    .filter((span) => !events.some((event) => overlap(span, event)))
    .map((span): Taken => ({ ...span, title: null }))
  return [...named, ...rest].sort((one, other) => epoch(one.starts_at) - epoch(other.starts_at)).slice(0, SHOWN)
}

const holding = (at: number) => (span: Span) => epoch(span.starts_at) <= at && at < epoch(span.ends_at)
const overlap = (one: Span, other: Span) =>
  epoch(one.starts_at) < epoch(other.ends_at) && epoch(other.starts_at) < epoch(one.ends_at)

/** Those that touch are one. */
function joined(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((one, other) => epoch(one.starts_at) - epoch(other.starts_at))
  const result: Span[] = []
  for (const { starts_at, ends_at } of sorted) {
    const last = result.at(-1)
    if (!last || epoch(starts_at) > epoch(last.ends_at)) result.push({ starts_at, ends_at })
    else if (epoch(ends_at) > epoch(last.ends_at)) last.ends_at = ends_at
  }
  return result
}

function without(span: Span, gaps: readonly Span[]): Span[] {
  const parts: Span[] = []
  let from = span.starts_at
  for (const gap of gaps.filter((one) => overlap(span, one))) {
    if (epoch(gap.starts_at) > epoch(from)) parts.push({ starts_at: from, ends_at: gap.starts_at })
    from = gap.ends_at
  }
  if (epoch(from) < epoch(span.ends_at)) parts.push({ starts_at: from, ends_at: span.ends_at })
  return parts
}
