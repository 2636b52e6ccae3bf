// Files of the API, which need the session's token and so can't be plain links.
import { language } from '../i18n/language.svelte'
import { read, Refusal } from './refusal'
import { bearer } from './tokens'

/** Fetches a file and hands it to the browser. */
export async function download(path: string, name: string): Promise<void> {
  const token = await bearer()
  const headers: Record<string, string> = { 'accept-language': language.current }
  if (token !== null) headers.authorization = `Bearer ${token}`
  const response = await fetch(`/api/v1${path}`, { headers }).catch(() => {
    throw new Refusal(0, 'unreachable', null)
  })
  if (!response.ok) throw await read(response)
  save(await response.blob(), name)
}

/** Hands the browser a file that was made here. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has begun by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
