import { beforeEach, describe, expect, it, test } from 'vitest'
import { language } from '../../../i18n/language.svelte'
import { differing } from '../../versions'
import { newExtra, newRate, type Form } from './tariff'
import { lines } from './tariff-lines'

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(/[\u00a0\u202f]/g, ' ')) as T
const packages = [{ minutes: 240, price: 4000 }]
const before: Form = {
  gross: true,
  rates: [
    { ...newRate(), price: 1000 },
    { ...newRate(), audience: 'cci', name: 'Paket', pricing: 'packages', packages, season: 'Poletje' },
  ],
  extras: [{ ...newExtra(), name: 'Kava', basis: 'person', price: 250 }],
  seasons: [{ name: 'Poletje', from: '06-01', to: '08-31' }],
  late: { kind: 'percent', percent: 50, fixed: null },
  no_show: { kind: 'full', percent: 50, fixed: null },
}
const [hour, pack] = before.rates as [Form['rates'][number], Form['rates'][number]]
const [coffee] = before.extras as [Form['extras'][number]]
const told = (mine: Partial<Form>) =>
  plain(differing(lines(before, 'EUR'), lines({ ...before, ...mine }, 'EUR'))).map(({ name, theirs, mine }) => [
    ...[name, theirs, mine],
  ])

beforeEach(() => language.use('sl'))

describe('two versions of a tariff', () => {
  test.each<[string, Partial<Form>, string[]]>([
    [
      'a price',
      { rates: [{ ...hour, price: 1200 }, pack] },
      ['Javnost (vsi)', '10 € na začeto uro, DDV: splošna', '12 € na začeto uro, DDV: splošna'],
    ],
    [
      'the tax, and why there is none',
      { rates: [{ ...hour, vat: 'exempt', legal: '44. člen' }, pack] },
      ['Javnost (vsi)', '10 € na začeto uro, DDV: splošna', '10 € na začeto uro, DDV: oproščeno (44. člen)'],
    ],
    [
      'hours and limits',
      {
        rates: [
          { ...hour, band: [{ days: ['sat', 'sun'], opens: '08:00', closes: '16:00' }], minimum: 500, cap: 6000 },
          pack,
        ],
      },
      [
        ...['Javnost (vsi)', '10 € na začeto uro, DDV: splošna'],
        '10 € na začeto uro, sob., ned., 08:00–16:00, najmanj 5 €, največ 60 € na dan, DDV: splošna',
      ],
    ],
    [
      'packages and what comes after them',
      { rates: [hour, { ...pack, packages: [{ minutes: 300, price: 4000 }], further: { minutes: 60, price: null } }] },
      [
        'Kreativni sektor, Paket',
        'do 4 h: 40 €, sezona Poletje, DDV: splošna',
        'do 5 h: 40 €, vsaka nadaljnja ura: …, sezona Poletje, DDV: splošna',
      ],
    ],
    [
      'a season’s dates',
      { seasons: [{ name: 'Poletje', from: '06-15', to: '08-31' }] },
      ['sezona Poletje', '1. 6.–31. 8.', '15. 6.–31. 8.'],
    ],
    [
      'an extra',
      { extras: [{ ...coffee, basis: 'piece', required: true, maximum: 20 }] },
      ['Kava', '2,50 € na osebo, DDV: splošna', '2,50 € na kos, vedno zraven, največ 20, DDV: splošna'],
    ],
    ['a fee', { late: { kind: 'fixed', percent: 50, fixed: null } }, ['Pozna odpoved', '50 % cene', '…']],
    ['no fee', { no_show: { kind: 'none', percent: 50, fixed: null } }, ['Če ne pride nihče', 'vsa cena', 'nič']],
    ['what prices contain', { gross: false }, ['Cene vsebujejo DDV', 'da', 'ne']],
  ])('tell %s', (_, mine, wanted) => expect(told(mine)).toEqual([wanted]))

  it('tell nothing where they are the same, and stand in English, too', () => {
    expect(told({})).toEqual([])
    language.use('en')
    expect(plain(lines(before, 'EUR')).slice(0, 2)).toEqual([
      ['The public (everybody)', '€10 per started hour, VAT: standard'],
      ['Creative sector, Paket', 'up to 4 h: €40, season Poletje, VAT: standard'],
    ])
  })
})
