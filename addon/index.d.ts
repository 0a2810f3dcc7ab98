// The manual of the native module, by hand (test/addon/exports.test.ts holds it to the binary).
// Every call returns a Promise and runs on a pool thread; nothing native ever calls into JavaScript.
// A session is busy during a call: a second call is refused with code ENGINE_BUSY, except cancel().
// Failures are rejected with an EngineError. Token ids are Int32Array, lengths in tokens, sizes in
// bytes, times in seconds.
import type { ConversationOptions, Said } from './conversation'
import type { DeviceChoice, Gpu, MemoryPlan, NoGpuReason } from './device'
import type { PruneOptions, PruneResult, SideHead, TrainMode } from './train-mode'

export type { ConversationOptions, Said } from './conversation'
export type { DeviceChoice, Gpu, MemoryParts, MemoryPlan, NoGpuReason } from './device'

/** Its `message` is the code with its details, for logs; what a person reads is made of these two. */
export interface EngineError extends Error {
  /** Stable, SCREAMING_SNAKE; its sentences in ja and en stand with those of all codes. */
  code: string
  /** What fills the sentences, e.g. { file, tensor, expected, actual }. */
  details: Record<string, string>
}

/** What the engine can use here. */
export interface Probe {
  version: string
  /** Instruction set of F32: 'scalar' | 'avx2' | 'avx512' | 'neon'. */
  backend: string
  /** whether the processor multiplies BF16 faster than F32 */
  bf16: boolean
  /** Processors this process may use. */
  processors: number
  processorName: string
  memoryBytes: number
  memoryAvailableBytes: number
  /** The GPU, as it is without being entered; null where none can be used. */
  gpu: Gpu | null
  /** Why there is none; null where there is one. */
  noGpu: { reason: NoGpuReason; /** '' where it is not known */ name: string } | null
  /** Families the engine knows, by model_type. */
  families: string[]
}
export function probe(): Promise<Probe>

/** Precision of the frozen base. 'none' keeps what the file holds (mapped, never copied). Only the linear
 *  layers of the decoder are quantised to INT8 or NF4; embeddings, norms and head stay as stored. What a GGUF file holds in
 *  blocks stays so in all of them. */
export type BaseQuantization = 'none' | 'f32' | 'bf16' | 'int8' | 'nf4'

export type { PruneOptions, PruneResult, SideHead, TrainMode } from './train-mode'

export type Compute = 'auto' | 'f32' | 'bf16' | 'int8'

/** How scores are learnt, in the words of Transformers' problem_type. */
export type ScoreProblem = 'single_label_classification' | 'multi_label_classification' | 'regression'

