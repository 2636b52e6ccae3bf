import { describe, expect, it, test } from 'vitest'
import type { Indicator } from '../../../api/openapi.gen'
import { blank, bodyOf, formOf, sent, typed, wrong, type IndicatorForm } from './indicator'

test.each([
  ['actual_frequency', 0.6, '60'],
  ['occupancy', 0.125, '12,5'],
  ['charged', 125_050, '1250,5'],
  ['used_hours', 12.25, '12,25'],
  ['people', 300, '300'],
] as const)('of %s, %d is typed as %s', (figure, value, text) => {
  expect(typed(value, figure)).toBe(text)
  expect(sent(text, figure)).toBe(value)
})

test.each(['', 'dosti', '-1', '1e3', '1.000,5'])('%j is no target', (text) => {
  expect(sent(text, 'people')).toBeNull()
  expect(wrong({ ...blank(2026), targets: [{ year: '2026', value: text }] })).toEqual([0])
})

const named = { ...blank(2026), code: ' C2.1 ', name: { sl: 'Uporaba', en: 'Use ' }, targets: [] }
const filter = (more: Partial<IndicatorForm>) => bodyOf({ ...named, ...more }).filter

describe('what is sent', () => {
  it('is what was typed, without what was left empty', () => {
    expect(bodyOf(named)).toEqual({
      ...{ code: 'C2.1', name: { sl: 'Uporaba', en: 'Use' }, description: null, figure: 'actual_frequency' },
      ...{ direction: 'at_least', filter: { venue_ids: [], kinds: [] }, cumulative_from: null, targets: [] },
    })
  })

  it('filters by what the figure knows alone', () => {
    const chosen = { kinds: ['studio'], dimension: 'purpose', categories: ['meeting'], currency: 'eur' } as const
    const all = { ...chosen, kinds: ['studio'], categories: ['meeting'] }
    expect(filter({ ...all, figure: 'occupancy' })).toEqual({ venue_ids: [], kinds: ['studio'] })
    expect(filter({ ...all, figure: 'people' })).toEqual({
      ...{ venue_ids: [], kinds: [], dimension: 'purpose', categories: ['meeting'] },
    })
    expect(filter({ ...all, figure: 'booked_hours' })).toMatchObject({ kinds: [], dimension: 'purpose' })
    expect(filter({ ...all, figure: 'booked_hours', dimension: '' })).toEqual({ venue_ids: [], kinds: ['studio'] })
    expect(filter({ ...all, figure: 'charged' })).toEqual({ venue_ids: [], kinds: [], currency: 'EUR' })
    const lines = { dimension: 'organisation_municipality', lines: 'Kranj\n\n Jesenice ' } as const
    expect(filter({ ...all, ...lines, figure: 'reservations' })?.categories).toEqual(['Kranj', 'Jesenice'])
  })

  it('keeps the targets of years that were closed when it was read', () => {
    const read = {
      ...{ code: 'C1', name: named.name, description: null, figure: 'people', filter: {}, direction: 'at_least' },
      ...{ cumulative_from: null, closed_years: [2024, 2025] },
      targets: [2025, 2026].map((year) => ({ year, value: 10 })),
    } as unknown as Indicator
    const form = formOf(read)
    expect(form.targets.map((one) => one.kept ?? false)).toEqual([true, false])
    expect(bodyOf(form).targets).toEqual(read.targets)
  })

  it('adds up no years of distinct people', () => {
    expect(bodyOf({ ...named, figure: 'people', cumulative_from: '2025' }).cumulative_from).toBeNull()
    expect(bodyOf({ ...named, figure: 'new_people', cumulative_from: '2025' }).cumulative_from).toBe(2025)
  })

  it('is what was defined, where nothing was changed', () => {
    const definition = {
      ...{ code: 'C3', name: { sl: 'Naravno', en: 'In kind' }, description: { sl: 'Opis', en: 'About' } },
      ...{ figure: 'in_kind_value', filter: { venue_ids: ['ven_1'], kinds: [], currency: 'EUR' } },
      ...{ direction: 'at_most', cumulative_from: 2025, targets: [{ year: 2026, value: 500_000 }] },
    }
    const more = { id: 'ind_1', network_id: 'net_1', unit: 'minor_units', closed_years: [], version: 3 }
    expect(bodyOf(formOf({ ...definition, ...more } as unknown as Indicator))).toEqual(definition)
  })
})
