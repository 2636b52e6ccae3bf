// Dates, times, durations and money as people of the reader's language write them. All times are the venue's.
import type { Money } from '../api/openapi.gen'
import {
  dateOf,
  epoch,
  forReader,
  differsForReader,
  isRepeated,
  minutesBetween,
  timeOf,
  type Instant,
  type LocalDate,
} from '../time/instants'
import { language, LOCALE } from './language.svelte'
import { messages } from './messages'

const STYLES = {
  /** torek, 24. november 2026 */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** tor., 24. nov. */
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  /** tor., 24. nov. 2026: also behind a preposition, as it has no case */
  dated: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  /** 24. 11. */
  numeric: { day: 'numeric', month: 'numeric' },
  /** torek */
  weekday: { weekday: 'long' },
  /** tor. */
  weekdayShort: { weekday: 'short' },
  /** november 2026 */
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export const say = messages({
  sl: {
    now: 'pravkar',
    soon: 'zdaj',
    hours: '{hours} h',
    minutes: '{minutes} min',
    both: '{hours} h {minutes} min',
    yours: 'pri vas {time}',
  },
  en: {
    now: 'just now',
    soon: 'now',
    hours: '{hours} h',
    minutes: '{minutes} min',
    both: '{hours} h {minutes} min',
    yours: '{time} your time',
  },
})

export function date(of: LocalDate, style: keyof typeof STYLES = 'full'): string {
  const format = new Intl.DateTimeFormat(LOCALE[language.current], { ...STYLES[style], timeZone: 'UTC' })
  return format.format(Date.parse(`${of}T00:00Z`))
}

/** 22.–28. nov. 2026; both days included */
export function days(first: LocalDate, last: LocalDate): string {
  const style = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  const format = new Intl.DateTimeFormat(LOCALE[language.current], style)
  return format.formatRange(Date.parse(`${first}T00:00Z`), Date.parse(`${last}T00:00Z`))
}

/** 10:00, and 02:30 (+02:00) in the hour that the clocks show twice. */
export function time(instant: Instant, zone: string): string {
  const shown = timeOf(instant)
  return isRepeated(instant, zone) ? `${shown} (${instant.slice(-6)})` : shown
}

/** 10:00–12:00 */
export function times(from: Instant, to: Instant, zone: string): string {
  const end = dateOf(to) === dateOf(from) ? time(to, zone) : `${date(dateOf(to), 'numeric')} ${time(to, zone)}`
  return `${time(from, zone)}–${end}`
}

/** tor., 24. nov., 10:00–12:00 */
export function span(from: Instant, to: Instant, zone: string): string {
  return `${date(dateOf(from), 'short')}, ${times(from, to, zone)}`
}

/** 'Europe/Ljubljana, pri vas 09:00' where the reader's clock shows something else; '' where it does not. */
export function zoneNote(instant: Instant, zone: string): string {
  if (!differsForReader(instant)) return ''
  const own = forReader(instant)
  const day = dateOf(own) === dateOf(instant) ? '' : `${date(dateOf(own), 'numeric')} `
  return `${zone.replace('_', ' ')}, ${say('yours', { time: `${day}${timeOf(own)}` })}`
}

export function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return say('minutes', { minutes: rest })
  return rest === 0 ? say('hours', { hours }) : say('both', { hours, minutes: rest })
}

export const lasting = (from: Instant, to: Instant): string => duration(minutesBetween(from, to))

/** Minor units of a currency: 1250 EUR is 12,50 €; whole amounts have no decimals. */
export function money({ minor, currency }: Money): string {
  const options = { style: 'currency', currency } as const
  const digits = new Intl.NumberFormat('en', options).resolvedOptions().maximumFractionDigits ?? 2
  const amount = minor / 10 ** digits
  const decimals = Number.isInteger(amount) ? { minimumFractionDigits: 0 } : {}
  return new Intl.NumberFormat(LOCALE[language.current], { ...options, ...decimals }).format(amount)
}

/** čez 5 minut, pred 2 urama, pravkar */
export function relative(instant: Instant, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(LOCALE[language.current], { numeric: 'auto' })
  const minutes = Math.round((epoch(instant) - now) / 60_000)
  if (minutes === 0) return say(epoch(instant) > now ? 'soon' : 'now')
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return Math.abs(hours) < 36 ? format.format(hours, 'hour') : format.format(Math.round(hours / 24), 'day')
}
