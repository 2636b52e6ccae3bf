import { describe, expect, it, test } from 'vitest'
import { atLeast, atMost, type Hours } from './limits'

const nights = { booked_by: 'nights', arrival: '15:00', departure: '10:00' } as const
const days = { booked_by: 'days' } as const
const open = (...spans: [string, string, string][]) =>
  ({
    weekly: spans.map(([day, opens, closes]) => ({ days: [day], opens, closes })),
    seasons: [],
  }) as unknown as Hours

describe('nights, from 15:00 to 10:00', () => {
  test.each([
    [15, 1],
    [43 * 60, 2],
    [43 * 60 + 1, 3],
    [48 * 60, 3],
  ])('at least %i minutes are %i', (minutes, wanted) => expect(atLeast(minutes, nights)).toBe(wanted))

  test.each([
    [60, 1],
    [43 * 60 - 1, 1],
    [43 * 60, 2],
    [3 * 1440, 3],
  ])('at most %i minutes are %i', (minutes, wanted) => expect(atMost(minutes, nights)).toBe(wanted))
})

describe('days', () => {
  it('go by opening hours, the longest day for the least and the shortest for the most', () => {
    const week = open(['mon', '08:00', '12:00'], ['mon', '16:00', '20:00'], ['sat', '09:00', '12:00'])
    expect(atLeast(1440, days, week)).toBe(2)
    expect(atLeast(12 * 60, days, week)).toBe(1)
    expect(atMost(2 * 1440, days, week)).toBe(2)
    expect(atMost(27 * 60, days, week)).toBe(2)
    expect(atMost(27 * 60 - 1, days, week)).toBe(1)
  })

  it('of two or more run from the first opening to the last closing, whatever each is by itself', () => {
    const weekend = open(['fri', '08:00', '16:00'], ['sat', '12:00', '22:00'])
    expect([10, 36, 38, 39].map((hours) => atLeast(hours * 60, days, weekend))).toEqual([1, 2, 2, 3])
    const evening = open(['thu', '14:00', '22:00'], ['fri', '08:00', '12:00'])
    expect([4, 21, 22, 24, 46].map((hours) => atMost(hours * 60, days, evening))).toEqual([1, 1, 2, 2, 3])
  })

  it('can close in the small hours, or never', () => {
    expect(atLeast(1440, days, open(['fri', '18:00', '04:00']))).toBe(2)
    expect(atLeast(2880, days, open(['fri', '00:00', '24:00']))).toBe(2)
    const summer = { ...open(['mon', '08:00', '20:00']), seasons: [{ weekly: open(['mon', '00:00', '24:00']).weekly }] }
    expect(atLeast(1440, days, summer as Hours)).toBe(1)
  })

  it('are whole ones where hours are not known', () => {
    expect([atLeast(2880, days), atMost(4000, days), atMost(0, days)]).toEqual([2, 2, 1])
  })
})
