// Words of the engine's file errors: model folders, safetensors, JSON, writing. Those that the TypeScript
// side raises as well (NO_CONFIG, LFS_POINTER, DISK_FULL ...) stand with it. Imports nothing but the form.
import type { ErrorWords } from '../contract/language'

export const fileWords: ErrorWords = {
  // reading any file
  FILE_MISSING: {
    ja: {
      message: '{file} が見つかりません。',
      hint: '場所を確かめるか、モデルをもう一度ダウンロードしてください。'
    },
    en: { message: '{file} does not exist.', hint: 'Check the place, or download the model again.' }
  },
  FILE_UNREADABLE: {
    ja: {
      message: '{file} を読めませんでした（{reason}）。',
      hint: '読み取りの許可と、ドライブの接続を確かめてください。'
    },
    en: {
      message: '{file} cannot be read ({reason}).',
      hint: 'Check that you may read it and that its drive is connected.'
    }
  },
  FILE_EMPTY: {
    ja: {
      message: '{file} は空です。転送が途中で終わったようです。',
      hint: 'もう一度ダウンロードするか、コピーし直してください。'
    },
    en: {
      message: '{file} is empty; its transfer did not finish.',
      hint: 'Download or copy it again.'
    }
  },
  FILE_TRUNCATED: {
    ja: {
      message: '{file} は途中で切れています（{actual} バイト。本来は {expected} バイト）。',
      hint: 'もう一度ダウンロードするか、コピーし直してください。'
    },
    en: {
      message: '{file} is cut off ({actual} bytes instead of {expected}).',
      hint: 'Download or copy it again; the transfer did not finish.'
    }
  },
  FILE_TOO_LARGE: {
    ja: {
      message: '{file} は、この種類のファイルとしては大きすぎます（{size} バイト）。',
      hint: '名前どおりのファイルかを確かめるか、もう一度ダウンロードしてください。'
    },
    en: {
      message: '{file} is larger than such a file can be ({size} bytes).',
      hint: 'Check that it is the file its name says, or download it again.'
    }
  },
  BROKEN_CONFIG: {
    ja: {
      message: '{file} は JSON として読めません（{offset} バイト目: {reason}）。',
      hint: 'もう一度ダウンロードするか、コピーし直してください。手で直した場合は、その箇所を見直してください。'
    },
    en: {
      message: '{file} is not valid JSON (byte {offset}: {reason}).',
      hint: 'Download or copy it again; if you edited it, look at that place.'
    }
  },

  // safetensors
  BROKEN_HEADER: {
    ja: {
      message: '{file} は safetensors として読めません（{reason}）。',
      hint: 'もう一度ダウンロードしてください。名前だけが safetensors の別のファイルかもしれません。'
    },
    en: {
      message: '{file} cannot be read as safetensors ({reason}).',
      hint: 'Download it again; it may be another kind of file under this name.'
    }
  },
  BAD_OFFSETS: {
    ja: {
      message: '{file} の {tensor} の位置（{begin}〜{end}）が、ほかの中身と合いません。',
      hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
    },
    en: {
      message: 'In {file}, the place of {tensor} ({begin} to {end}) does not fit the rest.',
      hint: 'Download it again; if it stays, choose another source.'
    }
  },
  BAD_SHAPE: {
    ja: {
      message: '{file} の {tensor} の形 {shape} は、ありえない値です。',
      hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
    },
    en: {
      message: 'In {file}, {tensor} has the impossible shape {shape}.',
      hint: 'Download it again; if it stays, choose another source.'
    }
  },
  TENSOR_SIZE_MISMATCH: {
    ja: {
      message: '{file} の {tensor} は、形 {shape} と大きさ（{actual} バイト）が合いません。',
      hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
    },
    en: {
      message: 'In {file}, {tensor} has {actual} bytes, but its shape {shape} needs {expected}.',
      hint: 'Download it again; if it stays, choose another source.'
    }
  },
  UNKNOWN_DTYPE: {
    ja: {
      message: '{file} の {tensor} は、知らない数値形式 {dtype} で保存されています。',
      hint: 'F32、BF16、F16 のいずれかで保存された版を選んでください。'
    },
    en: {
      message: 'In {file}, {tensor} is stored in the unknown number format {dtype}.',
      hint: 'Choose a version of the model in F32, BF16 or F16.'
    }
  },
  DUPLICATE_TENSOR: {
    ja: {
      message: '{file} に {tensor} が二つあり、どちらが正しいか決められません。',
      hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
    },
    en: {
      message: '{tensor} is in {file} twice; which one is right cannot be told.',
      hint: 'Download it again; if it stays, choose another source.'
    }
  },
  MISALIGNED_TENSOR: {
    ja: {
      message: '{file} の {tensor} は、そのままでは読めない位置に置かれています。',
      hint: '新しい safetensors で保存し直すか、別の版のモデルを選んでください。'
    },
    en: {
      message: 'In {file}, {tensor} lies where it cannot be read in place.',
      hint: 'Save the model again with a current safetensors library, or choose another version.'
    }
  },
  NOT_FINITE_WEIGHTS: {
    ja: {
      message: '{file} の {tensor} に、数として使えない値（NaN または無限大）があります。',
      hint: 'もう一度ダウンロードしてください。それでも続くならモデルが壊れています。別のモデルを選んでください。'
    },
    en: {
      message: 'In {file}, {tensor} holds NaN or infinity.',
      hint: 'Download it again; if it stays, the model itself is damaged: choose another.'
    }
  },

  // model folders
  BROKEN_INDEX: {
    ja: {
      message: '{file} は、分割されたモデルの目次として読めません（{reason}）。',
      hint: 'モデルを、すべてのファイルといっしょにもう一度ダウンロードしてください。'
    },
    en: {
      message: '{file} cannot be read as the index of a model in several files ({reason}).',
      hint: 'Download the model again, with all of its files.'
    }
  },
  BAD_SHARD_NAME: {
    ja: {
      message: '{file} が、フォルダーの外を指すような名前（{name}）を挙げています。開きませんでした。',
      hint: 'この配布物は壊れているか有害です。別の入手先を選んでください。'
    },
    en: {
      message: '{file} names {name}, which is no plain file name; it was not opened.',
      hint: 'This download is broken or harmful: choose another source.'
    }
  },
  TENSOR_MISSING: {
    ja: {
      message: '{file} に {tensor} がありません。',
      hint: 'もう一度ダウンロードするか、対応している種類のモデルを選んでください。'
    },
    en: {
      message: '{tensor} is missing in {file}.',
      hint: 'Download it again, or choose a model of a known family.'
    }
  },

  // writing
  FOLDER_MISSING: {
    ja: {
      message: '{file} を置くフォルダーがありません。',
      hint: 'フォルダーを作るか、別の場所を選んでください。'
    },
    en: {
      message: 'The folder for {file} does not exist.',
      hint: 'Make the folder, or choose another place.'
    }
  },
  WRITE_FAILED: {
    ja: {
      message: '{file} を書けませんでした（{reason}）。',
      hint: 'ドライブの状態を確かめて、もう一度お試しください。'
    },
    en: {
      message: '{file} could not be written ({reason}).',
      hint: 'Check the drive, then try again.'
    }
  }
}
