// One log of the app: plain lines in the user's data folder, cut to its newer half when it grows past 4 MB.
// Nothing here ever throws: a log that cannot be written must not stop the work.
import { appendFileSync, closeSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const maxBytes = 4 * 1024 * 1024

export type LogLevel = 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string) => void

export function openLog(file: string): Log {
  // bytes until the next look at the size
  let room = 0
  try {
    // the data folder is made here, before anybody else writes: nobody but its user looks into it
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    room = cut(file)
  } catch {
    // a read-only home: log nothing
  }
  return (level, message) => {
    try {
      // one line an entry, whatever a file or a page put into the message
      const text = message.replace(/\r?\n|\r/g, ' ⏎ ').replace(/[\u0000-\u001f\u007f]/g, ' ')
      const line = `${new Date().toISOString()} ${level} ${text}\n`
      appendFileSync(file, line, { mode: 0o600 })
      room -= Buffer.byteLength(line)
      if (room < 0) room = cut(file)
    } catch {
      // see above
    }
  }
}

/** Cuts a log that has grown too long to its newest whole lines; the bytes that it may grow by. */
function cut(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size <= maxBytes) return maxBytes - size
  const kept = Buffer.alloc(maxBytes / 2)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, kept, 0, kept.length, size - kept.length)
  } finally {
    closeSync(opened)
  }
  writeFileSync(file, kept.subarray(kept.indexOf('\n') + 1))
  return maxBytes / 2
}
