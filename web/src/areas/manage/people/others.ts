// Who reserved at a venue and is no accepted member yet, each once, by name.
import type { Organiser, Reservation, StaffEntry } from '../../../api/openapi.gen'

export function others(
  reservations: readonly Pick<Reservation, 'organiser'>[],
  members: readonly Pick<StaffEntry, 'user_id'>[],
): Organiser[] {
  const accepted = new Set<string>(members.map((one) => one.user_id))
  const found = new Map<string, Organiser>()
  for (const { organiser } of reservations) if (!accepted.has(organiser.id)) found.set(organiser.id, organiser)
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'sl'))
}
