// Events to a window, thinned: the newest of each kind and subject, at most five times a second, lists of
// metric lines joined. One publisher for one window; it owns the check that the window is still there.
import type { EventName, Events } from '../contract/channels'

export interface Outlet {
  /** false once the window is gone */
  send(event: EventName, value: unknown): boolean
}

export interface Publisher {
  publish<E extends EventName>(event: E, value: Events[E]): void
  close(): void
}

const interval = 200

/** What an event is about: a later one of the same subject replaces an earlier one that has not gone out. */
function subjectOf<E extends EventName>(event: E, value: Events[E]): string {
  const about = value as { id?: string; run?: string; project?: string; file?: string } | null
  return `${event} ${about?.id ?? about?.run ?? about?.project ?? ''} ${about?.file ?? ''}`
}

export function createPublisher(outlet: Outlet): Publisher {
  const waiting = new Map<string, { event: EventName; value: unknown }>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let open = true

  function flush(): void {
    timer = null
    for (const { event, value } of waiting.values()) if (open) open = outlet.send(event, value)
    waiting.clear()
  }

  return {
    publish(event, value) {
      if (!open) return
      // text that streams is never dropped or joined: it is already in phrases
      if (event === 'chat.chunk') {
        open = outlet.send(event, value)
        return
      }
      const subject = subjectOf(event, value)
      const earlier = waiting.get(subject)
      if (event === 'run.metrics' && earlier) {
        const lines = [
          ...(earlier.value as Events['run.metrics']).lines,
          ...(value as Events['run.metrics']).lines
        ]
        waiting.set(subject, { event, value: { ...(value as Events['run.metrics']), lines } })
      } else waiting.set(subject, { event, value })
      timer ??= setTimeout(flush, interval)
    },
    close() {
      open = false
      if (timer) clearTimeout(timer)
      waiting.clear()
    }
  }
}
