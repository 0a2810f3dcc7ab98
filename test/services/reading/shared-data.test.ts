// Every real text file at hand: what is recognised in it, how many rows it has and how many can be learnt, or
// the polite refusal that it must get.
import { readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { wordsOf } from '../../../main/words/errors'
import { sharedData, skippedNote } from '../../fixtures/shared-data'
import { room } from '../dataset/project'

type Wanted =
  | readonly [
      encoding: string,
      shape: string,
      rows: number,
      examples: number,
      refused?: Readonly<Record<string, number>>
    ]
  | string

const answers = 'ja-vicuna-qa/model_answer'
const models = [
  'cyberagent--calm2-7b-chat',
  'llm-jp--llm-jp-13b-instruct-full-jaster-dolly-oasst-v1.0',
  'llm-jp--llm-jp-13b-instruct-lora-jaster-dolly-oasst-v1.0',
  'openai--text-davinci-003',
  'rinna--japanese-gpt-neox-3.6b-instruction-ppo',
  'rinna--japanese-gpt-neox-3.6b-instruction-sft-v2',
  'tokyotech-llm--Swallow-70b-instruct-hf'
]

/** Files that are learnt from, and error codes of those that are not. Labels, preferences, passages with
 *  questions and pictures belong to other goals. */
const table: Readonly<Record<string, Wanted>> = {
  'datasets/en-banking77/categories.json': 'NO_USABLE_ROW',
  'datasets/en-banking77/test.csv': ['utf-8', 'text-label', 3080, 3080],
  'datasets/en-banking77/train.csv': ['utf-8', 'text-label', 10003, 10003],
  'datasets/en-llamafactory/alpaca_en_demo.json': ['utf-8', 'instruction', 999, 999],
  'datasets/en-llamafactory/c4_demo.jsonl': ['utf-8', 'text', 300, 300],
  'datasets/en-llamafactory/dataset_info.json': 'UNKNOWN_SHAPE',
  'datasets/en-llamafactory/dpo_en_demo.json': ['utf-8', 'preference', 300, 300],
  'datasets/en-llamafactory/glaive_toolcall_en_demo.json': [
    'utf-8',
    'conversations',
    300,
    109,
    { TOOL_CALL: 191 }
  ],
  'datasets/en-llamafactory/identity.json': ['utf-8', 'instruction', 91, 91],
  'datasets/en-llamafactory/kto_en_demo.json': ['utf-8', 'rated', 300, 300],
  'datasets/en-llamafactory/mllm_audio_demo.json': 'NO_USABLE_ROW',
  'datasets/en-llamafactory/mllm_demo.json': 'NO_USABLE_ROW',
  'datasets/en-llamafactory/mllm_video_audio_demo.json': 'NO_USABLE_ROW',
  'datasets/en-llamafactory/mllm_video_demo.json': 'NO_USABLE_ROW',
  'datasets/en-llamafactory/v1_dpo_demo.jsonl': ['utf-8', 'preference', 10, 10],
  'datasets/en-llamafactory/v1_multimodal_demo.jsonl': 'NO_USABLE_ROW',
  'datasets/en-llamafactory/v1_sft_demo.jsonl': ['utf-8', 'messages', 500, 500],
  'datasets/en-llamafactory/wiki_demo.txt': ['utf-8', 'text', 26, 26],
  'datasets/en-self-instruct/data/seed_tasks.jsonl': ['utf-8', 'instruction', 175, 175],
  'datasets/en-self-instruct/human_eval/user_oriented_instructions.jsonl': ['utf-8', 'instruction', 252, 252],
  'datasets/ja-instruction/data.jsonl': ['utf-8', 'conversations', 669, 669],
  'datasets/ja-instruction/skipped.jsonl': 'NO_USABLE_ROW',
  'datasets/ja-jglue/jcommonsenseqa-v1.3/train-v1.3.json': 'LABEL_DATA',
  'datasets/ja-jglue/jcommonsenseqa-v1.3/valid-v1.3.json': 'LABEL_DATA',
  'datasets/ja-jglue/jnli-v1.3/valid-v1.3.json': 'LABEL_DATA',
  'datasets/ja-jglue/jsquad-v1.3/valid-v1.3.json': 'UNKNOWN_SHAPE',
  'datasets/ja-jglue/jsts-v1.3/train-v1.3.json': 'LABEL_DATA',
  'datasets/ja-jglue/jsts-v1.3/valid-v1.3.json': 'LABEL_DATA',
  'datasets/ja-vicuna-qa/question.jsonl': 'UNKNOWN_SHAPE',
  'datasets/ja-vicuna-qa/reference_answer/gpt-4/results.jsonl': 'UNKNOWN_SHAPE',
  ...Object.fromEntries(
    models.flatMap((model) => [
      [`datasets/${answers}/${model}/config.json`, 'UNKNOWN_SHAPE'],
      [`datasets/${answers}/${model}/results.jsonl`, 'UNKNOWN_SHAPE']
    ])
  ),
  'datasets/openai-cookbook/drone_training.jsonl': 'NO_USABLE_ROW',
  'datasets/openai-cookbook/toy_chat_fine_tuning.jsonl': ['utf-8', 'messages', 5, 5],
  'messy/cabinet-office-holidays/syukujitsu.csv': 'UNKNOWN_SHAPE',
  'messy/cabinet-office-holidays-bom/syukujitsu.csv': 'NO_HEADER',
  'messy/covid-mixed-encodings/data/cases_total.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/data.json': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/death_total.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/demography.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/effective_reproduction_number.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/pcr_case_daily.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/pcr_positive_daily.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/pcr_tested_daily.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/prefectures.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/recovery_total.csv': 'UNKNOWN_SHAPE',
  'messy/covid-mixed-encodings/data/severe_daily.csv': 'UNKNOWN_SHAPE',
  'messy/japanpost-tokyo/13TOKYO.CSV': 'NO_HEADER',
  'negative/lfs-pointer-gguf/smollm2-135m-instruct-q8_0.gguf': 'LFS_POINTER',
  'negative/lfs-pointer-jsonl-gz/test.jsonl.gz': 'LFS_POINTER',
  'negative/lfs-pointer-jsonl-gz/train.jsonl.gz': 'LFS_POINTER'
}

const root = sharedData()

describe.skipIf(!root)(root ? 'real files' : skippedNote, () => {
  test.each(Object.entries(table))('%s', async (name, wanted) => {
    const path = join(root as string, name)
    if (typeof wanted === 'string') {
      await expect(readData([path])).rejects.toMatchObject({
        code: wanted,
        details: { file: path.split('/').at(-1) }
      })
      return
    }
    const { examples, report } = await readData([path])
    const [encoding, shape, rows, count, refused = {}] = wanted
    expect(report.files).toMatchObject([{ encoding, shape, rows, examples: count }])
    expect(examples).toHaveLength(count)
    const reasons = Object.fromEntries(counts(report.refused.map(({ reason }) => reason)))
    expect(reasons).toEqual(refused)
    expect(examples.length + report.refused.length).toBe(rows)
  })

  test('no file is left out of this table', () => {
    const files = ['datasets', 'messy', 'negative'].flatMap((folder) =>
      readdirSync(join(root as string, folder), { recursive: true, withFileTypes: true })
        .filter(
          (entry) => entry.isFile() && !/^(LICENSE|PROVENANCE\.md|README\.md|\.gitkeep)$/.test(entry.name)
        )
        .map((entry) => relative(root as string, join(entry.parentPath, entry.name)))
    )
    expect(files.sort()).toEqual(Object.keys(table).sort())
  })

  test('a table says the same in Shift_JIS and in UTF-8', async () => {
    const mapping = { question: '1', answer: '2' }
    const [sjis, utf8] = await Promise.all(
      ['cabinet-office-holidays', 'cabinet-office-holidays-bom'].map((folder) =>
        readData([join(root as string, 'messy', folder, 'syukujitsu.csv')], { mapping })
      )
    )
    const days = (data: typeof sjis): string[] =>
      (data?.examples ?? []).map((example) => JSON.stringify('messages' in example && example.messages))
    // one has a row of names and a few more years
    expect(days(sjis)).toEqual(expect.arrayContaining(days(utf8).slice(0, 900)))
  })
})

/** Files without questions and answers, read all the same once the user has said which column is which: encoding,
 *  rows, examples; refused rows are those with an empty cell. */
const byColumns: Readonly<
  Record<
    string,
    readonly [question: string, answer: string, encoding: string, rows: number, examples: number]
  >
> = {
  'datasets/en-banking77/test.csv': ['text', 'category', 'utf-8', 3080, 3080],
  'datasets/en-banking77/train.csv': ['text', 'category', 'utf-8', 10003, 10003],
  'datasets/ja-jglue/jcommonsenseqa-v1.3/train-v1.3.json': ['question', 'choice0', 'utf-8', 8939, 8939],
  'datasets/ja-jglue/jcommonsenseqa-v1.3/valid-v1.3.json': ['question', 'choice0', 'utf-8', 1119, 1119],
  'datasets/ja-jglue/jnli-v1.3/valid-v1.3.json': ['sentence1', 'sentence2', 'utf-8', 2434, 2434],
  'datasets/ja-jglue/jsts-v1.3/train-v1.3.json': ['sentence1', 'sentence2', 'utf-8', 12451, 12451],
  'datasets/ja-jglue/jsts-v1.3/valid-v1.3.json': ['sentence1', 'sentence2', 'utf-8', 1457, 1457],
  'messy/cabinet-office-holidays/syukujitsu.csv': [
    '国民の祝日・休日月日',
    '国民の祝日・休日名称',
    'cp932',
    1067,
    1067
  ],
  'messy/cabinet-office-holidays-bom/syukujitsu.csv': ['1', '2', 'utf-8-bom', 958, 958],
  'messy/covid-mixed-encodings/data/cases_total.csv': ['日付', '入院治療を要する者', 'utf-8-bom', 362, 362],
  'messy/covid-mixed-encodings/data/death_total.csv': ['日付', '死亡者数', 'utf-8-bom', 352, 352],
  'messy/covid-mixed-encodings/data/demography.csv': ['age_group', 'tested_positive', 'cp932', 10, 10],
  'messy/covid-mixed-encodings/data/effective_reproduction_number.csv': [
    '日付',
    '実効再生産数',
    'utf-8',
    336,
    336
  ],
  'messy/covid-mixed-encodings/data/pcr_case_daily.csv': ['日付', '国立感染症研究所', 'utf-8-bom', 347, 347],
  'messy/covid-mixed-encodings/data/pcr_positive_daily.csv': [
    '日付',
    'PCR 検査陽性者数(単日)',
    'utf-8-bom',
    381,
    381
  ],
  'messy/covid-mixed-encodings/data/pcr_tested_daily.csv': [
    '日付',
    'PCR 検査実施件数(単日)',
    'utf-8-bom',
    358,
    358
  ],
  'messy/covid-mixed-encodings/data/prefectures.csv': [
    'prefectureNameJ',
    'testedPositive',
    'utf-8',
    15412,
    15412
  ],
  'messy/covid-mixed-encodings/data/recovery_total.csv': [
    '日付',
    '退院、療養解除となった者',
    'utf-8-bom',
    368,
    368
  ],
  'messy/covid-mixed-encodings/data/severe_daily.csv': ['日付', '重症者数', 'utf-8-bom', 361, 361],
  'messy/japanpost-tokyo/13TOKYO.CSV': ['3', '9', 'cp932', 4165, 4165]
}

describe.skipIf(!root)(root ? 'real files by the columns that the user names' : skippedNote, () => {
  test.each(Object.entries(byColumns))('%s', async (name, [question, answer, encoding, rows, examples]) => {
    const { report } = await readData([join(root as string, name)], { mapping: { question, answer } })
    expect(report.files).toMatchObject([{ encoding, shape: 'question-answer', rows, examples }])
    expect(report.refused).toHaveLength(rows - examples)
    for (const { reason } of report.refused) expect(reason).toMatch(/^EMPTY_/)
  })
})

describe.skipIf(!root)(root ? 'real files in the window' : skippedNote, () => {
  const folders = ['datasets', 'messy']
  const wanted = Object.entries(table).filter(([name]) =>
    folders.some((folder) => name.startsWith(`${folder}/`))
  )

  test('dropped all at once, each is a row with its count, or with a sentence that says why not', async () => {
    const here = room()
    const view = await here.add(...folders.map((folder) => join(root as string, folder)))
    const outcome = (examples: number, code: string | undefined): string => code ?? String(examples)
    expect(
      Object.fromEntries(
        view.files.map(({ file, examples, error }) => [file, outcome(examples, error?.code)])
      )
    ).toEqual(
      Object.fromEntries(
        wanted.map(([name, given]) => [
          name.slice(name.indexOf('/') + 1),
          typeof given === 'string' ? given : String(given[3])
        ])
      )
    )
    for (const { file, error } of view.files) {
      if (!error) continue
      const { message, hint } = wordsOf(error, 'en')
      expect(message).toContain(basename(file))
      expect(`${message}${hint}`, file).not.toMatch(/\{\w+\}/)
    }
    const learnt = wanted.reduce((sum, [, given]) => sum + (typeof given === 'string' ? 0 : given[3]), 0)
    expect(view.examples).toBe(learnt)
    // a tone is learnt from what somebody says and from plain texts
    expect(view.train + view.heldOut).toBe(view.kinds.conversation + view.kinds.text)
  }, 60_000)

  test('files for pictures, sound and video are refused row by row, by name', async () => {
    const names = [
      'mllm_demo.json',
      'mllm_audio_demo.json',
      'mllm_video_demo.json',
      'mllm_video_audio_demo.json'
    ]
    const here = room({ language: 'en' })
    const view = await here.add(
      ...names.map((name) => join(root as string, 'datasets/en-llamafactory', name))
    )
    for (const { file, error } of view.files) {
      expect(error).toMatchObject({ code: 'NO_USABLE_ROW', details: { file, reason: 'NOT_ONLY_TEXT' } })
      expect(error && wordsOf(error, 'en').message).toContain('The row contains images, audio or video')
    }
    const { rows } = await here.data.refused({ dir: here.dir, offset: 0, limit: 1000 })
    expect(new Set(rows.map(({ source }) => source.file))).toEqual(new Set(names))
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['NOT_ONLY_TEXT']))
  })
})

function counts(items: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const item of items) counted.set(item, (counted.get(item) ?? 0) + 1)
  return counted
}
