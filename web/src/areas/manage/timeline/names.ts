// What a bar is called, for screen readers and tips.
import type { Space } from '../../../api/openapi.gen'
import * as format from '../../../i18n/format'
import { statusName } from '../../reservations/words'
import { say } from './messages'
import type { Mark } from './rows'

export function barName(mark: Mark, space: Space): string {
  const when = format.span(mark.starts_at, mark.ends_at, space.time_zone)
  const { reservation, block, by } = mark
  if (reservation && by) return say('bar_by', { when, space: by.name, title: reservation.title })
  if (reservation) {
    const state = statusName(reservation.status)
    return say('bar', { when, title: reservation.title, who: reservation.organiser.name, state })
  }
  return by ? say('block_by', { when, space: by.name }) : say('block', { when, reason: block?.reason ?? '' })
}

export const barText = ({ reservation, block, by }: Mark): string =>
  by ? by.name : (reservation?.title ?? block?.reason ?? '')
