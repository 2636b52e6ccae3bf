// A tariff as a form has it.
import type { NewTariff, Tariff } from '../../../api/openapi.gen'
import type { Audience } from './rules'
import type { Rule } from './week'

type ApiRate = NonNullable<NewTariff['rates']>[number]
type ApiExtra = NonNullable<NewTariff['extras']>[number]
type Fee = NonNullable<NonNullable<NewTariff['cancellation']>['late']>
export type VatCode = ApiRate['vat']['code']
export const VATS = ['standard', 'reduced', 'special', 'exempt', 'not_liable'] as const satisfies readonly VatCode[]
export const PRICINGS = ['free', 'per_started', 'per_day', 'per_night', 'packages'] as const
export const BASES = ['piece', 'person', 'reservation', 'started_hour'] as const satisfies readonly ApiExtra['basis'][]
export const FEES = ['none', 'full', 'percent', 'fixed'] as const
export interface Period {
  minutes: number
  price: number | null
}
export interface RateForm {
  audience: Audience
  name: string
  pricing: (typeof PRICINGS)[number]
  minutes: number
  price: number | null
  packages: Period[]
  further: Period | null
  season: string
  band: Rule[]
  minimum: number | null
  cap: number | null
  vat: VatCode
  legal: string
}
export interface ExtraForm {
  name: string
  basis: ApiExtra['basis']
  price: number | null
  required: boolean
  maximum: number | null
  vat: VatCode
  legal: string
}
export interface FeeForm {
  kind: (typeof FEES)[number]
  percent: number
  fixed: number | null
}
export interface Form {
  gross: boolean
  rates: RateForm[]
  extras: ExtraForm[]
  seasons: { name: string; from: string; to: string }[]
  late: FeeForm
  no_show: FeeForm
}

export const newRate = (): RateForm => ({
  ...{ audience: 'public', name: '', pricing: 'per_started', minutes: 60, price: null, packages: [], further: null },
  ...{ season: '', band: [], minimum: null, cap: null, vat: 'standard', legal: '' },
})
export const newExtra = (): ExtraForm => ({
  ...{ name: '', basis: 'reservation', price: null, required: false, maximum: null, vat: 'standard', legal: '' },
})

export function form(tariff: Tariff): Form {
  return {
    gross: tariff.prices_include_vat,
    rates: (tariff.rates as ApiRate[]).map(rateForm),
    extras: (tariff.extras as ApiExtra[]).map((one) => ({
      ...{ name: one.name, basis: one.basis, price: one.price, required: one.required ?? false },
      ...{ maximum: one.maximum ?? null, vat: one.vat.code, legal: one.vat.legal ?? '' },
    })),
    seasons: tariff.seasons.map(({ name, from, to }) => ({ name, from, to })),
    ...{ late: feeForm(tariff.cancellation.late), no_show: feeForm(tariff.cancellation.no_show) },
  }
}

function rateForm(one: ApiRate): RateForm {
  const base: RateForm = {
    ...{ ...newRate(), audience: one.audience, name: one.name ?? '', season: one.season ?? '' },
    ...{
      band: (one.band ?? []).map((rule) => ({ ...rule, days: [...rule.days] })),
      minimum: one.minimum_charge ?? null,
    },
    ...{ cap: one.daily_cap ?? null, vat: one.vat.code, legal: one.vat.legal ?? '' },
  }
  const how = one.pricing
  if (how === 'free') return { ...base, pricing: 'free' }
  if ('per_started' in how) return { ...base, pricing: 'per_started', ...how.per_started }
  if ('per_day' in how) return { ...base, pricing: 'per_day', price: how.per_day.price }
  if ('per_night' in how) return { ...base, pricing: 'per_night', price: how.per_night.price }
  const { packages, further } = how.packages
  return {
    ...base,
    pricing: 'packages',
    packages: packages.map((pack) => ({ ...pack })),
    further: further ? { ...further } : null,
  }
}

const feeForm = (fee: Fee | undefined): FeeForm => ({
  kind: fee === undefined ? 'none' : typeof fee === 'string' ? fee : 'percent' in fee ? 'percent' : 'fixed',
  percent: typeof fee === 'object' && 'percent' in fee ? fee.percent : 50,
  fixed: typeof fee === 'object' && 'fixed' in fee ? fee.fixed : null,
})

/** Stands for an amount, which may be missing. */
type Need = (price: number | null) => number

const vat = (one: { vat: VatCode; legal: string }) => ({
  code: one.vat,
  ...(one.legal.trim() ? { legal: one.legal.trim() } : {}),
})

/** A rate as the API has it. */
export function rateOf(one: RateForm, need: Need): ApiRate {
  return {
    ...{ audience: one.audience, pricing: pricing(one, need), vat: vat(one), band: one.band },
    ...{ name: one.name.trim() || null, season: one.season || null },
    ...{ minimum_charge: one.minimum, daily_cap: one.cap },
  }
}

function pricing(one: RateForm, need: Need): ApiRate['pricing'] {
  const period = ({ minutes, price }: Period | RateForm) => ({ minutes, price: need(price) })
  if (one.pricing === 'free') return 'free'
  if (one.pricing === 'per_started') return { per_started: period(one) }
  if (one.pricing === 'per_day') return { per_day: { price: need(one.price) } }
  if (one.pricing === 'per_night') return { per_night: { price: need(one.price) } }
  return { packages: { packages: one.packages.map(period), further: one.further ? period(one.further) : null } }
}

export function feeOf(one: FeeForm, need: Need): Fee {
  if (one.kind === 'percent') return { percent: one.percent }
  return one.kind === 'fixed' ? { fixed: need(one.fixed) } : one.kind
}

/** null while an amount is missing. */
export function body(from: Form, currency: string): NewTariff | null {
  const missing = Symbol()
  const need: Need = (price) => {
    if (price === null) throw missing
    return price
  }
  try {
    return {
      ...{ currency, prices_include_vat: from.gross, seasons: from.seasons },
      rates: from.rates.map((one) => rateOf(one, need)),
      extras: from.extras.map((one) => ({
        ...{ name: one.name.trim(), basis: one.basis, price: need(one.price), required: one.required },
        ...{ maximum: one.maximum, vat: vat(one) },
      })),
      cancellation: { late: feeOf(from.late, need), no_show: feeOf(from.no_show, need) },
    }
  } catch (thrown) {
    if (thrown === missing) return null
    throw thrown
  }
}
