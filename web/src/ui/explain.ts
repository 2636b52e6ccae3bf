// The words for a refusal: the API's own, in the reader's language, or ours where it could not be reached.
import type { Refusal } from '../api/refusal'
import { say } from './messages'

export function explain(refusal: Refusal): string {
  switch (refusal.code) {
    case 'unreachable':
    case 'timeout':
    case 'unreadable':
    case 'not_found':
      return say(refusal.code)
    default:
      return [refusal.title, refusal.detail].filter(Boolean).join('. ').replace('..', '.') || say('refused')
  }
}
