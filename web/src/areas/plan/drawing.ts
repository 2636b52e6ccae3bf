// From a plan's numbers to what is seen: how large, what is written on it, and what lies next in a direction. All lengths
// are centimetres unless they say otherwise.
import type { Plan } from '../../api/openapi.gen'

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}
export interface Placed extends Rect {
  rotation?: number
}
/** What of a plan has to be known to draw it. */
export type Drawn = Pick<Plan, 'width' | 'height' | 'units' | 'fixtures'>

/** What is seen around the walls, so that strokes and focus rings are whole. */
export const MARGIN = 20
/** The least side of what one taps, in pixels: WCAG 2.2 asks for 24. */
export const TARGET = 26
/** No plan is higher than this on a page, in pixels, unless its desks would be too small to tap. */
const HIGHEST = 520
/** Whoever sits in a room does not sit at one of its sides. */
const ROOMY = 240
const CHAIR = { wide: 44, deep: 30, gap: 6 }

/** Where one sits at a desk: before its front. */
export function chair({ x, y, width, height, rotation = 0 }: Placed): Rect | null {
  if (Math.max(width, height) > ROOMY) return null
  const { wide, deep, gap } = CHAIR
  const [across, down] = [x + width / 2 - wide / 2, y + height / 2 - wide / 2]
  if (rotation === 180) return { x: across, y: y - gap - deep, width: wide, height: deep }
  if (rotation === 90) return { x: x - gap - deep, y: down, width: deep, height: wide }
  if (rotation === 270) return { x: x + width + gap, y: down, width: deep, height: wide }
  return { x: across, y: y + height + gap, width: wide, height: deep }
}

/** How wide to draw a plan, in pixels, where so many are free: all of it, unless what one taps would be too small; then it
 *  is wider, and scrolls. */
export function pixels(plan: Drawn, free: number, highest = HIGHEST): number {
  const wide = plan.width + 2 * MARGIN
  const high = plan.height + 2 * MARGIN
  const least = Math.min(...plan.units.map((one) => Math.min(one.width, one.height)))
  const fitting = Math.min(free, (wide * highest) / high)
  return Math.ceil(Number.isFinite(least) ? Math.max(fitting, (wide * TARGET) / least) : fitting)
}

/** Of labels that count on ("Miza 4") the number says it all. */
export function short(label: string): string {
  return /\d+$/.exec(label)?.[0] ?? label
}

/** A letter's width in parts of its height. */
const LETTER = 0.58

/** What is written on a thing, as large as it fits; shortened where even small letters don't. */
export function writing(text: string, { width, height }: Rect): { text: string; size: number } {
  const size = Math.min(height * 0.5, 60, (width * 0.88) / (LETTER * Math.max(text.length, 2)))
  const least = Math.min(height * 0.5, 18)
  if (size >= least) return { text, size }
  const letters = Math.floor((width * 0.88) / (LETTER * least))
  return { text: letters < 2 ? '' : `${text.slice(0, letters - 1)}…`, size: least }
}

const AXES: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}
/** Aside counts more than ahead, so that a row is walked along. */
const ASIDE = 3

/** Which of `things` a key leads to from the one at `from`; `null` where it leads nowhere. */
export function next(things: readonly Rect[], from: number, key: string): number | null {
  if (things.length === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return things.length - 1
  const axis = AXES[key]
  const start = things[from]
  if (!axis || !start) return null
  const [across, down] = axis
  const middle = (one: Rect) => [one.x + one.width / 2, one.y + one.height / 2] as const
  const [x, y] = middle(start)
  let best: number | null = null
  let least = Infinity
  things.forEach((one, place) => {
    const [to, on] = middle(one)
    const ahead = (to - x) * across + (on - y) * down
    const aside = Math.abs((to - x) * down) + Math.abs((on - y) * across)
    const cost = ahead + ASIDE * aside
    if (place === from || ahead <= 0 || aside > 2 * ahead || cost >= least) return
    ;[best, least] = [place, cost]
  })
  return best
}

/** What goes around something that has the focus. */
export const around = ({ x, y, width, height }: Rect): Rect => ({
  ...{ x: x - 8, y: y - 8 },
  ...{ width: width + 16, height: height + 16 },
})
