/// <reference types="vitest/config" />
// Builds to hashed files below assets/, each with a brotli and a gzip sibling for the server to choose from.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/
// Where `prostor demo` or `prostor serve` listens while the client is worked on.
const SERVER = process.env.PROSTOR_SERVER ?? 'http://127.0.0.1:8080'

function compress(): Plugin {
  let out = ''
  return {
    name: 'prostor-compress',
    apply: 'build',
    configResolved: (config) => void (out = resolve(config.root, config.build.outDir)),
    async writeBundle() {
      for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !COMPRESSED.test(entry.name)) continue
        const path = join(entry.parentPath, entry.name)
        const bytes = await readFile(path)
        if (bytes.length < 400) continue
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
        await writeFile(`${path}.br`, brotliCompressSync(bytes, { params: quality }))
        await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  plugins: [svelte(), compress()],
  build: {
    target: 'es2022',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    // What nearly every page has goes in one file: on a slow line each file of its own costs more than what it weighs.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: /\/(src\/(api|i18n|time|ui)|node_modules\/svelte)\// }] },
      },
    },
  },
  server: {
    // The host goes on as it is: the server takes the session's cookie only from its own origin.
    proxy: { '/api': { target: SERVER, changeOrigin: false } },
  },
  test: {
    // Loading everything anew for each file took five times as long.
    isolate: false,
    projects: [
      unit('all', process.env.TZ ?? 'Europe/Ljubljana', 'src/**/*.test.ts'),
      // No zone of the reader's may change what a venue's clock shows.
      ...['America/St_Johns', 'Pacific/Chatham'].map((zone) => unit(zone, zone, 'src/{time,i18n}/*.test.ts')),
    ],
  },
})

function unit(name: string, TZ: string, include: string) {
  const setupFiles = ['src/units.setup.ts']
  return {
    extends: true as const,
    test: { name, include: [include], setupFiles, environment: 'node' as const, env: { TZ } },
  }
}
