import { beforeEach, describe, expect, it } from 'vitest'
import type { EffectiveRules, Policy, Tariff } from '../../api/openapi.gen'
import { language } from '../../i18n/language.svelte'
import { feeName, feeOf, rulesOf } from './rules'

const source = { level: 'default' } as const
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const limit = (value: number, beyond: 'refuse' | 'ask' = 'refuse') => ({ rule: { value, beyond }, source })

const defaults = {
  bookable: { rule: true, source },
  min_duration_minutes: limit(15),
  max_duration_minutes: limit(1440, 'ask'),
  min_notice_minutes: limit(0),
  horizon_days: limit(120),
  approval: { rule: 'none', source },
  cancellation_notice_minutes: { rule: 1440, source },
  check_in_required: { rule: true, source },
  check_in_opens_minutes: { rule: 15, source },
  check_in_grace_minutes: { rule: 15, source },
}
const rules = (change: object = {}) => ({ ...defaults, ...change }) as unknown as EffectiveRules
const policy = (of: Record<string, EffectiveRules>): Policy => ({ version: 1, effective: of })
const everybody = (one: EffectiveRules) => policy({ public: one, member: one, cci: one, staff: rules() })
const tariff = (cancellation: Tariff['cancellation']) => ({ currency: 'EUR', cancellation })
const hours = { booked_by: 'hours' } as const
const told = (...given: Parameters<typeof rulesOf>) =>
  rulesOf(...given).map(({ name, lines }) => [name, ...lines.map(({ who, text }) => plain([...who, text].join(' ')))])

beforeEach(() => language.use('sl'))

describe('the rules of reserving', () => {
  it('are said once where they are the same for all', () => {
    expect(told(everybody(rules()), hours, tariff({ late: { percent: 50 }, no_show: 'full' }))).toEqual([
      ['long', 'od 15 min do 24 h, dlje na odobritev'],
      ['ahead', 'največ 120 dni vnaprej'],
      ['arrival', 'Obvezna: od 15 min pred začetkom do 15 min po njem. Sicer se prostor sprosti za druge.'],
      [
        'cancelling',
        'Do 24 h pred začetkom brez stroškov, pozneje: 50 % cene. Enako stane, kar pozneje opustite s spremembo.',
      ],
      ['no_show', 'vsa cena'],
    ])
  })

  it('name who differs, and who can reserve at all', () => {
    const members = rules({ horizon_days: limit(3), min_notice_minutes: limit(2880) })
    const several = told(policy({ public: rules(), member: members, cci: rules() }), hours, tariff({}))
    expect(several[1]).toEqual([
      ...['ahead', 'public cci največ 120 dni vnaprej', 'member vsaj 2 dneva prej, največ 3 dni vnaprej'],
    ])
    const closed = rules({ bookable: { rule: false, source } })
    const some = told(policy({ public: closed, member: rules(), cci: rules() }), hours, tariff({}))
    expect(some.slice(0, 2)).toEqual([
      ['who', 'Člani, Kreativni sektor'],
      ['long', 'od 15 min do 24 h, dlje na odobritev'],
    ])
  })

  it('tell days and nights as such, and that nothing can be late without a notice', () => {
    const week = rules({
      ...{ max_duration_minutes: limit(3 * 1440), cancellation_notice_minutes: { rule: 0, source } },
      ...{ approval: { rule: 'always', source }, check_in_required: { rule: false, source } },
    })
    const rows = told(everybody(week), { booked_by: 'nights' }, tariff({ late: 'full' }))
    expect(rows).toEqual([
      ['long', 'največ 3 noči'],
      ['ahead', 'največ 120 dni vnaprej'],
      ['approval', 'Vsako rezervacijo odobri osebje.'],
      ['cancelling', 'Do začetka brez stroškov.'],
    ])
    expect(told(everybody(week), { booked_by: 'days' }, tariff({}))[0]).toEqual(['long', 'največ 3 dni'])
    const some = rules({ min_duration_minutes: limit(2 * 1440), max_duration_minutes: limit(7 * 1440, 'ask') })
    const flat = { booked_by: 'nights', arrival: '15:00', departure: '10:00' } as const
    expect(told(everybody(some), flat, tariff({}))[0]).toEqual([
      'long',
      'vsaj 3 noči, največ 7 noči, dlje na odobritev',
    ])
    expect(told(everybody(some), { booked_by: 'days' }, tariff({}))[0]?.[1]).toMatch(/^vsaj 2 dneva, največ 7 dni/)
  })
})

describe('a fee', () => {
  it('is said in words and comes to what the service asks for', () => {
    const price = { total_gross: 2025 }
    expect([feeName('none', 'EUR'), feeName(undefined, 'EUR'), feeName({ fixed: 0 }, 'EUR')]).toEqual(['', '', ''])
    expect(plain(feeName({ fixed: 1250 }, 'EUR'))).toBe('12,50 €')
    expect([feeOf('full', price), feeOf({ percent: 50 }, price), feeOf({ fixed: 300 }, price)]).toEqual([
      2025, 1013, 300,
    ])
    expect(feeOf('none', price)).toBe(0)
  })
})
