import { expect, it } from 'vitest'
import { Refusal } from '../../../../api/refusal'
import { MOST_BYTES, Uploading } from './uploading.svelte'

const file = (name: string, size = 1) => ({ name, size }) as File

it('sends one after the other, leaves out what is too large, and goes on after a refusal', async () => {
  const sent: string[] = []
  const seen: unknown[] = []
  const uploading = new Uploading(async (one) => {
    seen.push(uploading.progress)
    if (one.name === 'bad') throw new Refusal(422, 'image_damaged', null)
    sent.push(one.name)
    await Promise.resolve()
  })
  const added = await uploading.run([file('a'), file('bad'), file('huge', MOST_BYTES + 1), file('b', MOST_BYTES)])
  expect([added, sent]).toEqual([2, ['a', 'b']])
  expect(seen.at(-1)).toEqual({ done: 3, all: 4 })
  expect(uploading.progress).toBeNull()
  expect(uploading.failures.map((one) => [one.name, one.refusal?.code])).toEqual([
    ['bad', 'image_damaged'],
    ['huge', undefined],
  ])
  expect(await uploading.run([])).toBe(0)
})
