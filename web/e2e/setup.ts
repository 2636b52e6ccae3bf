// Starts the real program on each database, with a small world in it, and stops it at the end.
import type { TestProject } from 'vitest/node'
import { begin, type Running, type World } from './world'

declare module 'vitest' {
  export interface ProvidedContext {
    worlds: World[]
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running: Running[] = []
  const stop = async () => void (await Promise.all(running.map((one) => one.stop())))
  try {
    running.push(await begin('sqlite'))
    const postgres = process.env.PROSTOR_TEST_POSTGRES_URL
    if (postgres) running.push(await begin('postgres', postgres))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide(
    'worlds',
    running.map((one) => one.world),
  )
  return stop
}
