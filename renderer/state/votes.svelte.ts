// A blind vote: the ballot of whoever sits here, and what all votes come to once nobody is in the middle of one.
import type { Ballot, BallotSize, Choices, Tally, TallyResult } from '../../main/contract/votes'
import { call } from '../api.svelte'
import { saveText } from '../lib/save-text'
import { troubles } from './troubles.svelte'

class VotesState {
  #ballot = $state.raw<Ballot | null>(null)
  #tally = $state.raw<Tally | null>(null)
  /** of which the tally is */
  #run = $state<string | null>(null)
  #learning = $state(false)

  get ballot(): Ballot | null {
    return this.#ballot
  }
  get tally(): Tally | null {
    return this.#tally
  }

  /** they are becoming data just now */
  get learning(): boolean {
    return this.#learning
  }

  async open(run: string): Promise<void> {
    this.#ballot = null
    await this.load(run)
  }

  /** What all votes of the run come to; a ballot that is being filled in stays. */
  async load(run: string): Promise<void> {
    if (this.#run !== run) this.#tally = null
    this.#run = run
    // where nothing is answered yet there is nothing to count
    const tally = await call('evaluation.tally', { run }).catch(() => null)
    // another run may have been opened meanwhile
    if (this.#run === run) this.#tally = tally
  }

  /** null: of another run, or nobody has voted to the end, or somebody is in the middle of it */
  resultOf(run: string | undefined): TallyResult | null {
    return this.#run === run ? (this.#tally?.result ?? null) : null
  }

  async begin(run: string, voter: string, size: BallotSize): Promise<void> {
    await troubles.attempt(async () => {
      this.#ballot = await call('evaluation.ballot', { run, voter, size })
    })
  }

  async vote(run: string, choices: Choices): Promise<void> {
    const { id, item } = this.#ballot ?? {}
    if (!id || !item) return
    await troubles.attempt(async () => {
      this.#ballot = await call('evaluation.vote', { run, ballot: id, item: item.index, choices })
      if (this.#ballot.item === null) this.#tally = await call('evaluation.tally', { run })
    })
  }

  async takeBack(run: string): Promise<void> {
    const { id } = this.#ballot ?? {}
    if (!id) return
    await troubles.attempt(async () => {
      this.#ballot = await call('evaluation.takeBack', { run, ballot: id })
    })
  }

  /** Of somebody who does not go on. */
  async drop(run: string, ballot: string): Promise<void> {
    await troubles.attempt(async () => {
      this.#tally = await call('evaluation.dropBallot', { run, ballot })
    })
  }

  async saveBallot(run: string, voter: string, size: BallotSize): Promise<void> {
    await troubles.attempt(async () => {
      const { name, text } = await call('evaluation.ballotFile', { run, voter, size })
      saveText(name, text)
    })
  }

  /** What they prefer becomes data of the run's project. Answers how many pairs; null: it did not. */
  async learn(run: string): Promise<number | null> {
    this.#learning = true
    try {
      return await troubles.attempt(async () => (await call('evaluation.learnVotes', { run })).pairs)
    } finally {
      this.#learning = false
    }
  }

  async takeIn(run: string, file: File): Promise<void> {
    await troubles.attempt(async () => {
      this.#tally = await call('evaluation.takeVotes', { run, text: await file.text() })
    })
  }
}

export const votes = new VotesState()
