// What a visitor's first page costs: JavaScript of the entry and of the page at `/`, with all they import, gzipped.
// Fails above the limit. The other pages are listed for information. After `npm run build`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT = 110_000
const DIST = join(import.meta.dirname, '../dist')
/** @type {Record<string, { file: string, imports?: string[], css?: string[], isEntry?: boolean, isDynamicEntry?: boolean }>} */
const files = JSON.parse(readFileSync(join(DIST, 'files.json'), 'utf8'))

/** @param {string} key @param {Set<string>} found */
function gather(key, found) {
  const chunk = files[key]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const other of chunk.imports ?? []) gather(other, found)
  return found
}

/** @param {Iterable<string>} names */
const size = (names) => [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(DIST, name))).length, 0)
/** @param {number} bytes */
const shown = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

const entry = gather('index.html', new Set())
const first = gather('src/areas/find/Find.svelte', new Set(entry))
const total = size(first)
console.log(`${shown(total)}  first page (limit ${LIMIT / 1000} kB), ${first.size} files`)
for (const [key, chunk] of Object.entries(files)) {
  if (!chunk.isDynamicEntry) continue
  const own = [...gather(key, new Set())].filter((name) => !entry.has(name))
  console.log(`${shown(size(own))}  ${key.replace('src/', '')}`)
}
if (total > LIMIT) {
  console.error(`The first page is over its limit by ${total - LIMIT} bytes.`)
  process.exit(1)
}
