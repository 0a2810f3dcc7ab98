// Every room of the window as an address, with the title by which a test knows that it is there.
import type { WindowWords } from '../../main/words/window'
import type { Furnished } from './furnished'
import { compareTitle } from './titles'

export interface RoomAddress {
  readonly name: string
  readonly hash: string
  readonly title: (words: WindowWords) => string | RegExp
}

export const rooms = ({ sample, run, own }: Furnished): readonly RoomAddress[] => [
  { name: 'home', hash: '#home', title: (words) => words.home.back },
  { name: 'runs', hash: '#runs', title: (words) => words.runs.title },
  { name: 'models', hash: '#models', title: (words) => words.model.modelsTitle },
  { name: 'settings', hash: '#settings', title: (words) => words.settings.title },
  { name: 'goal', hash: `#goal?project=${own}`, title: (words) => words.goal.title },
  { name: 'data', hash: `#data?project=${own}`, title: (words) => words.data.title },
  { name: 'model', hash: `#model?project=${own}`, title: (words) => words.model.title },
  { name: 'train-before', hash: `#train?project=${own}`, title: (words) => words.train.title },
  {
    name: 'train-after',
    hash: `#train?project=${sample}&run=${run}`,
    title: (words) => words.train.live.finished
  },
  { name: 'compare', hash: `#compare?project=${sample}`, title: compareTitle },
  { name: 'export', hash: `#export?project=${sample}`, title: (words) => words.exporting.title }
]
