// Two versions of one setting, held against each other: each is told in lines of a name and what it says.

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

/** What one changed oneself, put onto what holds now: the rest stays as somebody else left it. */
export function onto<F extends object>(before: F, now: F, mine: F): F {
  const changed = (Object.keys(mine) as (keyof F)[]).filter((key) => mine[key] !== before[key])
  return Object.assign({ ...now }, Object.fromEntries(changed.map((key) => [key, mine[key]] as const)))
}
