import { expect, it, test } from 'vitest'
import type { EffectiveRules } from '../../../api/openapi.gen'
import { form, holding, KEYS, rules, sortOf, type Rules } from './rules'

test.each<[string, Rules]>([
  ['nothing', {}],
  ['a flag', { bookable: false }],
  ['a limit', { max_duration_minutes: { value: 240, beyond: 'ask' } }],
  ['a number', { hold_minutes: 15 }],
  ['approval', { approval: 'always' }],
  ['capacity', { capacity: { beyond: 'ask' } }],
  [
    'quotas',
    {
      quotas: [
        {
          amount: 8,
          count: 'hours',
          per: 'week',
          by: 'person',
          over: 'venue',
          between: { from: '08:00', to: '18:00' },
        },
      ],
    },
  ],
  ['no quotas here', { quotas: [] }],
])('%s comes back as it was', (_, given) => expect(rules(form(given))).toEqual(given))

it('says of what it does not know nothing', () => {
  expect(rules(form({ slot_minutes: { value: 30 } }))).toEqual({ slot_minutes: { value: 30, beyond: 'refuse' } })
  expect(KEYS.map(sortOf).filter((sort) => sort === 'limit')).toHaveLength(7)
})

it('tells what holds and from where', () => {
  const effective = {
    ...{
      hold_minutes: { rule: 10, source: { level: 'default' } },
      max_active: { rule: null, source: { level: 'default' } },
    },
    ...{ horizon_days: { rule: { value: 60, beyond: 'ask' }, source: { level: 'venue', audience: 'member' } } },
  } as unknown as EffectiveRules
  expect(holding(effective, 'hold_minutes')).toEqual({ value: '10', beyond: null, level: 'default' })
  expect(holding(effective, 'max_active').value).toBeNull()
  expect(holding(effective, 'horizon_days')).toEqual({ value: '60', beyond: 'ask', level: 'venue' })
})
