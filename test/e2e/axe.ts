// What axe finds in a page that is open.
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = createRequire(import.meta.url)('axe-core') as { source: string }

/** What axe calls serious or critical, as sentences. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    interface Fault {
      impact: string
      help: string
      nodes: { target: unknown[] }[]
    }
    const runner = (globalThis as unknown as { axe: { run(): Promise<{ violations: Fault[] }> } }).axe
    const { violations } = await runner.run()
    return violations
      .filter((fault) => ['serious', 'critical'].includes(fault.impact))
      .map((fault) => `${fault.help}: ${fault.nodes.map((node) => node.target.join(' ')).join(', ')}`)
  })
}
