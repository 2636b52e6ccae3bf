// Amounts as people type them, in the currency's usual units; the API has whole minor units.
import { language } from '../../../i18n/language.svelte'

const DIGITS = 2

/** null where it is no amount. */
export function minor(text: string): number | null {
  const found = /^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(text)
  return found ? Number(found[1]) * 10 ** DIGITS + Number((found[2] ?? '').padEnd(DIGITS, '0')) : null
}

/** As the reader's language writes it. */
export function typed(amount: number): string {
  const comma = language.current === 'sl' ? ',' : '.'
  const [whole, rest] = [Math.floor(amount / 100), amount % 100]
  return rest === 0 ? String(whole) : `${whole}${comma}${String(rest).padStart(2, '0')}`
}
