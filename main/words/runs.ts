// Words of runs: the errors of the trainer process, its folder and its host, and the notices of a run.
// Imports nothing but the form.
import type { ErrorWords } from '../contract/language'

export const runWords: ErrorWords = {
  // the folder
  RUN_NOT_FOUND: {
    ja: {
      message: '{run} に学習の記録がありません。',
      hint: '記録の一覧（neiro runs）で名前を確かめてください。'
    },
    en: { message: 'There is no run in {run}.', hint: 'List the runs (neiro runs) and check the name.' }
  },
  RUN_EXISTS: {
    ja: {
      message: '{run} はすでに使われています。',
      hint: '別の場所を選ぶか、続きから始める（--resume）を使ってください。'
    },
    en: {
      message: '{run} is in use already.',
      hint: 'Choose another place, or continue that run (--resume).'
    }
  },
  RUN_BUSY: {
    ja: {
      message: 'この学習は、ほかのプロセスで進んでいます。',
      hint: '終わるまで待つか、そちらで一時停止してください。'
    },
    en: {
      message: 'This run is being trained by another process already.',
      hint: 'Wait until it ends, or pause it there first.'
    }
  },
  RUN_FINISHED: {
    ja: {
      message: 'この学習は終わっています。これ以上学ぶところはありません。',
      hint: 'できあがったアダプターを使うか、新しい学習を始めてください。'
    },
    en: {
      message: 'This run is finished; there is nothing left to train.',
      hint: 'Use its adapter, or prepare a new run.'
    }
  },
  RUN_BROKEN: {
    ja: {
      message: 'この学習のファイル {name} が、ないか壊れています。お手本のファイルはそのままです。',
      hint: 'レシピから学習を準備し直してください。'
    },
    en: {
      message: 'The file {name} of this run is missing or damaged. Your data files are unchanged.',
      hint: 'Prepare the run again from its recipe.'
    }
  },
  MODEL_MOVED: {
    ja: {
      message: 'この学習で使っていたモデルが {modelDir} にありません。学習の途中経過は残っています。',
      hint: 'モデルをもとの場所に戻すか、job.json の modelDir を新しい場所に書きかえてから、再開してください。'
    },
    en: {
      message: 'The model of this run is no longer at {modelDir}. What was learnt so far is kept.',
      hint: 'Move it back, or write its new place as modelDir into job.json of the run; then resume.'
    }
  },
  DISK_FULL: {
    ja: {
      message: 'ディスクの空きがありません（{place}）。それまでに保存したものは無事です。',
      hint: '空きをつくってから、もう一度お試しください。'
    },
    en: {
      message: 'There is no space left on the disk of {place}. What was saved before is safe.',
      hint: 'Free some space and try again.'
    }
  },
  READ_ONLY: {
    ja: {
      message: '{place} には書き込めません。',
      hint: '別のフォルダーを選ぶか、書き込みを許可してください。'
    },
    en: {
      message: 'Nothing may be written at {place}.',
      hint: 'Choose another folder, or allow writing there.'
    }
  },

  // the training
  NOT_FINITE: {
    ja: {
      message:
        '損失が続けて数値にならなかったため、ステップ {step} で学習を止めました。最後の正常な状態は残っています。',
      hint: '学習率（今は {learningRate}）を10分の1ほどに下げて、もう一度始めてください。'
    },
    en: {
      message:
        'The loss was no number several times in a row, so training ended at step {step}. The last good state is kept.',
      hint: 'Start again with a lower learning rate (now {learningRate}), for example a tenth of it.'
    }
  },

  // the process
  TRAINER_NOT_STARTED: {
    ja: {
      message: '学習用のプロセスを始められませんでした（{how}）。{log}',
      hint: 'アプリを入れ直すか、ソースからなら npm run build で作り直してください。'
    },
    en: {
      message: 'The training process could not be started ({how}). {log}',
      hint: 'Install the app again, or build it again with npm run build.'
    }
  },
  TRAINER_DIED: {
    ja: {
      message: '学習用のプロセスが予期せず終わりました（{how}）。最後の途中保存までは残っています。{log}',
      hint: '学習を再開してください。最後の途中保存から続きます。'
    },
    en: {
      message:
        'The training process ended unexpectedly ({how}). Everything up to the last checkpoint is kept. {log}',
      hint: 'Resume the run: it goes on from its last checkpoint.'
    }
  },
  TRAINER_BUSY: {
    ja: { message: 'いまは学習中です。', hint: '終わるまで待つか、一時停止してください。' },
    en: { message: 'A training is running.', hint: 'Wait until it ends, or pause it.' }
  },
  NO_MODEL_OPEN: {
    ja: { message: 'モデルが開かれていません。', hint: '先にモデルを開いてください。' },
    en: { message: 'No model is open.', hint: 'Open a model first.' }
  },
  ADDON_MISSING: {
    ja: {
      message: '計算エンジンが見つかりません（{file}）。',
      hint: 'アプリを入れ直すか、ソースからなら npm run build で作ってください。'
    },
    en: {
      message: 'The engine is not there ({file}).',
      hint: 'Install the app again, or build it with npm run build.'
    }
  },
  ADDON_BROKEN: {
    ja: {
      message: '計算エンジンを読み込めませんでした（{reason}）。',
      hint: 'アプリを入れ直すか、ソースからなら npm run build で作り直してください。'
    },
    en: {
      message: 'The engine could not be loaded ({reason}).',
      hint: 'Install the app again, or build it again with npm run build.'
    }
  },
  INTERNAL: {
    ja: {
      message: '思いがけない問題が起きました（{reason}）。保存したものは無事です。',
      hint: 'もう一度お試しください。くり返すときは、ログを送ってください。'
    },
    en: {
      message: 'Something unexpected happened ({reason}). What was saved is safe.',
      hint: 'Try again; if it happens again, please send the log.'
    }
  }
}

