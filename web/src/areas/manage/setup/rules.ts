// The rules of a policy as a form has them: each one is left to the level above, or set here.
import type { EffectiveRules, NewPolicy } from '../../../api/openapi.gen'

export type Rules = NonNullable<NewPolicy['member']>
export type Quota = NonNullable<Rules['quotas']>[number]
export const AUDIENCES = ['public', 'member', 'cci', 'staff'] as const
export type Audience = (typeof AUDIENCES)[number]
type Beyond = 'refuse' | 'ask'

const FLAGS = ['bookable', 'attendees_required', 'check_in_required'] as const
const LIMITS = [
  ...(['min_duration_minutes', 'max_duration_minutes', 'slot_minutes', 'min_notice_minutes', 'horizon_days'] as const),
  ...(['max_active', 'max_series_occurrences'] as const),
]
/** In the order in which people think of them. */
export const KEYS = [
  ...([
    'bookable',
    'approval',
    'approval_hours',
    'min_duration_minutes',
    'max_duration_minutes',
    'slot_minutes',
  ] as const),
  ...(['min_notice_minutes', 'horizon_days', 'capacity', 'attendees_required', 'max_active'] as const),
  ...([
    'max_series_occurrences',
    'cancellation_notice_minutes',
    'check_in_required',
    'check_in_opens_minutes',
  ] as const),
  ...(['check_in_grace_minutes', 'hold_minutes', 'offer_minutes', 'reminder_hours'] as const),
]
export type Key = (typeof KEYS)[number]
export type Sort = 'flag' | 'limit' | 'number' | 'approval' | 'capacity'

export function sortOf(key: Key): Sort {
  if (key === 'approval' || key === 'capacity') return key
  if ((FLAGS as readonly Key[]).includes(key)) return 'flag'
  return (LIMITS as readonly Key[]).includes(key) ? 'limit' : 'number'
}

export interface Field {
  /** '' is left to the level above. */
  value: string
  beyond: Beyond
}
export interface Form {
  fields: Record<Key, Field>
  /** null is left to the level above. */
  quotas: Quota[] | null
}

export function form(rules: Rules): Form {
  const field = (key: Key): Field => {
    const rule = rules[key]
    if (rule === undefined || rule === null) return { value: '', beyond: 'refuse' }
    if (typeof rule !== 'object') return { value: String(rule), beyond: 'refuse' }
    const beyond = rule.beyond ?? 'refuse'
    return 'value' in rule ? { value: String(rule.value), beyond } : { value: beyond, beyond }
  }
  const fields = Object.fromEntries(KEYS.map((key) => [key, field(key)])) as Record<Key, Field>
  return { fields, quotas: rules.quotas ? rules.quotas.map((one) => ({ ...one })) : null }
}

export function rules({ fields, quotas }: Form): Rules {
  const set = KEYS.flatMap((key): [Key, unknown][] => {
    const { value, beyond } = fields[key]
    if (value === '') return []
    const sort = sortOf(key)
    if (sort === 'flag') return [[key, value === 'true']]
    if (sort === 'approval') return [[key, value]]
    if (sort === 'capacity') return [[key, { beyond: value }]]
    return [[key, sort === 'limit' ? { value: Number(value), beyond } : Number(value)]]
  })
  return { ...(Object.fromEntries(set) as Rules), ...(quotas ? { quotas } : {}) }
}

/** What holds, as plain values: null where nothing limits. */
export function holding(
  effective: EffectiveRules,
  key: Key,
): { value: string | null; beyond: Beyond | null; level: 'space' | 'venue' | 'network' | 'default' } {
  const { rule, source } = effective[key]
  const level = source.level
  if (rule === null || rule === undefined) return { value: null, beyond: null, level }
  if (typeof rule !== 'object') return { value: String(rule), beyond: null, level }
  const beyond = rule.beyond ?? 'refuse'
  return 'value' in rule ? { value: String(rule.value), beyond, level } : { value: beyond, beyond: null, level }
}
