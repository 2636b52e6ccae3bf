// Rules in words.
import * as format from '../../i18n/format'
import { addDays, mondayOf } from '../../time/instants'
import { say } from './messages'
import { DAYS, read, type Day } from './rule'

/** A Monday to name weekdays by. */
const MONDAY = mondayOf('2026-11-23')
export const dayName = (day: Day): string => format.date(addDays(MONDAY, DAYS.indexOf(day)), 'weekday')

export function inWords(rrule: string): string {
  const rule = read(rrule)
  if (!rule) return rrule
  const days = rule.days.map(dayName).join(', ')
  const how = say(`every_${rule.every}`, { n: rule.interval })
  const on =
    rule.monthday !== null
      ? say('on_day', { day: rule.monthday })
      : rule.ordinal !== null
        ? say(rule.ordinal < 0 ? 'on_last' : 'on_nth', { nth: Math.abs(rule.ordinal), day: days })
        : days
  const end =
    rule.until !== null ? say('until', { date: format.date(rule.until, 'full') }) : say('times', { n: rule.count ?? 0 })
  return [how, on, end].filter(Boolean).join(' · ')
}
