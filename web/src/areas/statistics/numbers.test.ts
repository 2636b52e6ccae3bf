import { afterEach, describe, expect, it } from 'vitest'
import { language } from '../../i18n/language.svelte'
import { lasting, parts, until } from './numbers'

afterEach(() => language.use('sl'))

describe('figures in words', () => {
  it('say days in the case that "up to" asks for', () => {
    language.use('sl')
    expect([lasting(72), lasting(96), until(72), until(96)]).toEqual(['3 dnevi', '4 dnevi', '3 dni', '4 dni'])
    expect([until(24.6 * 24), until(101 * 24), until(3)]).toEqual(['25 dni', '101 dneva', '3 h'])
    language.use('en')
    expect(until(96)).toBe('4 days')
  })

  it('agree with the number as it is read', () => {
    language.use('sl')
    const figure = { unit: 'person_hours/seat_hours', suppressed: false }
    expect(parts({ ...figure, numerator: 101.4, denominator: 202.2 })).toBe('101 osebna ura od 202 sedežnih ur')
    expect(parts({ ...figure, numerator: 2, denominator: 1 })).toBe('2 osebni uri od 1 sedežne ure')
    expect(parts({ unit: 'reservations/reservations', suppressed: false, numerator: 1, denominator: 78 })).toBe(
      '1 od 78 rezervacij',
    )
    expect(parts({ ...figure, suppressed: true, numerator: 1, denominator: 2 })).toBe('')
  })
})
