// From a key or a click, as the browser received it, to the next picture of the page. Measured inside the page.
import type { Page } from 'playwright-core'

/** about as fast as the fastest typists, in milliseconds */
const pace = 60

/** Milliseconds. */
export interface Latency {
  readonly median: number
  readonly p99: number
  readonly longest: number
}

export async function inputLatency(
  page: Page,
  count: number,
  act: (index: number) => Promise<void>
): Promise<Latency> {
  // tsx names inner functions through a helper that the page does not have
  await page.evaluate('globalThis.__name ??= (made) => made')
  await page.locator('body').evaluate((body) => {
    const view = body.ownerDocument.defaultView
    view.latencies = []
    const heard = (event: { timeStamp: number }): void => {
      // a task after the next frame's callbacks runs when that frame has been handed over
      view.requestAnimationFrame(() => {
        const channel = new view.MessageChannel()
        channel.port1.onmessage = () => view.latencies.push(view.performance.now() - event.timeStamp)
        channel.port2.postMessage(null)
      })
    }
    view.stopListening?.()
    view.addEventListener('keydown', heard, true)
    view.addEventListener('pointerdown', heard, true)
    view.stopListening = () => {
      view.removeEventListener('keydown', heard, true)
      view.removeEventListener('pointerdown', heard, true)
    }
  })
  for (let index = 0; index < count; index++) {
    await act(index)
    await page.waitForTimeout(pace)
  }
  const found = await page.locator('body').evaluate(async (body): Promise<number[]> => {
    const view = body.ownerDocument.defaultView
    await new Promise((drawn) => view.requestAnimationFrame(() => setTimeout(drawn, 50)))
    return view.latencies
  })
  found.sort((a, b) => a - b)
  const at = (share: number): number =>
    found[Math.min(found.length - 1, Math.floor(found.length * share))] ?? 0
  return { median: at(0.5), p99: at(0.99), longest: found.at(-1) ?? 0 }
}
