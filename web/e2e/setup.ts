// Starts the real program on each database, with a small world in it, and one Chromium, and stops them at the end.
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { begin, type Running, type World } from './world'

declare module 'vitest' {
  export interface ProvidedContext {
    worlds: World[]
    /** Where the browser is to be connected to. */
    chromium: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-dev-shm-usage']
  const postgres = process.env.PROSTOR_TEST_POSTGRES_URL
  const begun = await Promise.allSettled([
    begin('sqlite'),
    ...(postgres ? [begin('postgres', postgres)] : []),
    chromium.launchServer({ executablePath, args }).then((server) => ({ server, stop: () => server.close() })),
  ])
  const running = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const stop = async () => void (await Promise.all(running.map((one) => one.stop())))
  for (const one of begun) {
    if (one.status === 'fulfilled') continue
    await stop()
    throw one.reason
  }
  const worlds = running.filter((one): one is Running => 'world' in one)
  project.provide(
    'worlds',
    worlds.map((one) => one.world),
  )
  for (const one of running) if ('server' in one) project.provide('chromium', one.server.wsEndpoint())
  return stop
}
