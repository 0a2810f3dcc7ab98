// What people put around a question, and an office around its plain answer. Nothing here carries a fact, and
// nothing here is in the house tone of the sample.
import type { Macros } from './pattern'
import { compilePattern, type Pattern } from './pattern'
import { macros } from './macros'
import type { Language } from './topics'

const compile = (language: Language, lines: string): readonly Pattern[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => compilePattern(line, macros[language] as Macros))

/** Before a question. */
export const openers: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[こんにちは|こんばんは|おはようございます|はじめまして|お世話になります|お世話になっております|すみません|失礼します|突然すみません|恐れ入ります]。
[質問です|お尋ねします|お聞きします|ひとつ質問です|教えてください|確認です|問い合わせです|質問があります]。
[すみません|あの|ちょっと|すいません|お忙しいところすみません]、
[田中|鈴木|山田|小林|森|清水]と申します。
[いつも|先日は|いつもおいしいお茶を][ありがとうございます|お世話になっています]。`
  ),
  en: compile(
    'en',
    `
[Hello|Hi|Good morning|Good evening|Excuse me|Hi there|Dear all|Hello there][.|,|!]
[I have a question|A quick question|One question|Sorry to bother you|Just asking][.|:]
[My name is|This is|I am] [Baker|Mori|Green|Ito|Carter].
[Thank you for the tea last time|I love your teas|Thanks for last time|I like your shop].`
  )
}

/** A circumstance that changes nothing. */
export const circumstances: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[初めて|はじめて|久しぶりに|二回目に][利用します|買います|注文します|買い物をします|メールします]。
[{友人}の誕生日|{友人}へのお礼|母の日|父の日|敬老の日|引っ越し祝い|結婚祝い|お見舞い|手土産]に[使いたいです|贈りたいです|考えています|用意したいです]。
[{友人}|近所の人|会社の人|取引先の人]に[聞きました|すすめられました|教えてもらいました|頼まれました]。
[お茶|日本茶|ほうじ茶|抹茶|紅茶]が[好きです|大好きです|好きでよく飲みます|趣味です]。
[来週|来月|今週末|明日|再来週|夏休み][に使います|に出かけます|来客があります|集まりがあります|に帰省します]。
[雑誌|テレビ|ネット|チラシ|本|SNS]で[見ました|知りました|読みました|見て気になりました]。
[お茶のことは|通販は|ネットは|機械は][よくわかりません|詳しくないです|苦手です|初心者です]。
[少し|とても|かなり][急いで|迷って|困って|悩んで]います。
[サイト|ページ|説明|パンフレット]を[見ても|読んでも|探しても][わかりませんでした|見つかりませんでした|書いてありませんでした]。
[{友人}|家族|夫|妻|子ども]と[一緒に飲みます|相談しています|話しています|選んでいます]。
[昨日|先週|先月|去年|今朝][買いました|届きました|注文しました|お店に行きました]。
[毎朝|毎日|仕事の合間に|食後に|寝る前に][飲んでいます|お茶を飲みます|楽しんでいます|一杯飲みます]。
[前にも|以前|たしか前に][聞いた|伺った|教わった]のですが[忘れました|もう一度お願いします|確認させてください]。
[一人暮らしです|家族が多いです|年金暮らしです|学生です|海外から引っ越してきました|会社勤めです]。`
  ),
  en: compile(
    'en',
    `
[This is|It would be] my [first|second] order.
It is [for|a gift for] my {friend}.
My {friend} told me about [you|your shop|this tea].
I [love|like|often drink|enjoy] [tea|green tea|hojicha|matcha|good tea].
I saw [it|your shop|you] [in a magazine|on TV|online|in a book].
I am [in a hurry|not sure|new to tea|a beginner|a bit lost|a student].
I [looked|searched] [on your site|on the page|everywhere] but could not find it.
I [bought some|ordered|was in your shop|got a parcel] [yesterday|last week|last month|this morning].
We [have guests|are having a party|are going away|travel] [next week|tomorrow|soon|this weekend].
I drink it [every morning|every day|after dinner|at work].
Someone told me [before|once], but I forgot.`
  )
}

/** After a question. */
export const closers: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[よろしくお願いします|お願いします|よろしくお願いいたします|お手数ですがお願いします|お返事お待ちしています|すみませんが教えてください|教えてください|気になっています]。
[急いでいます|今日知りたいです|早めに知りたいです|困っています|助けてください|念のため確認です]。
[{友人}|家族|夫|妻]に[聞かれました|伝えたいです|頼まれたので]。`
  ),
  en: compile(
    'en',
    `
