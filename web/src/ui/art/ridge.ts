// Ridges of the Alps, one behind the other, as the outlines of polygons.
import { dice } from './dice'

/** Midpoint displacement: `height` and `rough` in parts of the picture's height. */
function crest(throwDie: () => number, base: number, rough: number): number[] {
  let points = [base + (throwDie() - 0.5) * rough, base - throwDie() * rough, base + (throwDie() - 0.5) * rough]
  for (let swing = rough * 0.9; points.length < 60; swing *= 0.52) {
    points = points.flatMap((point, at) => {
      const next = points[at + 1]
      return next === undefined ? [point] : [point, (point + next) / 2 + (throwDie() - 0.5) * swing]
    })
  }
  return points
}

/** From the farthest to the nearest, as SVG `points` within width × height. */
export function ridges(seed: string, width: number, height: number, count = 4): string[] {
  const throwDie = dice(seed)
  return Array.from({ length: count }, (_, layer) => {
    const far = 1 - layer / Math.max(count - 1, 1)
    const line = crest(throwDie, 0.86 - far * 0.42, 0.1 + far * 0.3)
    const step = width / (line.length - 1)
    const top = line.map((point, at) => `${(at * step).toFixed(1)},${(point * height).toFixed(1)}`)
    return [`0,${height}`, ...top, `${width},${height}`].join(' ')
  })
}
