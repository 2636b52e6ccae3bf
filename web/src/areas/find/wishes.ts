// What somebody looks for, as it stands in the address: a search can be kept, shared and gone back to.
import type { BookedBy, FoundSpace, SpaceKind } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { addDays, dateOf, isDate, minutesBetween, timeOf, type LocalDate } from '../../time/instants'
import { KINDS } from '../spaces'
import { manyIn, minutesOf, stayOf } from '../stays/stay'
import { dates } from '../stays/words'

export interface Wishes {
  date: LocalDate
  /** 'HH:MM', or '' for any time. */
  after: string
  minutes: number
  people: number
  kind: SpaceKind | ''
  municipalities: string[]
  amenities: string[]
}

export const DURATIONS = [30, 60, 90, 120, 180, 240, 480] as const
/** Days or nights in a row that are asked for. */
export const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 31] as const
const MOST_PEOPLE = 999

/** Tomorrow, two hours, where nothing is said. */
export function read(query: URLSearchParams, today: LocalDate): Wishes {
  const date = query.get('date') ?? ''
  const minutes = Number(query.get('minutes'))
  const after = query.get('after') ?? ''
  return {
    date: isDate(date) && date >= today ? date : addDays(today, 1),
    after: /^([01]\d|2[0-3]):[0-5]\d$/.test(after) ? after : '',
    minutes: known(minutes) ?? 120,
    people: Math.min(MOST_PEOPLE, Math.max(1, Math.trunc(Number(query.get('people'))) || 1)),
    kind: KINDS.find((kind) => kind === query.get('kind')) ?? '',
    municipalities: list(query.get('in')),
    amenities: list(query.get('with')),
  }
}

const known = (minutes: number): number | undefined =>
  [...DURATIONS, ...LENGTHS.map(minutesOf)].find((one) => one === minutes)

/** What a length may be by what the spaces in question are booked by: hours, days and nights. */
export const lengthsFor = (by: ReadonlySet<BookedBy>): number[] => [
  ...(by.has('hours') || by.size === 0 ? DURATIONS : []),
  ...(by.has('days') || by.has('nights') ? LENGTHS.map(minutesOf) : []),
]
/** What is nearest to a length of those that there are: one night for two hours, two hours for a night. */
export function nearest(minutes: number, lengths: readonly number[]): number {
  if (lengths.includes(minutes)) return minutes
  const stays = lengths.every((one) => one >= minutesOf(1))
  return stays ? minutesOf(manyIn(minutes)) : 120
}

export function write(wishes: Wishes): Record<string, string> {
  return {
    date: wishes.date,
    after: wishes.after,
    minutes: String(wishes.minutes),
    people: wishes.people > 1 ? String(wishes.people) : '',
    kind: wishes.kind,
    in: wishes.municipalities.join(','),
    with: wishes.amenities.join(','),
  }
}

const list = (text: string | null): string[] => (text ?? '').split(',').filter(Boolean)

/** One request for each municipality: the API takes one at a time. */
export function queries(wishes: Wishes) {
  const from = wishes.after ? `${wishes.date}T${wishes.after}` : wishes.date
  const common = {
    from,
    to: addDays(wishes.date, 1),
    duration_minutes: wishes.minutes,
    ...(wishes.people > 1 ? { attendees: wishes.people, capacity_min: wishes.people } : {}),
    ...(wishes.kind ? { kind: wishes.kind } : {}),
    ...(wishes.amenities.length > 0 ? { amenity: wishes.amenities.join(',') } : {}),
  }
  if (wishes.municipalities.length === 0) return [common]
  return wishes.municipalities.map((municipality) => ({ ...common, municipality }))
}

/** What is free on the day first, then what is free soonest. */
export function sorted(found: FoundSpace[]): FoundSpace[] {
  const rank = (one: FoundSpace) =>
    (one.slots.length > 0 ? '0' : '1') + (one.slots[0]?.starts_at ?? one.next_free ?? '9')
  return found.toSorted(
    (one, other) => rank(one).localeCompare(rank(other)) || one.space.name.localeCompare(other.space.name),
  )
}

/** A few starts to choose from: full hours first, spread over the day. */
export function offered(slots: FoundSpace['slots'], most = 5): FoundSpace['slots'] {
  const full = slots.filter((slot) => timeOf(slot.starts_at).endsWith(':00'))
  const chosen = full.length >= Math.min(most, slots.length) ? full : slots
  if (chosen.length <= most) return chosen
  const step = (chosen.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, at) => chosen[Math.round(at * step)]).filter((slot) => slot !== undefined)
}

export function reserveLink(space: string, slot: { starts_at: string; ends_at: string }, people = 1): string {
  const query = new URLSearchParams({ starts_at: slot.starts_at, ends_at: slot.ends_at })
  if (people > 1) query.set('people', String(people))
  return `/spaces/${space}/reserve?${query}`
}

export function spaceLink(
  space: string,
  wishes: Pick<Wishes, 'date' | 'minutes' | 'people'>,
  at?: string | null,
): string {
  const query = new URLSearchParams({ date: at ? dateOf(at) : wishes.date, minutes: String(wishes.minutes) })
  if (wishes.people > 1) query.set('people', String(wishes.people))
  return `/spaces/${space}?${query}`
}

/** What a slot is called: its time, or of whole days and nights from when to when. */
export function start(slot: { starts_at: string; ends_at: string }, zone: string): string {
  if (minutesBetween(slot.starts_at, slot.ends_at) <= 600) return format.time(slot.starts_at, zone)
  // Of a single day the night belongs to nobody.
  const stay = stayOf(slot, 'days')
  return stay.first === stay.last ? format.date(stay.first, 'short') : dates(stay)
}

/** Each once, what most have first. */
export function common(words: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const count = (word: string) => counts.get(word) ?? 0
  return [...counts.keys()].sort((one, other) => count(other) - count(one) || one.localeCompare(other, 'sl'))
}
