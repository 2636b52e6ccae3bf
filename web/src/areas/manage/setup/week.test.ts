import { expect, it } from 'vitest'
import type { OpeningHours } from '../../../api/openapi.gen'
import { body, DAYS, daysLeft, form, lines, overlapping, week, type Day } from './week'

const given: OpeningHours = {
  weekly: [{ days: ['mon', 'tue'], opens: '08:00', closes: '24:00' }],
  seasons: [{ from: '2026-07-01', to: '2026-08-31', weekly: [{ days: ['sat'], opens: '10:00', closes: '14:00' }] }],
  holidays: [{ opens: '10:00', closes: '12:00' }],
  exceptions: [
    { date: '2026-12-24', hours: [], reason: 'Praznik' },
    {
      date: '2026-12-31',
      hours: [
        { opens: '08:00', closes: '12:00' },
        { opens: '13:00', closes: '15:00' },
      ],
      reason: null,
    },
  ],
  ...{ inherited: false, time_zone: 'Europe/Ljubljana', version: 1, versions: [] },
}

it('comes back as it was, midnight said the other way', () => {
  expect(body(form(given))).toEqual({
    ...{ weekly: [{ days: ['mon', 'tue'], opens: '08:00', closes: '00:00' }], seasons: given.seasons },
    ...{ holidays: given.holidays, exceptions: given.exceptions },
  })
  expect(body({ ...form({ ...given, holidays: 'open' }), valid_from: '2027-01-01' })).toMatchObject({
    holidays: 'open',
    valid_from: '2027-01-01',
  })
})

it('can be read', () => {
  expect(
    lines(form(given), {
      day: (one) => one,
      date: (one) => one,
      days: (first, last) => `${first}–${last}`,
      closed: 'closed',
      holidays: { name: 'holidays', closed: 'shut', open: 'as usual' },
    }),
  ).toEqual([
    ['mon, tue', '08:00–00:00'],
    ['2026-07-01–2026-08-31: sat', '10:00–14:00'],
    ['holidays', '10:00–12:00'],
    ['2026-12-24', 'closed (Praznik)'],
    ['2026-12-31', '08:00–12:00, 13:00–15:00'],
  ])
})

it('names three days or more in a row by the first and the last', () => {
  const told = (...days: Day[]) => week([{ days, opens: '08:00', closes: '20:00' }], (one) => one)[0]?.[0]
  expect(told(...DAYS)).toBe('mon–sun')
  expect(told('fri', 'wed', 'tue', 'thu')).toBe('tue–fri')
  expect(told('mon', 'tue')).toBe('mon, tue')
  expect(told('mon', 'tue', 'thu', 'fri', 'sat')).toBe('mon, tue, thu–sat')
  expect(told('mon', 'wed', 'sun')).toBe('mon, wed, sun')
  expect(told()).toBe('')
})

it('adds a line for the days that have none', () => {
  const rule = (days: Day[], opens = '09:00', closes = '21:00') => ({ days, opens, closes })
  expect(daysLeft([])).toEqual(['mon', 'tue', 'wed', 'thu', 'fri'])
  expect(daysLeft([rule(['mon', 'tue', 'wed', 'thu'])])).toEqual(['fri'])
  expect(daysLeft([rule(['mon', 'tue', 'wed', 'thu', 'fri'])])).toEqual(['sat', 'sun'])
  expect(daysLeft([rule([...DAYS])])).toEqual([])
})

it('notices lines that overlap', () => {
  const rule = (days: Day[], opens: string, closes: string) => ({ days, opens, closes })
  const week = rule(['mon', 'thu'], '09:00', '21:00')
  expect(overlapping([week, rule(['mon', 'fri'], '08:00', '16:00')])).toEqual(['mon'])
  expect(overlapping([week, rule(['mon'], '21:00', '02:00'), rule(['thu'], '07:00', '09:00')])).toEqual([])
  expect(overlapping([rule(['sat'], '20:00', '02:00'), rule(['sat'], '22:00', '23:00')])).toEqual(['sat'])
})
