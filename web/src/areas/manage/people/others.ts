// Who reserved at a venue and is no accepted member yet, each once, by name.
import type { Organiser, Reservation, StaffEntry } from '../../../api/openapi.gen'

/** Somebody who reserved for an organisation of theirs, and for which. */
export interface Payer {
  organisation: string
  name: string
  email: string
  /** Of the latest that they reserved for it. */
  title: string
}

/** Who reserved for organisations, each pair once, by name. */
export function payers(reservations: readonly Pick<Reservation, 'organiser' | 'organisation_id' | 'title'>[]): Payer[] {
  const found = new Map<string, Payer>()
  for (const { organiser, organisation_id, title } of reservations) {
    if (!organisation_id || !organiser.email) continue
    const { id, name, email } = organiser
    found.set(`${organisation_id} ${id}`, { organisation: organisation_id, name, email, title })
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'sl'))
}

export function others(
  reservations: readonly Pick<Reservation, 'organiser'>[],
  members: readonly Pick<StaffEntry, 'user_id'>[],
): Organiser[] {
  const accepted = new Set<string>(members.map((one) => one.user_id))
  const found = new Map<string, Organiser>()
  for (const { organiser } of reservations) if (!accepted.has(organiser.id)) found.set(organiser.id, organiser)
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'sl'))
}
