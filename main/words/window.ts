// Words of what the window asks for: the gate, files, projects, models, trainings and results; and the names
// of runs that were given none. Imports nothing but the form.
import type { PresetKey } from '../contract/window/training'
import type { ErrorWords, Language } from '../contract/language'

/** 「お試し 2」, "Quick try 2" */
export const runNames: Readonly<Record<Language, Readonly<Record<PresetKey | 'custom', string>>>> = {
  ja: { quick: 'お試し', balanced: 'バランス', quality: '仕上げ重視', custom: '自分の設定' },
  en: { quick: 'Quick try', balanced: 'Balanced', quality: 'High quality', custom: 'Own settings' }
}

export const windowWords: ErrorWords = {
  // the gate
  BAD_ARGUMENTS: {
    ja: {
      message: '窓からの頼みを読み取れませんでした（{call}: {place}）。何も変わっていません。',
      hint: 'Neiro を始め直してください。くり返すときは、ログを送ってください。'
    },
    en: {
      message:
        'The window asked for something in a way that is not understood ({call}: {place}). Nothing has changed.',
      hint: 'Restart Neiro; if it happens again, please send the log.'
    }
  },
  UNKNOWN_CALL: {
    ja: {
      message: '窓からの頼みが、この版の Neiro にはないものでした。',
      hint: 'Neiro を始め直してください。'
    },
    en: { message: 'The window asked for something that this Neiro does not know.', hint: 'Restart Neiro.' }
  },
  UNKNOWN_SENDER: {
    ja: {
      message: 'Neiro の窓ではないページからの頼みだったので、断りました。',
      hint: 'Neiro を始め直してください。'
    },
    en: { message: 'A page that is not Neiro asked for something; it was refused.', hint: 'Restart Neiro.' }
  },
  UNEXPECTED: {
    ja: {
      message: '思いがけない問題が起きました。保存したものは無事です。',
      hint: 'もう一度お試しください。くり返すときは、設定でログを保存して送ってください。'
    },
    en: {
      message: 'Something unexpected happened. What was saved is safe.',
      hint: 'Try again; if it happens again, save the log under Settings and send it.'
    }
  },
  CONNECTION_LOST: {
    ja: {
      message: 'Neiro とのつながりが切れました。学習と保存したものは無事です。',
      hint: 'Neiro が動いていれば、すぐにつなぎ直します。終わっていたら、もう一度始めてください。'
    },
    en: {
      message: 'The connection to Neiro was lost. Training and what was saved are safe.',
      hint: 'While Neiro runs, it is made again in a moment; if it has ended, start it again.'
    }
  },
  CONNECTION_BACK: {
    ja: {
      message: 'つながりが戻りました。切れていた間に押したものは、届いていないことがあります。',
      hint: 'この画面は、いまの様子に直してあります。足りないものがあれば、もう一度押してください。'
    },
    en: {
      message: 'The connection is back. What was clicked meanwhile may not have arrived.',
      hint: 'This page shows how things are now. If something is missing, do it again.'
    }
  },

  // files
  FILE_UNKNOWN: {
    ja: {
      message: 'そのファイルは、この窓で選ばれたものではありません。',
      hint: 'ファイルを選び直してください。'
    },
    en: { message: 'That file was not chosen in this window.', hint: 'Choose the file again.' }
  },
  FILE_GONE: {
    ja: {
      message: '{file} が見つかりません。移されたか、消されたようです。',
      hint: 'ファイルを選び直してください。'
    },
    en: { message: '{file} is no longer there; it was moved or removed.', hint: 'Choose the file again.' }
  },
  FOLDER_UNREADABLE: {
    ja: { message: 'フォルダー {folder} を開けません。', hint: 'ほかのフォルダーを選んでください。' },
    en: { message: 'The folder {folder} cannot be read.', hint: 'Choose another folder.' }
  },
  BAD_FOLDER_NAME: {
    ja: {
      message: 'その名前のフォルダーは作れません。何も作っていません。',
      hint: '「/」「:」「*」「?」などの記号を使わない名前にしてください。'
    },
    en: {
      message: 'A folder cannot be called that; none was made.',
      hint: 'Choose a name without signs such as / : * ?.'
    }
  },
  FOLDER_EXISTS: {
    ja: {
      message: '{folder} は、もうあります。',
      hint: 'ほかの名前にするか、そのフォルダーを選んでください。'
    },
    en: { message: 'There is a {folder} already.', hint: 'Choose another name, or that folder.' }
  },
  UPLOAD_TOO_LARGE: {
    ja: {
      message: '{file} は 2 GB を超えています。読み込んでいません。',
      hint: 'ファイルを分けて、もう一度入れてください。'
    },
    en: { message: '{file} is larger than 2 GB; it was not read.', hint: 'Split the file and add the parts.' }
  },
  BAD_FILE_NAME: {
    ja: {
      message: 'このファイルの名前は使えません。読み込んでいません。',
      hint: '名前を変えて、もう一度入れてください。'
    },
    en: {
      message: 'The file has no usable name; it was not read.',
      hint: 'Rename the file and add it again.'
    }
  },

  DROP_NOT_READABLE: {
    ja: {
      message: '{file} を読めませんでした。移されたか、変わったか、開けないようになっています。',
      hint: 'ほかのアプリで開けるかを確かめて、もう一度入れてください。フォルダーは「フォルダーを選ぶ」からも入れられます。'
    },
    en: {
      message: '{file} could not be read: it was moved or changed, or may not be opened.',
      hint: 'See whether another program opens it, then add it again. A folder can also be chosen by its button.'
    }
  },
  NOTHING_IN_FOLDER: {
    ja: {
      message: 'フォルダー {folder} に、お手本として読める種類のファイルがありません。',
      hint: 'Excel・CSV・Word・テキストなどの入ったフォルダーを選んでください。'
    },
    en: {
      message: 'The folder {folder} holds no file of a kind that can be read as examples.',
      hint: 'Choose a folder with Excel, CSV, Word or text files in it.'
    }
  },

  // projects
  NOT_A_PROJECT: {
    ja: {
      message: 'フォルダー {folder} は、Neiro のプロジェクトではありません。',
      hint: 'project.json が入っているフォルダーを選んでください。'
    },
    en: {
      message: 'The folder {folder} is not a Neiro project.',
      hint: 'Choose the folder that holds project.json.'
    }
  },
  PROJECT_BROKEN: {
    ja: {
      message: '{folder} の project.json を読めません。お手本と学習はそのままです。',
      hint: 'バックアップから project.json を戻すか、新しいプロジェクトを作って同じファイルを入れてください。'
    },
    en: {
      message: 'The file project.json of {folder} cannot be read; its data and runs are untouched.',
      hint: 'Restore project.json from a backup, or create a new project and add the same files.'
    }
  },
  PROJECT_NEWER: {
    ja: {
      message: 'プロジェクト {folder} は、もっと新しい Neiro で作られています。',
      hint: 'Neiro を新しくしてから、もう一度開いてください。'
    },
    en: {
      message: 'The project {folder} was made by a newer Neiro.',
      hint: 'Update Neiro, then open it again.'
    }
  },
  PROJECT_TWIN: {
    ja: {
      message: 'フォルダー {folder} はほかのプロジェクトの写しで、書き込めないため開けません。',
      hint: '書き込めるようにするか、一覧から外してください。'
    },
    en: {
      message: 'The folder {folder} is a copy of another project, and nothing may be written in it.',
      hint: 'Allow writing there, or take it off the list.'
    }
  },
  PROJECT_AWAY: {
    ja: {
      message: 'フォルダー {folder} が見つかりません。ドライブを外したか、フォルダーを移したようです。',
      hint: 'ドライブをつなぐか、移した先を選び直してください。'
    },
    en: {
      message: 'The folder {folder} is not there now: its drive is not connected, or it was moved.',
      hint: 'Connect the drive, or choose the place it was moved to.'
    }
  },
  PROJECT_GONE: {
    ja: {
      message: 'このプロジェクトは、もとの場所にありません。',
      hint: 'フォルダーを移したときは、ホームから開き直してください。'
    },
    en: {
      message: 'This project is no longer there.',
      hint: 'If you moved its folder, open it from home.'
    }
  },
  NOTHING_TO_RESTORE: {
    ja: {
      message: '片づけてから 30 日を過ぎたか、すでに戻されています。',
      hint: 'ここからはもう戻せません。'
    },
    en: {
      message: 'This was put away more than 30 days ago, or is back already.',
      hint: 'It can no longer be brought back from here.'
    }
  },

  // models and trainings
  NO_MODEL_CHOSEN: {
    ja: { message: 'もとにするモデルが、まだ選ばれていません。', hint: 'モデルの部屋で一つ選んでください。' },
    en: { message: 'No model is chosen yet.', hint: 'Choose one in the model room.' }
  },
  MODEL_GONE: {
    ja: {
      message: 'このプロジェクトのモデルが、一覧にありません。',
      hint: 'モデルの部屋で選び直すか、フォルダーを入れ直してください。'
    },
    en: {
      message: 'The model of this project is not on the list.',
      hint: 'Choose another in the model room, or add its folder again.'
    }
  },
  MODEL_NOT_READABLE: {
    ja: {
      message: '{file} を読めません（{reason}）。フォルダーには何もしていません。',
      hint: 'ドライブがつながっているか、開く許可があるかを確かめてから、見直してください。'
    },
    en: {
      message: '{file} cannot be read ({reason}). Nothing was done to the folder.',
      hint: 'See whether its drive is connected and the file may be read, then look again.'
    }
  },
  MODEL_BY_CHOICE: {
    ja: {
      message:
        'ブラウザーの窓では、モデルのフォルダーをドロップで受け取れません（場所が分からないためです）。',
      hint: '「モデルのフォルダーを選ぶ」から選んでください。'
    },
    en: {
      message: 'In a browser a model folder cannot be taken in by dropping it: its place is not told.',
      hint: 'Use the button “Choose a model folder”.'
    }
  },
  NO_EXAMPLES_YET: {
    ja: {
      message: '学ぶお手本が、まだありません。',
      hint: 'データの部屋で、質問と答えの入ったファイルを入れてください。'
    },
    en: {
      message: 'There is nothing to learn from yet.',
      hint: 'Add files with questions and answers in the data room.'
    }
  },
  TRAINING_TOO_LARGE: {
    ja: {
      message:
        'この学習には {needed} GB のメモリが要ります。いま使えるのは {memory} GB なので、始めていません。',
      hint: '「メモリに収まるようにする」を使うか、ほかのアプリを閉じるか、小さなモデルを選んでください。'
    },
    en: {
      message: 'This training needs {needed} GB of memory, and {memory} GB are free. It was not started.',
      hint: 'Let Neiro make it fit, close other programs, or choose a smaller model.'
    }
  },
  RUN_GONE: {
    ja: {
      message: 'この学習は、もとの場所にありません。フォルダーが移されたか、消されたようです。',
      hint: '移したときは、もとの場所に戻してください。'
    },
    en: {
      message: 'This run is no longer there; its folder was moved or removed.',
      hint: 'If you moved it, put it back.'
    }
  },
  ENGINE_DIED: {
    ja: {
      message: '計算用のプロセスが予期せず終わりました（{how}）。保存したものは無事です。',
      hint: 'もう一度お試しください。新しいプロセスで始めます。'
    },
    en: {
      message: 'The process that does the calculations ended unexpectedly ({how}). What was saved is safe.',
      hint: 'Try again: it is started anew.'
    }
  },

  // results
  RUN_NOT_READY: {
    ja: {
      message: 'この学習には、まだ結果がありません。',
      hint: '最後まで学習するか、「ここで終えて比べる」を使ってください。'
    },
    en: { message: 'This run has no result yet.', hint: 'Let it finish, or end it here.' }
  },
  NO_HELD_OUT: {
    ja: {
      message: 'この学習には、取っておいた質問がありません。読みくらべるものがありません。',
      hint: '「話してみる」で試すか、検証にとっておく割合を決めて学習し直してください。'
    },
    en: {
      message: 'No questions were kept out of this run, so there is nothing to compare.',
      hint: 'Talk to it instead, or train with a share kept for checking.'
    }
  },
  EXPORT_CANCELLED: {
    ja: {
      message: '書き出しを中止しました。途中のものは残していません。',
      hint: 'いつでも書き出し直せます。'
    },
    en: {
      message: 'Writing was cancelled; nothing half-done was kept.',
      hint: 'You can write it again at any time.'
    }
  }
}
