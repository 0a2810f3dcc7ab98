// One row per training setting: key, default, range, words. The form, the check of a recipe, the flags of
// the command line and the type below are all derived from this table. Imports nothing.

interface Spoken {
  readonly ja: string
  readonly en: string
}
interface Row<T> {
  readonly default: T
  /** the field's term, as shown beside the plain word */
  readonly term: string
  readonly label: Spoken
  /** two sentences: what it is; what raising or lowering it buys and costs */
  readonly help: Spoken
  readonly group: 'adapter' | 'training' | 'schedule' | 'memory' | 'evaluation'
  readonly expert: boolean
}
interface NumberRow extends Row<number> {
  readonly kind: 'integer' | 'number'
  readonly min: number
  readonly max: number
  readonly unit?: 'tokens' | 'steps' | 'epochs' | 'examples'
}
interface ChoiceRow<T extends string> extends Row<T> {
  readonly kind: 'choice'
  readonly choices: readonly T[]
  /** each choice in a plain word; the choice itself is the term */
  readonly choiceWords: Readonly<Record<NoInfer<T>, Spoken>>
}
interface SwitchRow extends Row<boolean> {
  readonly kind: 'switch'
}
interface ListRow<T extends string> extends Row<readonly T[]> {
  readonly kind: 'list'
  readonly choices: readonly T[]
  readonly choiceWords: Readonly<Record<NoInfer<T>, Spoken>>
}

const integer = (row: Omit<NumberRow, 'kind'>): NumberRow => ({ kind: 'integer', ...row })
const number = (row: Omit<NumberRow, 'kind'>): NumberRow => ({ kind: 'number', ...row })
const choice = <const T extends string>(row: Omit<ChoiceRow<T>, 'kind'>): ChoiceRow<T> => ({
  kind: 'choice',
  ...row
})
const toggle = (row: Omit<SwitchRow, 'kind'>): SwitchRow => ({ kind: 'switch', ...row })
const list = <const T extends string>(row: Omit<ListRow<T>, 'kind'>): ListRow<T> => ({ kind: 'list', ...row })

export const linearModules = [
  'q_proj',
  'k_proj',
  'v_proj',
  'o_proj',
  'gate_proj',
  'up_proj',
  'down_proj'
] as const

