// Another generator of personal data, written apart from the scanners and from the first one: other names, other forms, other
// sentences, and other things that only look like it. It is there to be surprised by: a miss of it is a reason to think about a
// rule, never to add its words to a list.
import type { PersonalKind } from '../../main/contract/findings'
import type { Case } from './personal-cases'
import type { Random } from './random'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const families = words(`
朝比奈 安曇 伊勢谷 岩動 鵜飼 江上 大河内 織部 海老沢 柏原 勘解由小路 喜多川 楠木 九条 倉橋 小早川 西園寺 榊 寒川 宍戸 新開 周防 関根 園田 高遠 竹之内 月岡 寺島 冬木 友成 長谷部 錦織
仁科 野々村 波多野 服部 檜山 藤堂 古畑 北条 真島 三枝 水無月 武者小路 最上 柳生 湯本 結城 吉良 六角 若宮 鷲見 井伊 大友 木暮 佐分利 篠崎 須賀 妹尾 多田 中条 成瀬 松平 村雨
`)
const givens = words(`
蒼一郎 彩未 郁美 一颯 詩織 英里香 佳純 勝利 菊江 恭介 久美江 啓太 幸太郎 皐 紗良 静江 秀一 信三 翠 清志 千代子 泰介 忠司 輝彦 典明 登美子 奈津子 仁 伸子 颯真 春樹 久雄 仁美 冬馬 真央 政江 美千代 睦美 萌香 康代
靖男 雪乃 洋一郎 律子 竜也 凌 麗華 和歌 亘 円香 克彦 咲良 昴 柚希 涼介 文香
`)
const kana = words(
  'アサヒナ オオコウチ キタガワ クラハシ コバヤカワ シシド セキネ テラシマ ナルセ ハタノ ミズナ ヤギュウ'
)
const kanaGivens = words('ソウイチロウ カスミ キョウスケ シズエ ハルキ マオ リョウスケ フミカ')
const foreign = words(
  'オルセン バーグマン ハミルトン コワルスキー フェルナンデス リンドバーグ オブライエン シャルマ'
)
const western = words(
  'Halvorsen Beaumont Castillo Drummond Eriksen Fairchild Galloway Hargreaves Iverson Kensington Langley Merriweather'
)
const westernGivens = words(
  'Annika Bertrand Clementine Desmond Estelle Florian Greta Hugo Imogen Jolene Kieran Lorelei'
)

const form = (kind: PersonalKind, found: string, text: string): Case => ({
  text: text.replace('{}', found),
  planted: [{ kind, words: found }]
})

function nameCase(r: Random): Case {
  const family = r.pick(families)
  const full = `${family}${r.pick(['', ' ', '　'])}${r.pick(givens)}`
  const katakana = `${r.pick(kana)}${r.pick([' ', '　'])}${r.pick(kanaGivens)}`
  return r.pick([
    () => form('name', family, '{}様、先日はご来店くださいましてありがとうございました。'),
    () => form('name', full, '{} 様のご予約を承っております。'),
    () => form('name', full, '申し遅れました、{}と申します。'),
    () => form('name', family, '先ほど{}さんからお電話がありました。'),
    () => form('name', full, 'ご契約者は{}様でお間違いないでしょうか。'),
    () => form('name', family, '担当の{}が後ほどご連絡いたします。'),
    () => form('name', full, 'お名前：{}'),
    () => form('name', full, '【氏名】{}'),
    () => form('name', katakana, 'フリガナ：{}'),
    () => form('name', family, '営業部の{}です。いつもお世話になっております。'),
    () => form('name', family, '{}部長にもよろしくお伝えください。'),
    () => form('name', full, '夫の{}の名義で申し込みました。'),
    () => form('name', full, 'お届け先のお名前は{}です。'),
    () => form('name', family, '{}先生の診察を希望します。'),
    () => form('name', full, '差出人: {}'),
    () => form('name', r.pick(foreign), '{}様のお部屋は三階でございます。'),
    () => form('name', full, '受付は{}が担当いたしました。'),
    () => form('name', family, 'カスタマーサポート　{}'),
    () => form('name', full, '以上、よろしくお願いいたします。\n{}'),
    () => form('name', family, '店長の{}と申します。')
  ])()
}

function westernCase(r: Random): Case {
  const [given, family] = [r.pick(westernGivens), r.pick(western)]
  return r.pick([
    () => form('name', `${given} ${family}`, 'My name is {} and I ordered last week.'),
    () => form('name', family, 'Mr. {} will call you back.'),
    () => form('name', family, 'Please ask Ms {} about the invoice.'),
    () => form('name', given, 'Dear {},\nthank you for your letter.'),
    () => form('name', `${given} ${family}`, 'Kind regards,\n{}'),
    () => form('name', `${given} ${family}`, 'Name: {}'),
    () => form('name', `${given} ${family}`, 'The account holder is {}.'),
    () => form('name', `${given} ${family}`, 'Contact person: {}')
  ])()
}

