// Files as they are (photographs), which take longer than questions.
import { language } from '../i18n/language.svelte'
import { address, newKey, persist, type AnswerTo, type Inserted, type Taking } from './client'
import { read, Refusal } from './refusal'

/** How long a phone may take with a large photograph. */
const PATIENCE = 180_000

/** Sends a file under a key of its own, so that a lost answer is asked for again and nothing is there twice. */
export async function upload<P extends Taking<'image/jpeg'>>(
  path: P,
  options: Inserted<P> & { file: Blob },
): Promise<AnswerTo<P>> {
  const headers = {
    'accept-language': language.current,
    'idempotency-key': newKey(),
    'content-type': options.file.type || 'application/octet-stream',
  }
  const init: RequestInit = { method: 'POST', headers, body: options.file }
  const response = await persist(address(path, options as { path?: object }), init, undefined, PATIENCE)
  if (!response.ok) throw await read(response)
  return (await response.json().catch(() => {
    throw new Refusal(response.status, 'unreadable', null)
  })) as AnswerTo<P>
}
