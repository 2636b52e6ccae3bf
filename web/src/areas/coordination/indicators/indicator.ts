// An indicator as its form has it: values in the units that people know, and only what its figure can be filtered by.
import type { Indicator, IndicatorFigure, IndicatorFilter, NewIndicator, SpaceKind } from '../../../api/openapi.gen'
import { language } from '../../../i18n/language.svelte'

export type Dimension = NonNullable<IndicatorFilter['dimension']>

/** Hours of spaces, filtered by kinds. */
const USE = [
  ...(['available_hours', 'booked_hours', 'used_hours', 'planned_frequency', 'actual_frequency'] as const),
  ...(['occupancy', 'utilisation', 'no_shows', 'attended'] as const),
]
export const FIGURES = [
  ...USE,
  ...(['reservations', 'visits', 'people', 'new_people', 'returning_people'] as const),
  ...(['organisations', 'new_organisations', 'returning_organisations', 'supported_enterprises'] as const),
  ...(['charged', 'in_kind_value'] as const),
] as const satisfies readonly IndicatorFigure[]
type Every<T extends never> = T
/** Says so here when the API has one more. */
export type AllFigures = Every<Exclude<IndicatorFigure, (typeof FIGURES)[number]>>

const RATES: readonly IndicatorFigure[] = [
  ...(['planned_frequency', 'actual_frequency', 'occupancy', 'utilisation', 'no_shows'] as const),
]
/** Those who came twice are one: years don't add up. */
const DISTINCT: readonly IndicatorFigure[] = [
  ...(['people', 'returning_people', 'organisations', 'returning_organisations', 'supported_enterprises'] as const),
]
/** Told apart by a dimension of the published tables. */
const APART: readonly IndicatorFigure[] = ['booked_hours', 'reservations', 'people', 'organisations']
export const DIMENSIONS = [
  ...(['purpose', 'audience', 'organisation_kind', 'size', 'sector', 'organisation_municipality'] as const),
] satisfies Dimension[]

export const isUse = (figure: IndicatorFigure): boolean => (USE as readonly IndicatorFigure[]).includes(figure)
export const isRate = (figure: IndicatorFigure): boolean => RATES.includes(figure)
export const isMoney = (figure: IndicatorFigure): boolean => figure === 'charged' || figure === 'in_kind_value'
export const addsUp = (figure: IndicatorFigure): boolean => !DISTINCT.includes(figure)
export const isToldApart = (figure: IndicatorFigure): boolean => APART.includes(figure)
/** Whether people write its categories themselves, line by line. */
export const isFree = (dimension: Dimension | ''): boolean =>
  dimension === 'sector' || dimension === 'organisation_municipality'

export interface Target {
  year: string
  /** In percent, whole currency units, or the figure's own unit. */
  value: string
  /** Of a year that is closed: it stays as it was read. */
  kept?: boolean
}
export interface IndicatorForm {
  code: string
  name: { sl: string; en: string }
  description: { sl: string; en: string }
  figure: IndicatorFigure
  venue_ids: string[]
  kinds: string[]
  dimension: Dimension | ''
  categories: string[]
  /** Of a dimension whose categories are free, one in a line. */
  lines: string
  currency: string
  direction: Indicator['direction']
  /** '' where each year counts by itself. */
  cumulative_from: string
  targets: Target[]
}

export const blank = (year: number): IndicatorForm => ({
  ...{ code: '', name: { sl: '', en: '' }, description: { sl: '', en: '' }, figure: 'actual_frequency' },
  ...{ venue_ids: [], kinds: [], dimension: '', categories: [], lines: '', currency: 'EUR' },
  ...{ direction: 'at_least', cumulative_from: '', targets: [{ year: String(year), value: '' }] },
})

/** What of the unit that people know is one of the API's. */
const scale = (figure: IndicatorFigure): number => (isRate(figure) || isMoney(figure) ? 100 : 1)

/** As it is typed: a rate of 0.6 is 60, of money 125000 minor units are 1250. */
export function typed(value: number, figure: IndicatorFigure): string {
  const known = isRate(figure) ? value * scale(figure) : value / scale(figure)
  const text = String(Number(known.toFixed(6)))
  return language.current === 'sl' ? text.replace('.', ',') : text
}

/** null where it is no number from nothing up. */
export function sent(text: string, figure: IndicatorFigure): number | null {
  if (!/^\s*\d+(?:[.,]\d+)?\s*$/.test(text)) return null
  const known = Number(text.trim().replace(',', '.'))
  return Number((isRate(figure) ? known / scale(figure) : known * scale(figure)).toFixed(6))
}

export function formOf(one: Indicator): IndicatorForm {
  const { venue_ids = [], kinds = [], dimension, categories = [], currency } = one.filter
  return {
    ...{ code: one.code, name: { ...one.name }, figure: one.figure, direction: one.direction },
    description: one.description ? { ...one.description } : { sl: '', en: '' },
    ...{ venue_ids: [...venue_ids], kinds: [...kinds], dimension: dimension ?? '', categories: [...categories] },
    ...{ lines: categories.join('\n'), currency: currency ?? 'EUR' },
    cumulative_from: one.cumulative_from ? String(one.cumulative_from) : '',
    targets: one.targets.map(({ year, value }) => ({
      ...{ year: String(year), value: typed(value, one.figure) },
      ...(one.closed_years.includes(year) ? { kept: true } : {}),
    })),
  }
}

/** What was chosen for another figure before is left out. Targets have to be numbers by then: `wrong`. */
export function bodyOf(form: IndicatorForm): NewIndicator {
  const { figure } = form
  const trimmed = ({ sl, en }: { sl: string; en: string }) => ({ sl: sl.trim(), en: en.trim() })
  const about = trimmed(form.description)
  return {
    ...{ code: form.code.trim(), name: trimmed(form.name), figure, direction: form.direction },
    description: about.sl || about.en ? about : null,
    filter: filterOf(form),
    cumulative_from: addsUp(figure) && form.cumulative_from ? Number(form.cumulative_from) : null,
    targets: form.targets.map(({ year, value }) => ({ year: Number(year), value: sent(value, figure) ?? 0 })),
  }
}

function filterOf(form: IndicatorForm): IndicatorFilter {
  const { figure, dimension } = form
  const apart = isToldApart(figure) && dimension !== ''
  const lines = form.lines.split('\n').map((line) => line.trim())
  return {
    venue_ids: form.venue_ids as NonNullable<IndicatorFilter['venue_ids']>,
    // Hours of a purpose or an audience are of the published tables, which know no kinds.
    kinds: isUse(figure) && !apart ? (form.kinds as SpaceKind[]) : [],
    ...(apart ? { dimension, categories: isFree(dimension) ? lines.filter(Boolean) : form.categories } : {}),
    ...(isMoney(figure) ? { currency: form.currency.trim().toUpperCase() } : {}),
  }
}

/** The places of targets that are no number. */
export const wrong = (form: IndicatorForm): number[] =>
  form.targets.flatMap(({ value }, place) => (sent(value, form.figure) === null ? [place] : []))
