// Message catalogues. Each area has one, `messages.ts`, with both languages side by side; it loads with the area.
// Keys and parameters are typed from the Slovenian text; messages.test.ts finds what is missing, unused or different.
//
//     export const say = messages({ sl: { found: { one: '{n} prostor', two: '{n} prostora', few: '{n} prostori',
//       other: '{n} prostorov' } }, en: { found: { one: '{n} space', other: '{n} spaces' } } })
//     say('found', { n: 3 })
import { language, LOCALE, type Language } from './language.svelte'

/** Forms by the number `n` (Intl.PluralRules): Slovenian has one, two, few, other; English one, other. */
export interface Forms {
  readonly one: string
  readonly two?: string
  readonly few?: string
  readonly other: string
}
export type Message = string | Forms
export type Catalogue = Readonly<Record<string, Message>>

type Text<M> = M extends string ? M : M extends Forms ? Extract<M[keyof M], string> : never
type Names<T extends string> = T extends `${string}{${infer N}}${infer R}` ? N | Names<R> : never
type Given<M> = [Names<Text<M>>] extends [never] ? [] : [parameters: Record<Names<Text<M>>, string | number>]

export interface Say<S extends Catalogue> {
  <K extends keyof S & string>(key: K, ...given: Given<S[K]>): string
  readonly catalogues: Readonly<Record<Language, Catalogue>>
}

/** Makes an area's `say`. Read in a template, it follows the language. */
export function messages<const S extends Catalogue>(catalogues: {
  sl: S
  en: { readonly [K in keyof S]: Message }
}): Say<S> {
  const say = (key: string, parameters: Record<string, string | number> = {}) =>
    render((catalogues[language.current] as Catalogue)[key] ?? key, parameters, language.current)
  return Object.assign(say, { catalogues }) as unknown as Say<S>
}

export function render(message: Message, parameters: Record<string, string | number>, reader: Language): string {
  const text = typeof message === 'string' ? message : form(message, Number(parameters.n), reader)
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name]
    if (typeof value === 'number') return new Intl.NumberFormat(LOCALE[reader]).format(value)
    return value ?? whole
  })
}

function form(forms: Forms, n: number, reader: Language): string {
  const category = new Intl.PluralRules(LOCALE[reader]).select(n)
  return (forms as unknown as Record<string, string | undefined>)[category] ?? forms.other
}
