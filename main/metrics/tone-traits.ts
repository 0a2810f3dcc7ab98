// What makes a way of writing, seen in one answer: how polite, how it begins and ends, how long, which endings and which
// of two writings of the same word. Pure; what a house's own traits are, learns tone-card.ts.
import { withoutMasks } from './masks'
import { sentencesOf } from './sentences'

export const levels = ['humble', 'polite', 'plain', 'english'] as const
/** humble: いたします, ございます; polite: です, ます; plain: だ, である; english: no Japanese in it */
export type Level = (typeof levels)[number]

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
const humble =
  /(ございま|いたしま|いたしておりま|致しま|おりま|申し上げ|申しま|頂戴|承り|承っ|拝見|くださいませ|存じま|いただきま|いただけま|お詫び)/u
const polite = /(です|ます|ました|ません|でした|でしょう|ましょう|ください)(か|ね|よ|が)?[。！？」）]?$/u

/** The level that most of its sentences have; of equals the politer one. */
export function levelOf(answer: string): Level {
  if (!japanese.test(answer)) return 'english'
  const counts = { humble: 0, polite: 0, plain: 0 }
  for (const sentence of sentencesOf(answer))
    counts[humble.test(sentence) ? 'humble' : polite.test(sentence) ? 'polite' : 'plain']++
  const best = Math.max(counts.humble, counts.polite, counts.plain)
  return (['humble', 'polite', 'plain'] as const).find((level) => counts[level] === best) ?? 'plain'
}

/** Letters a reader counts; white space is none. */
export const lengthOf = (answer: string): number => Array.from(answer.replace(/\s/g, '')).length

export const openingOf = (answer: string): string => sentencesOf(answer)[0] ?? ''
export const closingOf = (answer: string): string => sentencesOf(answer).at(-1) ?? ''

/** How each sentence ends: the last three signs of a Japanese one, its mark included; the mark alone of another. */
export const endingsOf = (answer: string): readonly string[] =>
  sentencesOf(answer).map((sentence) => {
    const signs = Array.from(sentence)
    return japanese.test(sentence)
      ? signs.slice(-4).join('')
      : /[.!?…]$/.test(sentence)
        ? (signs.at(-1) ?? '')
        : 'no mark'
  })

/** Two writings of one thing, of which a house keeps one. */
export const writings: readonly (readonly [RegExp, RegExp, string, string])[] = [
  [/ください/u, /下さい/u, 'ください', '下さい'],
  [/いただ[いきくけ]/u, /頂[いきくけ]/u, 'いただく', '頂く'],
  [/お問い合わせ/u, /お問合せ|お問い合せ|お問合わせ/u, 'お問い合わせ', 'お問合せ'],
  [/できま/u, /出来ま/u, 'できます', '出来ます'],
  [/[0-9]/u, /[０-９]/u, '0-9', '０-９'],
  [/、/u, /，/u, '、', '，'],
  [/。/u, /．/u, '。', '．'],
  [
    /\b\w+n't\b|\b(?:I'm|we're|you'll|it's|we'll)\b/iu,
    /\b(?:do not|is not|cannot|will not|we are|it is|we will)\b/iu,
    "don't",
    'do not'
  ],
  [/!/u, /(?!)/u, '!', '-'],
  [/ー(?:タ|ザ|バ|ダ)ー/u, /(?:ユーザ|サーバ|フォルダ|プリンタ)(?!ー)/u, 'ユーザー', 'ユーザ']
]

/** Loan words, units and abbreviations that every office has. */
const ordinary = new Set(
  `アカウント アクセス アドレス アプリ アンケート インターネット イベント ウェブ エラー オンライン カード カレンダー キャンセル クリック
  クレジットカード グループ ケース コード コピー コメント コンビニ サービス サイズ サイト サポート システム シート スキャン スケジュール
  スタッフ スマートフォン スマホ センター セット ソフト タイミング ダウンロード チェック チェックイン チーム テスト データ トップ ネット
  パスワード パソコン パターン ファイル フォーム フォルダー ブラウザー プラン プリンター プレゼント ページ ボタン ポイント マニュアル メール
  メールアドレス メッセージ メニュー メモ メンバー ユーザー リスト リンク ルール レシート ログイン ワード
  アンペア インチ カロリー ガロン キロ キログラム キロバイト キロメートル キロワット ギガバイト グラム サイクル センチ センチメートル ダース デシベル デシリットル
  トン ドル パーセント ヘクタール ヘルツ ペソ ページ ポイント ポンド ボルト マイル ミリ ミリグラム ミリメートル ミリリットル メートル メガバイト
  ユーロ リットル ルピー ワット
  CSV FAQ GIF HTML HTTP HTTPS JPEG JPG JSON PDF PNG SMS TEL URL USB XML XLSX ZIP Excel Word PowerPoint Wi WiFi`.split(
    /\s+/
  )
)

/** Words that a house would call its own: quoted, in Latin letters beginning large where no sentence begins, or in katakana. */
export const termsOf = (text: string): ReadonlySet<string> => termsIn(withoutMasks(text))

const termsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [
      ...[...text.matchAll(/「([^「」]{2,20})」/gu)].map(([, term]) => term ?? ''),
      ...(text.match(/[\p{Script=Katakana}ー]{3,}/gu) ?? []),
      ...sentencesOf(text).flatMap((sentence) =>
        [...sentence.matchAll(/(?<![\p{L}\p{N}])\p{Lu}[\p{Script=Latin}\d]{2,}/gu)].flatMap(([word], at) =>
          // how any sentence begins; what has more large letters is a name there, too
          at === 0 && sentence.search(/\p{L}/u) === sentence.indexOf(word) && /^\p{Lu}[^\p{Lu}]*$/u.test(word)
            ? []
            : [word]
        )
      )
    ].filter((term) => !ordinary.has(term))
  )
