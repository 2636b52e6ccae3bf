// Two versions of one thing, held against each other: a setting is told in lines of a name and what it says.

export type Line = readonly [name: string, says: string]
export interface Row {
  name: string
  theirs: string
  mine: string
}

/** Only what differs, in the order of what holds now; what one of the two does not have is ''. */
export function differing(theirs: readonly Line[], mine: readonly Line[]): Row[] {
  const names = [...new Set([...theirs, ...mine].map(([name]) => name))]
  // What has no name of its own, such as two prices for the same people, stands together.
  const said = (lines: readonly Line[], name: string) =>
    lines
      .filter(([own]) => own === name)
      .map(([, says]) => says)
      .join('; ')
  return names
    .map((name) => ({ name, theirs: said(theirs, name), mine: said(mine, name) }))
    .filter((row) => row.theirs !== row.mine)
}

/** Whether two say the same; nothing and null do. */
export const alike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** What one changed oneself, put onto what holds now: the rest stays as somebody else left it. A list is one's own as a whole. */
export function onto<F extends object>(before: F, now: F, mine: F): F {
  const keys = Object.keys({ ...before, ...mine }) as (keyof F)[]
  const changed = keys.filter((key) => !alike(mine[key], before[key]))
  const put = (key: keyof F) => {
    const [was, is, own] = [before[key], now[key], mine[key]]
    return parted(was) && parted(is) && parted(own) ? onto<object>(was, is, own) : own
  }
  return Object.assign({ ...now }, Object.fromEntries(changed.map((key) => [key, put(key)] as const)))
}

const parted = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
