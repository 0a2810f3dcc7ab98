// Lets through at most one value per interval, and always the last one when asked to flush.

export interface Thinned<T> {
  send(value: T): void
  flush(): void
}

export function thinned<T>(send: (value: T) => void, intervalMs: number, clock: () => number): Thinned<T> {
  let last = -Infinity
  let held: { value: T } | null = null
  const pass = (value: T): void => {
    last = clock()
    held = null
    send(value)
  }
  return {
    send: (value) => {
      if (clock() - last >= intervalMs) pass(value)
      else held = { value }
    },
    flush: () => {
      if (held) pass(held.value)
    }
  }
}
