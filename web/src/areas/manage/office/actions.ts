// What an audit entry says was done, in words; what has none yet stands by the name the API gives it.
import { say } from './words'

const has = (key: string): key is keyof typeof say.catalogues.sl => key in say.catalogues.sl

export function actionName(action: string): string {
  const [thing = '', verb = ''] = action.split('.')
  const what = has(`thing_${thing}`) ? say(`thing_${thing}` as 'thing_other') : thing.replaceAll('_', ' ')
  const done = has(`verb_${verb}`) ? say(`verb_${verb}` as 'verb_made') : verb.replaceAll('_', ' ')
  return [what, done].filter(Boolean).join(': ')
}
