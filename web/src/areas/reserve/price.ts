// What a quote comes to, in words.
import type { Quote } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { say } from './messages'

export function price(quote: Quote | null | undefined): string {
  if (!quote) return say('no_price')
  if (quote.total_gross === 0) return say('free_of_charge')
  return `${format.money({ minor: quote.total_gross, currency: quote.currency })} ${say('vat')}`
}
