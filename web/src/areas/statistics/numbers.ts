// Figures as readers see them: rates as percents, hours, money, counts; what is hidden says so and never looks like nothing.
import type { Figure } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { language, LOCALE } from '../../i18n/language.svelte'
import { toDays } from '../stays/words'
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

/** Hours as people say them after 'up to', which in Slovenian is another case. */
export function until(value: number): string {
  return value < 48 ? lasting(value) : toDays(Math.round(value / 24))
}

const UNITS = ['hours', 'person_hours', 'seat_hours', 'reservations'] as const

/** As `number` writes it, so that the word after it agrees with what is read. */
const rounded = (value: number): number => (Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value))

/** '312 od 1.204 h': numerator and denominator in their unit. */
export function parts({ numerator, denominator, unit, suppressed }: Figure): string {
  if (suppressed || numerator === null || numerator === undefined || denominator === null || denominator === undefined)
    return ''
  const [above = '', below = ''] = unit.split('/')
  const unitOf = (name: string) => UNITS.find((known) => known === name)
  const [one, other] = [unitOf(above), unitOf(below)]
  const part = above === below || !one ? number(numerator) : say(`part_${one}`, { n: rounded(numerator) })
  const whole = other ? say(`whole_${other}`, { n: rounded(denominator) }) : number(denominator)
  return say('of', { part, whole })
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
