// Words of the settings: a plain name, a help (what it is; what raising or lowering it buys and costs), and each
// choice in a plain word; the choice itself is the term.
import { en as figures } from '../figures/en'
import type { SettingsWords } from './form'

export const en: SettingsWords = {
  method: {
    label: 'Kind of training',
    help: 'What it learns from, and whether a small part added to the base model learns, or the whole model. The whole changes more, but takes several times the memory and disk space; it suits small models. Ways “for experts” are explained below once they are chosen.',
    choices: {
      sft: 'Train the added part only',
      full: 'Train the whole model',
      continued: 'Train the added part on running text (continued pretraining)',
      'continued-full': 'Train the whole model on running text',
      dpo: 'Learn from which of two replies is better (DPO)',
      orpo: 'Learn from preferences and from the better replies at once (ORPO)',
      cpo: 'Learn from preferences without a model to compare with (SimPO, CPO)',
      kto: 'Learn from replies that are liked or disliked (KTO)',
      reward: 'Learn to give replies points (reward model)',
      grpo: 'Learn from its own replies, marked by rules (GRPO)',
      rloo: 'Learn from its own replies, each held against the others (RLOO)',
      ppo: 'Learn from its own replies, with an outlook on marks to come (PPO)',
      'multi-task': 'Learn replies and sorting at once (with a layer that gives labels)',
      classification: 'Learn to sort texts (the added part and a layer that gives labels)',
      'classification-full': 'Learn to sort texts (the whole model)'
    }
  },
  problem: {
    label: 'What is said of a text',
    help: 'Whether each text has one label of several, any number of labels, or a number. automatic looks at the labels.',
    choices: {
      automatic: 'by the labels',
      single: 'one label of several',
      several: 'any number of labels',
      number: 'a number'
    }
  },
  classWeights: {
    label: 'Weight of rare labels',
    help: 'balanced makes the rows of rare labels count more, so that they are found more often; frequent labels are then said a little less often.',
    choices: { none: 'every row alike', balanced: 'rare labels count more' }
  },
  labelWeight: {
    label: 'Weight of the labels',
    help: 'Where answers and sorted texts are learnt at once, how many times an error of a label counts as one of an answer. More sorts better, and answers are learnt a little less.'
  },
  adapter: {
    label: 'Kind of added part',
    help: 'How the small part added to the base model works. lora learns well; the others leave far smaller files, but can learn less, and need a larger learning rate (about 0.01). prompt, prefix and p-tuning leave the layers as they are and put learnt tokens before each example: they cannot be built into the model, and are for learning from examples and documents.',
    choices: {
      lora: 'added beside layers',
      vera: 'the same random numbers in all layers, learning only their effect',
      ia3: 'multiplies what layers give',
      prompt: 'learnt tokens before each example',
      prefix: 'learnt keys and values before each example, in every layer',
      'p-tuning': 'learnt tokens before each example, made by a small network'
    }
  },
  virtualTokens: {
    label: 'Learnt tokens before each example',
    help: 'How many tokens that are learnt stand before each example. More can learn more, but take room from the text and time: every example is longer by so many.'
  },
  encoderWidth: {
    label: 'Width of the network that makes them',
    help: 'The learnt tokens come out of a small network of this width, which only exists while training. Wider can learn more, but takes more memory.'
  },
  loraRank: {
    label: 'Size of the learnt part',
    help: 'How large the small part added to the base model is. Raising it picks up finer habits of wording, but takes more memory and time and memorises small data sets sooner.'
  },
  loraAlpha: {
    label: 'Strength of the learnt part',
    help: 'How strongly the learnt part counts (scale = alpha / rank). Raising it picks up the tone sooner; too high makes training unstable.'
  },
  rsLora: {
    label: 'Keep strength at large ranks',
    help: 'Scales by alpha / sqrt(rank). It keeps large ranks (64 and up) effective; with small ranks it may be too strong.'
  },
  dora: {
    label: 'Learn strength and direction apart',
    help: 'Learns the strength of each layer apart from its direction. Small ranks may learn better with it, but training is slower and takes more memory.'
  },
  loraStart: {
    label: 'First values of the learnt part',
    help: 'What the added part starts from. pissa and olora start from a part of the base weights and may learn sooner, but take time to prepare and double the saved file.',
    choices: {
      noise: 'from random numbers',
      pissa: 'from the strongest directions of the base',
      olora: 'from the first columns of the base'
    }
  },
  loraDropout: {
    label: 'Guard against memorising',
    help: 'The share of inputs hidden on purpose during training. Raising it resists memorising but learns a little more slowly.'
  },
  targetModules: {
    label: 'Where to add the learnt part',
    help: 'Which layers of the model get a learnt part. Adding it to all of them learns best; fewer saves memory and time.',
    choices: {
      'all-linear': 'all of them',
      q_proj: 'what to look for',
      k_proj: 'what to find it by',
      v_proj: 'what to take from it',
      qkv_proj: 'the three above in one layer',
      o_proj: 'how it is put together',
      gate_proj: 'which knowledge counts',
      up_proj: 'how knowledge unfolds',
      gate_up_proj: 'the two above in one layer',
      down_proj: 'how knowledge is summed up',
      per_layer_input_gate: "how much of a token's own vector comes in (Gemma 4)",
      proj: 'which experts are asked (Gemma 4)',
      per_layer_projection: 'how it comes in (Gemma 4)',
      per_layer_model_projection: 'what makes these vectors (Gemma 4)',
      in_proj_qkv: 'what is kept in mind (Qwen3.5)',
      in_proj_z: 'which of it comes out (Qwen3.5)',
      in_proj_b: 'how much is learnt anew (Qwen3.5)',
      in_proj_a: 'how fast it fades (Qwen3.5)',
      in_proj: 'how near words are gathered (LFM2)',
      out_proj: 'how it is put together (LFM2, Qwen3.5)',
      w1: 'which knowledge counts (LFM2)',
      w3: 'how knowledge unfolds (LFM2)',
      w2: 'how knowledge is summed up (LFM2)'
    }
  },
  targetPattern: {
    label: 'Where to add it, as a pattern',
    help: 'Chooses the layers that get a learnt part by a regular expression for their whole names. Written, it takes the place of "Where to add the learnt part"; empty, that one counts.'
  },
  excludeModules: {
    label: 'Where not to add it',
    help: 'Names of layers that get no learnt part (ends of names or whole ones, with commas). Leaving some out saves memory and time, but less can be learnt.'
  },
  layers: {
    label: 'Layer numbers',
    help: 'The layers that get a learnt part, by number, counted from 0 (e.g. 0-3, 7). Fewer save memory, but less can be learnt; empty means every layer.'
  },
  rankPattern: {
    label: 'Size for some layers',
    help: 'Another size of the learnt part for layers whose name ends so or fits the pattern (e.g. q_proj=8). Larger where it matters learns better for little memory.'
  },
  alphaPattern: {
    label: 'Strength for some layers',
    help: 'Another strength of the learnt part for layers whose name ends so or fits the pattern (e.g. q_proj=16). Use it to even out the effect where sizes differ.'
  },
  wholeModules: {
    label: 'Parts that learn whole',
    help: 'Names of parts of the model that learn as a whole beside the added part (lm_head and others). New words are learnt more easily, but memory and saved files grow a lot.'
  },
  targetParameters: {
    label: 'Experts that learn',
    help: 'Of a model with experts, which of their weights learn, too: gate_up_proj, down_proj or both. Experts hold most of such a model, so this takes much more memory; without it the parts around them learn. LoRA dropout must be 0 with it.'
  },
  preferenceLoss: {
    label: 'How preferences count',
    help: 'How a pair of answers is turned into a loss. sigmoid is the usual one; hinge and ipo push less once the pair is right, robust allows for pairs that are the wrong way round.',
    choices: {
      sigmoid: 'the usual (DPO)',
      hinge: 'until the margin is reached',
      ipo: 'towards a fixed margin',
      robust: 'some pairs may be wrong',
      apo_zero: 'better up, worse down',
      exo_pair: 'as a distribution'
    }
  },
  cpoLoss: {
    label: 'How preferences count (without a reference)',
    help: 'How a pair of answers is turned into a loss where the model is not compared with itself as it was. simpo counts by the token and asks for a margin; the others count whole answers, so long ones weigh more.',
    choices: {
      simpo: 'by the token, with a margin (SimPO)',
      sigmoid: 'by the whole answer (CPO)',
      hinge: 'until the margin is reached'
    }
  },
  preferenceBeta: {
    label: 'Hold on the model as it was',
    help: 'How closely the model stays to how it answered before. Raising it stays closer and learns less; too low can spoil its language. For ORPO it is the weight of the preferences.'
  },
  labelSmoothing: {
    label: 'Share of pairs that may be wrong',
    help: 'The share of pairs in which the better answer may have been marked wrongly. Raising it resists mistakes in the data; too high learns nothing.'
  },
  likelihoodWeight: {
    label: 'Also learn the better answers themselves',
    help: 'How much the wording of the better answers is learnt beside the preference. Raising it keeps these answers likely; too high makes the preference count little.'
  },
  simpoGamma: {
    label: 'Margin that is asked for (SimPO)',
    help: 'By how much the better answer should win, by the token. Raising it separates the answers more; too high can spoil the language.'
  },
  likedWeight: {
    label: 'Weight of liked answers',
    help: 'How much answers count that were liked. Raise it where few answers were liked; too high forgets what was disliked.'
  },
  dislikedWeight: {
    label: 'Weight of disliked answers',
    help: 'How much answers count that were disliked. Raise it where few answers were disliked; too high makes answers timid.'
  },
  rewardLength: {
    label: 'Rule: length',
    help: 'An answer of so many characters (20-80; one end may be left out) gets full marks, and less the farther it is outside. Empty: not counted. With more rules each of them counts less.'
  },
  rewardContains: {
    label: 'Rule: words to have',
    help: 'Words that an answer should have, parted by commas; its marks are the share that it has. Empty: not counted. Too many of them favour answers that only list words.'
  },
  rewardForbidden: {
    label: 'Rule: words to avoid',
    help: 'Words that an answer should not have, parted by commas; its marks are the share that it avoids. Empty: not counted. By this rule alone, an answer that says nothing gets full marks.'
  },
  rewardJson: {
    label: 'Rule: JSON',
    help: 'Full marks for an answer that is, as a whole, a valid JSON object or list, else none. Whether what it says is right is not looked at.'
  },
  rewardSame: {
    label: 'Rule: same as the example',
    help: 'Full marks for an answer that is the answer of the example (spaces around it, width and capitals do not matter). It suits short ones such as labels; long ones hardly ever get marks.'
  },
  rewardSeconds: {
    label: 'Seconds for your program',
    help: 'How long a program of your own may take for one answer. Beyond that the training ends with a checkpoint.'
  },
  answersPerQuestion: {
    label: 'Answers to each question',
    help: 'How many answers to one question are given and held against each other. More make learning steadier and take that many times the time and memory.'
  },
  answerTokens: {
    label: 'Longest answer',
    help: 'Most tokens of an answer that is given while training. More let it come to its end, and take more time and memory.'
  },
  policyLoss: {
    label: 'How answers count (GRPO)',
    help: 'How losses become a mean. With dapo each token counts alike; with grpo each answer does, so that tokens of long ones count less; dr_grpo divides by the longest length, which favours no length.',
    choices: { dapo: 'each token alike', grpo: 'each answer alike', dr_grpo: 'by the longest length' }
  },
  rewardScale: {
    label: 'How marks are scaled',
    help: 'Whether marks are divided by their spread: group by that of the answers to one question, batch by that of the whole update; with none, differences count as they are.',
    choices: { group: 'within one question', batch: 'within the update', none: 'not at all' }
  },
  policyPasses: {
    label: 'Passes over the same answers',
    help: 'How many times in a row each lot of answers is learnt from (PPO). More needs fewer answers, moves farther from the model that gave them, and is held back more often by the limits below.'
  },
  clipRange: {
    label: 'How far a word may move',
    help: 'How far the likelihood of a word may move from what it was when the answer was given (PPO). At 0.2 nothing is learnt from a move beyond a fifth.'
  },
  valueClipRange: {
    label: 'How far the outlook may move',
    help: 'How far the outlook on marks still to come may move at once (PPO).'
  },
  valueCoefficient: {
    label: 'Weight of the outlook',
    help: 'How much an error about marks still to come counts in the loss (PPO). Too much, and the outlook is learnt rather than the answers.'
  },
  rewardDiscount: {
    label: 'Discount of later marks',
    help: 'How much marks that come later are discounted with each word (PPO). For answers 1, no discount, is usual.'
  },
  gaeLambda: {
    label: 'How credit is shared',
    help: 'How far the mark at the end of an answer is handed back to earlier words (GAE of PPO). 1 hands back all of it, 0 trusts the outlook alone.'
  },
  divergencePrice: {
    label: 'Price of moving away',
    help: 'What it costs to move away from how the model answered before. A higher price keeps the language in order and lets marks rise less.'
  },
  divergenceLimit: {
    label: 'Stop when too far',
    help: 'Training stops when answers are farther than this from how the model answered before (KL by the token). Answers that outwit the rules usually are. Lower stops sooner; higher lets marks rise on, and the language may suffer.'
  },
  loraBias: {
    label: 'Biases learn, too',
    help: 'Whether the values added to what layers give (biases) learn as well. More of them learn slightly better; a model without biases stays the same.',
    choices: { none: 'none', lora_only: 'of layers with a learnt part', all: 'of every layer' }
  },
  trainTokens: {
    label: 'Tokens whose words learn',
    help: 'Numbers of tokens whose own word values learn (e.g. 32000-32004), for tokens that were added to the vocabulary. The more there are, the more memory it takes.'
  },
  decayNorms: {
    label: 'Pull norms towards small values, too',
    help: 'Usually only matrices are pulled. Turned on, norms and biases shrink a little at every update, too; it may resist memorising, but can make training unstable.'
  },
  pruning: {
    label: 'Set the smallest weights to zero',
    help: 'Before it learns, the weights nearest to zero are removed, and stay removed; training then heals what that costs. Both losses are measured on the held-out part. Files get no smaller and answers no faster by it: only programs that know such models gain.',
    choices: {
      none: 'none',
      layer: 'the same share of every layer',
      global: 'the smallest of all layers together',
      '2:4': 'two of each four in a row'
    }
  },
  pruningAmount: {
    label: 'Share set to zero',
    help: 'Half (0.5) is a usual beginning. More costs more quality; "two of each four" is always half.'
  },
  baseQuantization: {
    label: 'Precision of the base model',
    help: 'How precisely the frozen base model is kept. int8 takes about half of the memory of a BF16 model and hardly changes an answer; nf4 takes about a quarter, at a possible small cost in quality.',
    choices: {
      none: 'as in the file',
      f32: '32 bits',
      bf16: '16 bits',
      int8: 'packed into 8 bits',
      nf4: 'packed into 4 bits'
    }
  },
  compute: {
    label: 'Numbers that are multiplied',
    help: 'In which precision large products are calculated. BF16 is up to twice as fast where the processor knows it; results differ slightly. Automatic chooses it there, and 32 bits elsewhere. INT8 multiplies with the model’s own weights in 8 bits: faster still where the processor knows it, with results that differ more than those of BF16.',
    choices: {
      auto: 'automatic',
      f32: '32 bits',
      bf16: 'BF16',
      int8: '8 bits (INT8, experimental)'
    }
  },
  device: {
    label: 'Where it is calculated',
    help: 'A graphics card (GPU) of NVIDIA is many times as fast, and has memory of its own. Automatic takes it where one can be used and the training fits into what is free of its memory, and the CPU elsewhere.',
    choices: {
      auto: 'automatic',
      cpu: 'on the CPU',
      cuda: 'on the GPU'
    }
  },
  learningRate: {
    label: 'Learning rate',
    help: 'How much one update changes. Raising it learns faster; too high makes the loss jump and ruins the result.'
  },
  epochs: {
    label: 'Epochs',
    help: 'How many times the examples are read from start to end. More learns better, takes longer and comes closer to memorising.'
  },
  maxSteps: {
    label: 'Maximum updates',
    help: 'Training ends after this many updates (0 means off: no limit). Useful for a short trial.'
  },
  batchSize: {
    label: 'Examples at a time',
    help: 'How many examples one pass reads. More can be faster but takes more memory.'
  },
  gradientAccumulationSteps: {
    label: 'Passes per update',
    help: 'How many passes are combined into one update. More makes updates steadier without more memory, but there are fewer of them.'
  },
  maxSeqLength: {
    label: 'Longest example',
    help: 'Examples are cut here, in tokens. Raising it learns longer documents but takes more memory and time.'
  },
  groupByLength: {
    label: 'Read examples of like length together',
    help: 'Puts examples of nearly the same length into one update. The memory of updates gets more even, but the order is less mixed.'
  },
  packing: {
    label: 'Pack short examples together',
    help: 'Places short examples end to end so that nothing is wasted; they do not affect each other. Faster, but each update covers more examples.'
  },
  lossOn: {
    label: 'What is learnt',
    help: 'Whether only the answers are learnt, or the questions too. For a tone of voice, answers are enough.',
    choices: {
      responses: 'answers only',
      all: 'questions and answers'
    }
  },
  synthetic: {
    label: 'Synthetic examples',
    help: 'Whether examples that were made from others are learnt too. One run of each, measured on the same held-out part, shows what they are worth.',
    choices: { learn: 'Learnt', 'leave-out': 'Left out' }
  },
  gradientCheckpointing: {
    label: 'Recompute to save memory',
    help: 'Discards intermediate results and computes them again. Far less memory, about 30 % slower.'
  },
  optimizer: {
    label: 'Precision of what updates remember',
    help: 'For each value that learns, two numbers are remembered to decide how it changes. In 8 bits they take about a quarter of the memory, and results differ slightly. Matters when the whole model learns.',
    choices: {
      adamw: '32 bits (AdamW)',
      adamw8bit: '8 bits (8-bit AdamW)'
    }
  },
  loraPlusRatio: {
    label: 'How much faster the added part’s output learns',
    help: 'How many times as fast one half of the added part (B) learns as the other. About 16 may learn sooner; the higher, the less stable the training.'
  },
  embeddingNoise: {
    label: 'Noise on the text that is read',
    help: 'Adds a little disturbance to the values of what is read, in training only (0 is “off”). About 5 may keep few examples from being memorised. Takes a little more memory and time.'
  },
  weightDecay: {
    label: 'Pull towards small weights',
    help: 'Shrinks the learnt part a little at every update. Raising it resists memorising; too high learns nothing.'
  },
  maxGradNorm: {
    label: 'Cap on one update',
    help: 'Keeps one update from growing too large (0 means off: no cap). Lower is steadier but may be slower.'
  },
  schedule: {
    label: 'Learning rate schedule',
    help: 'How the learning rate falls towards the end. cosine falls smoothly, linear in a straight line, constant not at all.',
    choices: {
      linear: 'falls in a straight line',
      cosine: 'falls smoothly',
      constant: 'always the same',
      cosine_with_restarts: 'falls smoothly, several times over',
      polynomial: 'falls in a curve',
      constant_with_warmup: 'the same after warm-up'
    }
  },
  schedulePower: {
    label: 'Bend of the curve',
    help: 'The power of the falling curve (1 is a straight line). Higher falls sooner and leaves more time for fine learning at the end.'
  },
  scheduleCycles: {
    label: 'Times it falls',
    help: 'How often the learning rate falls and goes back to its first value. More helps to get out of a dead end, but each time things get a little worse first.'
  },
  warmupRatio: {
    label: 'Share of warm-up',
    help: 'The share of training in which the learning rate rises from zero. More makes the start steadier but leaves less time to learn.'
  },
  heldOutRatio: {
    label: 'Share held out',
    help: 'The share of examples kept out of training to check the result. More makes the check more precise but leaves fewer to learn from.'
  },
  evaluationSteps: {
    label: 'Updates between checks',
    help: 'How many updates come between two checks (0 means automatic: about ten in all). More frequent checks show more, but take time.'
  },
  bestBy: {
    label: 'What counts as the best',
    help: 'Which figure of the held-out part decides what is kept and when to stop early. The one that matters most can be chosen; figures that move in coarser steps than the loss may miss small gains.',
    choices: {
      automatic: 'as the kind of training says',
      loss: figures.loss.plain,
      rewardMargin: figures.rewardMargin.plain,
      rewardAccuracy: figures.rewardAccuracy.plain,
      pointAccuracy: figures.pointAccuracy.plain,
      pointMargin: figures.pointMargin.plain,
      reward: figures.reward.plain,
      accuracy: figures.accuracy.plain,
      macroF1: figures.macroF1.plain,
      microF1: figures.microF1.plain,
      weightedF1: figures.weightedF1.plain,
      meanError: figures.meanError.plain
    }
  },
  earlyStoppingPatience: {
    label: 'Checks to wait before stopping',
    help: 'Training ends by itself after this many checks without improvement (0 means off: never). Higher waits longer and may waste time.'
  },
  earlyStoppingThreshold: {
    label: 'What counts as better',
    help: 'A check counts as better only when its figure gets better by more than this. Raising it stops sooner.'
  },
  checkpointSteps: {
    label: 'Updates between saves',
    help: 'How many updates come between two saves (0 means automatic: every 2 to 30 seconds, depending on the size of the model). More frequent saves lose less if the power fails.'
  },
  seed: {
    label: 'Random seed',
    help: 'The number that decides the order of reading, the first values of the learnt part, what the guard against memorising hides, and which part a quick try uses. On the command line it also picks the held-out examples; in the window those stay the same. The same number gives the same result; another number gives another draw.'
  }
}
