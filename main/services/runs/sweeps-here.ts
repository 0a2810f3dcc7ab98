// Sweeps put together for the projects of this machine: how their runs are called, and how their last ones are measured.
import type { Language } from '../../contract/language'
import { sweepWords } from '../../words/sweep'
import type { Turns } from '../engine/turns'
import { heldOutOf } from '../evaluation/held-out'
import { lossesOf } from '../evaluation/losses'
import type { RunPlace } from './run-view'
import { Sweeps, type SweepsParts } from './sweeps'
import type { TunedModel } from './tuned-model'

export function sweepsHere(
  o: Omit<SweepsParts, 'losses' | 'runName'> & {
    readonly tuned: (place: RunPlace) => Promise<TunedModel>
    readonly turns: Turns
    readonly language: () => Language
  }
): Sweeps {
  const { tuned, turns, language } = o
  return new Sweeps({
    ...o,
    losses: async (place, keptIn, signal) =>
      lossesOf(
        { tuned: await tuned(place), examples: await heldOutOf(place.dir), keptIn },
        { turns, signal, language: language() }
      ),
    runName: (rung, trial) => sweepWords[language()].runName(String(rung), String(trial))
  })
}
