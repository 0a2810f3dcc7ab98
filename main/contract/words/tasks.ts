// Words of the tasks: recipes, model folders, plans, evaluation, export, chat and the command line. Imports
// nothing but the form.
import type { ErrorWords } from './language'

export const taskWords: ErrorWords = {
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
  }
}
