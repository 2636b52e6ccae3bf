// For whom one said one would book, until one signs out: known in this tab's memory only.
import { onEnd } from '../../api/tokens'

let chosen = ''
onEnd(() => (chosen = ''))

export const bookFor = (organisation: string): string => (chosen = organisation)
/** '' is oneself. */
export const payer = (): string => chosen
