import { beforeEach, expect, it } from 'vitest'
import type { PublishedTableView, PublishedValue, Users } from '../../api/openapi.gen'
import { language } from '../../i18n/language.svelte'
import { categoryName, reasonName } from './names'
import { published, used } from './tables'

beforeEach(() => language.use('en'))

const given = (value: number | null, unit = 'reservations'): PublishedValue => ({
  value,
  unit,
  suppressed: value === null,
  withheld: false,
})

it('a published table keeps what is hidden as hidden, the total last', () => {
  const view: PublishedTableView = {
    ...{ network_id: 'net_1', dimension: 'purpose', period: '2026-10', closed_at: '', closed_up: false },
    items: [
      { category: 'workshop', figures: { reservations: given(12), people: given(7, 'people') } },
      { category: 'none', figures: { reservations: given(null), people: given(null, 'people') } },
    ],
    totals: { category: null, figures: { reservations: given(15), people: given(9, 'people') } },
  }
  const table = published(view)
  expect(table.columns).toEqual(['reservations', 'people'])
  expect(table.rows.map((row) => [row.name, row.cells.reservations?.value, row.total])).toEqual([
    ['Workshop', 12, false],
    ['no organisation', null, false],
    ['in all', 15, true],
  ])
  expect(table.hidden).toBe(2)
})

it('categories of which nothing is shown are told together', () => {
  const row = (category: string, value: number | null) => ({ category, figures: { reservations: given(value) } })
  const view: PublishedTableView = {
    ...{ network_id: 'net_1', dimension: 'size', period: '2026', closed_at: '', closed_up: false },
    items: [row('micro', null), row('small', 9), row('large', null)],
    totals: row('', 20),
  }
  const table = published(view)
  expect(table.rows.map((one) => one.name)).toEqual(['small', 'micro, large', 'in all'])
  expect(table.hidden).toBe(2)
})

it('of one’s own venue empty rows go, and nothing is hidden', () => {
  const rate = { unit: '', suppressed: false, numerator: 0, denominator: 0, rate: null }
  const row = (sector: string | null, reservations: number) => ({
    ...{
      group: { sector },
      provisional: false,
      reservations,
      booked_hours: reservations,
      used_hours: 0,
      person_hours: 0,
    },
    ...{ person_hours_coverage: rate, visits: 3, visits_coverage: rate, declared: rate, visitors: 0, attended: 0 },
    ...{ people: { all: 1, new: 0, returning: 1 }, organisations: { all: 1, new: 0, returning: 1 } },
    ...{ supported_enterprises: 0, supported_without_number: 0, in_kind_coverage: rate },
    money: [{ currency: 'EUR', charged: 1250, in_kind_value: 500 }],
  })
  const answer = {
    ...{ as_of: '', from: '', to: '', time_zone: '', group_by: ['sector'] },
    ...{ items: [row('nace 2.1 90.39', 3), row('unknown', 0)], totals: row(null, 3) },
  } satisfies Users
  const table = used(answer, 'sector')
  expect(table.rows.map((row) => row.name)).toEqual(['S 90.39 Arts, sports and recreation (NACE 2.1)', 'in all'])
  expect(table.rows[0]?.cells.charged).toEqual({ value: 1250, unit: 'EUR' })
  expect(table.hidden).toBe(0)
  expect(used({ ...answer, group_by: [] }, 'people').rows).toHaveLength(1)
})

it.each([
  ['audience', 'cci', 'cultural and creative sector'],
  ['organisation_kind', 'ngo', 'non-governmental organisations'],
  ['size', 'micro', 'micro'],
  ['organisation_municipality', 'Kranj', 'Kranj'],
  ['sector', 'unknown', 'not known'],
  ['sector', null, 'in all'],
])('of %s, %s is called %s', (dimension, category, name) => expect(categoryName(dimension, category)).toBe(name))

it('every reason has a word', () =>
  expect([reasonName('slot_taken'), reasonName('new_one')]).toEqual(['taken', 'another reason']))
