// What is handed over piece by piece, for whoever wants to take the pieces in a loop: the giver waits until a piece was
// taken, and is stopped where the loop is left.

export async function* pulled<T>(
  give: (take: (piece: T) => Promise<void>, signal: AbortSignal) => Promise<unknown>
): AsyncGenerator<T> {
  const left = new AbortController()
  const waiting: { readonly piece: T; readonly taken: () => void }[] = []
  let wake = (): void => undefined
  let end: { readonly error?: unknown } | null = null
  const take = async (piece: T): Promise<void> => {
    left.signal.throwIfAborted()
    await new Promise<void>((taken) => {
      waiting.push({ piece, taken })
      wake()
    })
  }
  void give(take, left.signal).then(
    () => {
      end = {}
      wake()
    },
    (error: unknown) => {
      end = { error }
      wake()
    }
  )
  const ended = (): { readonly error?: unknown } | null => end
  try {
    for (;;) {
      const next = waiting.shift()
      if (next) {
        yield next.piece
        next.taken()
        continue
      }
      const over = ended()
      if (over && 'error' in over) throw over.error
      if (over) return
      await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    left.abort()
    for (const { taken } of waiting) taken()
  }
}
