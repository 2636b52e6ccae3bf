import { expect, it } from 'vitest'
import type { OpeningHours } from '../../api/openapi.gen'
import { told } from './hours'

it('tells the week, and what is otherwise', () => {
  const hours = {
    weekly: [{ days: ['mon', 'tue'], opens: '08:00', closes: '16:00' }],
    seasons: [{ from: '2026-07-01', to: '2026-08-31', weekly: [{ days: ['sat'], opens: '10:00', closes: '14:00' }] }],
    holidays: 'closed',
    exceptions: [
      { date: '2026-12-24', hours: [{ opens: '08:00', closes: '12:00' }], reason: null },
      { date: '2026-12-28', hours: [], reason: 'Inventura' },
    ],
  } as unknown as OpeningHours
  const { usual, otherwise } = told(hours)
  expect(usual).toEqual(['pon, tor 08:00–16:00'])
  expect(otherwise).toHaveLength(4)
  expect(otherwise[0]).toMatch(/24\. dec.*: 08:00–12:00$/)
  expect(otherwise[1]).toMatch(/28\. dec.*: zaprto \(Inventura\)$/)
  expect(otherwise[2]).toBe('Prazniki: zaprto')
  expect(otherwise[3]).toMatch(/jul.*sob 10:00–14:00$/)
  expect(told({ ...hours, weekly: [], holidays: 'open', seasons: [], exceptions: [] })).toEqual({
    usual: [],
    otherwise: [],
  })
})
