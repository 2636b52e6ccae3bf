import { describe, expect, it } from 'vitest'
import { addMonths, having, isWhole, months, moved, periodOf, range, read, textOf, write } from './asked'

const TODAY = '2026-11-22'

describe('a period in the address', () => {
  it.each([
    ['2026-10', 'month', '2026-10-01', '2026-11-01'],
    ['2026-12', 'month', '2026-12-01', '2027-01-01'],
    ['2026-Q4', 'quarter', '2026-10-01', '2027-01-01'],
    ['2024', 'year', '2024-01-01', '2025-01-01'],
    ['2024-02-27..2024-03-01', 'range', '2024-02-27', '2024-03-02'],
    ['2026-10-25..2026-10-25', 'range', '2026-10-25', '2026-10-26'],
  ])('%s', (text, unit, from, to) => {
    const period = periodOf(text)
    expect(period).toEqual({ unit, from, to })
    if (period) expect(textOf(period)).toBe(text)
  })

  it.each([
    '',
    '2026-13',
    '2026-00',
    '2026-Q5',
    '26',
    '1999',
    '2100-01',
    '2026-02-30..2026-03-01',
    '2026-03-02..2026-03-01',
    '2000-01-01..2050-01-01',
  ])('%s is none', (text) => expect(periodOf(text)).toBeNull())
})

describe('going on and back', () => {
  it.each([
    ['2026-01', -1, '2025-12'],
    ['2026-Q1', -1, '2025-Q4'],
    ['2026-Q4', 1, '2027-Q1'],
    ['2026', -1, '2025'],
    ['2026-03-01..2026-03-07', 1, '2026-03-08..2026-03-14'],
  ])('%s by %d is %s', (text, by, wanted) => {
    const period = periodOf(text)
    expect(period && textOf(moved(period, by))).toBe(wanted)
  })

  it.each([
    ['2026-11-01', 2, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-01'],
    ['2026-12-01', -12, '2025-12-01'],
  ])('%s and %d months is %s', (first, by, wanted) => expect(addMonths(first, by)).toBe(wanted))
})

it('is the last full month beside the one before, where nothing is said', () => {
  const asked = read(new URLSearchParams(), TODAY)
  expect(textOf(asked.period)).toBe('2026-10')
  expect([asked.compare, asked.at, asked.kind, asked.venues]).toEqual(['previous_period', '', '', []])
})

it('is kept whole in the address', () => {
  const text =
    'at=net_1&period=2026-Q3&compare=none&venues=ven_1%2Cven_2&kind=studio&week=planned&people=money&closed=2026-Q2'
  const asked = read(new URLSearchParams(text), TODAY)
  const kept = Object.entries(write(asked)).filter(([, value]) => value !== '')
  expect(new URLSearchParams(kept).toString()).toBe(text)
  expect(read(new URLSearchParams('kind=nothing&compare=x&week=x&people=shoes'), TODAY)).toMatchObject({
    ...{ week: 'actual', people: 'sector' },
    kind: '',
    compare: 'previous_period',
  })
})

it.each([
  ['2026-10', '2025-11-01', '2026-11-01'],
  ['2026', '2026-01-01', '2027-01-01'],
  ['2024-05-10..2026-02-03', '2024-05-01', '2026-03-01'],
])('the trend of %s is from %s to %s', (text, from, to) => {
  const period = periodOf(text)
  expect(period && months(period)).toEqual({ from, to })
})

it('knows whole months, and what has a date', () => {
  expect(isWhole(having('quarter', TODAY))).toBe(true)
  expect(range('2026-10-01', '2026-10-31')).toMatchObject({ to: '2026-11-01' })
  expect(isWhole({ unit: 'range', from: '2026-10-02', to: '2026-11-01' })).toBe(false)
  expect(textOf(having('quarter', TODAY))).toBe('2026-Q4')
})
