// What was typed to find an organisation by.
export type Sought =
  | { by: 'name'; q: string }
  /** In the business register: seven digits, perhaps with three more of a part. */
  | { by: 'number'; number: string }
  /** Also the address of its page, which its owner sent. */
  | { by: 'id'; id: string }

export function sought(text: string): Sought {
  const id = /org_[0-7][0-9a-hjkmnp-tv-z]{25}/.exec(text)?.[0]
  if (id) return { by: 'id', id }
  const digits = text.replace(/\s/g, '')
  return /^\d{7}(?:\d{3})?$/.test(digits) ? { by: 'number', number: digits } : { by: 'name', q: text.trim() }
}
