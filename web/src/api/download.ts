// Files for the browser: made here, or of the API by `file` (client.ts), as a plain link would carry no token.

/** Hands the browser a file that was made here. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has begun by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
