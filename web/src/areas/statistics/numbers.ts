// Figures as readers see them: rates as percents, hours, money, counts; what is hidden says so and never looks like nothing.
import type { Figure } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { language, LOCALE } from '../../i18n/language.svelte'
import { periodOf, quarterOf } from './asked'
import { say } from './messages'

const write = (value: number, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(LOCALE[language.current], options).format(value)

export const percent = (rate: number): string =>
  write(rate, { style: 'percent', maximumFractionDigits: rate > 0 && rate < 0.1 ? 1 : 0 })

export const number = (value: number): string => write(value, { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 })

export const hours = (value: number): string => say('in_hours', { hours: number(value) })

/** '+3,2 o. t.'; a true minus, so that it is not taken for a dash. */
export const points = (value: number): string =>
  say('points', { points: write(value, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).replace('-', '−') })

/** Hours as people say them: days where they are many. */
export function lasting(value: number): string {
  if (value < 1) return format.duration(Math.round(value * 60))
  return value < 48 ? hours(value) : say('in_days', { n: Math.round(value / 24) })
}

/** Of a rate. */
export function rate(figure: Figure): string {
  if (figure.suppressed) return say('hidden')
  return figure.rate === null || figure.rate === undefined ? say('none') : percent(figure.rate)
}

const UNITS = {
  hours: 'unit_hours',
  person_hours: 'unit_person_hours',
  seat_hours: 'unit_seat_hours',
  reservations: 'unit_reservations',
} as const

/** '312 od 1.204 h': numerator and denominator in their unit. */
export function parts({ numerator, denominator, unit, suppressed }: Figure): string {
  if (suppressed || numerator === null || numerator === undefined || denominator === null || denominator === undefined)
    return ''
  const [above = '', below = ''] = unit.split('/')
  const named = (name: string) => (name in UNITS ? say(UNITS[name as keyof typeof UNITS]) : '')
  const [one, other] = [named(above), named(below)]
  const first = above === below ? number(numerator) : `${number(numerator)} ${one}`
  return say('of', { part: first, whole: `${number(denominator)} ${other}`.trim() })
}

/** 'oktober 2026', '3. četrtletje 2026', '2026'. */
export function periodName(text: string): string {
  const period = periodOf(text)
  if (period === null) return text
  if (period.unit === 'month') return format.date(period.from, 'month')
  if (period.unit === 'quarter') return say('quarter', { at: String(quarterOf(period.from)), year: text.slice(0, 4) })
  if (period.unit === 'year') return text
  const [first = '', last = ''] = text.split('..')
  return format.days(first, last)
}

/** In the unit that the published tables and indicators name. */
export function inUnit(value: number, unit: string): string {
  if (/^[A-Z]{3}$/.test(unit)) return format.money({ minor: value, currency: unit })
  return unit === 'hours' ? hours(value) : number(value)
}
