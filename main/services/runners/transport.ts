// How a machine elsewhere is spoken with: it is handed the generated folder, and asked for what stands in its output
// folder. What that means is remote-runner.ts; ray/ and ssh/ are the ways.
import { NeiroError } from '../../contract/errors'

/** By what the place knows the training. */
export type Ticket = Readonly<Record<string, string>>

export interface Transport {
  /** Sends the folder and begins; it goes on from output/checkpoints where that is in it. The ticket is told as soon as there
   *  is one, so that nothing that was begun is lost sight of. */
  begin(folder: string, key: string, onTicket: (ticket: Ticket) => Promise<void>): Promise<Ticket>
  /** Begins again what stands there already; null: it does not, it must be sent again. */
  goOn(ticket: Ticket): Promise<Ticket | null>
  /** Whether somebody is at work on it; `why` is what is said there of an end. */
  look(ticket: Ticket): Promise<{ readonly alive: boolean; readonly why: string }>
  /** A small file of the output folder as text; null: it is not there. */
  read(ticket: Ticket, name: string): Promise<string | null>
  /** A file of the output folder, into a file here. */
  fetch(ticket: Ticket, name: string, into: string): Promise<void>
  /** Asks it to save and to end. */
  pause(ticket: Ticket): Promise<void>
  close(): void
}

/** What is waited for and tried again: it says nothing about the training. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof NeiroError && error.code === 'PLACE_UNREACHABLE'
