// A program for a process of its own: one file through the workshop, as the app's process has it read. Says as JSON how
// long it took, how long this process was silent at the longest, and what memory both had at their largest.
import { Workshop } from '../../main/workshop/workshop'
import { Silence } from '../workshop/silence'
import { peakMemory } from './peak-memory'

const [program = '', path = ''] = process.argv.slice(2)
const workshop = new Workshop({ program, onLog: (line) => console.error(line) })
workshop.warm()
await new Promise((resolve) => setTimeout(resolve, 1500))
const silence = new Silence()
const begun = performance.now()
const { error, examples } = await workshop.reader.readSource({ id: 's1', name: path }, path, {})
const ms = performance.now() - begun
const silent = silence.end()
const reader = Math.max(...workshop.pids.map((pid) => peakMemory(pid)))
workshop.close()
const own = peakMemory(process.pid)
console.log(
  JSON.stringify({ ms, silent, examples: examples.length, own, reader, error: error?.code ?? null })
)
