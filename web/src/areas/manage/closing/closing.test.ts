import { describe, expect, it, test } from 'vitest'
import type { OpeningHours, Reservation, Space } from '../../../api/openapi.gen'
import { daysOf, met, removable, wholeDays, withExceptions } from './closing'

const ZONE = 'Europe/Ljubljana'
const one = (id: string, from: string, to: string, more: object = {}) =>
  ({
    id,
    space_id: 'left',
    unit_ids: ['a'],
    status: 'confirmed',
    starts_at: `2026-11-24T${from}:00+01:00`,
    ends_at: `2026-11-24T${to}:00+01:00`,
    ...more,
  }) as unknown as Reservation
const hall = { id: 'hall', units: [{ id: 'a' }, { id: 'b' }] } as unknown as Space
const room = { id: 'room', units: [{ id: 'c' }] } as unknown as Space

describe('what it meets', () => {
  const day = wholeDays('2026-11-24', '2026-11-24', ZONE)
  const now = Date.parse('2026-11-23T12:00:00+01:00')
  const all = [one('x', '10:00', '11:00'), one('off', '12:00', '13:00', { status: 'cancelled' })]
  test.each([
    ['the whole venue', null, ['x']],
    ['the hall that the half is of', hall, ['x']],
    ['another room', room, []],
  ])('%s', (_, space, wanted) => expect(met(all, space, day, now).map((found) => found.id)).toEqual(wanted))

  it('leaves what has begun, and what only touches', () => {
    expect(met(all, null, day, Date.parse('2026-11-24T10:30:00+01:00'))).toEqual([])
    expect(met(all, null, [Date.parse('2026-11-24T11:00:00+01:00'), day[1]], now)).toEqual([])
  })
})

const weekly = [{ days: ['mon' as const], opens: '08:00', closes: '20:00' }]
const hours = (more: Partial<OpeningHours>): OpeningHours => ({
  ...{
    weekly,
    seasons: [],
    holidays: 'closed',
    exceptions: [],
    versions: [],
    inherited: false,
    time_zone: ZONE,
    version: 3,
  },
  ...more,
})

it('adds, replaces and forgets dates, and keeps the others', () => {
  const given = hours({
    exceptions: [
      { date: '2026-12-24', hours: [], reason: 'Praznik' },
      { date: '2026-12-31', hours: [] },
    ],
  })
  const put = withExceptions(given, [
    { date: '2026-12-31', hours: null },
    { date: '2026-11-24', hours: [], reason: 'Poplava' },
  ])
  expect(put.exceptions?.map((found) => [found.date, found.reason])).toEqual([
    ['2026-11-24', 'Poplava'],
    ['2026-12-24', 'Praznik'],
  ])
  expect(put.valid_from).toBeUndefined()
})

it('keeps the hours that begin to count later', () => {
  const later = { valid_from: '2027-01-01', weekly: [], seasons: [], holidays: 'open' as const, inherited: false }
  const given = hours({ versions: [later] })
  const put = withExceptions(given, [{ date: '2026-11-24', hours: [] }])
  expect([put.valid_from, put.holidays, put.weekly]).toEqual(['2027-01-01', 'open', []])
  expect([removable(given, '2026-11-24'), removable(given, '2027-02-01'), removable(hours({}), '2026-11-24')]).toEqual([
    false,
    true,
    true,
  ])
})

it('counts days', () => {
  expect(daysOf('2026-12-30', '2027-01-02')).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'])
  expect(daysOf('2026-12-30', '2026-12-29')).toEqual([])
})
