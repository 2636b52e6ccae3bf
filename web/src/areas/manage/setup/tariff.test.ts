import { expect, it, test } from 'vitest'
import type { NewTariff, Tariff } from '../../../api/openapi.gen'
import { body, form, newRate } from './tariff'

type Pricing = NonNullable<NewTariff['rates']>[number]['pricing']
const tariff = (pricing: Pricing, more: object = {}) =>
  ({
    ...{ currency: 'EUR', prices_include_vat: true, seasons: [], extras: [], version: 1, ...more },
    rates: [
      {
        audience: 'public',
        pricing,
        vat: { code: 'standard' },
        band: [],
        name: null,
        season: null,
        minimum_charge: null,
        daily_cap: null,
      },
    ],
    cancellation: { late: { percent: 50 }, no_show: 'full' },
  }) as unknown as Tariff

test.each<Pricing>([
  'free',
  { per_started: { minutes: 30, price: 700 } },
  { per_day: { price: 4000 } },
  { per_night: { price: 5500 } },
  { packages: { packages: [{ minutes: 240, price: 3000 }], further: { minutes: 60, price: 800 } } },
  { packages: { packages: [{ minutes: 240, price: 3000 }], further: null } },
])('%j comes back as it was', (pricing) => {
  const { version, ...given } = tariff(pricing)
  expect(version).toBe(1)
  expect(body(form(tariff(pricing)), 'EUR')).toEqual(given)
})

it('is not complete without its amounts', () => {
  const given = form(tariff('free'))
  expect(body({ ...given, rates: [newRate()] }, 'EUR')).toBeNull()
  expect(body({ ...given, late: { kind: 'fixed', percent: 50, fixed: null } }, 'EUR')).toBeNull()
  expect(body({ ...given, rates: [{ ...newRate(), price: 0 }] }, 'EUR')).not.toBeNull()
})
