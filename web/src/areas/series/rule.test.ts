import { describe, expect, it } from 'vitest'
import { ordinalOf, read, write, type Rule } from './rule'
import { inWords } from './words'

const rule = (more: Partial<Rule>): Rule => ({
  ...{ every: 'weekly', interval: 1, days: [], ends: 'count', count: 5, until: '2027-06-30' },
  ...more,
})

describe('a rule', () => {
  it.each([
    [{}, '2026-11-24', 'FREQ=WEEKLY;BYDAY=TU;COUNT=5'],
    [{ days: ['TH', 'MO'] }, '2026-11-24', 'FREQ=WEEKLY;BYDAY=MO,TU,TH;COUNT=5'],
    [{ interval: 2, ends: 'until' }, '2026-11-24', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630'],
    [{ every: 'daily' }, '2026-11-24', 'FREQ=DAILY;COUNT=5'],
    [{ every: 'monthly_day' }, '2026-11-24', 'FREQ=MONTHLY;BYMONTHDAY=24;COUNT=5'],
    [{ every: 'monthly_weekday' }, '2026-11-24', 'FREQ=MONTHLY;BYDAY=4TU;COUNT=5'],
    [{ every: 'monthly_weekday' }, '2026-11-30', 'FREQ=MONTHLY;BYDAY=-1MO;COUNT=5'],
  ] as const)('%o from %s is %s', (more, first, text) => {
    expect(write(rule(more as Partial<Rule>), first)).toBe(text)
  })

  it('is read back for words', () => {
    expect(read('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;UNTIL=20270630T215959Z')).toMatchObject({
      ...{ every: 'weekly', interval: 2, days: ['MO', 'TU'], until: '2027-06-30', count: null },
    })
    expect(read('FREQ=MONTHLY;BYDAY=-1MO;COUNT=5')).toMatchObject({ every: 'monthly', ordinal: -1, days: ['MO'] })
    expect(read('FREQ=MONTHLY;BYMONTHDAY=24;COUNT=5')).toMatchObject({ monthday: 24, ordinal: null })
    expect(read('FREQ=YEARLY')).toBe(null)
  })

  it('knows the fourth from the last', () => {
    expect(['2026-11-01', '2026-11-07', '2026-11-08', '2026-11-29'].map(ordinalOf)).toEqual([1, 1, 2, -1])
  })
})

it('is said in words that agree', () => {
  expect(
    ['FREQ=MONTHLY;BYDAY=2WE;COUNT=3', 'FREQ=MONTHLY;BYDAY=-1WE;COUNT=3', 'FREQ=MONTHLY;BYDAY=-2WE;COUNT=3'].map(
      inWords,
    ),
  ).toEqual([
    'vsak mesec · 2. sreda v mesecu · 3-krat',
    'vsak mesec · zadnja sreda v mesecu · 3-krat',
    'FREQ=MONTHLY;BYDAY=-2WE;COUNT=3',
  ])
})
