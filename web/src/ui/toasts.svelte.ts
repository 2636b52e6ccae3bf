// What happened, said once, for eyes and screen readers: `toasts.tell(say('cancelled'))`.
interface Toast {
  id: number
  text: string
}

class Toasts {
  list = $state<Toast[]>([])
  #next = 0

  tell(text: string, milliseconds = 7000): void {
    const id = this.#next++
    this.list.push({ id, text })
    setTimeout(() => this.drop(id), milliseconds)
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
