// Rules in words.
import * as format from '../../i18n/format'
import { addDays, mondayOf } from '../../time/instants'
import { say } from './messages'
import { DAYS, read, type Day } from './rule'

/** A Monday to name weekdays by. */
const MONDAY = mondayOf('2026-11-23')
export const dayName = (day: Day): string => format.date(addDays(MONDAY, DAYS.indexOf(day)), 'weekday')

/** '2. sreda v mesecu', 'zadnja sreda v mesecu'; null of what forms do not make. */
export function onWeekday(ordinal: number, day: Day): string | null {
  if (ordinal === -1) return say('on_last', { day: say(`last_${day}`) })
  const nth = NTH.find((known) => known === ordinal)
  return nth ? say('on_nth', { nth: say(`nth_${nth}`), day: dayName(day) }) : null
}
const NTH = [1, 2, 3, 4, 5] as const

export function inWords(rrule: string): string {
  const rule = read(rrule)
  if (!rule) return rrule
  const days = rule.days.map(dayName).join(', ')
  const how = say(`every_${rule.every}`, { n: rule.interval })
  const [day] = rule.days
  const on =
    rule.monthday !== null
      ? say('on_day', { day: rule.monthday })
      : rule.ordinal !== null && day
        ? onWeekday(rule.ordinal, day)
        : days
  // Made by another client: the rule itself says more than words that are not true.
  if (on === null) return rrule
  const end =
    rule.until !== null
      ? say('until', { date: format.date(rule.until, 'dated') })
      : say('times', { n: rule.count ?? 0 })
  return [how, on, end].filter(Boolean).join(' · ')
}
