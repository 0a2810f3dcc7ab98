// Short words about what has been done, with undo where there is one. Never for errors.

export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo?: () => void
  /** whether it is still so that this can be undone; it goes when it is not */
  readonly stands?: () => boolean
}

class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #next = 1

  get list(): readonly Toast[] {
    return this.#list.filter(({ stands }) => stands?.() ?? true)
  }

  say(text: string, undo?: () => void, stands?: () => boolean): void {
    this.#list = [...this.#list.slice(-2), { id: this.#next++, text, undo, stands }]
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
