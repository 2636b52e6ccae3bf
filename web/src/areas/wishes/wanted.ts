// What somebody wants of a reservation, as a form holds it, and what of it has to be sent.
import { asked } from '../plan/choosing'
import { alike } from '../versions'
import type { NewReservation, Purpose, Reservation, ReservationChange } from '../../api/openapi.gen'

export interface Wanted {
  purpose: Purpose
  title: string
  /** Numbers as they are typed; '' where nothing is said. */
  people: string
  quantity: string
  layout: string
  notes: string
  public: boolean
  description: string
  link: string
  /** How many, by the extra's name and by the pool's id. */
  extras: Record<string, number>
  equipment: Record<string, number>
  /** Those chosen by name; none: the service chooses. */
  units: string[]
}

export type WantedBody = Omit<NewReservation, 'space_id' | 'starts_at' | 'ends_at' | 'organisation_id'>

export const nothing = (people = ''): Wanted => ({
  ...{ purpose: 'meeting', title: '', people, quantity: '1', layout: '', notes: '', public: false },
  ...{ description: '', link: '', extras: {}, equipment: {}, units: [] },
})

export function wantedOf(reservation: Reservation): Wanted {
  const extras = (reservation.price?.extras ?? []).map((one) => [one.name, one.quantity ?? 1] as const)
  return {
    purpose: reservation.purpose,
    title: reservation.title,
    people: reservation.attendees ? String(reservation.attendees) : '',
    quantity: String(reservation.quantity),
    layout: reservation.layout ?? '',
    notes: reservation.notes ?? '',
    public: reservation.public,
    description: reservation.event?.description ?? '',
    link: reservation.event?.link ?? '',
    extras: Object.fromEntries(extras),
    equipment: Object.fromEntries(reservation.equipment.map((one) => [one.space_id, one.quantity])),
    units: [],
  }
}

/** What is sent; `untitled` where no title was given. */
export function bodyOf(wanted: Wanted, untitled: string): WantedBody {
  const event = eventOf(wanted)
  const quantity = whole(wanted.quantity) ?? 1
  const units = asked(wanted.units, quantity)
  return {
    title: wanted.title.trim() || untitled,
    purpose: wanted.purpose,
    attendees: whole(wanted.people),
    quantity,
    ...(units ? { unit_ids: units as NonNullable<NewReservation['unit_ids']> } : {}),
    layout: wanted.layout ? (wanted.layout as NonNullable<NewReservation['layout']>) : null,
    notes: wanted.notes.trim() || null,
    public: wanted.public,
    ...(wanted.public && event ? { event } : {}),
    ...besidesOf(wanted),
  }
}

/** What is wanted besides the space. */
export const besidesOf = ({ extras, equipment }: Pick<Wanted, 'extras' | 'equipment'>) => ({
  extras: chosen(extras).map(([name, quantity]) => ({ name, quantity })),
  equipment: chosen(equipment).map(([space_id, quantity]) => ({ space_id: space_id as never, quantity })),
})

/** What has to be changed to come from the one to the other; nothing else is sent, so that nothing else is judged. */
export function difference(before: WantedBody, after: WantedBody): ReservationChange {
  const change: Record<string, unknown> = {}
  for (const key of Object.keys({ ...before, ...after }) as (keyof WantedBody)[]) {
    // Who no longer chooses keeps what they have.
    if (key === 'unit_ids' && !after.unit_ids) continue
    if (!alike(before[key], after[key])) change[key] = after[key] ?? null
  }
  return change as ReservationChange
}

function eventOf(wanted: Wanted): NewReservation['event'] {
  const [description, link] = [wanted.description.trim(), wanted.link.trim()]
  if (!description && !link) return null
  return { ...(description ? { description } : {}), ...(link ? { link } : {}) }
}

const chosen = (counts: Record<string, number>): [string, number][] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => one.localeCompare(other))

function whole(typed: string): number | null {
  const number = Math.trunc(Number(typed))
  return number > 0 ? number : null
}
