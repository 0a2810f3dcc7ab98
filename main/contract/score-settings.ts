// The settings of methods that sort texts: rows of contract/settings.ts.
import { methodKeys, methodRows, rates, type MethodRow } from './methods'
import { choice, number } from './setting-rows'

const scoringMethods = methodKeys.filter((key) => methodRows[key].head === 'score' && !rates(key))

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
  }),
  labelWeight: number({
    default: 1,
    min: 0.001,
    max: 1000,
    methods: methodKeys.filter((key) => (methodRows[key] as MethodRow).sorts),
    term: 'task weight of the labels',
    group: 'training'
  })
} as const
