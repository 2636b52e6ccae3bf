// Times as the API gives and takes them. It answers with the venue's offset (2026-10-25T02:30:00+02:00), so the wall
// clock of the venue is read from the text itself; the reader's own zone never enters. What belongs to no venue it tells
// in UTC ('…Z'), which is nobody's clock: that is read by the reader's. Dates are 'YYYY-MM-DD'.

/** RFC 3339 with an offset. */
export type Instant = string
/** A local date, 'YYYY-MM-DD'. */
export type LocalDate = string
/** 'HH:MM' */
export type LocalTime = string

const MINUTE = 60_000
const DAY = 86_400_000

/** Milliseconds since 1970, for comparing and subtracting. */
export const epoch = (instant: Instant): number => Date.parse(instant)
export const minutesBetween = (from: Instant, to: Instant): number => Math.round((epoch(to) - epoch(from)) / MINUTE)

/** What the venue's calendar and clock show; of a moment without a venue, the reader's. */
export const dateOf = (instant: Instant): LocalDate => onClock(instant).slice(0, 10)
export const timeOf = (instant: Instant): LocalTime => onClock(instant).slice(11, 16)

const onClock = (instant: Instant): Instant => (instant.endsWith('Z') ? forReader(instant) : instant)

/** Minutes east of UTC that the instant is written with. */
function offsetOf(instant: Instant): number {
  const found = /([+-])(\d\d):(\d\d)$/.exec(instant)
  if (!found) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]))
}

/** Minutes east of UTC in a zone at a moment. */
export function offsetIn(zone: string, at: number): number {
  const wall = writtenIn(zone, at)
  return Math.round((Date.parse(`${wall.date}T${wall.time}:${wall.seconds}Z`) - Math.floor(at / 1000) * 1000) / MINUTE)
}

function writtenIn(zone: string, at: number): { date: LocalDate; time: LocalTime; seconds: string } {
  const parts = new Map<string, string>()
  for (const { type, value } of writer(zone).formatToParts(at)) parts.set(type, value)
  const get = (name: string) => parts.get(name) ?? ''
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`,
    time: `${get('hour')}:${get('minute')}`,
    seconds: get('second'),
  }
}

const writers = new Map<string, Intl.DateTimeFormat>()
function writer(zone: string): Intl.DateTimeFormat {
  const known = writers.get(zone)
  if (known) return known
  const two = '2-digit'
  const made = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
  })
  writers.set(zone, made)
  return made
}

/** Today in a zone. */
export const todayIn = (zone: string, now = Date.now()): LocalDate => writtenIn(zone, now).date
/** What a clock in a zone shows now. */
export const clockIn = (zone: string, now = Date.now()): LocalTime => writtenIn(zone, now).time

/** A date so many days later; dates know no zone. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** How many days later the other one is. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY

/** 1 Monday … 7 Sunday. */
export function weekday(date: LocalDate): number {
  return new Date(`${date}T00:00Z`).getUTCDay() || 7
}

/** The Monday of a date's week. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekday(date))

/** Whether a text is a date that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = Date.parse(`${text}T00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** Whether the venue's clocks show this time twice that night: then the offset has to be shown. */
export function isRepeated(instant: Instant, zone: string): boolean {
  const [at, own] = [epoch(instant), offsetOf(instant)]
  return [60, -60].some((change) => offsetIn(zone, at + change * MINUTE) === own - change)
}

/** Whether the reader's clock shows something else than the venue's at that moment. */
export function differsForReader(instant: Instant, readerZone = readersZone()): boolean {
  return offsetIn(readerZone, epoch(instant)) !== offsetOf(instant)
}

const readersZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The moment on the reader's clock, with the reader's offset. */
export function forReader(instant: Instant, zone = readersZone()): Instant {
  const at = epoch(instant)
  const [wall, offset] = [writtenIn(zone, at), offsetIn(zone, at)]
  const pad = (number: number) => String(number).padStart(2, '0')
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `${wall.date}T${wall.time}:${wall.seconds}${offset < 0 ? '-' : '+'}${pad(hours)}:${pad(minutes)}`
}
