// Opening hours as lines for who comes: the usual ones, and those of single dates and times of the year.
import type { OpeningHours, Span } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { say as words } from '../manage/setup/hours.messages'
import { form, seasonal, week } from '../manage/setup/week'
import { say } from './messages'

/** Dates that are told of; the rest is far ahead. */
const DATES = 10

export interface Told {
  usual: string[]
  otherwise: string[]
}

const spans = (hours: readonly Span[]): string =>
  hours.map(({ opens, closes }) => `${opens}–${closes}`).join(', ') || say('closed')

export function told(hours: OpeningHours): Told {
  const { weekly, seasons } = form(hours)
  const day = (one: string) => words(`day_${one as 'mon'}`)
  const text = (line: readonly string[]) => line.join(' ')
  const holidays =
    hours.holidays === 'open'
      ? []
      : [`${say('on_holidays')}: ${spans(hours.holidays === 'closed' ? [] : hours.holidays)}`]
  const dates = hours.exceptions
    .slice(0, DATES)
    .map((one) => `${format.date(one.date)}: ${spans(one.hours)}${one.reason ? ` (${one.reason})` : ''}`)
  const yearly = seasonal(seasons, { day, days: format.days }).map(text)
  return { usual: week(weekly, day).map(text), otherwise: [...dates, ...holidays, ...yearly] }
}
