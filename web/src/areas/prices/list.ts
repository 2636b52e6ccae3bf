// A tariff as a price list: for each audience its rates in words, and what can be had besides.
import type { NewTariff, Tariff } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { addDays, isDate, mondayOf } from '../../time/instants'
import { say as spaces } from '../spaces'
import { say as wishes } from '../wishes/messages'
import { say } from './messages'

type Rate = NonNullable<NewTariff['rates']>[number]
type Extra = NonNullable<NewTariff['extras']>[number]
/** Of minor units. */
type Money = (minor: number) => string
type Band = NonNullable<Rate['band']>[number]

/** Of those who reserve for themselves, as rates are looked for: who has none of their own pays the public's. */
export const AUDIENCES = ['public', 'member', 'cci'] as const
export type Audience = (typeof AUDIENCES)[number]

export interface Price {
  name: string
  /** One, or of packages one each. */
  amounts: string[]
  /** Season, hours of the week and limits, where there are some. */
  notes: string[]
}
export interface PriceList {
  audiences: { audience: Audience; prices: Price[] }[]
  extras: string[]
  /** What holds of the tax. */
  vat: string
  /** Why there is none, where that is said. */
  legal: string[]
}

export function priceList(tariff: Tariff): PriceList {
  const [rates, extras] = [tariff.rates as Rate[], tariff.extras as Extra[]]
  const money = (minor: number) => format.money({ minor, currency: tariff.currency })
  const taxed = [...rates.filter((one) => one.audience !== 'staff'), ...extras]
  const liable = taxed.some(({ vat }) => !['exempt', 'not_liable'].includes(vat.code))
  return {
    audiences: AUDIENCES.map((audience) => ({
      audience,
      prices: rates.filter((one) => one.audience === audience).map((one) => priceOf(one, tariff, money)),
    })).filter(({ prices }) => prices.length > 0),
    extras: extras.map((one) => extraOf(one, money)),
    vat:
      taxed.length === 0 ? '' : say(liable ? (tariff.prices_include_vat ? 'vat_included' : 'vat_added') : 'vat_none'),
    legal: [...new Set(taxed.flatMap(({ vat }) => vat.legal ?? []))],
  }
}

/** In every year: '15. 10.–15. 4.'; what is no day of the year stands as it was typed. */
export function partOfYear({ from, to }: { from: string; to: string }): string {
  const [first, last] = [from, to].map((one) => (isDate(`2024-${one}`) ? format.date(`2024-${one}`, 'numeric') : one))
  return `${first}–${last}`
}

function priceOf(rate: Rate, { seasons }: Tariff, money: Money): Price {
  return {
    name: rate.name ?? '',
    amounts: amountsOf(rate.pricing, money),
    notes: notesOf(rate, seasons, money),
  }
}

/** When a rate holds, and its limits. */
export function notesOf(rate: Rate, seasons: Tariff['seasons'], money: Money): string[] {
  const season = seasons.find((one) => one.name === rate.season)
  return [
    ...(season ? [say('season', { name: season.name, dates: partOfYear(season) })] : []),
    ...(rate.band ?? []).map(bandOf),
    ...(typeof rate.minimum_charge === 'number' ? [say('minimum', { price: money(rate.minimum_charge) })] : []),
    ...(typeof rate.daily_cap === 'number' ? [say('cap', { price: money(rate.daily_cap) })] : []),
  ]
}

export function amountsOf(how: Rate['pricing'], money: Money): string[] {
  if (how === 'free') return [spaces('free_of_charge')]
  if ('per_started' in how) {
    const { minutes, price } = how.per_started
    return [
      minutes === 60 ? say('per_hour', { price: money(price) }) : say('per_minutes', { price: money(price), minutes }),
    ]
  }
  if ('per_day' in how) return [say('per_day', { price: money(how.per_day.price) })]
  if ('per_night' in how) return [say('per_night', { price: money(how.per_night.price) })]
  const { packages, further } = how.packages
  const each = packages.map(({ minutes, price }) =>
    say('package', { long: format.duration(minutes), price: money(price) }),
  )
  if (!further) return each
  const { minutes, price } = further
  const beyond =
    minutes === 60
      ? say('further_hour', { price: money(price) })
      : say('further_minutes', { minutes, price: money(price) })
  return [...each, beyond]
}

function extraOf(one: Extra, money: Money): string {
  const text = wishes('extra', { name: one.name, price: money(one.price), basis: wishes(`basis_${one.basis}`) })
  return one.required ? `${text} (${say('required')})` : text
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A Monday to name weekdays by. */
const MONDAY = mondayOf('2026-11-23')

/** 'pon.–pet., 08:00–16:00': days that follow each other as from and to. */
export function bandOf({ days, opens, closes }: Pick<Band, 'days' | 'opens' | 'closes'>): string {
  const runs: [number, number][] = []
  for (const at of DAYS.flatMap((day, at) => (days.includes(day) ? [at] : []))) {
    const last = runs.at(-1)
    if (last?.[1] === at - 1) last[1] = at
    else runs.push([at, at])
  }
  const name = (at: number) => format.date(addDays(MONDAY, at), 'weekdayShort')
  const named = runs.map(([from, to]) =>
    from === to ? name(from) : `${name(from)}${to === from + 1 ? ', ' : '–'}${name(to)}`,
  )
  return `${named.join(', ')}, ${opens}–${closes}`
}
