import { expect, test } from 'vitest'
import { common, lengthsFor, nearest, offered, queries, read, start, write } from './wishes'

const TODAY = '2026-11-23'
const slot = (time: string) => ({
  ...{ starts_at: `2026-11-24T${time}:00+01:00`, ends_at: '', units_free: 1, outcome: 'allow' as const },
})

test('what stands in the address is read, and nonsense is what is usual', () => {
  expect(read(new URLSearchParams(), TODAY)).toMatchObject({ date: '2026-11-24', minutes: 120, people: 1, kind: '' })
  const nonsense = new URLSearchParams('date=2026-02-31&minutes=7&people=-3&kind=castle&after=25:00&in=')
  expect(write(read(nonsense, TODAY))).toEqual(write(read(new URLSearchParams(), TODAY)))
  const asked = 'date=2026-12-01&after=09%3A00&minutes=60&people=6&kind=studio&in=Kranj%2CJesenice&with=projektor'
  expect(new URLSearchParams(write(read(new URLSearchParams(asked), TODAY))).toString()).toBe(asked)
  expect(read(new URLSearchParams('date=2020-01-01'), TODAY).date).toBe('2026-11-24')
})

test('each municipality is asked for', () => {
  const wishes = read(new URLSearchParams('people=6&in=Kranj,Jesenice&after=09:00'), TODAY)
  expect(queries(wishes)).toMatchObject([
    { municipality: 'Kranj', from: '2026-11-24T09:00', to: '2026-11-25', capacity_min: 6 },
    { municipality: 'Jesenice' },
  ])
  expect(queries(read(new URLSearchParams(), TODAY))).toHaveLength(1)
})

test('a few starts are offered, full hours first', () => {
  const day = ['08:00', '08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '12:00', '13:00'].map(slot)
  expect(offered(day, 3).map((one) => one.starts_at.slice(11, 16))).toEqual(['08:00', '11:00', '13:00'])
  expect(offered(['08:15', '08:45'].map(slot))).toHaveLength(2)
})

test('what most have comes first', () => {
  expect(common(['tabla', 'wifi', 'wifi', 'oder'])).toEqual(['wifi', 'oder', 'tabla'])
})

test('flats are asked for by nights, rooms by hours, and both where both are meant', () => {
  expect(lengthsFor(new Set(['nights']))).toContain(3 * 1440)
  expect(lengthsFor(new Set(['nights']))).not.toContain(120)
  expect(lengthsFor(new Set(['hours']))).not.toContain(1440)
  expect(lengthsFor(new Set(['hours', 'days']))).toEqual(expect.arrayContaining([120, 1440]))
  const nights = lengthsFor(new Set(['nights']))
  expect([nearest(120, nights), nearest(3 * 1440, nights), nearest(3 * 1440, lengthsFor(new Set()))]).toEqual([
    ...[1440, 3 * 1440, 120],
  ])
  expect(read(new URLSearchParams('minutes=4320'), TODAY).minutes).toBe(4320)
})

test('a slot is called by its time, a stay by its dates', () => {
  const called = (from: string, to: string) =>
    start({ starts_at: `${from}:00+01:00`, ends_at: `${to}:00+01:00` }, 'Europe/Ljubljana').replaceAll('\u00a0', ' ')
  expect(called('2026-11-24T10:00', '2026-11-24T12:00')).toBe('10:00')
  expect(called('2026-11-24T15:00', '2026-11-27T10:00')).toBe('24.–27. nov. 2026')
  expect(called('2026-11-24T08:00', '2026-11-24T20:00')).toBe('tor., 24. nov.')
  expect(called('2026-11-24T08:00', '2026-11-26T20:00')).toBe('24.–26. nov. 2026')
})
