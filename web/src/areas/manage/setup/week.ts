// Hours as a form has them, and as lines to read.
import type { NewHours, OpeningHours, WeeklyRule } from '../../../api/openapi.gen'
import type { LocalDate } from '../../../time/instants'
import type { Line } from '../../versions'

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]
export interface Rule {
  days: Day[]
  opens: string
  closes: string
}
export interface Form {
  weekly: Rule[]
  seasons: { from: LocalDate; to: LocalDate; weekly: Rule[] }[]
  holidays: 'closed' | 'open' | 'hours'
  holiday: { opens: string; closes: string }
  exceptions: {
    date: LocalDate
    closed: boolean
    opens: string
    closes: string
    more: { opens: string; closes: string }[]
    reason: string
  }[]
  valid_from: string
}

/** Days that no line has yet: working days first, then the weekend; none where all have one. */
export function daysLeft(rules: readonly Rule[]): Day[] {
  const left = DAYS.filter((day) => !rules.some((one) => one.days.includes(day)))
  const working = left.filter((day) => day !== 'sat' && day !== 'sun')
  return working.length > 0 ? working : left
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Days on which two lines overlap: it is open for both together. */
export function overlapping(rules: readonly Rule[]): Day[] {
  const spans = rules.map(({ opens, closes }) => {
    const [from, to] = [minutes(opens), minutes(closes)]
    return [from, to <= from ? to + 1440 : to] as const
  })
  return DAYS.filter((day) => {
    const mine = spans.filter((_, at) => rules[at]?.days.includes(day))
    return mine.some(([from, to], at) => mine.slice(at + 1).some(([begin, end]) => begin < to && from < end))
  })
}

/** Pickers know no 24:00; the midnight that ends a day is the next day's 00:00, which says the same as an end. */
const shown = (time: string) => (time === '24:00' ? '00:00' : time)
const rule = (one: WeeklyRule): Rule => ({ days: [...one.days], opens: one.opens, closes: shown(one.closes) })

export function form(hours: OpeningHours): Form {
  const own = Array.isArray(hours.holidays) ? hours.holidays[0] : undefined
  return {
    weekly: hours.weekly.map(rule),
    seasons: hours.seasons.map(({ from, to, weekly }) => ({ from, to, weekly: weekly.map(rule) })),
    holidays: hours.holidays === 'closed' || hours.holidays === 'open' ? hours.holidays : 'hours',
    holiday: { opens: own?.opens ?? '10:00', closes: shown(own?.closes ?? '16:00') },
    exceptions: hours.exceptions.map((one) => ({
      ...{ date: one.date, closed: one.hours.length === 0, reason: one.reason ?? '' },
      ...{ opens: one.hours[0]?.opens ?? '10:00', closes: shown(one.hours[0]?.closes ?? '16:00') },
      more: one.hours.slice(1).map(({ opens, closes }) => ({ opens, closes })),
    })),
    valid_from: '',
  }
}

export function body(from: Form): NewHours {
  return {
    weekly: from.weekly,
    seasons: from.seasons,
    holidays: from.holidays === 'hours' ? [from.holiday] : from.holidays,
    exceptions: from.exceptions.map(({ date, closed, opens, closes, more, reason }) => ({
      ...{ date, hours: closed ? [] : [{ opens, closes }, ...more], reason: reason.trim() || null },
    })),
    ...(from.valid_from ? { valid_from: from.valid_from } : {}),
  }
}

/** How a reader's language writes them. */
interface Written {
  day: (one: Day) => string
  date: (one: LocalDate) => string
  days: (first: LocalDate, last: LocalDate) => string
  closed: string
  holidays: { name: string; closed: string; open: string }
}

const span = (one: { opens: string; closes: string }) => `${one.opens}–${one.closes}`

/** Three days or more in a row by the first and the last. */
function named(days: readonly Day[], day: Written['day']): string {
  const has = (at: number) => DAYS.some((one, place) => place === at && days.includes(one))
  const inner = (at: number) => has(at - 1) && has(at) && has(at + 1)
  const told = DAYS.map((one, at) => ({ one, at })).filter(({ at }) => has(at) && !inner(at))
  return told.map(({ one, at }, n) => `${n > 0 ? (inner(at - 1) ? '–' : ', ') : ''}${day(one)}`).join('')
}

/** The weekdays of each rule, and its hours. */
export function week(rules: readonly Rule[], day: Written['day'], before = ''): Line[] {
  return rules.map((one) => [`${before}${named(one.days, day)}`, span(one)])
}

/** Each season's. */
export function seasonal(seasons: Form['seasons'], { day, days }: Pick<Written, 'day' | 'days'>): Line[] {
  return seasons.flatMap((one) => week(one.weekly, day, `${days(one.from, one.to)}: `))
}

/** For comparing two versions. */
export function lines(from: Form, written: Written): Line[] {
  const { day, date, closed, holidays } = written
  return [
    ...week(from.weekly, day),
    ...seasonal(from.seasons, written),
    [holidays.name, from.holidays === 'hours' ? span(from.holiday) : holidays[from.holidays]],
    ...from.exceptions.map((one): Line => {
      const hours = one.closed ? closed : [one, ...one.more].map(span).join(', ')
      return [date(one.date), one.reason ? `${hours} (${one.reason})` : hours]
    }),
  ]
}