export interface OpenOptions {
  /** Hugging Face folder: config.json and safetensors (one file, or an index and shards); or a GGUF file, whose
   *  blocks are used as they are. */
  modelDir: string
  baseQuantization: BaseQuantization
  /** Base seed of dropout and of the adapter's first values. */
  seed: number
  /** 0 = one per processor */
  threads: number
  /** In which numbers whole micro-batches are multiplied: both factors of a product rounded to BF16, or F32 as they
   *  are. Sums, activations, adapter, gradients and optimizer are F32 either way. auto: BF16 where the device has
   *  instructions for it (Probe.bf16, Gpu.bf16). int8: products with stored matrices that are no F32 in groups of bytes,
   *  all others as bf16; of the CPU alone, and only where it has instructions for it (else NO_INT8_PRODUCTS {backend}).
   *  Absent: f32. */
  compute?: Compute
  /** Absent: the CPU (or what NEIRO_DEVICE names, for tests). */
  device?: DeviceChoice
  /** Most tokens one micro-batch may hold, virtual ones before each example with them: the memory plan is made
   *  for it. */
  maxTokensPerMicroBatch: number
  /** Ids that the tokenizer gives lie below this. Rows of the vocabulary from here on may hold no numbers (they were
   *  never initialised): they count as zeros, and no call may use their ids. Absent: every row must hold numbers. */
  tokens?: number
  /** Longest generation context (prompt + answer), for the KV cache; 0 = no generation. */
  maxContext: number
  train?: TrainMode
  /** alpha of noise on what the first layer reads, in updates alone: uniform up to alpha / sqrt(tokens of the example x
   *  width) (NEFTune, Jain et al. 2023); absent or 0: none */
  embeddingNoise?: number
  /** adamw8bit holds the two moments of each trained value in a byte (of tensors from 4096 values on), in blocks of 256
   *  with a scale each, as bitsandbytes: 2 bytes a value in place of 8. Absent: adamw */
  optimizer?: 'adamw' | 'adamw8bit'
  /** Store only each layer's input and compute the rest again on the way back. */
  gradientCheckpointing?: boolean
  /** PEFT folder to start from; what it computes must be what `train` asks for where both are given.
   *  Without `train` the adapter is used for inference. */
  adapterDir?: string
  /** PEFT folder of the same kind and size as the adapter: logProbabilities, evaluate and logits with adapter false read
   *  with this instead of with the base alone (the reference of a policy that was tuned before). */
  referenceDir?: string
  /** A score head for so many labels, whatever head the files hold: what they lack of it, or hold for another number of
   *  labels, is new, with first values of `seed`. For bases that were made for something else. */
  score?: { labels: number; problem: ScoreProblem }
  /** Heads beside the language head, that learn with whatever learns: forward() with the name of one. They are new, of
   *  `seed`, or those of headsFile. */
  heads?: SideHead[]
  /** safetensors file with NAME.weight, and NAME.bias, of all of them */
  headsFile?: string
  /** So many conversations at once, of maxContext each, instead of one generation: every one has a KV cache of its own,
   *  planned with the rest. Absent or 0: generateBegin and generateNext. At most maxTokensPerMicroBatch. With `train`
   *  both are there, and adapter 0 of a conversation is what is trained, as it is now. */
  conversations?: number
  /** PEFT folders beside adapterDir, for conversations alone: all stand by the one base. */
  adapterDirs?: string[]
}

export interface ModelInfo {
  family: string
  parameters: number
  /** of the adapter, or of the whole model in full training; 0 without `train` and adapter */
  trainableParameters: number
  layers: number
  hiddenSize: number
  vocabSize: number
  /** scores of a score head (…ForSequenceClassification); 0 = the model has a language head */
  labels: number
  /** reads a text both ways and only scores: a session of it needs a score head, in its files or by `score` */
  encoder: boolean
  /** of one example; an encoder with learnt positions refuses longer ones with EXAMPLE_TOO_LONG */
  maxPositionEmbeddings: number
  /** dtype of most of the weights on disk: 'F32' | 'BF16' | 'F16', or of GGUF blocks 'Q4_K' ... */
  storedDtype: string
  /** multiply-add parameters in the linear layers and head: N of "6N FLOPs per token" */
  linearParameters: number
  /** names of the linear layers an adapter can attach to */
  linearModules: string[]
  /** names of tensors in the files that nothing asks for; what they would add is not computed */
  unreadTensors: string[]
}
/** Several LoRA folders of one base as one folder, each with a weight (PEFT's add_weighted_adapter). */
export interface CombineOptions {
  dirs: string[]
  /** one for each folder; below 0 takes off, but not with linear */
  weights: number[]
  /** linear: A and B summed apart, for equal ranks; cat: the exact sum, of the sum of the ranks; svd: what of it an
   *  adapter of the largest of the ranks can hold */
  how: 'linear' | 'cat' | 'svd'
  /** written, whole or not at all */
  dir: string
  /** written as base_model_name_or_path */
  baseModelName: string
}
/** Rejects with UNSUPPORTED_ADAPTER for what is more than a plain LoRA, ADAPTER_MISMATCH for other shapes. */
export function combineAdapters(options: CombineOptions): Promise<void>