function numberCase(r: Random): Case {
  const d = (count: number): string => r.digits(count)
  return r.pick([
    () =>
      form(
        'phone',
        `0${r.pick(['90', '80', '70'])}-${d(4)}-${d(4)}`,
        '日中つながる番号（{}）に掛けてください。'
      ),
    () =>
      form('phone', `0${r.pick(['3', '6'])}(${r.from(3, 6)}${d(3)})${d(4)}`, '代表番号{}にお問い合わせを。'),
    () =>
      form(
        'phone',
        `0${r.pick(['42', '48', '99', '86'])}-${r.pick(['2', '3', '8'])}${d(2)}-${d(4)}`,
        '電話番号 {}'
      ),
    () => form('phone', `+81${r.pick(['90', '80'])}${d(8)}`, 'SMSは{}に届きます。'),
    () =>
      form(
        'mail',
        `${r.pick(['sekine.h', 'hello_shop', 'r2d'])}@${r.pick(['corp.example', 'mail.example.ne.jp'])}`,
        '資料は{}までお願いします。'
      ),
    () => form('mail', `${r.pick(['ANNIKA', 'd.fairchild'])}@example.net`, 'Reach me under {} please.'),
    () => form('postcode', `〒${d(3)}-${d(4)}`, '転居先 {}'),
    () =>
      form(
        'address',
        `${r.pick(['長野県松本市中央', '静岡県浜松市中央区鍛冶町', '石川県金沢市香林坊', '熊本県熊本市中央区上通町'])}${r.from(1, 4)}-${r.from(1, 19)}-${r.from(1, 19)}`,
        'ご住所（{}）に変更はありますか。'
      ),
    () =>
      form(
        'address',
        `${r.from(11, 999)} ${r.pick(['Birch', 'Cedar', 'Kingsway', 'Station'])} ${r.pick(['Road', 'Street', 'Lane'])}`,
        'The parcel went to {} by mistake.'
      ),
    () =>
      form(
        'birth-date',
        `${r.from(1940, 2010)}年${r.from(1, 12)}月${r.from(1, 28)}日`,
        'お客様の生年月日：{}'
      ),
    () =>
      form(
        'birth-date',
        `昭和${r.from(10, 63)}年${r.from(1, 12)}月${r.from(1, 28)}日`,
        '{}生まれの母が使います。'
      ),
    () =>
      form(
        'ip',
        `${r.from(11, 200)}.${r.int(255)}.${r.int(255)}.${r.from(1, 250)}`,
        '{}からの接続を止めました。'
      ),
    () =>
      form(
        'mac',
        [1, 2, 3, 4, 5, 6].map(() => r.hex(2).toUpperCase()).join(':'),
        '端末の物理アドレスは{}です。'
      ),
    () => form('secret', `ghp_${r.signs(36)}`, 'トークン {} を失効させました。'),
    () =>
      form('secret', `AKIA${r.signs(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`, 'アクセスキーは{}でした。'),
    () =>
      form(
        'bank-account',
        d(7),
        `${r.pick(['三菱UFJ銀行', '北國銀行', '西日本シティ銀行'])}　駅前支店　普通　{}`
      ),
    () => form('passport', `T${r.pick(['R', 'S', 'Z'])}${d(7)}`, 'パスポートの番号は{}です。'),
    () => form('licence', `${r.pick(['30', '43', '62'])}${d(10)}`, '運転免許証（番号{}）を確認しました。')
  ])()
}

export function secondCase(r: Random): Case {
  const chance = r.int(10)
  return chance < 4 ? nameCase(r) : chance < 6 ? westernCase(r) : numberCase(r)
}

/** None of anybody's. */
export function secondDecoy(r: Random): string {
  return r.pick([
    '皆様のご来店を心よりお待ちしております。',
    'お子様連れのお客様は二階をご利用ください。',
    '八百屋さんの隣にある花屋さんです。',
    '森林公園の山本駅前店は改装中です。',
    'サザエさんの時間までには終わります。',
    'くまのプーさんのぬいぐるみは在庫がありません。',
    '松本城と高知城のどちらも人気の行き先です。',
    '富士山と青木ヶ原を回る道をご案内します。',
    '新橋支店長会議は来月に延期されました。',
    '社長室にご案内いたします。',
    '織田信長と豊臣秀吉の時代の城下町です。',
    '千葉県産の落花生を使っています。',
    '福島産の桃と山形のさくらんぼを詰め合わせました。',
    '長崎ちゃんぽんを二つお願いします。',
    '担当部署より折り返しご連絡いたします。',
    '仲居さんがお部屋までお持ちします。',
    'お母さんと一緒に作れる組み立て式です。',
    '王様のブランチで紹介されました。',
    '神様のいたずらのような天気でした。',
    'ご担当者様あてにお送りください。',
    '販売元：関東食品工業',
    '本田技研工業と川崎重工業の部品に対応しています。',
    '三井住友海上の保険が付いています。',
    '清水焼と石川の九谷焼を並べました。',
    '桜井線と東西線が乗り入れています。',
    '今井町の古い街並みを歩きます。',
    '赤ちゃんにも安心の素材です。',
    '先生方への贈り物として選ばれています。',
    'ミッキーマウスの絵柄は終了しました。',
    '人事課、総務課、経理課の順に回覧してください。',
    'Dear Team, the shop opens at nine.',
    'Please visit Cedar Falls in summer.',
    'The Johnson Space Center offers tours.',
    'Merry Christmas and a Happy New Year!',
    'Best regards,\nCustomer Support',
    'Mount Fuji is best seen in winter.',
    'Washington and Lincoln are on the coins.',
    'Open Monday through Friday.',
    `注文番号 ${r.digits(4)}-${r.digits(4)}-${r.digits(4)} を確認しました。`,
    `型番 ${r.digits(3)}-${r.digits(4)} は廃番です。`,
    `${r.from(2015, 2026)}年${r.from(1, 12)}月${r.from(1, 28)}日に開店しました。`,
    `会議室の定員は${r.from(10, 90)}名、料金は${r.from(1, 9)},${r.digits(3)}円です。`
  ])
}
