// The settings of methods that sort texts: rows of contract/settings.ts.
import { methodKeys, methodRows } from './methods'
import { choice } from './setting-rows'

const scoringMethods = methodKeys.filter((key) => methodRows[key].head === 'score')

export const scoreRows = {
  problem: choice({
    default: 'automatic',
    choices: ['automatic', 'single', 'several', 'number'],
    methods: scoringMethods,
    term: 'problem_type',
    group: 'training'
  }),
  classWeights: choice({
    default: 'none',
    choices: ['none', 'balanced'],
    methods: scoringMethods,
    term: 'class weights',
    group: 'training'
  })
} as const
