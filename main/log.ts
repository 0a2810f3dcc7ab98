// One log of the app: plain lines in the user's data folder, cut to its newer half when it grows past 4 MB.
// Nothing here ever throws: a log that cannot be written must not stop the work.
import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const maxBytes = 4 * 1024 * 1024

export type LogLevel = 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string) => void

export function openLog(file: string): Log {
  try {
    mkdirSync(dirname(file), { recursive: true })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) {
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, text.slice(text.indexOf('\n', text.length >> 1) + 1))
    }
  } catch {
    // a read-only home: log nothing
  }
  return (level, message) => {
    try {
      appendFileSync(file, `${new Date().toISOString()} ${level} ${message.replaceAll('\n', ' ⏎ ')}\n`)
    } catch {
      // see above
    }
  }
}
