// The categories of the published tables that are known beforehand, by dimension.
import { PURPOSES } from '../../reservations/words'
import { FORMS, SIZES } from '../../organisations/register'
import type { Dimension } from './indicator'

/** Of reservations that were for no organisation, and of organisations that don't say. */
const OF_NOBODY = ['none', 'unknown'] as const

export const CATEGORIES: Partial<Record<Dimension, readonly string[]>> = {
  purpose: PURPOSES,
  audience: ['staff', 'cci', 'member', 'public'],
  organisation_kind: [...FORMS, ...OF_NOBODY],
  size: [...SIZES, ...OF_NOBODY],
}
