import { beforeEach, describe, expect, it } from 'vitest'
import * as format from './format'
import { language } from './language.svelte'

const HOME = 'Europe/Ljubljana'
/** Intl separates with spaces of several kinds. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ')

describe('in Slovenian', () => {
  beforeEach(() => language.use('sl'))

  it('writes dates and times', () => {
    expect(format.date('2026-11-24')).toBe('torek, 24. november 2026')
    expect(plain(format.date('2026-11-24', 'numeric'))).toBe('24. 11.')
    expect(format.times('2026-11-24T10:00:00+01:00', '2026-11-24T12:30:00+01:00', HOME)).toBe('10:00–12:30')
    expect(plain(format.times('2026-11-24T22:00:00+01:00', '2026-11-25T02:00:00+01:00', HOME))).toBe(
      '22:00–25. 11. 02:00',
    )
  })

  it('writes the days of a week, over the ends of months and years', () => {
    expect(plain(format.days('2026-11-23', '2026-11-29'))).toBe('23.–29. nov. 2026')
    expect(plain(format.days('2026-12-28', '2027-01-03'))).toBe('28. dec. 2026–3. jan. 2027')
  })

  it('tells the two 02:30 of the night in autumn apart', () => {
    expect(format.time('2026-10-25T02:30:00+02:00', HOME)).toBe('02:30 (+02:00)')
    expect(format.time('2026-10-25T02:30:00+01:00', HOME)).toBe('02:30 (+01:00)')
    expect(format.time('2026-10-25T03:30:00+01:00', HOME)).toBe('03:30')
  })

  it('writes durations, which are what has passed', () => {
    expect(format.lasting('2026-03-29T01:00:00+01:00', '2026-03-29T04:00:00+02:00')).toBe('2 h')
    expect([format.duration(45), format.duration(90)]).toEqual(['45 min', '1 h 30 min'])
  })

  it('writes money from minor units', () => {
    expect(plain(format.money({ minor: 1250, currency: 'EUR' }))).toBe('12,50 €')
    expect(plain(format.money({ minor: 4000, currency: 'EUR' }))).toBe('40 €')
    expect(plain(format.money({ minor: 500, currency: 'JPY' }))).toContain('500')
  })

  it('writes what is near', () => {
    const now = Date.parse('2026-11-24T10:00:00+01:00')
    expect(format.relative('2026-11-24T10:05:00+01:00', now)).toBe('čez 5 minut')
    expect(format.relative('2026-11-24T12:00:00+01:00', now)).toBe('čez 2 uri')
  })
})

describe('in English', () => {
  beforeEach(() => language.use('en'))

  it('writes as in Europe', () => {
    // ICU releases differ in the comma.
    expect(format.date('2026-11-24').replace(',', '')).toBe('Tuesday 24 November 2026')
    expect(plain(format.money({ minor: 1250, currency: 'EUR' }))).toBe('€12.50')
  })
})
