// What somebody would get without the staff's help: the same reasons, none of them passed over.
import type { CheckAnswer, Outcome } from '../../../api/openapi.gen'

export function alone(answer: Pick<CheckAnswer, 'outcome' | 'reasons'>): Outcome {
  const said = [answer.outcome, ...answer.reasons.map((reason) => reason.outcome)]
  return said.includes('refuse') ? 'refuse' : said.includes('ask') ? 'ask' : 'allow'
}
