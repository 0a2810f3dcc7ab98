// Words of the data errors: files that cannot be used, and rows that are refused. Imports nothing but the form.
import type { ErrorWords, Language, Sentence } from '../contract/language'

const words = (ja: Sentence, en: Sentence): ErrorWords[string] => ({ ja, en })

const fileWords: ErrorWords = {
  NO_DATA: words(
    {
      message: '選ばれたものの中に、学べるデータがありません。',
      hint: '質問と答えの入ったファイルをひとつ以上選んでください。'
    },
    {
      message: 'There is nothing to learn in what was chosen.',
      hint: 'Choose at least one file with questions and answers.'
    }
  ),
  FOLDER_BUSY: words(
    {
      message: 'ほかの Neiro が {folder} に書き込み続けています。',
      hint: 'ほかの Neiro を閉じてから、もう一度お試しください。'
    },
    {
      message: 'Another Neiro keeps writing in {folder}.',
      hint: 'Close the other Neiro, then try again.'
    }
  ),
  DATA_NOT_FOUND: words(
    { message: '{file} が見つかりません。', hint: 'ファイルの名前と場所を確かめてください。' },
    { message: 'There is no file or folder {file}.', hint: 'Check the name and the place of the file.' }
  ),
  DATA_NOT_READABLE: words(
    {
      message: '{file} を開けません（{reason}）。',
      hint: 'ファイルを読む権限があるか、ほかのアプリで開いていないか確かめてください。'
    },
    {
      message: '{file} cannot be read ({reason}).',
      hint: 'Check that the file may be read and is not open elsewhere.'
    }
  ),
  EMPTY_DATA: words(
    { message: '{file} には何も書かれていません。', hint: '質問と答えの入ったファイルを選んでください。' },
    { message: '{file} is empty.', hint: 'Choose a file with questions and answers in it.' }
  ),
  UNKNOWN_FORMAT: words(
    { message: '{file} の種類は読めません。', hint: '次のどれかで保存してください：{known}' },
    { message: '{file} is of a kind that cannot be read.', hint: 'Save it as one of: {known}' }
  ),
  PASSWORD_PROTECTED: words(
    {
      message: '{file} は、パスワードがかかっていて開けません。',
      hint: '{program}で外してから、もう一度入れてください。'
    },
    {
      message: '{file} is protected by a password.',
      hint: 'Remove it in {program}, then add the file again.'
    }
  ),
  OLD_OFFICE_FILE: words(
    {
      message: '{file} は古い形式の{program}ファイルで、そのままでは読めません。',
      hint: '{program}で開き、「名前を付けて保存」で {format} にしてから入れてください。元のファイルはそのままです。'
    },
    {
      message: '{file} is in the older format of {program}.',
      hint: 'Open it in {program}, save it as {format}, then add that file. The old one stays as it is.'
    }
  ),
  BROKEN_OFFICE_FILE: words(
    {
      message: '{file} は壊れているか、終わりが欠けています。',
      hint: '{program}で開けるか確かめ、保存し直してから入れてください。'
    },
    {
      message: '{file} is damaged or incomplete.',
      hint: 'See whether {program} opens it; save it once more, then add it again.'
    }
  ),
  OFFICE_FILE_TOO_LARGE: words(
    {
      message: '{file} は、開くと大きくなりすぎるため読めません。',
      hint: '必要なシートと列だけを保存し直すか、表を CSV で保存してください。'
    },
    {
      message: '{file} grows too large when it is opened.',
      hint: 'Save only the sheets and columns that are needed, or save the table as CSV.'
    }
  ),
  NO_VISIBLE_SHEET: words(
    {
      message: '{file} のシートは、すべて非表示になっています。',
      hint: 'Excelでシートを表示して保存し、もう一度入れてください。'
    },
    {
      message: 'Every sheet of {file} is hidden.',
      hint: 'Show the sheet in Excel, save the file, then add it again.'
    }
  ),
  COMPRESSED_FILE: words(
    {
      message: '{file} は圧縮されています（{packed}）。',
      hint: '先に展開して、中のファイルを選んでください。'
    },
    { message: '{file} is packed ({packed}).', hint: 'Unpack it first, then choose what was in it.' }
  ),
  BINARY_FILE: words(
    {
      message: '{file} は文字のファイルではありません。',
      hint: '文字のファイルを選ぶか、表を CSV で保存してください。'
    },
    { message: '{file} holds no text.', hint: 'Choose a text file, or save the table as CSV.' }
  ),
  WRONG_ENCODING: words(
    {
      message: '{file} の文字コードが合いません（{encoding}）。',
      hint: '文字コードを自分で選ぶか、UTF-8 で保存し直してください。元のファイルはそのままです。'
    },
    {
      message: 'The encoding of {file} does not fit or cannot be recognised ({encoding}).',
      hint: 'Name the encoding yourself, or save the file as UTF-8. The file itself is untouched.'
    }
  ),
  UNKNOWN_ENCODING: words(
    {
      message: '「{encoding}」という文字コードはありません。',
      hint: '次のどれかを使ってください：utf-8 utf-16le utf-16be cp932 euc-jp iso-2022-jp'
    },
    {
      message: 'No encoding is called {encoding}.',
      hint: 'Use one of: utf-8 utf-16le utf-16be cp932 euc-jp iso-2022-jp'
    }
  ),
  BROKEN_JSON_FILE: words(
    {
      message: '{file} の JSON が {line} 行目のあたりで途切れているか、書き方に誤りがあります。',
      hint: '作ったソフトで保存し直してください。終わりが欠けていることがあります。'
    },
    {
      message: 'The JSON of {file} breaks off or is not valid near line {line}.',
      hint: 'Save it again with the program that made it; the end may be missing.'
    }
  ),
  JSON_TOO_LARGE: words(
    {
      message: '{file} は {megabytes} MB をこえるひとつの JSON で、一度に読めません。',
      hint: '一行に一件の JSONL で保存してください。'
    },
    {
      message: '{file} is one JSON value of more than {megabytes} MB.',
      hint: 'Save the data as JSONL: one row a line.'
    }
  ),
  OPEN_QUOTE: words(
    {
      message: '{file} の {line} 行目から始まる行で、引用符（"）が閉じていません。',
      hint: 'その行の引用符を閉じるか、表を CSV で保存し直してください。'
    },
    {
      message: '{file}: the quotation mark opened in the row of line {line} is never closed.',
      hint: 'Close it in that row, or save the table again as CSV.'
    }
  ),
  NO_HEADER: words(
    {
      message: '{file} には列の名前の行がありません（{columns} 列）。',
      hint: '一行目に「質問,答え」のような列の名前を足してください。'
    },
    {
      message: '{file} has no row of column names ({columns} columns).',
      hint: 'Put a first row above it that names the columns, for example: question, answer.'
    }
  ),
  NO_SUCH_ROW: words(
    {
      message: '{file} の {row} 行目から下には、何もありません。',
      hint: '列の名前がある行の番号を入れてください。'
    },
    {
      message: '{file} has nothing in row {row} or below it.',
      hint: 'Enter the number of the row that holds the column names.'
    }
  ),
  ALL_SHEETS_LEFT_OUT: words(
    {
      message: '{file} のシートがすべて外れるところでした。何も変えていません。',
      hint: 'シートを一枚は残すか、ファイルを一覧から外してください。'
    },
    {
      message: '{file} would be left without any sheet. Nothing was changed.',
      hint: 'Keep at least one sheet, or remove the file from the list.'
    }
  ),
  UNKNOWN_SHAPE: words(
    {
      message: '{file} に、質問と答え、会話、文章のどれも見つかりません。ある列：{columns}',
      hint: '列の名前を「質問」「答え」にするか、どの列が何かを指定してください。'
    },
    {
      message: '{file} has no question and answer, conversation or text. Its columns: {columns}',
      hint: 'Name the columns question and answer, or say which column is which.'
    }
  ),
  LABEL_DATA: words(
    {
      message: '{file} は列「{column}」で文を分類するデータで、答えの文がありません。',
      hint: '文の分類はまだ学べません。口調を学ぶには、答えの列を足してください。'
    },
    {
      message: '{file} sorts texts by the column {column}; there are no written answers in it.',
      hint: 'Sorting texts cannot be learnt yet; to learn answers, add a column answer.'
    }
  ),
  NO_ANSWER_COLUMN: words(
    {
      message: '{file} に答えの列がありません。ある列：{columns}',
      hint: '答えの列を足すか、どの列が答えかを指定してください。'
    },
    {
      message: '{file} has no column of answers. Its columns: {columns}',
      hint: 'Add a column answer, or say which column holds the answers.'
    }
  ),
  NO_SUCH_COLUMN: words(
    { message: '{file} に列「{column}」はありません。', hint: 'ある列：{columns}' },
    { message: '{file} has no column {column}.', hint: 'Its columns: {columns}' }
  ),
  MAPPING_INCOMPLETE: words(
    {
      message: '{file}：「{role}」の列が指定されていません。',
      hint: 'どの列が {role} かを指定してください。'
    },
    { message: '{file}: no column is given for {role}.', hint: 'Say which column plays the role {role}.' }
  ),
  NO_USABLE_ROW: words(
    {
      message: '{file} に使える行がありません（いちばん多い理由：{reason}）。',
      hint: '理由を見て行を直すか、別のファイルを選んでください。'
    },
    {
      message: '{file} has no row that can be used (most common reason: {reason}).',
      hint: 'Correct the rows, or choose another file.'
    }
  ),
  ALREADY_ADDED: words(
    {
      message: '{file} は、同じ中身のファイルがもう入っています。',
      hint: 'この行を外してください。お手本は一度だけ数えています。'
    },
    {
      message: '{file} is in the set already, with the same contents.',
      hint: 'Take this row off the list. The examples count once.'
    }
  ),
  TOO_MANY_FILES: words(
    {
      message: '一度に {most} 個より多くのファイルが選ばれました。何も加えていません。',
      hint: 'お手本の入ったフォルダーだけを選んでください。'
    },
    {
      message: 'More than {most} files were chosen at once. Nothing was added.',
      hint: 'Choose only the folder that holds the examples.'
    }
  ),
  SOURCE_CHANGED: words(
    {
      message: 'プロジェクトの中の {file} の写しが、なくなったか書き換えられています。',
      hint: 'この行を外して、元のファイルをもう一度入れてください。'
    },
    {
      message: "The project's copy of {file} is gone or was changed.",
      hint: 'Take this row off the list, then add the file again.'
    }
  ),
  DATA_LOG_BROKEN: words(
    {
      message: 'データの記録（data/{file}）の {line} 行目が読めません。ファイルの写しはそのままです。',
      hint: 'バックアップから {file} を戻すか、新しいプロジェクトに同じファイルを入れてください。'
    },
    {
      message:
        "Line {line} of the data's log (data/{file}) cannot be read. The copies of your files are untouched.",
      hint: 'Restore {file} from a backup, or add the same files to a new project.'
    }
  ),
  DATA_FILE_GONE: words(
    { message: 'このファイルは、もうデータに入っていません。', hint: '一覧を見直してください。' },
    { message: 'This file is no longer in the set.', hint: 'Look at the list again.' }
  ),
  NOT_THE_LAST_CHANGE: words(
    {
      message: 'そのあとに別の変更があったため、戻しませんでした。お手本は今のままです。',
      hint: '画面の下の「戻す」で、新しい変更から順に戻せます。'
    },
    {
      message: 'Something else was changed since, so nothing was taken back. The examples are as they are.',
      hint: 'Use "Undo" at the foot of the data page to take changes back one by one, the newest first.'
    }
  ),
  EXAMPLE_GONE: words(
    { message: 'このお手本は、もうデータに入っていません。', hint: '一覧を見直してください。' },
    { message: 'This example is no longer in the set.', hint: 'Look at the list again.' }
  ),
  TOO_FEW_EXAMPLES: words(
    {
      message: 'お手本が {count} 件しかなく、確かめ用に取り分けられません。',
      hint: '別の質問のお手本を足すか、確かめ用の割合（heldOutRatio）を 0 にしてください。'
    },
    {
      message: 'With {count} examples, no part can be held out.',
      hint: 'Add examples with other questions, or set heldOutRatio to 0.'
    }
  )
}

