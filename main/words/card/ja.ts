// 書き出したものに添える文書のことば。モデルカードと監査シート。
import type { LicenceDuty } from '../../contract/window/models'
import type { SecondNumbers } from '../../contract/window/results'

interface Pruned {
  readonly zeros: number
  readonly weights: number
  readonly share: string
  readonly loss: string | null
}

type Of = (base: string) => string
/** kind: of the adapter, as the field calls it */
type OfKind = (base: string, kind: string) => string
type WhyNotSecond = Extract<SecondNumbers, { checked: false }>['why']

export interface CardWords {
  readonly whatItIs: {
    readonly peft: OfKind
    readonly 'gguf-adapter': OfKind
    readonly merged: Of
    readonly full: Of
    readonly gguf: (base: string, format: string) => string
  }
  /** several adapters in one; what they are and how much each counts follows */
  readonly combined: (base: string, how: 'linear' | 'cat' | 'svd') => string
  /** the base is what another run has learnt whole */
  readonly builtOn: (run: string, model: string) => string
  /** and has to be handed over, too */
  readonly besides: Readonly<Record<'peft' | 'gguf-adapter', Of>>
  readonly use: string
  readonly plainTemplate: string
  readonly template: string
  readonly insideTemplate: string
  readonly ollama: string
  readonly lmStudio: string
  readonly textCut: Readonly<Record<'composed' | 'near', string>>
  /** of a model that sorts: how it is opened, and what it says */
  readonly sorts: Readonly<Record<'peft' | 'merged', string>>
  /** of a model that gives replies points */
  readonly rates: Readonly<Record<'peft' | 'merged', string>>
  readonly labels: (shown: string, all: number) => string
  readonly end: (end: string, ids: string) => string
  readonly noEnd: string
  readonly none: string
  readonly system: string
  readonly licence: (licence: string) => string
  readonly noLicence: string
  readonly duties: string
  readonly dutyTexts: Readonly<Record<LicenceDuty, string>>
  readonly from: (model: string, revision: string) => string
  readonly training: string
  readonly comma: string
  /** which state of the training it is follows */
  readonly kept: string
  readonly onGpu: (name: string) => string
  readonly examples: (count: number, tokens: number, heldOut: number) => string
  readonly synthetic: (count: number) => string
  readonly pruned: (pruned: Pruned) => string
  readonly scores: string
  /** of a file that was rounded to this format */
  readonly shrunk: Of
  readonly loss: string
  readonly perplexity: string
  readonly base: string
  readonly tuned: string
  readonly settings: string
  readonly setting: string
  readonly value: string
  readonly audit: Readonly<
    Record<
      | (
          | 'title'
          | 'about'
          | 'item'
          | 'made'
          | 'kind'
          | 'base'
          | 'begunWith'
          | 'revision'
          | 'licence'
          | 'agreed'
          | 'trained'
          | 'updates'
          | 'kept'
        )
      | ('data' | 'heldOut' | 'prompts' | 'largest' | 'answers' | 'values' | 'text' | 'versions')
      | ('same' | 'composed' | 'near')
      | ('connection' | 'noConnection' | 'fetched')
      | ('left' | 'leftWhat' | 'leftPersonal')
      | ('second' | 'secondSame' | 'notSecond'),
      string
    >
  > & { readonly whyNot: Readonly<Record<WhyNotSecond, string>> }
}

