// 公開されているモデルについてのことば。ウィンドウとコマンドの両方で使う。
import type { FoundIn, LicenceDuty, ModelUse, SuggestionReason } from '../../contract/window/models'

export const models = {
  uses: {
    'ja-chat': '日本語の受け答えが得意です。問い合わせへの返信や、社内の文章に向いています。',
    'ja-tiny': 'とても小さな日本語モデルです。流れを試すためのもので、仕事の返信には力が足りません。',
    'ja-thinking': '答える前に日本語で考えるモデルです。むずかしい質問に向き、口調の学習には遠回りです。',
    'world-chat': '日本語を含む多くの言葉で受け答えします。海外とのやりとりがあるときに。',
    'world-thinking': '答える前に考える、多言語のモデルです。',
    'en-chat': '英語の受け答えが得意です。日本語は苦手です。',
    'en-tiny': 'とても小さな英語モデルです。英語の短い文で、流れを試すときに。',
    'zh-chat': '中国語と英語が得意です。日本語は保証されていません。',
    tiny: 'とても小さな多言語モデルです。決まった短い受け答えに。',
    base: '会話を学んでいない、文章の続きを書くモデルです。',
    classify: '文章を分類するためのモデルです。返信は書きません。',
    search: '似た文章を探すためのモデルです。返信は書きません。'
  } satisfies Record<ModelUse, string>,
  company: {
    free: '会社で自由に使えます',
    conditional: '会社で使うには条件があります',
    none: '会社の仕事には使えません',
    unknown: '会社で使えるかは、作者のページで確かめてください'
  },
  duties: {
    'built-with-llama':
      '学習したモデルを人に渡すときは、名前を「Llama」で始め、「Built with Llama」と示し、利用規約を添えます。社内だけで使うなら、規約を守れば足ります。',
    'gemma-terms':
      'Gemma の利用規約にある禁止事項を守ります。学習したモデルを人に渡すときは、同じ規約も渡します。',
    lfm: '会社の年間売上が1,000万米ドル未満のときだけ、無料で使えます。学習したモデルも同じです。渡すときは出典を示します。',
    plamo:
      '仕事で使う前に、作者への申し込みが要ります。年間売上10億円までの会社は無料です。渡すときは「Built with PLaMo」と示します。',
    nemotron: 'NVIDIA の利用規約を守ります。渡すときは規約と出典を添えます。',
    'non-commercial': '研究や個人の学びのためだけに使えます。会社の仕事には使えません。',
    research: '研究のためだけに使えます。会社の仕事には使えません。'
  } satisfies Record<LicenceDuty, string>,
  reasons: {
    'polite-japanese': '日本語の返信が自然です。',
    multilingual: '日本語を含む多くの言葉で書けます。',
    sorts: '文章を読んで分類することに向いています。',
    free: '会社で自由に使えます。',
    fits: 'このPCに余裕をもって入ります。',
    tight: 'ほかのアプリを閉じれば、このPCで動きます。',
    minutes: 'いまのデータなら、1時間以内に学び終わる見込みです。',
    hours: 'いまのデータでは、学習に1時間より長くかかる見込みです。',
    enough: '口調の学習には、この大きさで十分です。'
  } satisfies Record<SuggestionReason, string>,
  found: {
    'lm-studio': 'LM Studio',
    ollama: 'Ollama',
    'hugging-face': 'Hugging Face のキャッシュ'
  } satisfies Record<FoundIn, string>,
  coming: 'この版では、まだ学習できません。',
  thinking: '考えてから答える',
  gated: '作者のページでの申し込みが要ります',
  languageCount: (count: number) => `${count}以上の言語`
}

/** The shape that the other languages fill. */
export type ModelsWords = typeof models
