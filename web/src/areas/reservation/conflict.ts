// Two edits of one reservation: what stands there now beside what one wanted.
import { alike, onto } from '../versions'
import type { WantedBody } from '../wishes/wanted'

/** What is compared: the wishes, the two times and the space. */
export type Version = WantedBody & { starts_at: string; ends_at: string; space_id: string }
export const FIELDS = [
  'space_id',
  'starts_at',
  'ends_at',
  'title',
  'purpose',
  'attendees',
  'quantity',
  'unit_ids',
  'layout',
  'notes',
  'public',
  'event',
  'extras',
  'equipment',
] as const
export type FieldName = (typeof FIELDS)[number]

export interface Difference {
  field: FieldName
  /** Changed by both: saving mine undoes what somebody else did. */
  both: boolean
}

/** Where the two differ, and which of it both changed. */
export function differences(base: Version, theirs: Version, mine: Version): Difference[] {
  const same = (one: Version, other: Version, field: FieldName) => alike(one[field], other[field])
  const asked = (field: FieldName) => field !== 'unit_ids' || mine.unit_ids != null
  return FIELDS.filter((field) => asked(field) && !same(theirs, mine, field)).map((field) => ({
    field,
    both: !same(base, mine, field) && !same(base, theirs, field),
  }))
}

/** What one changed oneself, put onto what stands there now. Who chose no units keeps those that do. */
export const mineOnto = (base: Version, theirs: Version, mine: Version): Version =>
  onto(base, theirs, mine.unit_ids || !base.unit_ids ? mine : { ...mine, unit_ids: base.unit_ids })
