// Words of kanji that stand where a name could, and are nobody's: 担当者様, 花屋さん. Where the words around say that a name
// stands there, it is easier to know all that is none than all that are one.

import { places } from './japanese-name'
import { familyNames, givenNames } from './name-lists'

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** whole */
const none = words(`
皆 皆々 各 各位 神 仏 王 女王 殿 姫 若 貴 別 横 逆 同 多 一 何 異 模 仕 有 上 方 君 僕 俺 私 彼 彼女 誰 他 某 我々 客 主 親 父 母 兄 姉 弟 妹 娘 息子 嫁 婿 孫 爺 婆 奥 夫 妻 旦那 主人 両親 家族 祖父 祖母 叔父 叔母 伯父 伯母
父母 従兄 従姉 赤 坊 子 犬 猫 象 亀 熊 馬 猿 鳥 兎 牛 豚 鹿 狸 狐 芋 豆 粥 稲荷 恵比寿 大黒 観音 地蔵 弁天 天神 八幡 仏陀 釈迦 太陽 月 星 女性 男性 女子 男子 女 男 少年 少女 子供 大人 老人 若者 仲間 友 友人 知人 恋人 隣人 隣 他人 本人
先方 相手 相手方 双方 当方 両方 片方 味方 先輩 後輩 同期 同僚 上司 部下 先生 教授 博士 医師 名医 獣医 主治医 校医 講師 教師 恩師 牧師 技師 師匠 弟子 大工 左官 職人 料理人 俳優 女優 声優 看護婦 助産婦 小父 小母 芸姑 芸妓 運転手 仲居 女将 大将 板前 若女将 番頭 芸者 舞妓 僧侶 和尚 住職 巫女 神主 社員 全員
御社 貴社 弊社 当社 自社 他社 本社 支社 各社 同社 会社 株式会社 有限会社 合同会社 企業 法人 団体 個人 組合 財団 学校 大学 高校 銀行 病院 役所 役場 市役所 警察 消防 郵便局 図書館 商店 商事 工業 産業 建設 製作所 事務所 店舗 本店 支店 当店 各店 業者 施主 幹事 新郎 新婦 主賓 来賓 取引先
得意先 仕入先 勤務先 販売 営業 営業中 総務 人事 経理 広報 法務 財務 企画 開発 製造 技術 購買 物流 管理 受付 担当 窓口 代表 責任 責任者 専務 常務 監督 選手 主将 監査 取締役 執行役 会長 社長 部長 課長 係長 店長 院長 所長 室長 主任 班長 議長 館長 園長 校長 駅長 船長 機長 団長 隊長 組長
今月 来月 先月 毎月 翌月 当月 正月 国内 社内 店内 市内 県内 都内 区内 場内 館内 院内 校内 以内 案内 家内 年内 体内 車内 船内 機内 室内 構内 境内 身内 町内 平日 休日 祝日 午前 午後 本日 昨日 明日 今日 毎日 翌日 当日 今回 前回 次回 今度 以上 以下 以外 未満 同様 一同 一行 御一行 上記 下記 前述 後述 以前 以後 必要 不要 必須 任意 記入 未記入 空欄 未定 不明 無記名 匿名 非公開 省略 変更 確認 確認中 登録 入力 選択 指定 本文 件名 宛先 氏名 名前 姓名 住所 電話 郵便番号 会員番号 男女 男 女 性別 年齢
漢字 平仮名 片仮名 半角 全角 英数字 例 見本 可能 不可 有効 無効 正式 正確 通称 旧姓 芸名 筆名 屋号 商品 商品名 製品 部署 部署名 会社名 法人名 学校名 店名 表題 題名 項目 内容 詳細 備考 概要 理由 原因 結果 状況 状態 場合 時間 日時 期間 期限 金額 料金 数量 個数 種類 次第 対応 返信 返答 回答 連絡 案内 説明 報告 相談 質問 要望 意見 苦情
`)

/** With these end words for people in a part, for places and for things. A family name of the list is looked for before. */
const ends =
  /(?:者|員|方|客|人|主|親|手|師|士|官|役|家|屋|業|社|店|側|先|達|等|課|室|係|院|所|局|庁|省|署|会|団|組|校|館|園|駅|街|区|市|県|府|都|道|国|州|号|番|階|個|名|様|殿|氏|名義|一同|各位|以上|以下|以外|未満|的|性|中|前|後|外|間|別|用|品|製|費|料|金額|代|日|曜|年|時|分|秒|円|回|件|点|式|法|形|型|系|類|種|版|誌|紙|書|状|証|票|表|図|物|語|学|科|部署|支部|本部|学部|幹部|全部|一部|各部|内部|外部|総務部|営業部|人事部|経理部|広報部|企画部|開発部|製造部|技術部|事業部|業務部|管理部|販売部|[^子]子供|息子|王子|帽子|様子|菓子|椅子|調子|獅子|双子|迷子|女子|男子|長)$/

/** It may be somebody's name, as far as it can be said of kanji alone. */
export const couldBeSomebody = (run: string): boolean =>
  run.length >= 1 &&
  run.length <= 7 &&
  !none.has(run) &&
  !/[一-鿿]{1,3}(?:会社|銀行|大学|工業)/.test(run) &&
  (!ends.test(run) || hasGivenEnd(run))

/** 千代, 雅人: a given name may end as a word does. */
export const couldBeGiven = (run: string): boolean => run.length >= 1 && run.length <= 4 && !none.has(run)

/** 周防美千代: whatever the family is called. */
export const hasGivenEnd = (run: string): boolean =>
  [3, 2].some((length) => run.length > length && givenNames.has(run.slice(-length)))

const familyCharacters: ReadonlySet<string> = new Set([...familyNames].flatMap((name) => [...name]))

/** No list has it, and it is made as family names are. */
export const looksLikeFamily = (run: string): boolean =>
  run.length >= 2 &&
  run.length <= 3 &&
  couldBeSomebody(run) &&
  !places.has(run) &&
  [...run].every((sign) => familyCharacters.has(sign))

/** Figures of books and films: names, and nobody's. */
const figures =
  /^(?:サザエ|マスオ|カツオ|ワカメ|タラ|タラオ|プー|ドラミ|トトロ|メイ|ピカチュウ|キティ|ミッキー|ミニー|スヌーピー|ムーミン|パディントン|アンパンマン|ゴジラ|モナリザ|サンタ|シンデレラ|ピーターパン|ハイジ|アリス|ゴルゴ|ルパン|ホームズ|オズ|ガンダム)$/

export const isFigure = (word: string): boolean => figures.test(word)