/** Reads and checks config and tensor headers only. */
export function inspectModel(modelDir: string): Promise<ModelInfo>
export function planMemory(options: OpenOptions): Promise<MemoryPlan>

/** Examples laid end to end without padding. labels[i] is the id that position i itself holds when it is
 *  learnt, else -100 (as Transformers: the engine shifts; the first token of an example is never predicted). */
export interface Batch {
  tokens: Int32Array
  labels: Int32Array
  /** length of each example, summing to tokens.length */
  lengths: Int32Array
}

/** The same for a model with a score head. What is scored is, by the family, the last token of each example that is no
 *  padding, its first token, or the mean of all. */
export interface ScoreBatch {
  tokens: Int32Array
  lengths: Int32Array
  /** By the config's problem_type: the number of the right label of each example (cross entropy); for each label of
   *  each example whether it is right, from 0 to 1 (binary cross entropy); or numbers (squared error). */
  targets: Float32Array
  /** [examples] what each counts in loss and gradient, 0 or more; absent: 1 each. The mean still runs over terms. */
  weights?: Float32Array
}

export interface StepOptions {
  learningRate: number
  /** 1 for the first update; drives Adam's bias correction and the dropout streams */
  step: number
  beta1: number
  beta2: number
  epsilon: number
  weightDecay: number
  /** clip by global norm; 0 = never */
  maxGradNorm: number
  /** how many times as fast B of LoRA's pairs learns, and what is a vector of an adapter (LoRA+, Hayou et al. 2024);
   *  absent: 1 */
  loraPlusRatio?: number
}
export interface StepResult {
  /** mean over all learnt tokens of all micro-batches of -log p; with a score head over examples, or their values */
  loss: number
  /** global norm before clipping */
  gradNorm: number
  learntTokens: number
  tokens: number
  seconds: number
  /** true: loss or gradient norm was not finite; weights and optimizer state are as before the step */
  skipped: boolean
}
export interface EvaluateResult {
  /** sum over learnt tokens; divide for the mean. With a score head of its losses, and learntTokens counts these */
  nllSum: number
  learntTokens: number
  /** per example of the batch */
  examples: { nllSum: number; learntTokens: number }[]
}

export interface SamplingOptions {
  /** 0 = greedy */
  temperature: number
  /** 0 = off */
  topK: number
  /** 1 = off */
  topP: number
  /** 0 = off */
  minP: number
  /** 1 = off; applied first, to every token of prompt and answer (Keskar et al. 2019) */
  repetitionPenalty: number
  /** taken off the score of what stands in the answer already, from -2 to 2; absent or 0 = off */
  presencePenalty?: number
  /** the same for every time that it stands there */
  frequencyPenalty?: number
  /** no so many tokens, of prompt and answer, come twice in a row; absent or 0 = off */
  noRepeat?: number
  /** tokens of the answer before one of stopTokens may come; absent or 0 = off */
  least?: number
  /** keeps tokens that say about as much as is to be expected, up to so much of the probability, after all other cuts
   *  (Meister et al. 2022); absent or 1 = off */
  typicalP?: number
  seed: number
}
export interface GenerateOptions {
  prompt: Int32Array
  maxNewTokens: number
  /** generation ends after one of these (it is returned as the last token) */
  stopTokens: Int32Array
  sampling: SamplingOptions
  /** use the adapter; false = base alone */
  adapter: boolean
}
export interface GenerateChunk {
  tokens: Int32Array
  /** null while it goes on */
  finished: null | 'stop' | 'length'
}

/** What a saved state says of itself. */
export interface StateInfo {
  /** updates made when it was saved */
  step: number
  /** Instructions that wrote it: one of Probe's `backend`, or with products in BF16 that and how they are multiplied
   *  ('avx512-bf16'); null in files of before this was recorded. */
  writtenBy: string | null
  /** Those of this session. Where they are others, the run goes on as the same training, but not to the same bits. */
  here: string
}

export interface SaveAdapterOptions {
  dir: string
  /** written as base_model_name_or_path */
  baseModelName: string
}

