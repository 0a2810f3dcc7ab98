// Rows of the table of settings for what learns from preferences. Imports nothing but its neighbours.
import type { MethodKey } from './methods'
import { choice, number } from './setting-rows'

const preferenceMethods = ['dpo', 'orpo', 'cpo', 'kto'] as const satisfies readonly MethodKey[]

export const preferenceRows = {
  preferenceLoss: choice({
    default: 'sigmoid',
    choices: ['sigmoid', 'hinge', 'ipo', 'robust', 'apo_zero', 'exo_pair'],
    methods: ['dpo'],
    term: 'loss type',
    group: 'training'
  }),
  cpoLoss: choice({
    default: 'simpo',
    choices: ['simpo', 'sigmoid', 'hinge'],
    methods: ['cpo'],
    term: 'loss type (CPO)',
    group: 'training'
  }),
  preferenceBeta: number({
    default: 0.1,
    min: 0.001,
    max: 100,
    methods: preferenceMethods,
    term: 'beta',
    group: 'training'
  }),
  labelSmoothing: number({
    default: 0,
    min: 0,
    max: 0.49,
    methods: ['dpo', 'cpo'],
    term: 'label smoothing',
    group: 'training'
  }),
  likelihoodWeight: number({
    default: 0,
    min: 0,
    max: 100,
    methods: ['dpo', 'cpo'],
    term: 'SFT weight (RPO / CPO alpha)',
    group: 'training'
  }),
  simpoGamma: number({
    default: 0.5,
    min: 0,
    max: 100,
    methods: ['cpo'],
    term: 'SimPO gamma',
    group: 'training'
  }),
  likedWeight: number({
    default: 1,
    min: 0.01,
    max: 100,
    methods: ['kto'],
    term: 'desirable weight',
    group: 'training'
  }),
  dislikedWeight: number({
    default: 1,
    min: 0.01,
    max: 100,
    methods: ['kto'],
    term: 'undesirable weight',
    group: 'training'
  })
} as const