export const card: CardWords = {
  whatItIs: {
    peft: (base, kind) =>
      `Neiro で学習した、${base} のためのアダプター（${kind}）です。\`peft\` で、もとのモデルに重ねて使います。`,
    'gguf-adapter': (base, kind) =>
      `Neiro で学習した、${base} のためのアダプター（${kind}、GGUF ファイル）です。llama.cpp で、もとのモデルに重ねて使います（\`--lora\`）。`,
    merged: (base) => `Neiro で学習した差分を、${base} に混ぜたモデルです。`,
    full: (base) => `${base} のすべての重みを、Neiro でさらに学習したモデルです。`,
    gguf: (base, format) => `${base} を Neiro で学習し、1つの GGUF ファイル（${format}）にしたものです。`
  },
  combined: (base, how) =>
    `Neiro で学習した、${base} のための複数の LoRA アダプターを1つにまとめたものです（PEFT の \`${how}\`）。\`peft\` で、もとのモデルに重ねて使います。まとめたアダプターと、その重み:`,
  builtOn: (run, model) => `${run} は、${model} のすべての重みを Neiro でさらに学習したモデルです。`,
  besides: {
    peft: (run) =>
      `**このフォルダーだけでは使えません。** ${run} のモデル一式（Neiro の「モデル一式を保存する」で書き出したもの）も一緒に渡してください。\`adapter_config.json\` の \`base_model_name_or_path\` は、学習したPCの中の場所です。モデル一式を置いた場所に書きかえるか、先にそのモデルを開いてから \`PeftModel.from_pretrained(model, このフォルダー)\` で重ねます。`,
    'gguf-adapter': (run) =>
      `**このファイルだけでは使えません。** ${run} を GGUF にしたもの（Neiro の「1つのファイルにする（GGUF）」で書き出したもの）も一緒に渡してください。`
  },
  use: '使い方',
  plainTemplate:
    '- もとのモデルには会話の書式がありません。`chat_template.jinja` は、学習に使った簡単な書式です（質問を1行、続けて回答、終わりの印）。',
  template: '- 質問は、学習のときと同じ会話の書式で組み立てます（`tokenizer.apply_chat_template`）。',
  insideTemplate: '- 学習に使った会話の書式は、ファイルの中に入っています（`tokenizer.chat_template`）。',
  ollama:
    '- Ollama で使うとき: このフォルダーでターミナルを開き、`ollama create 名前 -f Modelfile` と入力します。',
  lmStudio: '- LM Studio で使うとき: LM Studio に入れると、`models/neiro` の下に並びます。',
  textCut: {
    composed:
      '- 文章の区切り（トークン）は、もとのトークナイザーと同じです。ただし、「か」と濁点のように分かれて入力された文字は、まとめられません。',
    near: '- 注意: このモデルの文章の区切り方（トークン）は、GGUF ファイルでは近い形でしか表せません。同じ文が違う区切りになり、答えが変わることがあります。'
  },
  rates: {
    merged:
      '- Transformers の `AutoModelForSequenceClassification` で開きます（報酬モデル、`num_labels` は 1）。質問と回答を、学習と同じ書式（チャットテンプレート）で会話にして渡すと、回答の点が1つ出ます。点の大きさに決まった意味はなく、同じ質問への回答どうしをくらべるためのものです。',
    peft: '- もとのモデルを `AutoModelForSequenceClassification`（`num_labels=1`）で開き、`peft` で重ねます（報酬モデル）。質問と回答を、学習と同じ書式（チャットテンプレート）で会話にして渡すと、回答の点が1つ出ます。点の大きさに決まった意味はなく、同じ質問への回答どうしをくらべるためのものです。'
  },
  sorts: {
    merged:
      '- Transformers の `AutoModelForSequenceClassification` で開きます。文章は、書式（チャットテンプレート）を使わず、そのままトークンにします。',
    peft: '- もとのモデルを `AutoModelForSequenceClassification` で開き、`peft` で重ねます。文章は、書式（チャットテンプレート）を使わず、そのままトークンにします。'
  },
  labels: (shown, all) => `- 点数の順番とラベル（全部で ${all}）: ${shown}`,
  end: (end, ids) => `- 回答は ${end} で終わります（\`eos_token_id\`: ${ids}）。`,
  noEnd: '終わりの印なし',
  none: 'なし',
  system:
    '- 次のシステムプロンプトで学習しました。会話にシステムプロンプトがなければ、書式がこれを加えます。',
  licence: (licence) => `もとのモデルのライセンス（${licence}）は、このモデルにも及びます。`,
  noLicence: 'フォルダーに記載なし',
  duties: 'ライセンスの決まり',
  dutyTexts: {
    'built-with-llama':
      'Built with Llama。このモデルを人に渡すときは、名前を「Llama」で始め、「Built with Llama」と示し、ライセンスの写しを添えます。',
    'gemma-terms':
      'Gemma は Gemma の利用規約のもとで提供されています。このモデルを受け取る人も、同じ利用制限を守ります。渡すときは規約を添えます。',
    lfm: 'LFM Open License: 年間売上が1,000万米ドル未満の会社は無料で使えます（学習したモデルも同じ）。出典を示します。',
    plamo: 'Built with PLaMo。仕事で使うには、作者への申し込みが要ります。',
    nemotron: 'NVIDIA Nemotron Open Model License: 渡すときは、規約と出典を添えます。',
    'non-commercial': '会社の仕事には使えません。',
    research: '研究のためだけに使えます。'
  } satisfies Record<LicenceDuty, string>,
  from: (model, revision) => `- もとのモデル: ${model}、リビジョン \`${revision}\``,
  training: '学習',
  comma: '、',
  kept: '入っている状態: ',
  onGpu: (name) => `- GPU（${name}）で計算`,
  examples: (count, tokens, heldOut) =>
    `- お手本 ${count}件（${tokens} トークン）で学習し、${heldOut}件を検証用に取り分け`,
  pruned: ({ zeros, weights, share, loss }) =>
    `- 枝刈り: 線形層の重み ${weights} 個のうち ${zeros} 個（${share} %）を、大きさの小さい順に 0 にして、0 のまま学習しました${loss === null ? '' : `（0 にした直後の損失 ${loss}）`}。0 もほかの数と同じ大きさで書かれるので、ファイルは小さくならず、ふつうのプログラムでは回答も速くなりません`,
  synthetic: (count) =>
    `- うち ${count}件は、ほかのお手本の質問を言い換えて作り足したもの（検証用には含まない）`,
  scores: '検証用のお手本での成績',
  shrunk: (format) =>
    `この成績は、数値を丸める前のモデルで測ったものです。${format} に丸めたこのファイルでは測っていません（丸めによる計算の差は、AUDIT.md にあります）。`,
  loss: '損失',
  perplexity: 'パープレキシティ',
  base: 'もとのモデル',
  tuned: '学習後',
  settings: '設定',
  setting: '項目',
  value: '値',
  audit: {
    title: '監査シート',
    about:
      'このモデルがどう作られ、書き出しがどう確かめられたかの記録です。Neiro が書き出しと一緒に作りました。',
    item: '項目',
    made: '書き出した日時',
    kind: '形式',
    base: 'もとのモデル',
    begunWith: '続きのもとにした学習',
    revision: 'もとのモデルのリビジョン',
    licence: 'もとのモデルのライセンス',
    agreed: 'ライセンスに同意した日',
    trained: '学習した日',
    updates: '学習の長さ',
    kept: '入っている状態',
    data: '学習に使ったお手本の指紋（SHA-256）',
    heldOut: '検証用のお手本の指紋（SHA-256）',
    prompts: '手元のモデルとくらべた質問の数',
    largest: '計算の差（最大、相対値）',
    answers: '値の丸めで変わった回答',
    values: '読み返した重みの差（最大のテンソル）',
    second: '書き出したファイルだけからの、別の計算',
    secondSame: '同じ数値',
    notSecond: '確かめていません',
    whyNot: {
      size: 'モデルが大きいため',
      rounded: 'もとのモデルを少ないビット数で開いているため',
      form: 'もとのモデルが Transformers の形で保存されていないため',
      sorts: '仕分けのモデルに対応していないため',
      unknown: '対応していない種類のため'
    },
    text: '文章の区切り（トークン）',
    same: '手元と同じ',
    composed: '手元と同じ（分かれて入力された濁点などを除く）',
    near: '手元に近い形（同じ文が違う区切りになることがある）',
    versions: '版',
    left: '外へ送った日時・行き先・送った人',
    leftWhat: '送ったもの',
    leftPersonal: '個人情報が残っていたお手本',
    connection: 'ネットワーク',
    noConnection: '学習と書き出しはネットワークを使いません。何も送っていません。',
    fetched: 'もとのモデルは、上の名前でダウンロードしたものです。'
  }
}
