// What the generator draws from: names, places and sentences of its own, most of them in no list of the scanners.
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const families = words(`
東海林 蒲生 鬼塚 栗林 小暮 権藤 佐伯 更科 城戸 真田 杉原 瀬川 曽根 高梨 滝川 富樫 永瀬 鳴海 日下部 細野 真壁 箕輪 村岡 湯沢 蓮沼 佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田
山田 佐々木 山口 松本 井上 木村 斎藤 清水 阿部 池田 橋本 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 岡本 藤原 三浦 中野 原田 松田 竹内 上田 久保田 奥平 葛城 雪村 芹沢 一ノ瀬 神宮寺
`)
export const givens = words(`
小百合 慎太郎 龍之介 千恵子 美智子 信一郎 芳江 辰夫 秋子 奈美 和歌子 光太郎 文雄 夏美 理香 麻里 弥生 皐月 桃子 梓 渉 巧 航 隼人 伸二 圭吾 泰三 茂樹 栄作 紗季 琴音 結愛 悠希 朔也 晴斗 凪 乃愛 千紘 一輝 花子 太郎 健一 直樹 美咲 由美子 大輔
`)
export const kana = words(
  'ショウジ ガモウ クリバヤシ コグレ サエキ サナダ スギハラ セガワ タカナシ ナガセ サトウ タナカ ヤマモト'
)
export const foreign = words(
  'Whitfield Okafor Lindqvist Abernathy Castellano Delacroix Moreau Novak Petrov Quigley Ramsey Sinclair Thornton Underwood Vance Yates Smith Brown Davis'
)
export const foreignGiven = words(
  'Beatrice Cornelius Dmitri Elspeth Fiona Gareth Ingrid Jasper Katya Leopold Marisol Nigel Octavia Percy Rosalind Sven Tabitha John Mary Emily'
)
export const katakanaNames = words(
  'アンダーソン ウィリアムズ オコナー シュミット ペトロフ グエン マルティネス チャン キム ラオ'
)
export const towns = words(
  '札幌市中央区北三条西 仙台市青葉区一番町 さいたま市大宮区桜木町 千葉市中央区富士見 横浜市港北区新横浜 名古屋市中区錦 京都市下京区四条通 大阪市北区中之島 神戸市中央区三宮町 広島市中区紙屋町 福岡市博多区博多駅前 那覇市久茂地'
)
export const prefectures = words(
  '北海道 宮城県 埼玉県 千葉県 神奈川県 愛知県 京都府 大阪府 兵庫県 広島県 福岡県 沖縄県'
)
export const buildings = [
  '',
  '',
  ' グリーンハイツ203号室',
  ' 中央ビル5階',
  ' メゾン青空101',
  ' 第二コーポ 12号室'
]
export const banks = words('みずほ銀行 三井住友銀行 りそな銀行 横浜銀行 楽天銀行 京都信用金庫')
export const streets = words('Maple Oak Riverside Juniper Harbor Willow Chestnut Franklin')
export const streetKinds = words('Street Avenue Road Lane Drive Blvd')
export const cities: readonly (readonly [string, string, string])[] = [
  ['Portland', 'OR', '97205'],
  ['Austin', 'TX', '73301'],
  ['Denver', 'CO', '80202'],
  ['Boston', 'MA', '02108']
]

/** Things that are asked for, to be told apart. */
export const goods = words(
  '万年筆 便箋 手帳 封筒 インク 色鉛筆 定規 消しゴム 付箋 画用紙 筆箱 鉛筆削り 糊 鋏 毛筆 硯 絵具 画板 名刺入れ 書見台'
)
export const asks: readonly (readonly [string, string])[] = [
  [
    '{}の在庫はありますか。',
    '{}は現在、店頭とオンラインの両方でお求めいただけます。お取り置きも承っております。'
  ],
  ['{}に名入れはできますか。', '{}への名入れを承っております。文字の種類は三つからお選びいただけます。'],
  [
    '{}の修理をお願いしたいです。',
    '{}の修理は本店の工房でお預かりいたします。お見積もりのうえ、改めてご連絡差し上げます。'
  ],
  [
    '{}を贈り物にしたいのですが、包んでもらえますか。',
    '{}は和紙で丁寧にお包みいたします。のし紙もお選びいただけますので、お申し付けください。'
  ],
  [
    '{}の色の種類を知りたいです。',
    '{}は藍、墨、朱の色をご用意しております。季節により限定の色が加わることもございます。'
  ],
  [
    '{}の使い方を教えてください。',
    '{}には説明書を添えております。店頭では実際にお試しいただきながらご説明いたします。'
  ],
  [
    '{}を海外へ送れますか。',
    '{}の海外へのお届けは、ただいま準備を進めております。決まり次第、当店のページでお知らせいたします。'
  ],
  [
    '{}の返品について聞きたいです。',
    '{}の返品は、未使用のお品に限りお受けしております。まずは店までお知らせください。'
  ]
]
export const goodsEnglish = words(
  'notebook fountainpen envelope inkwell ruler eraser sketchpad stapler calendar bookmark'
)
export const asksEnglish: readonly (readonly [string, string])[] = [
  [
    'Do you still carry the {} in blue?',
    'Yes, the {} comes in blue, green and grey. You will find all of them in our shop and online.'
  ],
  [
    'How should I look after my {}?',
    'Keep the {} dry and out of the sun. A soft cloth is all that it takes to clean it.'
  ],
  [
    'Could the {} be wrapped as a gift?',
    'We gladly wrap the {} in handmade paper. Just leave us a note with your order.'
  ]
]
