// Which figure is being explained: sections ask, `Explain.svelte`, there once on the page, answers.
import type { Explainable } from '../../api/openapi.gen'

interface Wanted {
  /** Where its row says that it is explained. */
  from: string
  /** What the row is called; '' of the totals. */
  of: string
}

class Explaining {
  open = $state(false)
  figure = $state<Explainable>('booked')
  wanted = $state.raw<Wanted | null>(null)

  ask(from: string, of: string, figure: Explainable): void {
    this.wanted = { from, of }
    this.figure = figure
    this.open = true
  }
}

export const explaining = new Explaining()
