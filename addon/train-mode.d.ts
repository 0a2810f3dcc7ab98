// What a session may train, of the manual of the native module (index.d.ts).

/** What is trained. Absent: nothing (inference only). On a model with a score head every adapter trains the
 *  head's weights along, and saves them as PEFT's modules_to_save. */
export type TrainMode =
  | {
      kind: 'lora'
      /** r of adapter_config.json */
      rank: number
      /** scale = alpha / rank, or alpha / sqrt(rank) with rsLoRA (Kalajdzievski 2023) */
      alpha: number
      rsLora: boolean
      /** learns the length of each row of the weights beside their direction (DoRA, Liu et al. 2024) */
      dora?: boolean
      /** probability, on the input of A; 0 = none */
      dropout: number
      /** names of linear layers: of ModelInfo.linearModules, ends of their paths or whole paths; or ['all-linear'] for
       *  every one of them */
      targetModules: string[]
      /** instead of these: an expression for whole paths (without references and look-around) */
      targetPattern?: string
      /** of these not those: names as above */
      excludeModules?: string[]
      /** only those in the decoder layers of these numbers; absent: in all */
      layers?: number[]
      /** other ranks for some: by the end of a layer's path, or an expression for one (PEFT's rank_pattern) */
      rankPattern?: Record<string, number>
      alphaPattern?: Record<string, number>
      /** trained whole beside them: the names of head and embedding, of a model where these are two */
      wholeModules?: string[]
      /** what A and B are at first: noise and zero (the default); the strongest directions of the layer's own weights
       *  (PiSSA, Meng et al. 2024), or their first columns made orthonormal (OLoRA, 2024), which are taken off the base.
       *  saveAdapter() then writes a plain LoRA of twice the rank for the untouched base, which says the same. */
      start?: 'noise' | 'pissa' | 'olora'
      /** biases that are trained, too: of no layer (the default), of those above, or of every linear layer */
      bias?: 'none' | 'lora_only' | 'all'
      /** weights of experts that learn, too, by the ends of their names: gate_up_proj, down_proj (PEFT's target_parameters) */
      targetParameters?: string[]
      /** ids of tokens whose rows of the embedding (and of a head that is one with it) are trained */
      trainTokens?: number[]
    }
  /** how much each row of a random pair counts that all layers share (VeRA, Kopiczko et al. 2024) */
  | {
      kind: 'vera'
      rank: number
      /** first value of what is learnt on the side of the pair's rank; absent: 0.1 */
      dInitial?: number
      dropout: number
      targetModules: string[]
      targetPattern?: string
      excludeModules?: string[]
      layers?: number[]
      wholeModules?: string[]
    }
  /** learnt factors on what layers give, or for some on what they are given (IA3, Liu et al. 2022) */
  | {
      kind: 'ia3'
      targetModules: string[]
      targetPattern?: string
      excludeModules?: string[]
      layers?: number[]
      wholeModules?: string[]
      /** those of targetModules that scale their input; by the paper down_proj */
      feedforwardModules: string[]
    }
  /** embeddings of so many tokens before each example (prompt tuning, Lester et al. 2021) */
  | { kind: 'prompt'; virtualTokens: number }
  /** keys and values of so many tokens before each example, in every layer (prefix tuning, Li & Liang 2021) */
  | { kind: 'prefix'; virtualTokens: number }
  /** the same as prompt, made by a network so wide, which is what learns (P-tuning, Liu et al. 2021); only what it gives
   *  is stored: a run goes on from its state, not from a folder */
  | { kind: 'p-tuning'; virtualTokens: number; encoderWidth: number }
  /** every weight of the model, in F32 (small models only); decayAll: norms and biases decay as matrices do; keepZeros:
   *  weights of linear layers that are zero stay so (4 bytes a weight more), which Session.prune asks for */
  | { kind: 'full'; decayAll?: boolean; keepZeros?: boolean }

/** Pruning by magnitude: the same share of every layer, the smallest of all layers together, or two of each four
 *  neighbours in a row. */
export interface PruneOptions {
  pattern: 'layer' | 'global' | '2:4'
  /** share that becomes zero, from 0 to below 1; not read for 2:4 */
  amount: number
}
export interface PruneResult {
  /** of the linear layers */
  zeros: number
  weights: number
}

/** A linear layer on the hidden states after the final norm: of each example's last token, or of all its tokens. */
export interface SideHead {
  name: string
  outputs: number
  of: 'last' | 'tokens'
  bias: boolean
}
