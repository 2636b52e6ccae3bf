// A plan in lines, for comparing two versions: where each thing stands, its size, and how it is turned.
import type { Line } from '../../versions'
import { keys, thing, type Draft, type Key } from './editing'
import { say } from './messages'

/** `name` says what a thing is called. */
export function lines(of: Draft, name: (key: Key, of: Draft) => string): Line[] {
  return [
    [say('room'), say('room_line', { width: of.width, height: of.height })],
    ...keys(of).flatMap((key): Line[] => {
      const at = thing(of, key)
      if (!at) return []
      const { rotation, ...place } = at
      const fixture = key.startsWith('f:') ? of.fixtures[Number(key.slice(2))] : undefined
      // What has a caption is not told by it what it is.
      const kind = fixture?.text ? [say(`kind_${fixture.kind}`).toLocaleLowerCase()] : []
      const turn = fixture ? (rotation === 0 ? [] : [say('turned', { degrees: rotation })]) : [front(rotation)]
      return [[name(key, of), [...kind, say('line', place), ...turn].join(', ')]]
    }),
  ]
}

const front = (rotation: 0 | 90 | 180 | 270): string => say('front_line', { where: say(`front_${rotation}`) })
