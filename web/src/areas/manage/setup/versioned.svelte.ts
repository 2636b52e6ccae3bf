// Something that has versions, in a form: read, edited, saved, and held against what somebody else saved meanwhile.
import type { OnAffected } from '../../../api/openapi.gen'
import { load, type Loading } from '../../../ui/load.svelte'
import { Saving } from './saving.svelte'
import { alike, onto, type Line } from '../../versions'

interface Ways<A, F> {
  read: (signal?: AbortSignal) => Promise<A>
  form: (answer: A) => F
  /** For comparing two versions. */
  lines: (form: F) => Line[]
  save: (form: F, version: number, on_affected: OnAffected) => Promise<unknown>
}

/** To be made in a component's script. */
export class Versioned<A extends { version: number }, F extends object> {
  edited = $state<F | null>(null)
  version = 0
  readonly loaded: Loading<A>
  readonly saving: Saving
  readonly #ways: Ways<A, F>
  /** What was read, on which one's own changes stand. */
  #before: F | null = null

  constructor(ways: Ways<A, F>) {
    this.#ways = ways
    this.loaded = load(async (signal) => {
      const answer = await ways.read(signal)
      this.edited = this.#before = ways.form(answer)
      this.version = answer.version
      return answer
    })
    this.saving = new Saving(async (on_affected) => {
      if (this.edited) await ways.save(this.edited, this.version, on_affected)
    }, this.loaded.again)
  }

  get mine(): Line[] {
    return this.edited ? this.#ways.lines(this.edited) : []
  }

  /** Whether what is edited says what was read, also where it has no line. */
  get equal(): boolean {
    return alike($state.snapshot(this.edited), this.#before)
  }

  /** Reads what holds now, and puts one's own changes onto it; its version is the one that is saved over from here on. */
  theirs = async (): Promise<Line[]> => {
    const now = await this.#ways.read()
    const form = this.#ways.form(now)
    this.version = now.version
    if (this.edited && this.#before) this.edited = onto(this.#before, form, $state.snapshot(this.edited) as F)
    this.#before = form
    return this.#ways.lines(form)
  }
}
