// What nobody caught ends the process with a sentence, once, and lets a training be saved first.
import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { endWhenBroken } from '../../main/cli/broken'

test.each(['uncaughtException', 'unhandledRejection'])('%s: log, sentence, saving, end', async (event) => {
  const program = new EventEmitter()
  const steps: string[] = []
  endWhenBroken(
    {
      log: (line) => void steps.push(`log ${line.split('\n')[0]}`),
      say: ({ code, details }) => void steps.push(`say ${code} ${details['reason']}`),
      save: async () => {
        await new Promise((later) => setTimeout(later, 20))
        steps.push('saved')
        throw new Error('not all of it')
      },
      exit: (code) => void steps.push(`exit ${code}`)
    },
    program
  )
  program.emit(event, new Error('broke'))
  program.emit(event, new Error('and again'))
  await vi.waitFor(() => expect(steps.at(-1)).toBe('exit 1'))
  expect(steps).toEqual(['log Error: broke', 'say INTERNAL broke', 'log Error: and again', 'saved', 'exit 1'])
})
