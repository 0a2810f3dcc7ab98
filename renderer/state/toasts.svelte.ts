// Short words about what has been done, with undo where there is one. Never for errors.

export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo?: () => void
}

class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #next = 1

  get list(): readonly Toast[] {
    return this.#list
  }

  say(text: string, undo?: () => void): void {
    this.#list = [...this.#list.slice(-2), { id: this.#next++, text, undo }]
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
