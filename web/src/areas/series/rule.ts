// A recurrence rule as a form holds it, and in RFC 5545; reading back is enough to say it in words.
import { weekday, type LocalDate } from '../../time/instants'

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Day = (typeof DAYS)[number]
export type Every = 'daily' | 'weekly' | 'monthly_day' | 'monthly_weekday'

export interface Rule {
  every: Every
  interval: number
  days: Day[]
  ends: 'count' | 'until'
  count: number
  until: LocalDate
}

export const MOST = 366

export const dayOf = (date: LocalDate): Day => DAYS[weekday(date) - 1] ?? 'MO'

/** Which of its weekday in the month a date is: 1 … 5, where the fifth is said as the last. */
export function ordinalOf(date: LocalDate): number {
  const nth = Math.ceil(Number(date.slice(8)) / 7)
  return nth === 5 ? -1 : nth
}

/** The rule's text, for a first occurrence on `first`. */
export function write(rule: Rule, first: LocalDate): string {
  const parts: string[] = []
  const own = dayOf(first)
  switch (rule.every) {
    case 'daily':
      parts.push('FREQ=DAILY')
      break
    case 'weekly': {
      const days = DAYS.filter((day) => day === own || rule.days.includes(day))
      parts.push('FREQ=WEEKLY', `BYDAY=${days.join(',')}`)
      break
    }
    case 'monthly_day':
      parts.push('FREQ=MONTHLY', `BYMONTHDAY=${Number(first.slice(8))}`)
      break
    case 'monthly_weekday':
      parts.push('FREQ=MONTHLY', `BYDAY=${ordinalOf(first)}${own}`)
      break
  }
  if (rule.interval > 1) parts.splice(1, 0, `INTERVAL=${rule.interval}`)
  // A date without a time: the whole of that day counts.
  parts.push(rule.ends === 'count' ? `COUNT=${rule.count}` : `UNTIL=${rule.until.replaceAll('-', '')}`)
  return parts.join(';')
}

/** What words say of a rule; null where it is of a kind that forms don't make. */
export interface Read {
  every: 'daily' | 'weekly' | 'monthly'
  interval: number
  days: Day[]
  /** Of a month: the day, or which weekday. */
  monthday: number | null
  ordinal: number | null
  count: number | null
  until: LocalDate | null
}

export function read(text: string): Read | null {
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string]))
  const every = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly' }[parts.get('FREQ') ?? ''] as
    Read['every'] | undefined
  if (!every) return null
  const by = (parts.get('BYDAY') ?? '').split(',').filter(Boolean)
  const numbered = /^(-?\d+)([A-Z]{2})$/.exec(by[0] ?? '')
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get('UNTIL') ?? '')
  const number = (name: string) => (parts.has(name) ? Number(parts.get(name)) : null)
  return {
    every,
    interval: number('INTERVAL') ?? 1,
    days: numbered ? [numbered[2] as Day] : DAYS.filter((day) => by.includes(day)),
    monthday: number('BYMONTHDAY'),
    ordinal: numbered ? Number(numbered[1]) : null,
    count: number('COUNT'),
    until: until ? `${until[1]}-${until[2]}-${until[3]}` : null,
  }
}
