// What stands behind the `#` of a mail's link. Browsers send it nowhere by themselves; it stays in the address, so that
// opening the page again works, until it was used.
export const tokenHere = (): string => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

export const forgetToken = (): void => history.replaceState(history.state, '', location.pathname + location.search)
