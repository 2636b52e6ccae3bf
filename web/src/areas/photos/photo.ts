// What a browser needs to know of a photograph to load the size that fits, and its words for who doesn't see it.
import type { Image } from '../../api/openapi.gen'
import type { Language } from '../../i18n/language.svelte'

export interface Source {
  src: string
  srcset: string
  /** Of the largest, so that room of the right shape is kept before it is there. */
  width: number
  height: number
}

export function source(image: Pick<Image, 'sizes'>): Source {
  const [first] = image.sizes
  const last = image.sizes.at(-1)
  return {
    // For browsers without srcset, and while it is not known what fits: one that is quick.
    src: first?.url ?? '',
    srcset: image.sizes.map((size) => `${size.url} ${size.width}w`).join(', '),
    width: last?.width ?? 3,
    height: last?.height ?? 2,
  }
}

/** In the reader's language, else in the other one; '' where nobody said. */
export function described(image: Pick<Image, 'alt_sl' | 'alt_en'>, language: Language): string {
  const [own, other] = language === 'sl' ? [image.alt_sl, image.alt_en] : [image.alt_en, image.alt_sl]
  return own ?? other ?? ''
}
