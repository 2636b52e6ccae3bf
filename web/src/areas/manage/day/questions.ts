// What waits for a venue's answer: each request by itself, and of a series all that waits as one question.
import type { Approval } from '../../../api/openapi.gen'

/** The oldest of its requests first; several are of one series. */
export type Question = [Approval, ...Approval[]]

/** In the order in which they were asked. */
export function questions(approvals: readonly Approval[]): Question[] {
  const bySeries = new Map<string, Question>()
  const all: Question[] = []
  for (const one of approvals) {
    const series = one.reservation.series?.id
    const known = series ? bySeries.get(series) : undefined
    if (known) {
      known.push(one)
      continue
    }
    const question: Question = [one]
    if (series) bySeries.set(series, question)
    all.push(question)
  }
  return all
}

/** Of a question about several dates: its series. */
export const seriesOf = ([first, second]: Question): string | null =>
  second ? (first.reservation.series?.id ?? null) : null

/** When it would be, and how it is called, if it is answered with yes. */
export const wished = ({ reservation: one }: Approval): { starts_at: string; ends_at: string } => one.change ?? one
