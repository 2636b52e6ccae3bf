// Where something stands, as custom properties: the content security policy drops `style` attributes.
import type { Attachment } from 'svelte/attachments'

export function placed(properties: Record<`--${string}`, string | number>): Attachment<HTMLElement> {
  return (node) => {
    for (const [name, value] of Object.entries(properties)) node.style.setProperty(name, String(value))
  }
}
