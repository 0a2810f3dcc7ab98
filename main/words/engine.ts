// Words of the engine errors: memory, threads, options, batches, models, adapters, sessions. Imports nothing but the form
// and the words of files.
import { fileWords } from './files'
import type { ErrorWords } from '../contract/language'

export const engineWords: ErrorWords = {
  ...fileWords,

  // the machine
  OUT_OF_MEMORY: {
    ja: {
      message: 'メモリが足りません（必要 {needed}、空き {available}）。何も失われていません。',
      hint: 'ほかのアプリを閉じるか、小さなモデル、短いお手本、小さなバッチ、nf4、再計算（gradient checkpointing）を選んでください。'
    },
    en: {
      message: 'There is not enough memory: {needed} are needed, {available} are free. Nothing is lost.',
      hint: 'Close other programs, or choose a smaller model, shorter examples, a smaller batch, nf4 or gradient checkpointing.'
    }
  },
  THREADS_UNAVAILABLE: {
    ja: {
      message: '{threads} 本のスレッドを始められませんでした。',
      hint: 'スレッドの数をへらすか、0（自動）にしてください。'
    },
    en: {
      message: 'The system did not start {threads} threads.',
      hint: 'Choose fewer threads, or 0 for one per processor.'
    }
  },
  UNKNOWN_BACKEND: {
    ja: {
      message: '命令セット「{name}」は、この CPU では使えません。',
      hint: '環境変数 NEIRO_ISA を消すか、scalar、avx2、avx512 のどれかにしてください。'
    },
    en: {
      message: 'The instruction set "{name}" is unknown, or this processor does not have it.',
      hint: 'Unset NEIRO_ISA, or set it to scalar, avx2 or avx512.'
    }
  },

  // arguments
  BAD_OPTION: {
    ja: {
      message: '設定 {option} の値「{value}」は使えません（使えるもの: {expected}）。',
      hint: 'この設定を直して、もう一度お試しください。'
    },
    en: {
      message: 'Expected {expected} for {option}, got {value}.',
      hint: 'Correct this setting and try again.'
    }
  },
  EMPTY_BATCH: {
    ja: {
      message: '計算するお手本が一件もありません。',
      hint: 'お手本を一件以上入れてください。'
    },
    en: {
      message: 'The batch is empty.',
      hint: 'Give it at least one example.'
    }
  },
  BATCH_TOO_LARGE: {
    ja: {
      message: '一度に読むお手本が {tokens} トークンあり、用意したメモリ（{limit} トークン）に入りません。',
      hint: '一度に読む数か、一件の長さの上限を下げてください。'
    },
    en: {
      message: 'The batch has {tokens} tokens; memory was planned for {limit}.',
      hint: 'Lower the batch size or the longest example.'
    }
  },
  BAD_LENGTHS: {
    ja: {
      message: 'お手本の長さの合計が、トークンの数（{tokens}）と合いません。',
      hint: 'データの準備をやり直してください。'
    },
    en: {
      message: 'The lengths of the examples do not fit the {tokens} tokens of the batch.',
      hint: 'Prepare the data again.'
    }
  },
  BAD_TOKEN: {
    ja: {
      message: '{position} 番目のトークン {token} は、このモデルの語彙（{limit} 語）にありません。',
      hint: 'このモデルに付いているトークナイザーを使って、データの準備をやり直してください。'
    },
    en: {
      message: 'Token {token} at position {position} is outside of the vocabulary of {limit}.',
      hint: 'Prepare the data again with the tokenizer that belongs to this model.'
    }
  },

  // models
  BAD_CONFIG: {
    ja: {
      message: 'config.json の {field} が「{value}」です（正しくは {expected}）。',
      hint: 'モデルをもう一度ダウンロードするか、config.json を直してください。'
    },
    en: {
      message: 'config.json has {field} = {value}, expected {expected}.',
      hint: 'Download the model again, or repair config.json.'
    }
  },
  UNSUPPORTED_MODEL: {
    ja: {
      message: 'このモデルが求める {field} = {value} には、まだ対応していません。',
      hint: '別のモデルか、このモデルの別の版を選んでください。'
    },
    en: {
      message: 'The model asks for {field} = {value}, which is not supported yet.',
      hint: 'Choose another model, or another version of this one.'
    }
  },
  UNSUPPORTED_ROPE: {
    ja: {
      message: 'このモデルの位置の伸ばし方「{rope}」には、まだ対応していません。',
      hint: '位置の指定が default、linear、llama3 のモデルを選んでください。'
    },
    en: {
      message: 'The model stretches its positions by {rope}, which is not supported yet.',
      hint: 'Choose a model with default, linear or llama3 positions.'
    }
  },
  TENSOR_SHAPE: {
    ja: {
      message: '{file} の {tensor} の形は {actual} ですが、config.json では {expected} です。',
      hint: '同じモデルのファイルがそろうように、もう一度ダウンロードしてください。'
    },
    en: {
      message: 'In {file}, {tensor} has the shape {actual}, but config.json asks for {expected}.',
      hint: 'Download the model again, so that its files belong together.'
    }
  },
  UNSUPPORTED_DTYPE: {
    ja: {
      message: '{file} の {tensor} は {dtype} で保存されていて、そのままでは使えません。',
      hint: 'F32、BF16、F16 のどれかで保存された版を選んでください。'
    },
    en: {
      message: 'In {file}, {tensor} is stored as {dtype}, which is not supported.',
      hint: 'Choose a version of the model stored as F32, BF16 or F16.'
    }
  },

  // adapters
  UNSUPPORTED_ADAPTER: {
    ja: {
      message: 'アダプターの {field} = {value} には対応していません。',
      hint: '線形層に付けた、ふつうの LoRA のアダプターを使ってください。'
    },
    en: {
      message: 'The adapter has {field} = {value}, which is not supported.',
      hint: 'Use a plain LoRA adapter on the linear layers.'
    }
  },
  BAD_ADAPTER_CONFIG: {
    ja: {
      message: 'adapter_config.json に、使える {field} がありません。',
      hint: 'アダプターのフォルダーをコピーし直してください。'
    },
    en: {
      message: 'adapter_config.json has no usable {field}.',
      hint: 'Copy the adapter folder again.'
    }
  },
  ADAPTER_MISMATCH: {
    ja: {
      message:
        'このアダプターは、このモデルや設定のものではありません（{tensor}: {actual}。本来は {expected}）。',
      hint: '学習に使ったモデルと設定を選んでください。'
    },
    en: {
      message:
        'The adapter does not belong to this model or these settings: {tensor} is {actual}, expected {expected}.',
      hint: 'Choose the model and the settings that it was trained with.'
    }
  },
  NO_ADAPTER: {
    ja: {
      message: 'このモデルは、アダプターなしで開かれています。',
      hint: 'アダプターを指定して開くか、先に学習してください。'
    },
    en: {
      message: 'This model was opened without an adapter.',
      hint: 'Open it with one, or train one first.'
    }
  },
  NOT_TRAINABLE: {
    ja: {
      message: 'このモデルは、読むだけの設定で開かれています。',
      hint: '学習するときは、学ぶ部分を指定して開いてください。'
    },
    en: {
      message: 'This model was opened for reading only.',
      hint: 'Open it with something to train.'
    }
  },
  STATE_MISMATCH: {
    ja: {
      message:
        '途中保存 {file} は、この学習のものではありません（{tensor}: {actual}。本来は {expected}）。いまの状態は変えていません。',
      hint: '保存したときと同じ設定とモデルで再開してください。'
    },
    en: {
      message:
        'The saved state {file} does not belong to this training: {tensor} is {actual}, expected {expected}. Nothing was changed.',
      hint: 'Resume with the settings and the model that it was saved with.'
    }
  },

  // answers
  NO_CONTEXT: {
    ja: {
      message: 'このモデルは、答えを書くためのメモリなしで開かれています。',
      hint: '答えの長さ（maxContext）を 1 以上にして開いてください。'
    },
    en: {
      message: 'This model was opened without room for answers.',
      hint: 'Open it with maxContext above 0.'
    }
  },
  EMPTY_PROMPT: {
    ja: {
      message: '質問が空です。',
      hint: '文字を入れて、もう一度お試しください。'
    },
    en: {
      message: 'The prompt is empty.',
      hint: 'Write something and try again.'
    }
  },
  NOTHING_STARTED: {
    ja: {
      message: '続きを書く答えがありません。',
      hint: '先に質問を送ってください。'
    },
    en: {
      message: 'There is no answer to go on with.',
      hint: 'Send a prompt first.'
    }
  },
  NOT_FINITE_LOGITS: {
    ja: {
      message: 'モデルの計算が、数として使えない値になりました。',
      hint: 'アダプターが壊れているかもしれません。前のものに戻すか、一歩の大きさ（learning rate）を下げて学習し直してください。'
    },
    en: {
      message: 'The model computed a value that is not a number.',
      hint: 'The adapter may be damaged: go back to an earlier one, or train again with a smaller learning rate.'
    }
  },

  // sessions
  ENGINE_BUSY: {
    ja: {
      message: 'モデルは、まだ前の計算をしています。',
      hint: '終わるのを待つか、中止してからもう一度お試しください。'
    },
    en: {
      message: 'The model is still at work on another call.',
      hint: 'Wait until that has ended, or cancel it.'
    }
  },
  SESSION_CLOSED: {
    ja: {
      message: 'このモデルは、もう閉じられています。',
      hint: 'もう一度開いてください。'
    },
    en: {
      message: 'This model has been closed.',
      hint: 'Open it again.'
    }
  }
}