export const settingRows = {
  loraRank: integer({
    default: 16,
    min: 1,
    max: 256,
    term: 'LoRA rank (r)',
    group: 'adapter',
    expert: true,
    label: { ja: '学ぶ部分の大きさ', en: 'Size of the learnt part' },
    help: {
      ja: 'もとのモデルに足す小さな部分の大きさです。上げると細かな言い回しまで覚えますが、メモリと時間がふえ、少ないお手本では丸暗記しやすくなります。',
      en: 'How large the small part added to the base model is. Raising it catches finer habits of wording, but takes more memory and time and memorises small data sets sooner.'
    }
  }),
  loraAlpha: number({
    default: 32,
    min: 0.01,
    max: 1024,
    term: 'LoRA alpha',
    group: 'adapter',
    expert: true,
    label: { ja: '学んだ部分の強さ', en: 'Strength of the learnt part' },
    help: {
      ja: '学んだ部分をどれだけ強く効かせるかです（強さ = alpha ÷ rank）。上げると早く染まりますが、上げすぎると学習が不安定になります。',
      en: 'How strongly the learnt part counts (scale = alpha / rank). Raising it takes on the tone sooner; too high makes training unstable.'
    }
  }),
  rsLora: toggle({
    default: false,
    term: 'rsLoRA',
    group: 'adapter',
    expert: true,
    label: { ja: '大きな rank でも強さを保つ', en: 'Keep strength at large rank' },
    help: {
      ja: '強さを alpha ÷ √rank にします。rank が 64 以上のとき効き目が保たれますが、小さな rank では強すぎることがあります。',
      en: 'Scales by alpha / sqrt(rank). It keeps large ranks (64 and more) effective; with small ranks it may be too strong.'
    }
  }),
  loraDropout: number({
    default: 0.05,
    min: 0,
    max: 0.9,
    term: 'LoRA dropout',
    group: 'adapter',
    expert: true,
    label: { ja: '丸暗記よけ', en: 'Guard against memorising' },
    help: {
      ja: '学習中に入力の一部をわざと隠す割合です。上げると丸暗記しにくくなりますが、学習は少し遅くなります。',
      en: 'The share of inputs hidden on purpose while training. Raising it resists memorising but learns a little more slowly.'
    }
  }),
  targetModules: list({
    default: linearModules,
    choices: linearModules,
    choiceWords: {
      q_proj: { ja: '何を探すか', en: 'what to look for' },
      k_proj: { ja: '何で見つけるか', en: 'what to find it by' },
      v_proj: { ja: '何を受け取るか', en: 'what to take from it' },
      o_proj: { ja: '受け取りのまとめ', en: 'how it is put together' },
      gate_proj: { ja: '知識の選び方', en: 'which knowledge counts' },
      up_proj: { ja: '知識の広げ方', en: 'how knowledge unfolds' },
      down_proj: { ja: '知識のまとめ', en: 'how knowledge is summed up' }
    },
    term: 'target modules',
    group: 'adapter',
    expert: true,
    label: { ja: '学ぶ部分を足す場所', en: 'Where the learnt part attaches' },
    help: {
      ja: 'モデルのどの層に学ぶ部分を足すかです。すべてに足すと最もよく覚え、へらすとメモリと時間が少なくなります。',
      en: 'Which layers of the model get a learnt part. All of them learns best; fewer saves memory and time.'
    }
  }),
  baseQuantization: choice({
    default: 'none',
    choices: ['none', 'f32', 'bf16', 'nf4'],
    choiceWords: {
      none: { ja: 'ファイルの精度のまま', en: 'as in the file' },
      f32: { ja: '32ビット', en: '32 bits' },
      bf16: { ja: '16ビット', en: '16 bits' },
      nf4: { ja: '4ビットに縮める', en: 'packed into 4 bits' }
    },
    term: 'base quantisation',
    group: 'memory',
    expert: true,
    label: { ja: 'もとのモデルの精度', en: 'Precision of the base model' },
    help: {
      ja: '動かさないもとのモデルを、どの細かさで持つかです。nf4 はメモリが約4分の1になりますが、答えの質がわずかに下がることがあります。',
      en: 'How finely the frozen base model is held. nf4 takes about a quarter of the memory, at a small possible cost in quality.'
    }
  }),
  learningRate: number({
    default: 2e-4,
    min: 1e-7,
    max: 1,
    term: 'learning rate',
    group: 'training',
    expert: true,
    label: { ja: '一歩の大きさ', en: 'Size of one stride' },
    help: {
      ja: '一回の更新でどれだけ変えるかです。上げると早く学びますが、上げすぎると損失が暴れて壊れます。',
      en: 'How much one update changes. Raising it learns faster; too high makes the loss jump and breaks the model.'
    }
  }),
  epochs: number({
    default: 3,
    min: 0.01,
    max: 1000,
    unit: 'epochs',
    term: 'epochs',
    group: 'training',
    expert: false,
    label: { ja: 'くり返す回数', en: 'Times through the data' },
    help: {
      ja: 'お手本を初めから終わりまで何回読むかです。ふやすとよく覚えますが、時間がかかり、丸暗記に近づきます。',
      en: 'How often the examples are read from start to end. More learns better, takes longer and comes closer to memorising.'
    }
  }),
  maxSteps: integer({
    default: 0,
    min: 0,
    max: 10_000_000,
    unit: 'steps',
    term: 'max steps',
    group: 'training',
    expert: true,
    label: { ja: '更新の上限', en: 'Most updates' },
    help: {
      ja: 'この回数だけ更新したら終わります（0 は上限なし）。短く試したいときに使います。',
      en: 'Training ends after this many updates (0 = no limit). Useful for a short trial.'
    }
  }),
  batchSize: integer({
    default: 4,
    min: 1,
    max: 4096,
    unit: 'examples',
    term: 'batch size',
    group: 'memory',
    expert: true,
    label: { ja: '一度に読む数', en: 'Examples read at once' },
    help: {
      ja: '一度の計算で読むお手本の数です。ふやすと速くなることがありますが、メモリがふえます。',
      en: 'How many examples one pass reads. More can be faster but takes more memory.'
    }
  }),
  gradientAccumulationSteps: integer({
    default: 1,
    min: 1,
    max: 4096,
    term: 'gradient accumulation steps',
    group: 'training',
    expert: true,
    label: { ja: '更新までに貯める回数', en: 'Passes per update' },
    help: {
      ja: '何回ぶんの計算を貯めてから一度更新するかです。ふやすとメモリをふやさずに更新が安定しますが、更新の回数はへります。',
      en: 'How many passes are gathered into one update. More makes updates steadier without more memory, but there are fewer of them.'
    }
  }),
  maxSeqLength: integer({
    default: 1024,
    min: 8,
    max: 131_072,
    unit: 'tokens',
    term: 'max sequence length',
    group: 'memory',
    expert: true,
    label: { ja: '一件の長さの上限', en: 'Longest example' },
    help: {
      ja: '一件のお手本をここで切ります（トークン数）。上げると長い文書も学べますが、メモリと時間がふえます。',
      en: 'Examples are cut here, in tokens. Raising it learns longer documents but takes more memory and time.'
    }
  }),
  packing: toggle({
    default: false,
    term: 'packing',
    group: 'memory',
    expert: true,
    label: { ja: '短いお手本を詰めて読む', en: 'Pack short examples together' },
    help: {
      ja: '短いお手本を並べて一行に詰め、むだなく計算します。互いは見えません。速くなりますが、一回の更新に入る件数がふえます。',
      en: 'Lays short examples end to end in one row so that nothing is wasted; they never see each other. Faster, but each update holds more examples.'
    }
  }),
  lossOn: choice({
    default: 'responses',
    choices: ['responses', 'all'],
    choiceWords: {
      responses: { ja: '答えだけ', en: 'answers only' },
      all: { ja: '質問も答えも', en: 'questions and answers' }
    },
    term: 'loss on',
    group: 'training',
    expert: true,
    label: { ja: '学ぶところ', en: 'What is learnt' },
    help: {
      ja: '答えだけから学ぶか、質問もふくめてすべてから学ぶかです。口調を学ぶなら答えだけで十分です。',
      en: 'Whether only the answers are learnt, or the questions too. For a tone of voice, answers are enough.'
    }
  }),
  gradientCheckpointing: toggle({
    default: false,
    term: 'gradient checkpointing',
    group: 'memory',
    expert: true,
    label: { ja: '計算し直してメモリを節約', en: 'Recompute to save memory' },
    help: {
      ja: '途中の結果を捨てて、あとで計算し直します。メモリは大きくへりますが、約3割遅くなります。',
      en: 'Throws intermediate results away and computes them again. Far less memory, about 30 % slower.'
    }
  }),
  weightDecay: number({
    default: 0.01,
    min: 0,
    max: 1,
    term: 'weight decay',
    group: 'training',
    expert: true,
    label: { ja: '重みを小さく保つ力', en: 'Pull towards small weights' },
    help: {
      ja: '学んだ部分を少しずつ小さく戻す力です。上げると丸暗記しにくくなりますが、上げすぎると覚えません。',
      en: 'Shrinks the learnt part a little at every update. Raising it resists memorising; too high learns nothing.'
    }
  }),
  maxGradNorm: number({
    default: 1,
    min: 0,
    max: 1000,
    term: 'max gradient norm',
    group: 'training',
    expert: true,
    label: { ja: '更新の上限幅', en: 'Cap on one update' },
    help: {
      ja: '一回の更新が大きくなりすぎないように抑えます（0 は抑えない）。下げると安定しますが、学習が遅くなることがあります。',
      en: 'Keeps one update from growing too large (0 = no cap). Lower is steadier but may be slower.'
    }
  }),
  schedule: choice({
    default: 'cosine',
    choices: ['linear', 'cosine', 'constant', 'constant_with_warmup'],
    choiceWords: {
      linear: { ja: 'まっすぐ下げる', en: 'falls in a straight line' },
      cosine: { ja: 'なめらかに下げる', en: 'falls smoothly' },
      constant: { ja: 'ずっと同じ', en: 'always the same' },
      constant_with_warmup: { ja: '慣らしのあとは同じ', en: 'the same after warm-up' }
    },
    term: 'learning-rate schedule',
    group: 'schedule',
    expert: true,
    label: { ja: '一歩の大きさの変え方', en: 'How the stride changes' },
    help: {
      ja: '学習の終わりに向けて一歩をどう小さくするかです。cosine はなめらかに、linear はまっすぐに下げ、constant は下げません。',
      en: 'How the stride shrinks towards the end. cosine falls smoothly, linear in a straight line, constant not at all.'
    }
  }),
  warmupRatio: number({
    default: 0.05,
    min: 0,
    max: 1,
    term: 'warm-up ratio',
    group: 'schedule',
    expert: true,
    label: { ja: '慣らしの割合', en: 'Share of warm-up' },
    help: {
      ja: '初めに一歩を少しずつ大きくしていく期間の割合です。上げると出だしが安定しますが、学習に使える時間がへります。',
      en: 'The share of training in which the stride grows from zero. More makes the start steadier but leaves less time to learn.'
    }
  }),
  heldOutRatio: number({
    default: 0.1,
    min: 0,
    max: 0.9,
    term: 'held-out ratio',
    group: 'evaluation',
    expert: true,
    label: { ja: '検証にとっておく割合', en: 'Share kept for checking' },
    help: {
      ja: '学習に使わず、できばえを確かめるためにとっておくお手本の割合です。ふやすと確かめが正確になりますが、学習に使える数がへります。',
      en: 'The share of examples kept out of training to check the result. More makes the check more exact but leaves fewer to learn from.'
    }
  }),
  evaluationSteps: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    unit: 'steps',
    term: 'evaluation steps',
    group: 'evaluation',
    expert: true,
    label: { ja: '検証の間隔', en: 'Updates between checks' },
    help: {
      ja: '何回の更新ごとに検証するかです（0 は全体で約10回）。こまめにすると変化がよく見えますが、時間がかかります。',
      en: 'How many updates lie between two checks (0 = about ten in all). More often shows more, but takes time.'
    }
  }),
  earlyStoppingPatience: integer({
    default: 3,
    min: 0,
    max: 1000,
    term: 'early-stopping patience',
    group: 'evaluation',
    expert: true,
    label: { ja: '見切りまで待つ回数', en: 'Checks to wait before stopping' },
    help: {
      ja: '検証がこの回数続けてよくならなければ、自動で終わります（0 は終わらない）。上げると粘りますが、むだな時間がふえることがあります。',
      en: 'Training ends by itself after this many checks without improvement (0 = never). Higher waits longer and may waste time.'
    }
  }),
  earlyStoppingThreshold: number({
    default: 0,
    min: 0,
    max: 10,
    term: 'early-stopping threshold',
    group: 'evaluation',
    expert: true,
    label: { ja: 'よくなったとみなす幅', en: 'What counts as better' },
    help: {
      ja: '検証の損失がこれ以上下がったときだけ「よくなった」と数えます。上げると早めに見切ります。',
      en: 'A check counts as better only when the loss falls by more than this. Raising it stops sooner.'
    }
  }),
  checkpointSteps: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    unit: 'steps',
    term: 'checkpoint steps',
    group: 'evaluation',
    expert: true,
    label: { ja: '途中保存の間隔', en: 'Updates between saves' },
    help: {
      ja: '何回の更新ごとに途中保存するかです（0 は2〜30秒ごと、モデルの大きさによります）。こまめにすると電源が切れても失うものがへります。',
      en: 'How many updates lie between two saves (0 = every 2 to 30 seconds, by the size of the model). More often loses less when the power goes.'
    }
  }),
  seed: integer({
    default: 42,
    min: 0,
    max: 4_294_967_295,
    term: 'seed',
    group: 'training',
    expert: true,
    label: { ja: '乱数の種', en: 'Random seed' },
    help: {
      ja: 'お手本を読む順番、学ぶ部分の初めの値、丸暗記よけの偶然、「お試し」で使う一部を決める数です。コマンドラインでは、検証にとっておくお手本もこの数で選びます（窓では、変えても同じお手本のままです）。同じ数なら同じ結果になり、変えると別の偶然で試せます。',
      en: 'The number that decides the order of reading, the first values of the learnt part, the chance in the guard against memorising, and which part a quick try uses. On the command line it also picks the examples kept for checking; in the window those stay the same. The same number gives the same result; another tries another chance.'
    }
  })
} as const

export type SettingKey = keyof typeof settingRows
type ValueOf<R> = R extends { kind: 'choice'; choices: readonly (infer T)[] }
  ? T
  : R extends { kind: 'list'; choices: readonly (infer T)[] }
    ? readonly T[]
    : R extends { kind: 'switch' }
      ? boolean
      : number
export type Settings = { readonly [K in SettingKey]: ValueOf<(typeof settingRows)[K]> }

export const defaultSettings: Settings = Object.fromEntries(
  Object.entries(settingRows).map(([key, row]) => [key, row.default])
) as unknown as Settings

/** A training as a file: what `neiro tune` reads and a window run writes. */
export interface Recipe {
  readonly name: string
  /** Hugging Face folder, or 'starter' for the built-in model */
  readonly model: string
  /** files or folders, or 'sample' for the built-in data */
  readonly data: readonly string[]
  /** held-out files; absent: split from data by heldOutRatio */
  readonly heldOut?: readonly string[]
  readonly systemPrompt?: string
  /** questions answered during training at each evaluation */
  readonly questions: readonly string[]
  readonly settings: Settings
}
