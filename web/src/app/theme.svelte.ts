// Light, dark, or as the system has it; tokens.css does the rest.
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
const KEY = 'prostor.theme'

class Chosen {
  #current = $state<Theme>('system')

  get current(): Theme {
    return this.#current
  }

  begin(): void {
    this.set(THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system')
  }

  set(theme: Theme): void {
    this.#current = theme
    if (theme === 'system') {
      localStorage.removeItem(KEY)
      delete document.documentElement.dataset.theme
    } else {
      localStorage.setItem(KEY, theme)
      document.documentElement.dataset.theme = theme
    }
  }
}

export const theme = new Chosen()
