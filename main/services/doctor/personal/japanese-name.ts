// What could be a Japanese name: by the list, by the characters that names are made of, and by what surely is none.
import { familyNames, familyReadings, givenCharacters, givenNames } from './name-lists'

export type Span = readonly [start: number, end: number]

export const isHan = (sign: string | undefined): boolean => sign !== undefined && isHanAt(sign, 0)
/** asked of every sign of every text: by its number */
export function isHanAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (unit >= 0x4e00 && unit <= 0x9fff) || unit === 0x3005 || unit === 0xfa11
}
/** 一ノ瀬, 竜ヶ崎 */
export const isInName = (sign: string | undefined): boolean =>
  isHan(sign) || sign === 'ノ' || sign === 'ヶ' || sign === 'ケ'
export const isHiragana = (sign: string | undefined): boolean =>
  sign !== undefined && sign >= 'ぁ' && sign <= 'ん'
export const isKatakana = (sign: string | undefined): boolean =>
  sign !== undefined && ((sign >= 'ァ' && sign <= 'ヶ') || sign === 'ー' || sign === '・')

/** With these end most family names that no list has. */
const familyEnds = new Set(
  '田山川村木本野井原藤島嶋崎林森谷橋沢澤口岡塚坂松竹梅石池津浜濱尾瀬江根倉杉越辺邊浦沼渕淵垣壁浪葉羽見泉熊鹿里郷巻'
)

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** They end like a name, and are none. */
const ordinary = words(`
日本 見本 基本 絵本 窓口 入口 出口 沢山 農村 花見 味見 意見 発見 会見 拝見 外見 本見 根本 資本 手本 標本 人口 口 山 川 森 林 木 石 池 竹 松 梅 泉 里 郷
火山 登山 富士山 高野山 富山 岡山 和歌山 神奈川 石川 香川 徳島 広島 福島 鹿児島 半島 離島 無人島 大木 樹木 土木 材木 野原 草原 高原 平野 視野 分野 熊 鹿 紅葉 言葉 羽根 屋根 大根 球根
鉄橋 歩道橋 陸橋 貯水池 電池 宝石 岩石 化石 磁石 隕石 渡辺 周辺 近辺 身辺 窓辺 海辺 浜辺 世田谷 渋谷 温泉 源泉 森林 山林 松林 竹林 農林 杉 町村 市町村 山村 漁村 江 川 谷
`)
/** Families that are towns and prefectures too: without a word that says otherwise, they are the place. */
export const places = words(`
千葉 福島 宮崎 石川 山口 福岡 福井 長野 渋谷 中野 上野 神田 川崎 松山 高松 宮城 富山 熊谷 赤坂 青山 目黒 成田 豊田 岡崎 高山 三島 福山 松江 山形 松本 小倉 大津 関 東 南 西 北 高知 徳島 香川 大分
広島 岡山 秋田 奈良 吉野 津 堺 立花 松島 日野 町田 戸田 戸塚 長崎 本 原 泉 森 林 谷 辻 堤 星 柳 桂 牧 武蔵 相馬 大森 平野 船橋 新宿 高槻 豊中 大宮 藤沢 平塚 川口 小田原 三浦 古河 野田 柏木 早川
`)

export const isFamily = (text: string): boolean => familyNames.has(text)

export function isGiven(text: string): boolean {
  if (givenNames.has(text)) return true
  if (text.length > 3 || text === '') return false
  for (const sign of text) if (!givenCharacters.has(sign)) return false
  return true
}

/** A family name that the list has, with a given name behind it or alone. */
export function isKnownName(text: string): boolean {
  return isFamily(text) || fullNameSplit(text) > 0
}

/** How long the family name in it is; 0: it is no full name. */
export function fullNameSplit(text: string): number {
  for (let length = Math.min(4, text.length - 1); length >= 1; length--) {
    const given = text.slice(length)
    if (!isFamily(text.slice(0, length)) || given.length > 4) continue
    if (givenNames.has(given) || (length > 1 && isGiven(given)) || (given.length === 2 && isGiven(given)))
      return length
  }
  return 0
}

/** No list has it, and its characters say that it may be one. */
export function couldBeFamily(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 3 &&
    familyEnds.has(text.at(-1) as string) &&
    !ordinary.has(text) &&
    !places.has(text)
  )
}

export function couldBeFull(text: string): boolean {
  for (let length = 2; length <= 3; length++)
    if (couldBeFamily(text.slice(0, length)) && isGiven(text.slice(length))) return true
  return false
}

const hiragana = (text: string): string =>
  text.replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60))

export const isFamilyReading = (text: string): boolean => familyReadings.has(hiragana(text))

/** Words of katakana that stand before 様 and さん and are no names. */
const katakanaRoles =
  /(?:ユーザー?|オーナー|メーカー|スタッフ|ママ|パパ|パートナー|ゲスト|クライアント|テナント|サプライヤー|リーダー|メンバー|ドライバー|マネージャー|マネジャー|ベンダー|バイヤー|ディーラー|モデル|アイドル|ファン|サンタ|ペット|ワンコ|ネコ|イヌ|ウサギ|クマ|サポーター|カスタマー|キャスト|ライター|デザイナー|エンジニア|アドバイザー|コンシェルジュ|オペレーター?|ショップ|ストア|ホテル|カフェ|レストラン|サロン|クリニック|センター|スクール|ジム|バス|タクシー|ヘルパー|ナース|ドクター|シェフ|ソムリエ|ワンちゃん|ネコちゃん|グループ|チーム|ブランド|コーナー|ライバル|プロ|アマ|ガス|デパート|スーパー|コンビニ|オバ|オジ|ネエ|ニイ|オバア|オジイ|ジイ|バア|オトウ|オカア|カア|トウ|ミナ|セールス|ホスト|シニア|ジュニア|ビギナー|ベテラン|キャリア|ドコモ|ソフトバンク|アマゾン|ヤフー|グーグル|エーユー|ディズニー|マイク|パーキング|クリーニング|モータース|ガーデン|ハウス|フーズ|サービス|システム|システムズ|オート|デンタル|ハイツ|コーポ|マンション|ビル|ホール|スタジオ|プラザ|タワー|ベーカリー|フラワー|ファーム|プロダクション|ホールディングス|コーポレーション|テクノ|テック|エステート|トラベル|プランニング|デザイン|ケア|メディカル|ファーマシー|ドラッグ|マート|リース|レンタカー)$/

export function couldBeKatakanaName(text: string): boolean {
  return text.length >= 2 && text.length <= 16 && !katakanaRoles.test(text) && !/^[・ー]/.test(text)
}
