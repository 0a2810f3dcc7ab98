// What customers ask about paying, points and membership, and the plain answers.
import { readTopics } from './topics'

export const payment = readTopics(`
= pay.ways | クレジットカード;コンビニ | credit card;convenience store
j? [支払い|お金|代金|料金][は何で払えますか|の方法を教えてください|は何が使えますか|は何がありますか|の方法は何がありますか]
j? [支払い方法|決済方法|払い方]{教えて}
j? [クレジットカード|カード|コンビニ払い|現金|代引き]は使えますか
j? [カード|クレジットカード]を持っていません。[ほかの|別の]払い方は{ある}
j! クレジットカード、代引き、コンビニ払いが使えます。
j! 支払いはクレジットカード、代引き、コンビニ払いです。
j! クレジットカード、代引き、コンビニ払いがあります。
e? [What are the ways|How can I|In what ways can I|How do I] [to pay|pay|pay for my order|pay you]?
e? [Do you take|Can I pay by|Do you accept] [credit cards|card|cash]?
e? {tell} [how to pay|the ways to pay|which payments you take].
e~ [the ways to pay|how I can pay|the payment methods|which cards you take]
e! You can pay by credit card, cash on delivery or at a convenience store.
e! We take credit card, cash on delivery and convenience store payment.
e! We accept credit card, cash on delivery and payment at a convenience store.

= pay.cod | 330円 | 330 yen
j? [代引き|代金引換|着払いの支払い]の[手数料|料金|費用]{は}{いくら}
j? [代引き|代金引換]に[した|する|した場合|すると][、|]手数料は[かかりますか|別にかかりますか|いくらですか|必要ですか]
j? [家|玄関|受け取りのとき]で[払いたい|現金で払いたい][です|のですが]。手数料は{いくら}
j! 代引きの手数料は330円です。
j! 代引きには330円の手数料がかかります。
j! 代引きの手数料として330円がかかります。
e? [How much|What] is the fee for [cash on delivery|paying at the door]?
e? Is there a [fee|charge] for [cash on delivery|paying at the door]?
e~ [the fee for cash on delivery|what cash on delivery costs|paying the driver at the door]
e! The fee for cash on delivery is 330 yen.
e! Cash on delivery costs 330 yen extra.

= pay.receipt | マイページ | My Page
j? 領収書[は{もらう}|は出ますか|がほしいです|が必要です|はどこですか|の出し方を教えてください|がいります]
j? [会社|経費|仕事|確定申告]に[出す|使う]ので領収書[がいります|が必要です|がほしいです|をください][。どこで出せますか|]
j? 領収書は[どこ|どこから|どうやって][出せますか|もらえますか|印刷できますか|取れますか|発行しますか]
j! 領収書はマイページから出せます。
j! マイページで領収書を印刷できます。
j! 領収書はマイページからいつでも出せます。
e? {can_i} [get|have|print] a receipt?
e? My [company|office|boss] [wants|needs] a receipt. [Where do I get one|How do I get it|Can I have one]?
e? Where [is|do I find|can I get] [my|the|a] receipt?
e~ [a receipt|where I get my receipt|a receipt for my company|printing the receipt]
e! You can print the receipt from My Page.
e! Receipts are on My Page.
e! You can take your receipt from My Page at any time.

= pay.invoice | 翌月末 | end of the next month
j? [請求書|請求書払い|後払い|月まとめ]で[払えますか|の支払いはできますか|の支払日はいつですか|払いたいです]
j? [弊社|会社|法人|うちの会社]で[まとめて|来客用に|継続して][買って|購入して|使って]います。[請求書の支払日|支払いの期日|支払日|締め日]{教えて}
j? 請求書の[締め|支払日|支払期限|期日]{は}[いつ|何日]{か}
j! 会社の支払いは月末締めの翌月末です。
j! 請求書払いは月末締め、翌月末の支払いです。
j! 会社の支払いは、月末締めの翌月末に受け付けます。
e? {can_i} pay by invoice?
e? When [do companies pay|is an invoice due|must my company pay]?
e~ [paying by invoice|the due date of an invoice|invoices for companies|when our company must pay]
e! Companies pay by the end of the next month.
e! Invoices are due at the end of the next month.

= pay.giftcard | 2年 | two years
j? ギフト券[の|に][期限|有効期限|使える期間][は{いつまで}ですか|はありますか|を教えてください]
j? [もらった|古い|いただいた|昔の|お祝いの][ギフト券|商品券|券]は[まだ|いつまで|今でも]使えますか
j? [引き出し|財布|机]から[ギフト券|商品券]が出てきました。[期限はありますか|いつまで使えますか|使えますか]
j! ギフト券は買った日から2年使えます。
j! ギフト券の期限は2年です。
e? {how_long} [is a gift card|can I use a gift card] [valid|good|for]?
e? I found [an old|my] gift card. [Can I still use it|Is it still good|When does it end]?
e~ [my old gift card|how long gift cards last|the end date of a gift card|when a gift card expires]
e! Gift cards are good for two years.
e! You can use a gift card for two years.

= pay.tax | 税込 | tax
j? [値段|価格|表示の値段|サイトの値段|書いてある値段]は[税込み|税抜き|税込|消費税込み]{か}
j? [消費税|税金]は[別に|あとから|別途][かかりますか|足されますか|必要ですか]
j? [サイト|ホームページ|ページ]に[出ている|載っている|書いてある][値段|価格]は[税抜き|税込み|税込]{か}
j! 値段はすべて税込です。
j! 表示は税込の値段です。
e? [Do the prices|Does the price] include tax?
e? Is tax [included|added later|in the price]?
e~ [whether prices include tax|the tax in your prices|tax|prices with or without tax]
e! All prices include tax.
e! The price includes tax.

= pay.store | 5日以内 | five days
j? コンビニ[払い|での支払い|支払い]は[いつまで|何日以内|何日まで|何日のうち][ですか|に払えばいいですか|でしょうか|にすればいいですか]
j? コンビニで[払う|支払う]ことに[しました|します]。[いつまでに払えばいいですか|期限を教えてください|何日以内ですか|期限はありますか]
j? [コンビニ払い|コンビニ決済|コンビニの支払い]の[期限|締め切り|期日]{教えて}
j? [払込票|支払い番号]が[届きました|来ました]。コンビニで[いつまでに払いますか|何日以内に払えばいいですか]
j! コンビニの支払いは注文から5日以内です。
j! コンビニでは5日以内に払ってください。
j! コンビニの支払いは、注文から5日以内にお願いします。
e? [When|By when|Until when] [must|do] I [have to |]pay at [the|a] convenience store?
e? I [chose|picked|will use] [convenience store payment|to pay at a convenience store]. [When is it due|How long do I have|By when must I pay|When do I have to pay]?
e~ [the deadline for paying at a convenience store|convenience store payment|when I must pay at the convenience store|how many days I have to pay at the store]
e! Please pay at the convenience store within five days.
e! You have five days to pay at the convenience store.
e! Pay at the convenience store within five days of your order.

= points.rate | 1ポイント | one point
j? [ポイント|ポイントというの]は[いくら|どれくらい|何円で][で|買うと|][付きますか|たまりますか|もらえますか|つきますか]
j? ポイントの[付き方|貯め方|仕組み|率]{教えて}
j? [買い物|注文]をするとポイントは[付きますか|たまりますか|いくつ付きますか]
j! 100円で1ポイントたまります。
j! 100円の買い物ごとに1ポイントです。
j! 100円の買い物ごとに1ポイントを付けています。
e? How do [the |your |]points work?
e? How many points do I get[ for my order| when I buy something|]?
e? {tell} [about|how I get] [the points|points].
e~ [the points|how I collect points|how points are counted|your point system]
e! You get one point for every 100 yen.
e! Every 100 yen gives one point.
e! We give one point for every 100 yen you spend.

= points.expiry | 1年 | one year
j? ポイント[に|の][期限|有効期限|使える期間][は{ある}|を教えてください|はいつまでですか]
j? [貯めた|たまった|使わない|古い]ポイントは[いつ|いつまでに|そのうち|ほうっておくと][消えますか|なくなりますか|使えなくなりますか|失効しますか]
j? ポイントは[いつまで|何年|どれくらい][使えますか|残りますか|もちますか]
j! ポイントは最後の買い物から1年使えます。
j! ポイントの期限は1年です。
e? [When do|Do] [my |the |]points [expire|run out|end|disappear]?
e? {how_long} [can I keep|are|can I use] [my |the |]points[ good|]?
e~ [when points expire|how long points last|the end of my points|old points]
e! Points are good for one year.
e! You can use points for one year from your last order.

= points.birthday | 2倍 | double
j? [誕生日|誕生月|バースデー][に|の|には][特典|いいこと|サービス|プレゼント|ポイント]は{ある}
j? [来月|今月|来週|もうすぐ][が|][誕生日|誕生月]です。[何か|][特典|サービス|いいこと|もらえるもの]は{ある}
j! 誕生月はポイントが2倍です。
j! 誕生月の買い物はポイントが2倍になります。
j! 誕生月はポイントを2倍にしています。
e? Is there [anything|something special|a present|a bonus] for [my birthday|birthdays]?
e? It is my birthday [soon|next month|this month]. [Do I get anything|Is there a bonus|Is there something for it]?
e~ [the birthday bonus|my birthday month|a present for my birthday|what I get on my birthday]
e! In your birthday month you get double points.
e! Points are double in your birthday month.

= points.review | 50ポイント | 50 points
j? [感想|レビュー|口コミ|評価][を書くと|を書いたら|を投稿すると][何か|何が|いくつポイントが]もらえ[ますか|ると聞きました|るのでしょうか]
j? [レビュー|感想|口コミ]の[特典|お礼|ポイント]{教えて}
j! 感想を書くと50ポイントもらえます。
j! レビューで50ポイントが付きます。
j! 感想を書いた人に50ポイントを出しています。
e? [Do I get|Is there|What do I get] [anything|something|a bonus|points] for [writing a review|a review|reviews]?
e? What happens if I write a review?
e~ [the reward for a review|what a review gives me|points for writing a review|getting something for my review]
e! You get 50 points for a review.
e! A review gives you 50 points.
e! We give 50 points for every review.

= points.friend | 500円 | 500 yen
j? [友だち|友人|知り合い|同僚|家族][を|][紹介|に紹介|にすすめる][すると|したら|と][特典|何か|クーポン|得になること][は|が]{ある}
j? [紹介|友だち紹介]の[特典|クーポン|キャンペーン|割引]{教えて}
j? [友だち|友人|家族]に[すすめたい|教えたい|紹介したい]です。[得になること|特典|割引|何かもらえるもの]は{ある}
j! 紹介すると二人に500円のクーポンが出ます。
j! 友だちを紹介すると500円のクーポンがもらえます。
j! 紹介した人と友だちに500円のクーポンを出しています。
e? [Do I get|Is there] [something|anything|a bonus] [for bringing|if I bring|when I tell|if I tell] a {friend}?
e? What do I get [for inviting|if I invite|when I recommend you to] a {friend}?
e~ [the bonus for inviting a friend|bringing a friend|the coupon for friends]
e! You and your friend each get a coupon for 500 yen.
e! Bringing a friend gives a 500 yen coupon.

= points.shop | お店でも | in the shop
j? ポイントは{お店}で[も|][使えますか|使うことはできますか|使えるのですか]
j? [ネット|通販|サイト]で[貯めた|ためた|たまった]ポイントを{お店}で使[えますか|いたいです|えるのでしょうか]
j! ポイントはお店でも使えます。
j! お店でもネットでもポイントを使えます。
e? {can_i} [use|spend] my points [in the shop|at the counter|in your store]?
e? Do [my |online |]points work [in the shop|at the counter]?
e~ [using points in the shop|points at the counter|spending my points in your store]
e! You can use points in the shop too.
e! Points work in the shop as well.

= member.fee | 無料 | free
j? [会員|会員登録|登録|メンバー][に|][なる|する|の登録|][のに|には|に][お金|費用|料金|会費]は[かかりますか|いりますか|必要ですか]
j? [会員登録|会員の登録|年会費|会費|入会金]{は}[いくらですか|無料ですか|かかりますか|ありますか]
j? 会員に[なりたいです|なろうと思います|登録したいです]。[お金|料金|会費]は[かかりますか|いりますか|いくらですか]
j! 会員登録は無料です。
j! 登録は無料です。会費もありません。
j! 会員登録は無料で受け付けます。
e? Does it cost [anything|money] to [become a member|join|sign up]?
e? [Is|How much is] [membership|joining|signing up][ free|]?
e~ [the cost of membership|a membership fee|what members pay|joining as a member|becoming a member]
e! Membership is free.
e! It is free to become a member.

= member.password | ログイン画面 | login page
j? パスワード[を忘れました|を忘れてしまいました|がわかりません|を忘れて入れません|を変えたいです|を忘れて困っています][。どうすればいいですか|]
j? [ログイン|マイページに入ること|会員ページに入ること][が|]できません。[パスワードを忘れたようです|パスワードが違うみたいです|どうすればいいですか]
j! ログイン画面の「お忘れの方」から決め直せます。
j! パスワードはログイン画面で決め直せます。
e? I [forgot|have forgotten|lost] my password.
e? I cannot log in. [I forgot my password|What can I do about my password|How do I reset the password]?
e~ [a forgotten password|a new password|my lost password|resetting my password]
e! You can set a new one on the login page.
e! Go to the login page and set a new password.

= member.leave | 設定 | Settings
j? [退会|会員をやめる|脱会|登録を消す][手続き|方法|やり方|こと]を教えてください
j? [退会|会員をやめること|脱会]{したい}
j? 会員を[やめたい|退会したい|解約したい][の|]ですが[、|][どうすればいいですか|どこからですか|手続きを教えてください]
j! 退会はマイページの「設定」からできます。
j! マイページの「設定」で退会できます。
e? How do I [leave|delete my account|stop being a member|close my account]?
e? I want to [leave|close my account|delete my account|stop my membership].
e~ [closing my account|leaving the membership|how to stop being a member|deleting my account]
e! You can leave from Settings on My Page.
e! Go to Settings on My Page to close the account.

= member.restock | メール | mail
j? [売り切れ|品切れ|在庫切れ|欠品][の|][品|お茶|茶筒|急須]は[また入りますか|いつ入りますか|また買えますか|入ったら教えてもらえますか]
j? [欲しかった|買いたかった|ほしい][お茶|茶筒|急須|缶|品]が[売り切れ|品切れ|在庫切れ]でした。[また入ったらわかりますか|入荷を知る方法はありますか|入荷を知りたいです]
j? 再入荷[の|][お知らせ|連絡|通知|予定][は{もらう}|を受け取りたいです|を知りたいです|はありますか]
j! 再入荷はメールで知らせます。
j! 入荷したらメールを送ります。
e? {tell} when [a sold-out tea|the sold-out tin|it] is back.
e? [The tea|The tin|What] I wanted [is|was] sold out. [Will it come back|Can you tell me when it is back|When will you have it again]?
e~ [a tea that is sold out|when sold-out teas come back|news when a tin is back in stock]
e! We will send you a mail when it is back.
e! A mail tells you when it is back in stock.

= member.newsletter | 毎月1日 | first day
j? [メールマガジン|メルマガ|お便りメール|ニュースレター]は[いつ|いつごろ|毎月いつ|何日に|月に何回][届きますか|来ますか|配信されますか|送られますか]
j? [メールマガジン|メルマガ|ニュースレター]の[配信日|日にち|届く日|発行日]{教えて}
j? [メールマガジン|メルマガ][に登録しました|を申し込みました]。[いつ届きますか|何日に来ますか]
j! メールマガジンは毎月1日に届きます。
j! メルマガは毎月1日に送っています。
j! メールマガジンは毎月1日に届けています。
e? {when} [does|do you send] the newsletter[ come| arrive|]?
e? How often is the newsletter?
e~ [the newsletter|when the newsletter comes|the day of the newsletter|your mail magazine]
e! The newsletter comes on the first day of every month.
e! We send it on the first day of each month.
`)
