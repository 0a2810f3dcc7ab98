// A program for a process of its own: one file read as a process of the workshop reads it, with nobody who takes what
// comes of it. Says as JSON how long it took, how long the processor had of
// it (start included; what a busy machine leaves untouched), and how much memory it had at its largest.
import { readSource } from '../../main/services/dataset/read/read-source'
import { peakMemory } from './peak-memory'

const [path = ''] = process.argv.slice(2)
const begun = performance.now()
let examples = 0
const take = async (piece: { readonly examples: readonly unknown[] }): Promise<void> => {
  examples += piece.examples.length
}
const { error } = await readSource({ id: 's1', name: path }, path, {}, () => {}, take)
const ms = performance.now() - begun
const { user, system } = process.cpuUsage()
const busy = (user + system) / 1000
console.log(
  JSON.stringify({ ms, busy, examples, memory: peakMemory(process.pid), error: error?.code ?? null })
)
