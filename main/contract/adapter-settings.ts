// The rows of the table of settings (settings.ts) that say what stands beside the frozen base: its kind, size and strength,
// where it attaches, and how it begins and learns. Imports nothing but its neighbours.
import { methodKeys, methodRows } from './methods'
import {
  adapterKinds,
  choice,
  integer,
  layerKinds,
  list,
  number,
  text,
  toggle,
  virtualKinds,
  virtualMethods
} from './setting-rows'

export const adapterMethods = methodKeys.filter((key) => methodRows[key].trains === 'adapter')

export const adapterRows = {
  adapter: choice({
    default: 'lora',
    choices: adapterKinds,
    methods: adapterMethods,
    term: 'adapter type',
    group: 'adapter'
  }),
  virtualTokens: integer({
    default: 20,
    min: 1,
    max: 1024,
    unit: 'tokens',
    methods: virtualMethods,
    adapters: virtualKinds,
    term: 'num_virtual_tokens',
    group: 'adapter'
  }),
  encoderWidth: integer({
    default: 128,
    min: 1,
    max: 8192,
    methods: virtualMethods,
    adapters: ['p-tuning'],
    term: 'encoder_hidden_size',
    group: 'adapter'
  }),
  loraRank: integer({
    default: 16,
    min: 1,
    max: 256,
    methods: adapterMethods,
    adapters: ['lora', 'vera'],
    term: 'LoRA rank (r)',
    group: 'adapter'
  }),
  loraAlpha: number({
    default: 32,
    min: 0.01,
    max: 1024,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'LoRA alpha',
    group: 'adapter'
  }),
  rsLora: toggle({
    default: false,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'rsLoRA',
    group: 'adapter'
  }),
  dora: toggle({
    default: false,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'DoRA',
    group: 'adapter'
  }),
  loraStart: choice({
    default: 'noise',
    choices: ['noise', 'pissa', 'olora'],
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'init_lora_weights',
    group: 'adapter'
  }),
  // what is compared with itself must not differ by chance: none for preferences, as TRL
  loraDropout: number({
    default: 0.05,
    min: 0,
    max: 0.9,
    methods: ['sft', 'continued', 'multi-task'],
    adapters: ['lora', 'vera'],
    term: 'LoRA dropout',
    group: 'adapter'
  }),
  targetModules: list({
    // PEFT's word; which linear layers there are is the model's to say, and a name that it lacks is refused
    default: ['all-linear'],
    whole: 'all-linear',
    choices: [
      'all-linear',
      'q_proj',
      'k_proj',
      'v_proj',
      'qkv_proj',
      'o_proj',
      'gate_proj',
      'up_proj',
      'gate_up_proj',
      'down_proj',
      'proj',
      'per_layer_input_gate',
      'per_layer_projection',
      'per_layer_model_projection',
      'in_proj_qkv',
      'in_proj_z',
      'in_proj_b',
      'in_proj_a',
      'in_proj',
      'out_proj',
      'w1',
      'w3',
      'w2'
    ],
    methods: adapterMethods,
    adapters: layerKinds,
    term: 'target modules',
    group: 'adapter'
  }),
  targetPattern: text({
    form: 'expression',
    methods: adapterMethods,
    adapters: layerKinds,
    term: 'target_modules (regular expression)',
    group: 'places'
  }),
  excludeModules: text({
    form: 'names',
    methods: adapterMethods,
    adapters: layerKinds,
    term: 'exclude_modules',
    group: 'places'
  }),
  layers: text({
    form: 'layers',
    methods: adapterMethods,
    adapters: layerKinds,
    term: 'layers_to_transform',
    group: 'places'
  }),
  rankPattern: text({
    form: 'ranks',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'rank_pattern',
    group: 'places'
  }),
  alphaPattern: text({
    form: 'alphas',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'alpha_pattern',
    group: 'places'
  }),
  wholeModules: text({
    form: 'names',
    methods: adapterMethods,
    adapters: layerKinds,
    term: 'modules_to_save',
    group: 'places'
  }),
  targetParameters: text({
    form: 'names',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'target_parameters',
    group: 'places'
  }),
  loraBias: choice({
    default: 'none',
    choices: ['none', 'lora_only', 'all'],
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'bias',
    group: 'places'
  }),
  trainTokens: text({
    form: 'tokens',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'trainable_token_indices',
    group: 'places'
  }),
  loraPlusRatio: number({
    default: 1,
    min: 1,
    max: 256,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'LoRA+ ratio',
    group: 'adapter'
  })
} as const
