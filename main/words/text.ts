// Words of the text errors: tokenizer, chat template, what can be learnt of a row. Imports nothing but the form.
import type { ErrorWords } from '../contract/language'

export const textWords: ErrorWords = {
  NO_TOKENIZER: {
    ja: {
      message: 'モデルのフォルダに tokenizer.json がありません（{dir}）。',
      hint: 'tokenizer.json のあるモデルのフォルダを選んでください。モデルの配布ページから取得できます。'
    },
    en: {
      message: 'The model folder {dir} has no tokenizer.json.',
      hint: 'Choose a model folder that holds tokenizer.json; the page of the model has it.'
    }
  },
  BROKEN_TOKENIZER: {
    ja: {
      message: 'tokenizer.json を読めません（{reason}）。',
      hint: 'モデルをもう一度ダウンロードするか、配布ページの tokenizer.json に置き換えてください。'
    },
    en: {
      message: 'tokenizer.json cannot be read: {reason}',
      hint: 'Download the model again, or take tokenizer.json from its original page.'
    }
  },
  TOKENIZER_STOPPED: {
    ja: {
      message: '文をトークンに分ける処理が止まりました（{file}）。',
      hint: 'もう一度お試しください。次は新しく始めます。くり返すときは、ほかのアプリを閉じてメモリーを空けてください。'
    },
    en: {
      message: 'The work on tokens has stopped ({file}).',
      hint: 'Try again; it starts anew. If it happens again, close other programs to free memory.'
    }
  },
  BROKEN_TEMPLATE: {
    ja: {
      message: 'モデルの会話テンプレートを読めません（{reason}）。',
      hint: '配布ページの chat_template.jinja か tokenizer_config.json に置き換えてください。'
    },
    en: {
      message: 'The chat template of the model cannot be read: {reason}',
      hint: 'Take chat_template.jinja or tokenizer_config.json from the original page of the model.'
    }
  },
  TEMPLATE_REFUSED: {
    ja: {
      message: 'モデルの会話テンプレートがこの会話を受け付けません（{reason}）。',
      hint: 'システム文をなくす、質問と答えを交互にするなど会話を直すか、別のモデルを選んでください。'
    },
    en: {
      message: 'The chat template of the model refuses this conversation: {reason}',
      hint: 'Change the conversation (often: no system message, question and answer in turn), or choose another model.'
    }
  },
  TEMPLATE_MASK: {
    ja: {
      message: '会話テンプレートがこの答えを変えてしまうため、学ぶところを決められません（{answer}）。',
      hint: '答えからテンプレートが消す部分（多くは思考の部分）を除くか、別のモデルを選んでください。'
    },
    en: {
      message: 'The chat template changes or hides this answer, so what to learn cannot be located: {answer}',
      hint: 'Remove what the template drops from the answers (often a thinking part), or choose another model.'
    }
  },
  ANSWER_CUT_OFF: {
    ja: {
      message: '質問だけで長さの上限（{maxSeqLength} トークン）に達し、学ぶ答えが残りません。',
      hint: '「一件の長さの上限」を上げるか、質問を短くしてください。'
    },
    en: {
      message:
        'The question alone fills the limit of {maxSeqLength} tokens; nothing of the answer is left to learn.',
      hint: 'Raise the longest example, or shorten the question.'
    }
  },
  LOST_CHARACTERS: {
    ja: {
      message: 'このモデルは次の文字を読めません（{characters}）。',
      hint: 'これらの文字を読めるモデルを選ぶか、行の文字を置き換えてください。'
    },
    en: {
      message: 'This model cannot read these characters: {characters}',
      hint: 'Choose a model that reads them, or replace them in the row.'
    }
  },
  NOTHING_TO_LEARN: {
    ja: {
      message: '学べる行がひとつもありません（{rows} 行。いちばん多い理由：{reason}）。',
      hint: '除かれた行とその理由を見て、データ、長さの上限、モデルのどれかを変えてください。'
    },
    en: {
      message: 'None of the {rows} rows can be learnt (most common reason: {reason}).',
      hint: 'Look at the refused rows and their reasons, then change the data, the longest example or the model.'
    }
  }
}