const rowWords: ErrorWords = {
  BROKEN_JSON: words(
    { message: 'JSON として読めません。', hint: 'かっこ、引用符、コンマを確かめてください。' },
    { message: 'This is no valid JSON.', hint: 'Check brackets, quotation marks and commas.' }
  ),
  NOT_AN_OBJECT: words(
    {
      message: '名前のついた値（オブジェクト）ではありません。',
      hint: '{"question": …, "answer": …} の形にしてください。'
    },
    { message: 'This is no object with named values.', hint: 'Write it as {"question": …, "answer": …}.' }
  ),
  TOO_MANY_CELLS: words(
    { message: '列の数より多くの値があります。', hint: 'コンマをふくむ値は引用符（"）で囲んでください。' },
    {
      message: 'The row has more cells than there are columns.',
      hint: 'Put values that hold commas in quotation marks.'
    }
  ),
  EMPTY_QUESTION: words(
    { message: '質問がありません。', hint: '質問を書くか、行を除いてください。' },
    { message: 'There is no question.', hint: 'Write the question, or remove the row.' }
  ),
  EMPTY_ANSWER: words(
    { message: '答えがありません。', hint: '答えを書くか、行を除いてください。' },
    { message: 'There is no answer.', hint: 'Write the answer, or remove the row.' }
  ),
  EMPTY_TEXT: words(
    { message: '文章がありません。', hint: '文章を書くか、行を除いてください。' },
    { message: 'There is no text.', hint: 'Write the text, or remove the row.' }
  ),
  NOT_TEXT: words(
    { message: '文章であるはずのところに、別のものがあります。', hint: '値を文章にしてください。' },
    { message: 'A list or an object stands where text belongs.', hint: 'Make the value a text.' }
  ),
  NOT_TURNS: words(
    { message: '会話が発言の並びになっていません。', hint: '話し手と内容の並びにしてください。' },
    {
      message: 'The conversation is no list of turns.',
      hint: 'Make it a list of speakers and what they say.'
    }
  ),
  OTHER_SHAPE: words(
    {
      message: 'ほかの行と列の名前がちがいます。',
      hint: '同じ形の行だけをひとつのファイルにまとめてください。'
    },
    {
      message: 'The row has none of the columns of the other rows.',
      hint: 'Keep rows of one shape in one file.'
    }
  ),
  UNKNOWN_ROLE: words(
    { message: '話し手「{role}」が分かりません。', hint: 'system、user、assistant のどれかにしてください。' },
    { message: 'The speaker {role} is not known.', hint: 'Use system, user or assistant.' }
  ),
  TOOL_CALL: words(
    {
      message: 'ツールや関数を呼び出す会話です。',
      hint: '文章だけの会話を使ってください。ツールの学習はまだできません。'
    },
    {
      message: 'The conversation calls tools or functions.',
      hint: 'Use conversations in text only; tools cannot be learnt yet.'
    }
  ),
  NOT_ONLY_TEXT: words(
    { message: '画像、音声、動画をふくんでいます。', hint: '文章だけの行を使ってください。' },
    { message: 'The row holds pictures, sound or video.', hint: 'Use rows in text only.' }
  ),
  PREFERENCE_ROW: words(
    {
      message: '二つの答えをくらべる（または良し悪しを付ける）データです。',
      hint: 'くらべる学習はまだできません。良い方の答えだけを「答え」の列にすると学べます。'
    },
    {
      message: 'The row compares two answers, or rates one.',
      hint: 'Preferences cannot be learnt yet; put the better answer alone into a column answer.'
    }
  ),
  BROKEN_CHARACTERS: words(
    {
      message: '読めない文字があります（文字コード {encoding}）。',
      hint: '元のファイルの文字を直すか、文字コードを選び直してください。'
    },
    {
      message: 'Some characters cannot be read in {encoding}.',
      hint: 'Correct them in the file, or choose another encoding.'
    }
  ),
  CELL_ERROR: words(
    {
      message: '数式のエラー（{cell}）が入っています。',
      hint: '表計算ソフトで数式を直すか、行を除いてください。'
    },
    {
      message: 'The cell shows the error {cell}.',
      hint: 'Correct the formula in the sheet, or remove the row.'
    }
  ),
  SECTION_ROW: words(
    { message: '表の中の見出しで、質問と答えの組ではありません。', hint: 'このままで大丈夫です。' },
    {
      message: 'This is a heading inside the table, not a question and answer.',
      hint: 'It can stay as it is.'
    }
  ),
  REPEATED_HEADER: words(
    { message: '列の名前がもう一度書かれた行です。', hint: 'このままで大丈夫です。' },
    { message: 'This row repeats the names of the columns.', hint: 'It can stay as it is.' }
  ),
  HIDDEN_SHEET: words(
    {
      message: '非表示のシートなので、読みませんでした。',
      hint: '使うときは、Excelで表示して保存し、もう一度入れてください。'
    },
    {
      message: 'The sheet is hidden, so it was not read.',
      hint: 'To use it, show it in Excel, save the file, then add it again.'
    }
  ),
  UNUSABLE_SHEET: words(
    {
      message: 'このシートには、質問と答えの列が見つかりません。ある列：{columns}',
      hint: '列の名前を「質問」「答え」にするか、どの列が何かを指定してください。'
    },
    {
      message: 'The sheet has no columns of questions and answers. Its columns: {columns}',
      hint: 'Name the columns question and answer, or say which column is which.'
    }
  ),
  OUTSIDE_PAIRS: words(
    {
      message: '質問と答えの組の外にある文章です。',
      hint: '学ばせるときは、質問と答えの形にするか、読み取り方を「文章」にしてください。'
    },
    {
      message: 'The text stands outside the questions and answers.',
      hint: 'To learn it, write it as a question and answer, or read the file as plain text.'
    }
  ),
  UNSUPPORTED_FILE: words(
    {
      message: '読めない種類のファイルです。',
      hint: 'Excel（xlsx）、CSV、テキストなどで保存し直してください。'
    },
    { message: 'Files of this kind cannot be read.', hint: 'Save it as xlsx, CSV, JSON or text.' }
  ),
  ABOUT_FILE: words(
    {
      message: 'データの説明や利用条件の文書です。',
      hint: 'この文書も学ばせたいときは、ファイルとして直接選んでください。'
    },
    {
      message: 'This file describes the data or its licence.',
      hint: 'To learn from it all the same, choose the file itself.'
    }
  )
}

export const dataWords: ErrorWords = { ...fileWords, ...rowWords }

const japaneseRoles: Readonly<Record<string, string>> = {
  question: '質問',
  answer: '答え',
  instruction: '指示',
  input: '入力',
  output: '出力',
  prompt: 'プロンプト',
  completion: '続き',
  text: '文章',
  messages: '会話',
  system: 'はじめの指示'
}

/** The parts that columns play, in the user's words; other names (of speakers) stay as they are. */
export function columnRoles(roles: string, language: Language): string {
  return language === 'en'
    ? roles
    : roles
        .split(', ')
        .map((role) => japaneseRoles[role] ?? role)
        .join('・')
}
