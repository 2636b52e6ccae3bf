// A week's hours as rows of a table: from the first to the last that is ever open.
import type { Figure } from '../../api/openapi.gen'

interface Cell {
  weekday: number
  hour: number
  figure: Figure
}
export interface Week {
  hours: { hour: number; days: (Figure | null)[] }[]
  /** The busiest hour's rate. */
  most: number
}

export function weekOf(cells: readonly Cell[]): Week {
  const sums = new Map<number, { above: number; below: number }>()
  for (const { weekday, hour, figure } of cells) {
    const key = hour * 7 + weekday - 1
    const sum = sums.get(key) ?? { above: 0, below: 0 }
    sums.set(key, { above: sum.above + (figure.numerator ?? 0), below: sum.below + (figure.denominator ?? 0) })
  }
  const unit = cells[0]?.figure.unit ?? ''
  const at = (hour: number, day: number): Figure | null => {
    const sum = sums.get(hour * 7 + day)
    if (!sum || sum.below === 0) return null
    return { numerator: sum.above, denominator: sum.below, rate: sum.above / sum.below, unit, suppressed: false }
  }
  const all = Array.from({ length: 24 }, (_, hour) => ({
    hour,
    days: [0, 1, 2, 3, 4, 5, 6].map((day) => at(hour, day)),
  }))
  const open = all.filter(({ days }) => days.some((figure) => figure !== null)).map(({ hour }) => hour)
  const hours = all.filter(({ hour }) => hour >= Math.min(...open) && hour <= Math.max(...open))
  const most = Math.max(0, ...hours.flatMap(({ days }) => days.map((figure) => figure?.rate ?? 0)))
  return { hours, most }
}
