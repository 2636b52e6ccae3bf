// Where the points of a line chart of rates lie. A scale of percents is one line, so no library is loaded for it.
export interface Frame {
  width: number
  height: number
  /** Room for labels. */
  left: number
  right: number
  top: number
  bottom: number
}

/** The highest percent of the axis: the next of these above all points. */
const TOPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1] as const
export const topOf = (rates: readonly (number | null)[]): number => {
  const most = Math.max(0, ...rates.map((rate) => rate ?? 0))
  return TOPS.find((top) => top >= most) ?? 1
}

export const ticks = (top: number): number[] => [0, top / 2, top]

export const x = (frame: Frame, at: number, count: number): number =>
  frame.left + (count < 2 ? 0.5 : at / (count - 1)) * (frame.width - frame.left - frame.right)

export const y = (frame: Frame, rate: number, top: number): number =>
  frame.top + (1 - rate / top) * (frame.height - frame.top - frame.bottom)

/** A path through the points; where there is none the line breaks. */
export function line(frame: Frame, rates: readonly (number | null)[], top: number): string {
  let pen = 'M'
  return rates
    .map((rate, at) => {
      const step = rate === null ? '' : `${pen}${round(x(frame, at, rates.length))} ${round(y(frame, rate, top))}`
      pen = rate === null ? 'M' : 'L'
      return step
    })
    .join('')
}

const round = (value: number): number => Math.round(value * 10) / 10

/** One of five shades, by which share of the busiest hour's rate it is; 0 is none. */
export function shade(rate: number | null, most: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (rate === null || rate <= 0 || most <= 0) return 0
  return Math.min(5, Math.max(1, Math.ceil((rate / most) * 5))) as 1 | 2 | 3 | 4 | 5
}
