// Where the focus goes when what had it is gone.

/** Back to where it was, if it is nowhere now; where that is gone, too, to the page's heading. */
export function restore(before: Element | null): void {
  const now = document.activeElement
  if (now && now !== document.body) return
  const goal = before?.isConnected ? before : document.querySelector('h1[tabindex="-1"]')
  if (goal instanceof HTMLElement) goal.focus({ preventScroll: goal !== before })
}
