// The reader's language: chosen here before, else the browser's, else Slovenian.
export const LANGUAGES = ['sl', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
const KEY = 'prostor.language'

/** For Intl: English dates are written as in Europe. */
export const LOCALE = { sl: 'sl-SI', en: 'en-GB' } as const

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text)
}

/** What somebody reads, of what they chose and what their browser says. */
export function choose(kept: string | null, wanted: readonly string[]): Language {
  if (isLanguage(kept)) return kept
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'sl'
}

class Current {
  #current = $state<Language>('sl')

  get current(): Language {
    return this.#current
  }

  begin(): void {
    this.#show(choose(localStorage.getItem(KEY), navigator.languages))
  }

  set(language: Language): void {
    localStorage.setItem(KEY, language)
    this.#show(language)
  }

  /** For tests of other modules. */
  use(language: Language): void {
    this.#current = language
  }

  #show(language: Language): void {
    this.#current = language
    document.documentElement.lang = language
  }
}

export const language = new Current()
