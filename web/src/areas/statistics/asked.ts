// What the dashboard is asked for, as it stands in the address: where, when, beside what, of which spaces.
import type { Comparison, PublishedDimension, SpaceKind } from '../../api/openapi.gen'
import { addDays, isDate, type LocalDate } from '../../time/instants'
import { KINDS } from '../spaces'

export const UNITS = ['month', 'quarter', 'year', 'range'] as const
export type Unit = (typeof UNITS)[number]

/** `to` is the first date beyond. */
export interface Period {
  unit: Unit
  from: LocalDate
  to: LocalDate
}

export interface Asked {
  /** A network or a venue; '' is the first that one may see. */
  at: string
  period: Period
  compare: Comparison | ''
  /** Of a network's; none are all. */
  venues: string[]
  /** Of a venue's; '' are all. */
  space: string
  kind: SpaceKind | ''
  /** Of the week's hours: booked, or used. */
  week: 'planned' | 'actual'
  /** Of the people's tables: by what, and which closed period; '' is the asked one, or else the last. */
  people: PublishedDimension
  closed: string
}

export const DIMENSIONS = [
  ...(['people', 'purpose', 'sector', 'organisation_kind', 'size', 'audience'] as const),
  ...(['organisation_municipality', 'money'] as const),
] satisfies PublishedDimension[]

const MONTHS = { month: 1, quarter: 3, year: 12 } as const
/** What the API takes. */
const LONGEST = 3660

export function read(query: URLSearchParams, today: LocalDate): Asked {
  const compare = query.get('compare')
  return {
    at: query.get('at') ?? '',
    period: periodOf(query.get('period') ?? '') ?? monthBefore(today),
    // The previous period where nothing is said.
    compare: compare === 'none' ? '' : compare === 'year_before' ? compare : 'previous_period',
    venues: (query.get('venues') ?? '').split(',').filter(Boolean),
    space: query.get('space') ?? '',
    kind: KINDS.find((kind) => kind === query.get('kind')) ?? '',
    week: query.get('week') === 'planned' ? 'planned' : 'actual',
    people: DIMENSIONS.find((one) => one === query.get('people')) ?? 'sector',
    closed: query.get('closed') ?? '',
  }
}

export function write(asked: Asked): Record<string, string> {
  return {
    at: asked.at,
    period: textOf(asked.period),
    compare: asked.compare === '' ? 'none' : asked.compare,
    venues: asked.venues.join(','),
    space: asked.space,
    kind: asked.kind,
    week: asked.week === 'actual' ? '' : asked.week,
    people: asked.people === 'sector' ? '' : asked.people,
    closed: asked.closed,
  }
}

/** `2026-10`, `2026-Q4`, `2026`, or `2026-10-03..2026-10-18` with both days in it. */
export function periodOf(text: string): Period | null {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(text) ?? []
  if (year && quarter) return whole('quarter', `${year}-${pad(Number(quarter) * 3 - 2)}-01`)
  if (/^\d{4}$/.test(text)) return whole('year', `${text}-01-01`)
  if (/^\d{4}-\d\d$/.test(text)) return whole('month', `${text}-01`)
  const [first = '', last = ''] = text.split('..')
  return isDate(first) && isDate(last) ? range(first, last) : null
}

export function textOf({ unit, from, to }: Period): string {
  if (unit === 'range') return `${from}..${addDays(to, -1)}`
  if (unit === 'year') return from.slice(0, 4)
  return unit === 'month' ? from.slice(0, 7) : `${from.slice(0, 4)}-Q${quarterOf(from)}`
}

export const quarterOf = (date: LocalDate): number => Math.ceil(Number(date.slice(5, 7)) / 3)

/** Both days in it; null where they are the wrong way round, or too far apart. */
export function range(first: LocalDate, last: LocalDate): Period | null {
  if (!isDate(first) || !isDate(last) || last < first || last >= addDays(first, LONGEST)) return null
  return sane({ unit: 'range', from: first, to: addDays(last, 1) })
}

/** The month, quarter or year that has a date. */
export function having(unit: Exclude<Unit, 'range'>, date: LocalDate): Period {
  const month = { month: Number(date.slice(5, 7)), quarter: quarterOf(date) * 3 - 2, year: 1 }[unit]
  const from = `${date.slice(0, 4)}-${pad(month)}-01`
  return { unit, from, to: addMonths(from, MONTHS[unit]) }
}

/** As long again, so many periods later (before, where negative). */
export function moved(period: Period, by: number): Period {
  if (period.unit !== 'range') {
    const from = addMonths(period.from, by * MONTHS[period.unit])
    return { unit: period.unit, from, to: addMonths(from, MONTHS[period.unit]) }
  }
  const days = Math.round((Date.parse(period.to) - Date.parse(period.from)) / 86_400_000) * by
  return { unit: 'range', from: addDays(period.from, days), to: addDays(period.to, days) }
}

/** The first of a month, so many months later. */
export function addMonths(first: LocalDate, months: number): LocalDate {
  const at = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + months
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${pad((at % 12) + 1)}-01`
}

/** The time of the trend: whole months, a year of them at least, up to the last one of the period. */
export function months({ from, to }: Period): { from: LocalDate; to: LocalDate } {
  const end = to.endsWith('-01') ? to : addMonths(`${to.slice(0, 7)}-01`, 1)
  const year = addMonths(end, -12)
  const first = `${from.slice(0, 7)}-01`
  return { from: first < year ? first : year, to: end }
}

/** Only such are told of people to who is not of the venue's staff. */
export const isWhole = ({ from, to }: Period): boolean => from.endsWith('-01') && to.endsWith('-01')

const monthBefore = (today: LocalDate): Period => moved(having('month', today), -1)
const pad = (number: number): string => String(number).padStart(2, '0')

function whole(unit: Exclude<Unit, 'range'>, date: LocalDate): Period | null {
  return isDate(date) ? sane(having(unit, date)) : null
}

/** The API knows this century. */
function sane(period: Period): Period | null {
  return period.from >= '2000-01-01' && period.to <= '2100-01-01' ? period : null
}