/** Codes of notice lines in metrics.jsonl. */
export const runNoticeWords: ErrorWords = {
  NOT_FINITE: {
    ja: {
      message: 'ステップ {step} は損失が数値にならなかったため、とばしました。',
      hint: '何度も起きるときは、学習率を下げてください。'
    },
    en: {
      message: 'Step {step} was skipped, because its loss was no number.',
      hint: 'If it happens often, lower the learning rate.'
    }
  },
  EARLY_STOP: {
    ja: {
      message: '検証を {waited} 回続けてもよくならなかったため、早めに終わりました。',
      hint: 'いちばんよかったステップ {bestStep} の結果を使います。'
    },
    en: {
      message: 'Training ended early: {waited} checks brought no improvement.',
      hint: 'The best state, from step {bestStep}, is the result.'
    }
  },
  OVERFITTING: {
    ja: {
      message: '丸暗記が始まったようです（検証の損失 {loss}、最もよかったときは {best}）。',
      hint: 'ステップ {bestStep} の結果をとってあります。お手本をふやすか、くり返す回数をへらしてください。'
    },
    en: {
      message: 'The model begins to memorise (held-out loss {loss}, at its best {best}).',
      hint: 'The state of step {bestStep} is kept; use more examples or fewer epochs.'
    }
  },
  DIVERGENCE: {
    ja: {
      message: '損失が大きくなっています（いま {loss}、最も低かったときは {lowest}）。',
      hint: '止めて、学習率を下げて始め直すことをお勧めします。'
    },
    en: {
      message: 'The loss is running away (now {loss}, at its lowest {lowest}).',
      hint: 'Better stop and start again with a lower learning rate.'
    }
  },
  NOTHING_LEARNT: {
    ja: {
      message: '損失がほとんど下がりませんでした（{before} から {after}）。',
      hint: '学習率を上げるか、くり返す回数をふやすか、お手本を見直してください。'
    },
    en: {
      message: 'The loss hardly fell (from {before} to {after}).',
      hint: 'Raise the learning rate or the epochs, or look at the examples again.'
    }
  },
  RESUMED: {
    ja: { message: 'ステップ {step} から再開しました。', hint: '止めなかったときと同じ結果になります。' },
    en: { message: 'Resumed from step {step}.', hint: 'The result is the same as without the break.' }
  },
  CHECKPOINT_TORN: {
    ja: {
      message: '途中保存 {checkpoint} が壊れていたため、使いませんでした。',
      hint: 'その前の途中保存から続けます。何もしなくて大丈夫です。'
    },
    en: {
      message: 'The checkpoint {checkpoint} was damaged and is not used.',
      hint: 'Training goes on from the one before; you need not do anything.'
    }
  },
  OTHER_INSTRUCTIONS: {
    ja: {
      message: '前とは別の種類のプロセッサーで続けます（{before} から {now}）。',
      hint: '学習はそのまま進みますが、結果の細かな数字は、同じ機械で続けたときとわずかに違うことがあります。'
    },
    en: {
      message: 'It goes on with another kind of processor than before ({before}, now {now}).',
      hint: 'The training is the same, but its last digits may differ from what the first machine would have given.'
    }
  },
  PAUSED: {
    ja: { message: '一時停止しました。', hint: 'いつでも続きから再開できます。' },
    en: { message: 'Paused.', hint: 'You can resume at any time.' }
  },
  INTERRUPTED: {
    ja: { message: 'アプリが閉じられたため、途中保存して止まりました。', hint: '続きから再開できます。' },
    en: { message: 'The app was closed; the state was saved.', hint: 'You can resume from here.' }
  },
  STOPPED: {
    ja: { message: '止めました。', hint: 'それまででいちばんよかった結果を保存します。' },
    en: { message: 'Stopped.', hint: 'The best state so far is the result.' }
  }
}
