// What codes of the API are called: reasons, and the categories of its tables.
import { language, LOCALE } from '../../i18n/language.svelte'
import { purposeName, PURPOSES } from '../reservations/words'
import { say as turned } from './demand.messages'
import { say } from './people.messages'
import { sectorName } from './sectors'

const REASONS = [
  ...(['slot_taken', 'outside_hours', 'closed_date', 'too_short', 'too_long', 'over_capacity', 'off_grid'] as const),
  ...(['quota_exceeded', 'too_many_active', 'too_late', 'too_far', 'not_bookable_by_you', 'in_the_past'] as const),
  ...(['setup_in_the_past', 'quantity_over_pool'] as const),
]

export function reasonName(code: string): string {
  return turned(`reason_${REASONS.find((known) => known === code) ?? 'other'}`)
}

const AUDIENCES = ['staff', 'cci', 'member', 'public'] as const
const FORMS = ['sole_entrepreneur', 'company', 'ngo', 'public_institution', 'school', 'individual'] as const
const SIZES = ['micro', 'small', 'medium', 'large'] as const

/** Of a dimension's closed list in words; a municipality and a currency as they are. */
export function categoryName(dimension: string, category: string | null | undefined): string {
  if (category === null || category === undefined) return say('all')
  if (category === 'none' || category === 'unknown') return say(`category_${category}`)
  const [purpose, audience] = [PURPOSES.find(is(category)), AUDIENCES.find(is(category))]
  const [form, size] = [FORMS.find(is(category)), SIZES.find(is(category))]
  if (dimension === 'purpose' && purpose) return purposeName(purpose)
  if (dimension === 'audience' && audience) return say(`audience_${audience}`)
  if (dimension === 'organisation_kind' && form) return say(`legal_${form}`)
  if (dimension === 'size' && size) return say(`size_${size}`)
  return dimension === 'sector' ? sectorName(category) : category
}

/** As readers look for them: sizes from the smallest, all else by its name; none and unknown at the end. */
export function byName(dimension: string): (a: Named, b: Named) => number {
  const last = ['none', 'unknown']
  const place = ({ category }: Named) => {
    const size = dimension === 'size' ? SIZES.findIndex((known) => known === category) : -1
    return last.includes(category ?? '') ? 100 + last.indexOf(category ?? '') : Math.max(0, size)
  }
  const collator = new Intl.Collator(LOCALE[language.current], { numeric: true })
  return (a, b) => place(a) - place(b) || collator.compare(a.name, b.name)
}

interface Named {
  name: string
  category?: string | null | undefined
}

const is =
  (wanted: string) =>
  (known: string): boolean =>
    known === wanted
