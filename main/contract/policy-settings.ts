// Rows of the table of settings for what learns from its own answers: how many it gives, what rules think of them, and how far
// it may go from what it was. Imports nothing but its neighbours.
import { answersItself, hasValues, methodKeys } from './methods'
import { choice, integer, number, text, toggle } from './setting-rows'

const policyMethods = methodKeys.filter(answersItself)
const valueMethods = methodKeys.filter(hasValues)

export const policyRows = {
  rewardLength: text({
    form: 'span',
    methods: policyMethods,
    term: 'reward: length',
    group: 'training'
  }),
  rewardContains: text({
    form: 'phrases',
    methods: policyMethods,
    term: 'reward: contains',
    group: 'training'
  }),
  rewardForbidden: text({
    form: 'phrases',
    methods: policyMethods,
    term: 'reward: forbidden words',
    group: 'training'
  }),
  rewardJson: toggle({
    default: false,
    methods: policyMethods,
    term: 'reward: valid JSON',
    group: 'training'
  }),
  rewardSame: toggle({
    default: false,
    methods: policyMethods,
    term: 'reward: same answer',
    group: 'training'
  }),
  rewardSeconds: integer({
    default: 60,
    min: 1,
    max: 3600,
    methods: policyMethods,
    term: 'reward: program timeout',
    group: 'training'
  }),
  answersPerQuestion: integer({
    default: 8,
    min: 2,
    max: 64,
    methods: policyMethods,
    term: 'num_generations',
    group: 'training'
  }),
  answerTokens: integer({
    default: 128,
    min: 1,
    max: 8192,
    unit: 'tokens',
    methods: policyMethods,
    term: 'max_completion_length',
    group: 'memory'
  }),
  policyLoss: choice({
    default: 'dapo',
    choices: ['dapo', 'grpo', 'dr_grpo'],
    methods: ['grpo'],
    term: 'loss type (GRPO)',
    group: 'training'
  }),
  rewardScale: choice({
    default: 'group',
    choices: ['group', 'batch', 'none'],
    methods: ['grpo'],
    term: 'scale_rewards',
    group: 'training'
  }),
  policyPasses: integer({
    default: 4,
    min: 1,
    max: 64,
    methods: valueMethods,
    term: 'num_ppo_epochs',
    group: 'training'
  }),
  clipRange: number({
    default: 0.2,
    min: 0.001,
    max: 10,
    methods: valueMethods,
    term: 'cliprange',
    group: 'training'
  }),
  valueClipRange: number({
    default: 0.2,
    min: 0.001,
    max: 100,
    methods: valueMethods,
    term: 'cliprange_value',
    group: 'training'
  }),
  valueCoefficient: number({
    default: 0.1,
    min: 0,
    max: 100,
    methods: valueMethods,
    term: 'vf_coef',
    group: 'training'
  }),
  rewardDiscount: number({
    default: 1,
    min: 0.01,
    max: 1,
    methods: valueMethods,
    term: 'gamma',
    group: 'training'
  }),
  gaeLambda: number({
    default: 0.95,
    min: 0,
    max: 1,
    methods: valueMethods,
    term: 'lam (GAE)',
    group: 'training'
  }),
  divergencePrice: number({
    default: 0.04,
    min: 0,
    zero: 'none',
    max: 10,
    methods: policyMethods,
    term: 'KL coefficient (beta)',
    group: 'training'
  }),
  divergenceLimit: number({
    default: 0.5,
    min: 0,
    zero: 'none',
    max: 100,
    methods: policyMethods,
    term: 'KL limit',
    group: 'training'
  })
} as const
