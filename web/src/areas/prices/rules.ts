// What holds for reserving a space, for those who reserve for themselves; who differs from the others is named.
import type { EffectiveRules, Policy, Quote, Space, Tariff } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { atLeast, atMost, type Hours } from '../stays/limits'
import { many, toDays } from '../stays/words'
import { AUDIENCES, type Audience } from './list'
import { say } from './messages'

const ROWS = ['long', 'ahead', 'approval', 'arrival', 'cancelling', 'no_show'] as const
export interface Row {
  name: 'who' | (typeof ROWS)[number]
  /** `who`: only for these; everybody where it is empty. */
  lines: { who: Audience[]; text: string }[]
}
type Booked = Pick<Space, 'booked_by' | 'arrival' | 'departure'>
export type Fee = Tariff['cancellation']['late']

const DAY = 1440

/** `hours` are what days of the space come to, where it is booked by them. */
export function rulesOf(
  policy: Policy,
  space: Booked,
  tariff: Pick<Tariff, 'cancellation' | 'currency'>,
  hours?: Hours,
): Row[] {
  const open = AUDIENCES.filter((audience) => policy.effective?.[audience]?.bookable.rule !== false)
  const rows = ROWS.map((name): Row => {
    const lines: Row['lines'] = []
    for (const audience of open) {
      const rules = policy.effective?.[audience]
      const text = rules ? textOf(name, rules, space, tariff, hours) : ''
      const same = lines.find((line) => line.text === text)
      if (same) same.who.push(audience)
      else lines.push({ who: [audience], text })
    }
    const all = lines.length === 1 && open.length === AUDIENCES.length
    return { name, lines: lines.filter(({ text }) => text).map((line) => (all ? { ...line, who: [] } : line)) }
  })
  const some = open.length < AUDIENCES.length && open.length > 0
  const told = rows.map((row) => (some && isOf(row, open) ? { ...row, lines: everybody(row) } : row))
  return [
    ...(some ? [{ name: 'who' as const, lines: [{ who: [], text: open.map(audienceName).join(', ') }] }] : []),
    ...told.filter(({ lines }) => lines.length > 0),
  ]
}

/** Where all who can reserve have the same, nobody has to be named again. */
const isOf = ({ lines }: Row, open: readonly Audience[]) => lines.length === 1 && lines[0]?.who.length === open.length
const everybody = ({ lines }: Row) => lines.map(({ text }) => ({ who: [], text }))

/** With whom it is for, where that is not everybody. */
export const lineText = ({ who, text }: Row['lines'][number]): string =>
  who.length > 0 ? say('for_audiences', { who: who.map(audienceName).join(', '), text }) : text

export const audienceName = (audience: Audience): string => say(`audience_${audience}`)

function textOf(
  name: (typeof ROWS)[number],
  rules: EffectiveRules,
  space: Booked,
  { cancellation, currency }: Pick<Tariff, 'cancellation' | 'currency'>,
  hours?: Hours,
): string {
  switch (name) {
    case 'long':
      return long(rules, space, hours)
    case 'ahead':
      return ahead(rules)
    case 'approval':
      return rules.approval.rule === 'always' ? say('approval') : ''
    case 'arrival':
      return arrival(rules)
    case 'cancelling':
      return cancelling(rules.cancellation_notice_minutes.rule ?? 0, cancellation.late, currency)
    case 'no_show':
      return feeName(cancellation.no_show, currency)
  }
}

function long({ min_duration_minutes, max_duration_minutes }: EffectiveRules, space: Booked, hours?: Hours): string {
  const [least, most] = [min_duration_minutes.rule, max_duration_minutes.rule]
  const asks = (text: string) => (most?.beyond === 'ask' ? say('long_asks', { long: text }) : text)
  const { booked_by: by } = space
  if (by !== 'hours') {
    const few = least ? atLeast(least.value, space, hours) : 1
    const parts = [
      // Nobody stays for less than one.
      ...(few > 1 ? [say('long_from', { from: many(few, by) })] : []),
      ...(most ? [say('at_most', { long: many(atMost(most.value, space, hours), by) })] : []),
    ]
    return parts.length > 0 ? asks(parts.join(', ')) : ''
  }
  const [from, to] = [least ? format.duration(least.value) : '', most ? format.duration(most.value) : '']
  if (from && to) return asks(say('long_both', { from, to }))
  return to ? asks(say('long_to', { to })) : from && say('long_from', { from })
}

function ahead({ min_notice_minutes, horizon_days }: EffectiveRules): string {
  const [least, most] = [min_notice_minutes.rule, horizon_days.rule]
  const parts = [
    ...(least && least.value > 0 ? [say('ahead_least', { long: lasting(least.value) })] : []),
    ...(most ? [say('ahead_most', { long: many(most.value, 'days') })] : []),
  ]
  const text = parts.join(', ')
  return most?.beyond === 'ask' ? say('ahead_asks', { ahead: text }) : text
}

function arrival({ check_in_required, check_in_opens_minutes, check_in_grace_minutes }: EffectiveRules): string {
  if (!check_in_required.rule) return ''
  const [opens, waits] = [check_in_opens_minutes.rule ?? 0, check_in_grace_minutes.rule ?? 0]
  const grace = format.duration(waits)
  return opens > 0 ? say('arrival', { before: format.duration(opens), grace }) : say('arrival_from_start', { grace })
}

/** One can cancel up to the start: with no notice asked for, never too late. */
function cancelling(notice: number, late: Fee, currency: string): string {
  const fee = feeName(late, currency)
  return notice === 0 || !fee
    ? say('cancelling_free')
    : `${say('cancelling_late', { before: lasting(notice, toDays), fee })} ${say('change_late')}`
}

/** 'vsa cena', '50 % cene', '20 €'; '' where nothing is asked for. */
export function feeName(fee: Fee, currency: string): string {
  if (fee === undefined || fee === 'none') return ''
  if (fee === 'full') return say('fee_full')
  if ('fixed' in fee) return fee.fixed === 0 ? '' : format.money({ minor: fee.fixed, currency })
  return say('fee_percent', { percent: fee.percent })
}

/** What it comes to of a price, in minor units; as the service rounds it. */
export function feeOf(fee: Fee, { total_gross }: Pick<Quote, 'total_gross'>): number {
  if (fee === undefined || fee === 'none') return 0
  if (fee === 'full') return total_gross
  return 'fixed' in fee ? fee.fixed : Math.round((total_gross * fee.percent) / 100)
}

/** Days where they are whole and many, else hours and minutes. */
const lasting = (minutes: number, days = (n: number) => many(n, 'days')): string =>
  minutes >= 2 * DAY && minutes % DAY === 0 ? days(minutes / DAY) : format.duration(minutes)