/** Number format of most of a GGUF file; Q4_0 and Q4_K_M as llama.cpp mixes them. */
export type GgufType = 'F32' | 'F16' | 'BF16' | 'Q8_0' | 'Q4_0' | 'Q4_K_M'

/** An entry of a GGUF file's metadata; u32 and f32 as the file holds them. */
export type GgufEntry = { key: string } & (
  | { type: 'u32' | 'f32'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'text'; value: string }
  | { type: 'texts'; value: string[] }
  | { type: 'f32s'; value: Float32Array }
  | { type: 'i32s'; value: Int32Array }
)

export class Session {
  /** Opens the model; checks every header, shape and (once, while reading) that weights are finite. */
  static open(options: OpenOptions): Promise<Session>
  info(): Promise<ModelInfo>
  /** The plan this session was opened with. */
  plan(): Promise<MemoryPlan>
  /** One optimizer update over all micro-batches (gradient accumulation). Rejects with CANCELLED, state
   *  unchanged, when cancel() came between two micro-batches. */
  step(microBatches: Batch[] | ScoreBatch[], options: StepOptions): Promise<StepResult>
  /** An update by hand, for a loss that is made of what the head says (preferences, rewards, policies): forward and
   *  backward for each micro-batch, then update. Forward gives the log-probability of each learnt token in its place, 0
   *  in the others; of a score head the scores [examples, labels]; of a head beside it [examples or tokens, outputs].
   *  Dropout is that of the step. What it keeps is lost by the next call that reads text. */
  forward(
    batch: Batch | Omit<ScoreBatch, 'targets'>,
    options: Pick<StepOptions, 'step'> & { head?: string }
  ): Promise<Float32Array>
  /** Takes the gradient of the loss by each number that forward gave. Gradients add up until update. Rejects with
   *  NO_FORWARD_PASS where nothing is kept. */
  backward(gradient: Float32Array): Promise<void>
  /** `loss` decides with the norm whether it is skipped; the result gives it back. learntTokens is 1. */
  update(loss: number, options: StepOptions): Promise<StepResult>
  /** Sets the smallest weights of the linear layers to zero, where they stay. Of a session that trains all with keepZeros. */
  prune(options: PruneOptions): Promise<PruneResult>
  /** Log-probability of each learnt token in its place, 0 in the others; nothing is kept. */
  logProbabilities(batch: Batch, options: { adapter: boolean }): Promise<Float32Array>
  /** What a head beside the language head says, with the adapter: [examples, outputs], or [tokens, outputs]. */
  headScores(
    batch: { tokens: Int32Array; lengths: Int32Array },
    options: { head: string }
  ): Promise<Float32Array>
  evaluate(batch: Batch | ScoreBatch, options: { adapter: boolean }): Promise<EvaluateResult>
  /** Logits [tokens, vocab] row-major for tokens given end to end, to compare what was written with what was trained.
   *  With a prompt or prefix its virtual tokens stand before each example's. Of a score head [examples, labels]. */
  logits(
    batch: { tokens: Int32Array; lengths: Int32Array },
    options: { adapter: boolean }
  ): Promise<Float32Array>
  /** The states [tokens, hiddenSize] after the last layer and the final norm, as Transformers' last_hidden_state, whatever
   *  head there is. Virtual tokens as with logits. */
  hiddenStates(
    batch: { tokens: Int32Array; lengths: Int32Array },
    options: { adapter: boolean }
  ): Promise<Float32Array>
  /** Reads the prompt into the cache; then call generateNext until finished. Rejects with NO_LANGUAGE_HEAD for a
   *  model that scores. */
  generateBegin(options: GenerateOptions): Promise<void>
  /** At most `count` more tokens. */
  generateNext(count: number): Promise<GenerateChunk>
  /** Gives a conversation a free place, whose number it answers, and reads nothing yet. Rejects with
   *  NO_CONVERSATIONS where none were opened for, NO_FREE_PLACE, and with what generateBegin rejects. */
  beginConversation(options: ConversationOptions): Promise<number>
  /** Brings every conversation that has been read one token further, in one pass for all, then reads about 64 tokens of
   *  those that wait. What one says is, to the bit, what generateBegin and generateNext would say with the same
   *  prompt, settings and seed, whatever runs beside it. Who has ended has left its place. CANCELLED loses nothing. */
  advance(): Promise<Said[]>
  /** Leaves a place before the end; nothing where it is free already. */
  endConversation(place: number): Promise<void>
  /** PEFT folder: adapter_config.json and adapter_model.safetensors, written beside and renamed into place. */
  saveAdapter(options: SaveAdapterOptions): Promise<void>
  /** The heads beside the language head as headsFile takes them. */
  saveHeads(file: string): Promise<void>
  /** Adapter (or all weights), optimizer moments, step count and the instruction set in use as one
   *  safetensors file, fsynced. */
  saveState(file: string): Promise<void>
  /** Takes it back; rejects with STATE_MISMATCH or a file error and leaves the session unchanged. */
  loadState(file: string): Promise<StateInfo>
  /** Weights with the adapter baked in as model.safetensors (shards over 4 GB) + index, in this dtype.
   *  Base tensors are dequantised. Config and tokenizer files are the caller's, but for the
   *  config.json of a GGUF base. Rejects with NOT_MERGEABLE for a
   *  prompt or prefix. */
  saveMerged(options: { dir: string; dtype: 'F32' | 'BF16' | 'F16' }): Promise<void>
  /** The same as one GGUF file for llama.cpp, whole or not at all. `entries` are what only the caller knows: names,
   *  tokenizer, chat template; the architecture's own are added. Rejects with NOT_MERGEABLE, with GGUF_FAMILY for a
   *  family that llama.cpp does not know, with GGUF_OTHERWISE for a config that it would compute otherwise. */
  saveGguf(options: { file: string; type: GgufType; entries: GgufEntry[] }): Promise<void>
  /** The adapter as a GGUF file that llama.cpp lays over the base's. Rejects with GGUF_ADAPTER for another kind than
   *  LoRA. */
  saveGgufAdapter(options: { file: string; entries: GgufEntry[] }): Promise<void>
  /** Reads the file again as a stranger's: every tensor in its shape, its values those of the tuned model within what
   *  its format rounds away. Returns the worst tensor: root mean square of what it is off, by that of its values.
   *  Rejects with GGUF_DIFFERS. */
  checkGguf(file: string): Promise<{ tensor: string; difference: number }>
  checkGgufAdapter(file: string): Promise<{ tensor: string; difference: number }>
  /** Bytes that saveGguf would write, but for the entries. */
  ggufBytes(type: GgufType): Promise<number>
  /** Any running call rejects with CANCELLED within one micro-batch (a save between two blocks of rows). Returns at once. */
  cancel(): void
  /** Frees everything; further calls reject with SESSION_CLOSED. */
  close(): Promise<void>
}

/** Ceilings of a device of this machine, measured now (about a second): a register-only product loop, a large copy (both
 *  of the CPU alone, 0 of a GPU), and the engine's own product at a typical shape with F32 and NF4 weights. Absent: the CPU. */
export function calibrate(threads: number, device?: 'cpu' | 'cuda'): Promise<Calibration>
export interface Calibration {
  peakGflops: number
  copyGBps: number
  productGflopsF32: number
  productGflopsNf4: number
  /** the same with weights in rows of 8-bit numbers */
  productGflopsInt8: number
  productGflopsInt8Bf16: number
  /** the same of BF16 products; where the processor has none (Probe.bf16), these are F32 products of rounded values */
  peakGflopsBf16: number
  productGflopsBf16: number
  productGflopsNf4Bf16: number
  /** the same in INT8 with weights in NF4; 0 where there are no such products */
  peakGflopsInt8: number
  productGflopsInInt8: number
}
