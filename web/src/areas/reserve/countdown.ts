// What is left of a hold, for eyes each second and for screen readers now and then.

/** Seconds left at which it is said aloud. */
const SAID = [300, 120, 60, 20] as const

export const secondsLeft = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / 1000))

/** 9:59 */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The mark that was passed between two looks, if any: said once, however late the timer comes. */
export function passed(before: number, now: number): number | null {
  return SAID.filter((mark) => before > mark && now <= mark).at(-1) ?? null
}