[Thank you|Thanks|Thanks in advance|Please help|Please let me know|Many thanks|Thank you for your help][.|!]
[I am curious|I need it soon|It is for my {friend}|I would like to know today].`
  )
}

/** Before a plain answer: seldom used, so that a bare answer stays the habit. */
export const leads: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[質問|ご質問|問い合わせ|お尋ね][の件です|への答えです|について答えます|ありがとうございます|を読みました]。
[確認|調査|検討|手配]しました。
[こんにちは|はい|わかりました|なるほど|了解です|お待たせしました]。
[担当|総務|受付|窓口]の[田中|鈴木|小林|森|清水]です。[メールを読みました。|お答えします。|]
[資料|記録|表|手帳|台帳]を見ました。[次のとおりです。|答えは次です。|]
[その件|それ|今の話|この点]は[簡単です|よく聞かれます|大事です|前にも聞かれました]。
[連絡|メール|手紙|伝言|相談]を[受け取りました|見ました|もらいました]。[ありがとう。|返事をします。|]
[今日|昨日|今朝|先ほど]の[件|メール|質問|話]ですね。`
  ),
  en: compile(
    'en',
    `
[About|As to|On|Regarding] your [question|mail|message|note][:|.]
[I|We] [checked|looked it up|asked|found it].
[Hello|Yes|I see|All right|Good question|Thanks for asking|Sure][.]
[Baker|Mori|Green|Ito] from the [desk|office|front desk]. [We read your mail.|Here is the answer.|]
[The list|The book|The table|Our note] says [this|so][:|.]
[Many people ask this|That is easy|That matters|We are often asked].
Your [mail|letter|message|question] [arrived|is here|came in][.] [Thank you.|Here is our reply.|]`
  )
}

/** After a plain answer, as seldom. */
export const tails: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[以上です|よろしくお願いします|ほかの質問もどうぞ|また聞いてください|確認してください|参考にしてください|これで大丈夫です|伝えておきます]。
[ほか|別|次]に[質問|用事|聞きたいこと]があれば[言ってください|連絡してください|どうぞ]。
[変更|追加|続き]は[また|あとで|明日]知らせます。`
  ),
  en: compile(
    'en',
    `
[That is all|Ask again any time|Please check|I hope this helps|See you|Let me know|Have a look][.]
[More|Changes|The rest] will follow [soon|later|tomorrow].
If there is [more|anything else|another question], [ask|write|call] us.`
  )
}

/** How other houses greet and take leave, in frames and roles that a system message asks for. */
export const houses: Readonly<Record<Language, Pattern>> = {
  ja: compilePattern(
    '[青葉|山田|若竹|川口|みどり|はやぶさ|つばめ|大空|たちばな|すみれ|ひばり|あさひ|白波|ふじ|うぐいす|かもめ|三浦|千鳥|こだま|もみじ][商店|文具|書店|薬局|印刷|運送|商会|旅行社|花店|食品|家電|茶屋|菓子店|酒店|電器|茶舗]',
    macros.ja
  ),
  en: compilePattern(
    '[Aoba|Hill|Green|Swallow|Violet|Lark|Blue Sky|White Wave|Maple|Seagull|Miura|Plover|Echo|Harbour|Bridge] [Store|Stationery|Books|Travel|Flowers|Foods|Tea|Pharmacy|Printing|Sweets|Company|House]',
    macros.en
  )
}
export const greetings: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[お便り|お問い合わせ|ご連絡|メール|お手紙|ご質問|お葉書][、|][まことに|誠に|]ありがとうございます。
[お便り|ご連絡|メール|お手紙|ご質問]を[拝見しました|うれしく読みました|受け取りました|承りました|ありがたく拝読しました]。
[いつも|平素より|日ごろより][お引き立て|ご利用|ご愛顧][いただき|くださり]、[ありがとうございます|御礼申し上げます|感謝しております]。
[このたびは|この度は][ご不便|ご迷惑|お手間|ご心配]をおかけして[すみません|申し訳なく存じます|心苦しく思っております]。
[お待たせしました|お待たせいたしました|ようこそお越しくださいました|お世話になっております|はじめまして]。
[ご丁寧な|うれしい|あたたかい][お便り|ご質問|お言葉|メール]を[いただきました|頂戴しました]。`
  ),
  en: compile(
    'en',
    `
[Thank you|Many thanks|Our thanks] for your [kind letter|message|note|question|mail].
Your [letter|message|note|mail] [made us happy|was read with joy|has arrived|gave us a smile].
[We are sorry|We regret|Our apologies] [for the wait|for this|about your trouble].
[We are always happy|We are glad|It is nice] to [hear from you|read from you|help].
[Good day|Dear guest|Welcome|Greetings][.|, and welcome.|, and thank you.]`
  )
}
export const farewells: Readonly<Record<Language, readonly Pattern[]>> = {
  ja: compile(
    'ja',
    `
[またのご利用|ご来店|お便り|またのご連絡|お越し]を[お待ちしております|心よりお待ちしています|楽しみにしております]。
[どうぞ|それでは|では][お元気で|よい一日を|よい週末を|すこやかに|楽しいひとときを|おだやかな午後を]。
[今後とも|これからも|末永く|引き続き][よろしくお願いいたします|どうぞよろしく|お付き合いください]。
[ご不明な点|お困りのこと|お気づきのこと]は[いつでも|お気軽に|ご遠慮なく][お知らせください|お尋ねください|お寄せください]。
[お体|寒さ|お足もと|お風邪]に[お気をつけください|お気をつけて|ご用心ください]。`
  ),
  en: compile(
    'en',
    `
[Have|We wish you] a [nice|lovely|sunny|calm|good] [day|week|evening|trip].
[Warm|Kind|Best] [regards|wishes].
[We look forward to|We hope for] your [visit|next letter|reply].
[Take good care|Stay well|See you soon|Until next time|All the best].
[Write|Ask|Call] us [any time|whenever you like|again].`
  )
}
