// What an indicator counts and aims at, in words.
import type { Indicator, IndicatorFigure } from '../../../api/openapi.gen'
import { inUnit, percent } from '../../statistics/numbers'
import { say as aims } from '../../statistics/indicators.messages'
import { isMoney, isRate } from './indicator'
import { say } from './messages'

export const figureName = (figure: IndicatorFigure): string => say(`figure_${figure}`)

export function targetOf({ figure, filter, unit, direction }: Indicator, value: number): string {
  const told = isRate(figure) ? percent(value) : inUnit(value, isMoney(figure) ? (filter.currency ?? 'EUR') : unit)
  return aims(`target_${direction}`, { value: told })
}
