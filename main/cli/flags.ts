// Flags that several commands share, so that one name means one thing everywhere.
import type { Flag } from './command'

export const modelFlag: Flag = {
  name: 'model',
  kind: 'text',
  value: 'DIR',
  help: {
    ja: 'Hugging Face 形式のモデルのフォルダー。starter は内蔵の小さなモデル',
    en: 'model folder in Hugging Face form; "starter" is the small built-in model'
  }
}
export const adapterFlag: Flag = {
  name: 'adapter',
  kind: 'text',
  value: 'DIR',
  help: { ja: 'アダプターのフォルダー（PEFT 形式）', en: 'adapter folder (PEFT)' }
}
export const runFlag: Flag = {
  name: 'run',
  kind: 'text',
  value: 'NAME',
  help: {
    ja: '実行の名前かフォルダー。latest は最も新しいもの。モデル・データ・アダプターはそこから取ります',
    en: 'name or folder of a run, or "latest": model, data and adapter are taken from it'
  }
}
export const dataFlag: Flag = {
  name: 'data',
  kind: 'files',
  value: 'FILE',
  help: {
    ja: 'データのファイルやフォルダー（jsonl json csv tsv txt md）。sample は内蔵のお手本',
    en: 'data files or folders (jsonl json csv tsv txt md); "sample" is the built-in data'
  }
}
export const heldOutFlag: Flag = {
  name: 'held-out',
  kind: 'files',
  value: 'FILE',
  help: {
    ja: '検証だけに使うファイル（なければデータから自動でとりわけます）',
    en: 'files used for checking only (without it, a part of the data is kept aside)'
  }
}
export const systemPromptFlag: Flag = {
  name: 'system-prompt',
  kind: 'text',
  value: 'TEXT',
  help: { ja: '会話の初めにモデルへ渡す指示', en: 'instruction given to the model before each conversation' }
}
export const threadsFlag: Flag = {
  name: 'threads',
  kind: 'integer',
  value: 'N',
  help: { ja: '使う CPU の数（既定はすべて）', en: 'processors to use (default: all)' }
}
export const baseQuantizationFlag: Flag = {
  name: 'base-quantization',
  kind: 'text',
  value: 'X',
  choices: ['none', 'f32', 'bf16', 'nf4'],
  help: {
    ja: 'もとのモデルの持ち方: none f32 bf16 nf4（既定は学習したときと同じ）',
    en: 'how the base is held: none f32 bf16 nf4 (default: as in training)'
  }
}
export const maxNewTokensFlag: Flag = {
  name: 'max-new-tokens',
  kind: 'integer',
  value: 'N',
  help: { ja: '答えの長さの上限（トークン）', en: 'longest answer, in tokens' }
}
export const limitFlag: Flag = {
  name: 'limit',
  kind: 'integer',
  value: 'N',
  help: {
    ja: '答えさせる質問の数（既定 10、0 は答えさせない）',
    en: 'how many questions to answer (default 10; 0 = none)'
  }
}
export const nameFlag: Flag = {
  name: 'name',
  kind: 'text',
  value: 'NAME',
  help: { ja: '実行の名前', en: 'name of the run' }
}

/** What tune and plan take to say which training is meant. */
export const recipeFlags: readonly Flag[] = [
  modelFlag,
  dataFlag,
  heldOutFlag,
  {
    name: 'question',
    kind: 'texts',
    value: 'TEXT',
    help: {
      ja: '学習の途中で答えさせる質問（くり返し書けます）',
      en: 'a question answered during training (may be repeated)'
    }
  },
  systemPromptFlag,
  nameFlag,
  threadsFlag
]
