// Dragging on a row, by mouse or pen: an empty stretch becomes a new reservation, a bar moves, its edge resizes it.
// By touch one scrolls; there, and by keyboard, the same is done through the forms and Alt with the arrows.
import type { Attachment } from 'svelte/attachments'
import type { Mark } from './rows'
import { epoch } from '../../../time/instants'

const MINUTE = 60_000
/** Pixels from which on it is dragging and no tap. */
const THRESHOLD = 5

export interface Ghost {
  kind: 'new' | 'move' | 'resize'
  key: string
  from: number
  to: number
  /** The space in whose row it is. */
  space: string
}
export interface Drags {
  space: string
  /** The space in whose row a point of the screen is, if the mark may go there. */
  spaceAt: (mark: Mark, x: number, y: number) => string | undefined
  /** The moment at a place from 0 to 1, on the grid. */
  momentAt: (place: number) => number
  grid: number
  mark: (key: string) => Mark | undefined
  movable: (mark: Mark) => boolean
  ghost: (ghost: Ghost | null) => void
  drop: (ghost: Ghost) => void
}

/** What a ghost becomes when the pointer is at `now`, having begun at `began`. */
export function follow(ghost: Ghost, began: number, now: number, grid: number): Ghost {
  const by = now - began
  if (ghost.kind === 'move') return { ...ghost, from: ghost.from + by, to: ghost.to + by }
  if (ghost.kind === 'resize') return { ...ghost, to: Math.max(ghost.from + grid * MINUTE, ghost.to + by) }
  const [from, to] = [Math.min(began, now), Math.max(began, now)]
  return { ...ghost, from, to: Math.max(to, from + grid * MINUTE) }
}

/** By keyboard: Alt and arrows move, up and down to another of the rows, with Shift they change the end. */
export function stepped(
  ghost: Ghost,
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey'>,
  grid: number,
  rows: readonly string[],
): Ghost | null {
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (down && event.altKey && !event.shiftKey) {
    const space = rows[rows.indexOf(ghost.space) + down]
    return space === undefined ? null : { ...ghost, kind: 'move', space }
  }
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!by || !event.altKey) return null
  const step = by * grid * MINUTE
  if (!event.shiftKey) return { ...ghost, kind: 'move', from: ghost.from + step, to: ghost.to + step }
  return { ...ghost, kind: 'resize', to: Math.max(ghost.from + grid * MINUTE, ghost.to + step) }
}

export function dragging(read: () => Drags): Attachment<HTMLElement> {
  return (track) => {
    let began: { x: number; y: number; at: number; start: Ghost; dragged: boolean } | null = null
    let dropped = false
    const placeOf = (event: MouseEvent) => {
      const box = track.getBoundingClientRect()
      return (event.clientX - box.left) / box.width
    }
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || event.pointerType === 'touch') return
      dropped = false
      const drags = read()
      const at = drags.momentAt(placeOf(event))
      const target = event.target as HTMLElement
      const key = target.closest<HTMLElement>('[data-key]')?.dataset.key
      if (key === undefined) {
        const start: Ghost = { kind: 'new', key: '', from: at, to: at, space: drags.space }
        began = { x: event.clientX, y: event.clientY, at, start, dragged: false }
        return
      }
      const mark = drags.mark(key)
      if (!mark || !drags.movable(mark)) return
      const kind = target.closest('[data-edge]') ? 'resize' : 'move'
      const [from, to] = [epoch(mark.starts_at), epoch(mark.ends_at)]
      const start: Ghost = { kind, key, from, to, space: drags.space }
      began = { x: event.clientX, y: event.clientY, at, start, dragged: false }
    }
    const at = (event: PointerEvent) => {
      const drags = read()
      if (!began) return null
      const ghost = follow(began.start, began.at, drags.momentAt(placeOf(event)), drags.grid)
      const mark = ghost.kind === 'move' ? drags.mark(ghost.key) : undefined
      return { ...ghost, space: (mark && drags.spaceAt(mark, event.clientX, event.clientY)) ?? ghost.space }
    }
    const move = (event: PointerEvent) => {
      if (!began) return
      const far = Math.max(Math.abs(event.clientX - began.x), Math.abs(event.clientY - began.y))
      if (!began.dragged && far < THRESHOLD) return
      if (!began.dragged) track.setPointerCapture(event.pointerId)
      began.dragged = true
      read().ghost(at(event))
    }
    const up = (event: PointerEvent) => {
      const ghost = began?.dragged ? at(event) : null
      dropped = began?.dragged ?? false
      began = null
      if (ghost) read().drop(ghost)
    }
    const cancel = () => {
      began = null
      read().ghost(null)
    }
    // A tap on free ground: an hour from there on.
    const click = (event: MouseEvent) => {
      if (dropped || event.target !== track) return void (dropped = false)
      const { momentAt, space, drop } = read()
      const from = momentAt(placeOf(event))
      drop({ kind: 'new', key: '', from, to: from + 60 * MINUTE, space })
    }
    const pairs = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel, click }
    const listeners = Object.entries(pairs) as [string, EventListener][]
    for (const [name, listener] of listeners) track.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of listeners) track.removeEventListener(name, listener)
    }
  }
}
