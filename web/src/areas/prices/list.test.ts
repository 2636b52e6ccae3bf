import { beforeEach, describe, expect, it } from 'vitest'
import type { Tariff } from '../../api/openapi.gen'
import { language } from '../../i18n/language.svelte'
import { bandOf, priceList } from './list'

const standard = { code: 'standard' } as const
const tariff = (change: object): Tariff =>
  ({
    ...{ currency: 'EUR', prices_include_vat: true, seasons: [], rates: [], extras: [], cancellation: {}, version: 1 },
    ...change,
  }) as unknown as Tariff
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(/[\u00a0\u202f]/g, ' ')) as T

beforeEach(() => language.use('sl'))

describe('a price list', () => {
  it('has each audience’s rates with their limits, extras and the tax; the staff’s are theirs', () => {
    const hour = { per_started: { minutes: 60, price: 1000 } }
    const list = priceList(
      tariff({
        seasons: [{ name: 'Kurjava', from: '10-15', to: '04-15' }],
        rates: [
          { name: 'Ura', audience: 'public', pricing: hour, daily_cap: 6000, minimum_charge: 2000, vat: standard },
          { audience: 'public', pricing: hour, season: 'Kurjava', vat: standard },
          { audience: 'cci', pricing: 'free', vat: standard },
          { audience: 'staff', pricing: 'free', vat: { code: 'exempt', legal: '94. člen ZDDV-1' } },
        ],
        extras: [{ name: 'Kava in čaj', basis: 'person', price: 250, required: true, vat: standard }],
      }),
    )
    expect(plain(list)).toEqual({
      audiences: [
        {
          audience: 'public',
          prices: [
            { name: 'Ura', amounts: ['10 € na začeto uro'], notes: ['najmanj 20 €', 'največ 60 € na dan'] },
            { name: '', amounts: ['10 € na začeto uro'], notes: ['Kurjava (15. 10.–15. 4.)'] },
          ],
        },
        { audience: 'cci', prices: [{ name: '', amounts: ['brezplačno'], notes: [] }] },
      ],
      extras: ['Kava in čaj, 2,50 € na osebo (vedno zraven)'],
      vat: 'Cene vključujejo DDV.',
      legal: [],
    })
  })

  it('tells packages one by one, and why there is no tax', () => {
    const packages = {
      packages: {
        packages: [{ minutes: 240, price: 4000 }],
        further: { minutes: 30, price: 500 },
      },
    }
    const legal = 'Ni zavezanec za DDV (94. člen ZDDV-1).'
    const list = priceList(
      tariff({ rates: [{ audience: 'public', pricing: packages, vat: { code: 'not_liable', legal } }] }),
    )
    expect(plain(list.audiences[0]?.prices[0]?.amounts)).toEqual([...['do 4 h: 40 €', 'vsakih nadaljnjih 30 min: 5 €']])
    expect([list.vat, list.legal]).toEqual(['DDV se ne obračuna.', [legal]])
  })

  it('is empty where nothing is asked for', () => {
    expect(priceList(tariff({}))).toEqual({ audiences: [], extras: [], vat: '', legal: [] })
  })

  it('joins days that follow each other', () => {
    const at = { opens: '08:00', closes: '16:00' }
    expect(bandOf({ ...at, days: ['fri', 'mon', 'tue', 'wed', 'thu'] })).toBe('pon.–pet., 08:00–16:00')
    expect(bandOf({ ...at, days: ['mon', 'sat', 'sun'] })).toBe('pon., sob., ned., 08:00–16:00')
  })
})
