// What a preview says, counted and in one order.
import type { PricedOccurrence, SeriesPreview } from '../../api/openapi.gen'
import { dateOf, type LocalDate } from '../../time/instants'

export type Fate = 'made' | 'asked' | 'taken' | 'refused' | 'left'

export function fate({ occurrence }: Pick<PricedOccurrence, 'occurrence'>): Fate {
  switch (occurrence.result) {
    case 'conflict':
      return 'taken'
    case 'refused':
      return 'refused'
    case 'excluded':
      return 'left'
    case 'created':
      return occurrence.outcome === 'ask' ? 'asked' : 'made'
  }
}

/** The prices of what would be made, together; null where nothing has a price. */
export function total(preview: SeriesPreview): { minor: number; currency: string } | null {
  const quotes = preview.occurrences
    .filter((one) => one.occurrence.result === 'created')
    .flatMap((one) => (one.price ? [one.price] : []))
  const currency = quotes[0]?.currency
  return currency ? { minor: quotes.reduce((sum, quote) => sum + quote.total_gross, 0), currency } : null
}

/** Leaves a date out, or takes it in again. */
export function toggled(exdates: readonly LocalDate[], starts_at: string): LocalDate[] {
  const date = dateOf(starts_at)
  return exdates.includes(date) ? exdates.filter((one) => one !== date) : [...exdates, date].sort()
}
