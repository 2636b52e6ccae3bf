// A tariff in lines, for comparing two versions: whatever of it can differ is in one of them.
import * as format from '../../../i18n/format'
import { amountsOf, notesOf, partOfYear } from '../../prices/list'
import { say as prices } from '../../prices/messages'
import { feeName } from '../../prices/rules'
import type { Line } from '../../versions'
import { say as wishes } from '../../wishes/messages'
import { say as words } from './messages'
import { say } from './prices.messages'
import { feeOf, rateOf, type ExtraForm, type Form, type RateForm } from './tariff'

/** What is still to be typed. */
const missing = (price: number | null): number => price ?? NaN

export function lines(of: Form, currency: string): Line[] {
  const money = (minor: number) => (Number.isNaN(minor) ? '…' : format.money({ minor, currency }))
  const fee = (one: Form['late']) =>
    one.kind === 'fixed' && one.fixed === null ? '…' : feeName(feeOf(one, missing), currency) || say('fee_none')
  return [
    ...of.rates.map((one): Line => [rateName(one), rate(one, money)]),
    ...of.extras.map((one): Line => [one.name, extra(one, money)]),
    ...of.seasons.map((one): Line => [say('season_is', { name: one.name }), partOfYear(one)]),
    [say('gross'), say(of.gross ? 'yes' : 'no')],
    [say('late'), fee(of.late)],
    [say('no_show'), fee(of.no_show)],
  ]
}

const rateName = ({ audience, name }: RateForm): string =>
  [words(`audience_${audience}`), name].filter(Boolean).join(', ')

function rate(one: RateForm, money: (minor: number) => string): string {
  const known = rateOf(one, missing)
  const season = one.season ? [say('season_is', { name: one.season })] : []
  // The season's dates are told once, in its own line.
  return [...amountsOf(known.pricing, money), ...season, ...notesOf(known, [], money), vat(one)].join(', ')
}

function extra(one: ExtraForm, money: (minor: number) => string): string {
  return [
    `${money(missing(one.price))} ${wishes(`basis_${one.basis}`)}`,
    ...(one.required ? [prices('required')] : []),
    ...(one.maximum === null ? [] : [prices('at_most', { long: String(one.maximum) })]),
    vat(one),
  ].join(', ')
}

/** With why there is none, where that is asked for. */
function vat({ vat: code, legal }: Pick<RateForm, 'vat' | 'legal'>): string {
  const name = say('vat_is', { name: say(`vat_${code}`) })
  return legal.trim() ? `${name} (${legal.trim()})` : name
}
