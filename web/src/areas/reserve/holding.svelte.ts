// The slot that is kept for somebody while they say what they want: taken when the page opens, changed as they type,
// confirmed by one tap, let go when they leave, and gone when its time is over.
import { api, newKey } from '../../api/client'
import type { NewReservation, Reservation, ReservationChange } from '../../api/openapi.gen'
import { refused, type Refusal } from '../../api/refusal'
import { epoch, isDate } from '../../time/instants'
import { difference, type WantedBody } from '../wishes/wanted'

export class Holding {
  held = $state.raw<Reservation | null>(null)
  refusal = $state.raw<Refusal | null>(null)
  /** The units that were chosen are somebody else's; those kept before still are theirs. */
  lost = $state.raw<Refusal | null>(null)
  busy = $state(false)
  /** Its time ran out here. */
  over = $state(false)
  made = $state.raw<Reservation | null>(null)
  /** When it ends, on the reader's clock, which may go wrong. */
  until = $state(0)
  #sent: WantedBody | null = null
  #turn = 0
  #changes: Promise<boolean> = Promise.resolve(true)

  /** Keeps the slot; what was kept before goes. */
  async take(body: NewReservation): Promise<void> {
    const turn = ++this.#turn
    const before = this.held
    this.busy = true
    this.refusal = null
    this.over = false
    this.held = null
    try {
      if (before) await release(before)
      const held = (await this.#own(body)) ?? (await api.post('/reservations', { body: { ...body, hold: true } }))
      if (turn !== this.#turn) return void release(held)
      this.#keep(held)
      this.#sent = wantedIn(body)
    } catch (thrown) {
      if (turn === this.#turn) this.refusal = refused(thrown)
    } finally {
      if (turn === this.#turn) this.busy = false
    }
  }

  /** Tells the service what changed, so that the price is right and a refusal comes early. */
  change(body: WantedBody): Promise<boolean> {
    // One after the other: each needs the version that the one before made.
    return (this.#changes = this.#changes.then(() => this.#change(body)))
  }

  async #change(body: WantedBody): Promise<boolean> {
    if (!this.held || !this.#sent) return false
    const change: ReservationChange = difference(this.#sent, body)
    if (Object.keys(change).length === 0) {
      // What was refused is not asked for any more.
      this.refusal = null
      return true
    }
    const { id, version } = this.held
    this.busy = true
    try {
      this.#keep(await api.patch('/reservations/{id}', { path: { id }, version, body: change }))
      this.#sent = body
      ;[this.refusal, this.lost] = [null, null]
      return true
    } catch (thrown) {
      const refusal = refused(thrown)
      if (refusal.code === 'slot_taken' && change.unit_ids) this.lost = refusal
      else this.#failed(refusal)
      return false
    } finally {
      this.busy = false
    }
  }

  async confirm(body: WantedBody, key = newKey()): Promise<void> {
    if (!(await this.change(body)) || !this.held) return
    this.busy = true
    try {
      this.made = await api.post('/reservations/{id}/confirm', { path: { id: this.held.id }, key })
      this.held = null
    } catch (thrown) {
      this.#failed(refused(thrown))
    } finally {
      this.busy = false
    }
  }

  runOut(): void {
    this.held = null
    this.over = true
  }

  /** When the page is left. What can't be let go now ends by itself. */
  leave(): void {
    this.#turn++
    const { held } = this
    this.held = null
    if (held) void release(held)
  }

  #keep(held: Reservation): void {
    this.held = held
    const ends = epoch(held.hold_expires_at ?? held.created_at)
    if (this.until === 0 || Math.abs(ends - this.until) > 1000) this.until = ends
  }

  #failed(refusal: Refusal): void {
    if (refusal.code === 'hold_expired' || refusal.problem?.current_status === 'expired') this.runOut()
    else this.refusal = refusal
  }

  /** A page that was loaded again finds what it had kept. */
  async #own(body: NewReservation): Promise<Reservation | null> {
    // The dates of a stay: what is kept of them already gives way to what is asked for.
    if (isDate(body.starts_at) || isDate(body.ends_at)) return null
    const query = { mine: true, status: 'held', space_id: body.space_id, from: body.starts_at, to: body.ends_at }
    const { items } = await api.get('/reservations', { query })
    const same = (one: Reservation) =>
      one.organisation_id == body.organisation_id &&
      epoch(one.starts_at) === Date.parse(body.starts_at) &&
      epoch(one.ends_at) === Date.parse(body.ends_at)
    const found = items.find(same)
    if (!found) return null
    // It has what was wanted then: all of what is wanted now is sent along.
    return api.patch('/reservations/{id}', {
      path: { id: found.id },
      version: found.version,
      body: { ...wantedIn(body) } as ReservationChange,
    })
  }
}

/** What says which slot it is, rather than what is wanted of it. */
const SLOT = ['space_id', 'starts_at', 'ends_at', 'organisation_id', 'hold']
const wantedIn = (body: NewReservation): WantedBody =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !SLOT.includes(key))) as unknown as WantedBody

async function release(held: Reservation): Promise<void> {
  try {
    await api.post('/reservations/{id}/cancel', { path: { id: held.id }, body: {} })
  } catch (thrown) {
    refused(thrown)
  }
}
