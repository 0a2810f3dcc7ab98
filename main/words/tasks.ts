// Words of the tasks: recipes, model folders, plans, evaluation, export, chat and the command line. Imports
// nothing but the form.
import type { ErrorWords } from '../contract/language'

export const taskWords: ErrorWords = {
  // the served window
  PORT_IN_USE: {
    ja: {
      message: 'ポート {port} は、ほかのプログラムが使っています。',
      hint: '--port を省くと、空いているポートで開きます。'
    },
    en: {
      message: 'Port {port} is in use by another program.',
      hint: 'Leave --port out: a free one is found.'
    }
  },
  PORT_NOT_ALLOWED: {
    ja: {
      message: 'ポート {port} は、このPCでは使えません。',
      hint: '--port を省くか、1024 から 65535 までの番号にしてください。'
    },
    en: {
      message: 'Port {port} cannot be used on this machine.',
      hint: 'Leave --port out, or give one from 1024 to 65535.'
    }
  },

  // recipes
  RECIPE_NOT_READ: {
    ja: {
      message: 'レシピ {file} を読めませんでした（{reason}）。',
      hint: 'ファイルの場所と、読み取りの許可を確かめてください。'
    },
    en: {
      message: 'The recipe {file} could not be read ({reason}).',
      hint: 'Check the path and that the file may be read.'
    }
  },
  BROKEN_RECIPE: {
    ja: {
      message: 'レシピ {file} の {line} 行目は YAML として読めません（{reason}）。',
      hint: 'この行を直してください。完全な見本は neiro tune --help にあります。'
    },
    en: {
      message: 'The recipe {file} cannot be read as YAML at line {line} ({reason}).',
      hint: 'Correct this line; a complete example is in neiro tune --help.'
    }
  },
  RECIPE_INCOMPLETE: {
    ja: {
      message: 'レシピ {file} に {name} が書かれていません。',
      hint: '「{name}: {example}」のような行を足してください。'
    },
    en: {
      message: 'The recipe {file} does not say its {name}.',
      hint: 'Add a line such as "{name}: {example}".'
    }
  },
  RECIPE_WRONG_TYPE: {
    ja: {
      message: '{file} の {name} には {expected} が入ります（今は {got}）。',
      hint: '{name} を {expected} の形に書き直してください。'
    },
    en: {
      message: 'Expected {expected} for {name} in {file}, got {got}.',
      hint: 'Write {name} as {expected}.'
    }
  },
  UNKNOWN_RECIPE_KEY: {
    ja: {
      message: '{file} の {line} 行目の「{name}」という項目はありません。',
      hint: '{nearest} のことですか。'
    },
    en: { message: '{file}, line {line}: there is no key "{name}".', hint: 'Did you mean {nearest}?' }
  },
  UNKNOWN_SETTING: {
    ja: {
      message: '{file} の {line} 行目の「{name}」という設定はありません。',
      hint: '{nearest} のことですか。'
    },
    en: { message: '{file}, line {line}: there is no setting "{name}".', hint: 'Did you mean {nearest}?' }
  },
  SETTING_MISPLACED: {
    ja: {
      message: '{file} の {line} 行目の {name} は設定です。設定は settings: の下に書きます。',
      hint: 'settings: の次の行に、字下げして {name} を移してください。'
    },
    en: {
      message: '{file}, line {line}: {name} is a setting, and settings belong under "settings:".',
      hint: 'Move {name} to a line below "settings:", indented.'
    }
  },
  SETTING_OUT_OF_RANGE: {
    ja: {
      message: '{name} には {expected} が入ります（今は {got}）。',
      hint: '上の値にするか、消して既定値 {default} を使ってください。'
    },
    en: {
      message: 'Expected {expected} for {name}, got {got}.',
      hint: 'Use one of these values, or leave it out for the default {default}.'
    }
  },
  UNKNOWN_FLAG: {
    ja: {
      message: '{name} という指定はありません。',
      hint: '{nearest} のことですか。--help に一覧があります。'
    },
    en: { message: 'There is no flag {name}.', hint: 'Did you mean {nearest}? See --help for all of them.' }
  },

  // model folders
  NO_MODEL_FOLDER: {
    ja: {
      message: '{dir} はモデルのフォルダーではありません。',
      hint: 'config.json と safetensors の入ったフォルダーか、内蔵モデルの starter を指定してください。'
    },
    en: {
      message: '{dir} is not a model folder.',
      hint: 'Give the folder that holds config.json and the safetensors files, or starter for the built-in model.'
    }
  },
  NO_CONFIG: {
    ja: {
      message: '{dir} に config.json がないため、モデルとして開けません。',
      hint: 'config.json と safetensors の入ったフォルダーを指定してください。'
    },
    en: {
      message: '{dir} holds no config.json, so it cannot be opened as a model.',
      hint: 'Give the folder that holds config.json and the safetensors files.'
    }
  },
  BROKEN_MODEL_FILE: {
    ja: {
      message: '{file} が壊れているか、途中で切れています。',
      hint: 'このファイルをもう一度ダウンロードしてください。'
    },
    en: { message: '{file} is damaged or cut off.', hint: 'Download this file again.' }
  },
  LFS_POINTER: {
    ja: {
      message: '{file} は Git LFS の目印だけで、中身がダウンロードされていません。',
      hint: 'そのフォルダーで git lfs pull を実行するか、配布ページからファイルを直接ダウンロードしてください。'
    },
    en: {
      message: '{file} is only a Git LFS pointer; the file itself was not downloaded.',
      hint: 'Run "git lfs pull" in that folder, or download the file from its page.'
    }
  },
  NO_WEIGHTS: {
    ja: {
      message: '{dir} に重みのファイル（model.safetensors）がありません。',
      hint: 'config.json と同じフォルダーに重みをダウンロードしてください。'
    },
    en: {
      message: '{dir} holds no weights (model.safetensors).',
      hint: 'Download the weights into the same folder as config.json.'
    }
  },
  SHARD_MISSING: {
    ja: {
      message: 'このモデルには、索引（{file}）に書かれた {name} がありません。',
      hint: '足りないファイルを同じフォルダーにダウンロードしてください。'
    },
    en: {
      message: 'The model lacks {name}, which its index ({file}) names.',
      hint: 'Download the missing file into the same folder.'
    }
  },
  PICKLE_REFUSED: {
    ja: {
      message:
        '{dir} の重みは PyTorch の pickle 形式だけです。開くとプログラムが動くおそれがあるため、開きません。',
      hint: '同じモデルの safetensors 版を使ってください。'
    },
    en: {
      message:
        '{dir} holds its weights only as a PyTorch pickle, which can run programs when opened; it never is.',
      hint: 'Use the safetensors version of the same model.'
    }
  },
  GGUF_NOT_YET: {
    ja: {
      message: '{file} は GGUF ファイルです。この版ではまだ学習のもとにできません。',
      hint: '同じモデルの Hugging Face フォルダー（config.json と safetensors）を使ってください。'
    },
    en: {
      message: '{file} is a GGUF file; this version cannot start from one yet.',
      hint: 'Use the Hugging Face folder of the same model (config.json and safetensors).'
    }
  },
  UNKNOWN_ARCHITECTURE: {
    ja: {
      message: 'モデルの種類「{architecture}」には対応していません。',
      hint: '次の種類のモデルを選んでください: {known}'
    },
    en: {
      message: 'The model is of the kind "{architecture}", which Neiro does not know.',
      hint: 'Choose a model of one of these kinds: {known}.'
    }
  },

  // chat and evaluation
  PROMPT_TOO_LONG: {
    ja: {
      message:
        '質問が {tokens} トークンあります。このモデルが答えと合わせて読めるのは {limit} トークンまでです。',
      hint: '質問を短くするか、新しい会話を始めてください。'
    },
    en: {
      message: 'The question is {tokens} tokens long; the model reads at most {limit}, its answer included.',
      hint: 'Shorten the question, or begin a new conversation.'
    }
  },
  BROKEN_TONE: {
    ja: {
      message: '口調のファイル {file} を使えません（{reason}）。',
      hint: '言語ごとに正規表現の一覧が入っているか確かめてください。'
    },
    en: {
      message: 'The tone file {file} cannot be used ({reason}).',
      hint: 'Check that it holds a list of regular expressions for each language.'
    }
  },

  // plans and exports
  RUN_DOES_NOT_FIT: {
    ja: {
      message:
        'この学習には {needed} GB のメモリが要ります。このPCのメモリは {memory} GB です。始めていません。',
      hint: 'base_quantization を nf4 に、gradient_checkpointing を true にするか、batch_size や max_seq_length を小さくするか、小さなモデルを選んでください。'
    },
    en: {
      message: 'This run needs {needed} GB of memory; this machine has {memory} GB. It was not started.',
      hint: 'Try base_quantization nf4, gradient_checkpointing true, a smaller batch_size or max_seq_length, or a smaller model.'
    }
  },
  TARGET_EXISTS: {
    ja: {
      message: '{target} はすでにあります。上書きはしていません。',
      hint: '別の場所を指定するか、置きかえてよければ --force を付けてください。'
    },
    en: {
      message: '{target} exists already; it was not overwritten.',
      hint: 'Choose another place, or add --force to replace it.'
    }
  },
  EXPORT_DIFFERS: {
    ja: {
      message:
        '{target} に書いたものの答えが、手元のモデルと一致しません（差 {difference}、許容 {tolerance}）。書いたものは残していません。',
      hint: 'もう一度試すか、--dtype f32 で書き出してください。くり返すときは、ログを送ってください。'
    },
    en: {
      message:
        'What was written to {target} does not answer as the model in memory (difference {difference}, allowed {tolerance}). It was not kept.',
      hint: 'Try again, or export with --dtype f32. If it happens again, please send the log.'
    }
  },

  // what to work on
  MODEL_NOT_SAID: {
    ja: {
      message: 'どのモデルを使うかが指定されていません。',
      hint: '--model フォルダー、--model starter、または --run 実行名 を付けてください。'
    },
    en: {
      message: 'No model was named.',
      hint: 'Add --model DIR, --model starter, or --run NAME.'
    }
  },
  DATA_NOT_SAID: {
    ja: {
      message: '学習に使うデータが指定されていません。',
      hint: '--data ファイル を付けるか、--data sample で内蔵データを試してください。'
    },
    en: { message: 'No data was named.', hint: 'Add --data FILE, or --data sample for the built-in data.' }
  },
  ADAPTER_NOT_SAID: {
    ja: {
      message: '書き出すアダプターが指定されていません。',
      hint: '--run 実行名 か、--model と --adapter を付けてください。'
    },
    en: { message: 'No adapter was named.', hint: 'Add --run NAME, or --model DIR and --adapter DIR.' }
  },
  NO_ADAPTER_FOLDER: {
    ja: {
      message: '{dir} にアダプター（adapter_config.json と adapter_model.safetensors）がありません。',
      hint: '学習が終わった実行の adapter フォルダーか、PEFT 形式のフォルダーを指定してください。'
    },
    en: {
      message: '{dir} holds no adapter (adapter_config.json and adapter_model.safetensors).',
      hint: 'Give the adapter folder of a finished run, or another PEFT folder.'
    }
  },
  RUN_HAS_NO_ADAPTER: {
    ja: {
      message: '実行 {run} には、まだ結果のアダプターがありません。',
      hint: 'neiro tune --resume {run} で最後まで学習してください。'
    },
    en: {
      message: 'The run {run} has no adapter yet.',
      hint: 'Let it finish: neiro tune --resume {run}'
    }
  },
  NO_SUCH_RUN: {
    ja: {
      message: '「{name}」という実行はありません。',
      hint: '{nearest} のことですか。neiro runs で一覧を見られます。'
    },
    en: {
      message: 'There is no run "{name}".',
      hint: 'Did you mean {nearest}? See neiro runs for all of them.'
    }
  },
  NO_RUNS: {
    ja: { message: 'まだ実行がありません。', hint: 'neiro demo か neiro tune で学習を始めてください。' },
    en: { message: 'There are no runs yet.', hint: 'Begin with neiro demo or neiro tune.' }
  },
  NOTHING_TO_EVALUATE: {
    ja: {
      message: '評価に使えるお手本がありません。',
      hint: '--data ファイル で、質問と答えの入ったデータを指定してください。'
    },
    en: {
      message: 'There is nothing to evaluate on.',
      hint: 'Add --data FILE with questions and answers.'
    }
  },

  // the command line itself
  UNKNOWN_COMMAND: {
    ja: {
      message: '「{name}」というコマンドはありません。',
      hint: '{nearest} のことですか。neiro --help に一覧があります。'
    },
    en: {
      message: 'There is no command "{name}".',
      hint: 'Did you mean {nearest}? See neiro --help for all of them.'
    }
  },
  FLAG_WITHOUT_VALUE: {
    ja: { message: '{name} に値は付きません。', hint: '{name} とだけ書いてください。' },
    en: { message: '{name} takes no value.', hint: 'Write just {name}.' }
  },
  FLAG_VALUE_MISSING: {
    ja: { message: '{name} の値がありません。', hint: '{name} のあとに値を書いてください。' },
    en: { message: '{name} needs a value.', hint: 'Write it after {name}.' }
  },
  WRONG_FLAG_VALUE: {
    ja: { message: '{name} には {expected} が入ります（今は「{got}」）。', hint: '値を直してください。' },
    en: { message: 'Expected {expected} for {name}, got "{got}".', hint: 'Correct the value.' }
  },
  ARGUMENT_MISSING: {
    ja: { message: '{command} には指定が足りません。', hint: '使い方: {usage}' },
    en: { message: '{command} needs more to work on.', hint: 'Usage: {usage}' }
  },
  ARGUMENT_TOO_MANY: {
    ja: { message: '{command} に「{extra}」は余分です。', hint: '使い方: {usage}' },
    en: { message: '"{extra}" is more than {command} takes.', hint: 'Usage: {usage}' }
  },
  UNKNOWN_EXPORT: {
    ja: {
      message: '「{name}」という書き出し方はありません。',
      hint: '{nearest} のことですか。peft と merged があります。'
    },
    en: {
      message: 'There is no export "{name}".',
      hint: 'Did you mean {nearest}? There are peft and merged.'
    }
  },
  FLAGS_CLASH: {
    ja: { message: '{a} と {b} は一緒に使えません。', hint: 'どちらか一方だけを書いてください。' },
    en: { message: '{a} and {b} cannot be used together.', hint: 'Write only one of them.' }
  },
  CANCELLED: {
    ja: {
      message: '中止しました。途中のものは残していません。',
      hint: 'もう一度始めるときは、同じコマンドを実行してください。'
    },
    en: { message: 'Cancelled; nothing half-done was kept.', hint: 'Run the same command to begin again.' }
  }
}
