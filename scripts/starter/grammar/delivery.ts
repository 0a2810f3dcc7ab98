// What customers ask about sending and receiving parcels, and the plain answers.
import { readTopics } from './topics'

export const delivery = readTopics(`
= delivery.fee | 550円 | 550 yen
j? [送料|配送料|送り賃|配達の料金|発送の費用]{は}{いくら}
j? [荷物|お茶|商品]を[送って|届けて|発送して]もらうのに{いくら}
j? [送料|配送料]{教えて}
j? [初めて|はじめて][買います|注文します|利用します|頼みます]。[送料|配送料]{は}[いくらかかりますか|どのくらいですか|いくらですか|かかりますか]
j? [東京|大阪|名古屋|北海道|福岡|仙台|広島]まで[の送料は|送ると|の配送料は]{いくら}
j? [通販|ネット]で[買う|買った]場合の[送料|配送料]{は}{いくら}
j! 送料は全国一律550円です。
j! 送料は550円です。[全国どこでも同じです。|]
j! 全国一律で550円の送料がかかります。
e? {how_much} [shipping|delivery|postage|sending a parcel]?
e? [How much|What] [is|are] the [shipping|delivery|postage] [fee|cost|charge|charges]?
e? {tell} the [shipping|delivery] [fee|cost|charge].
e? [This is|It would be|It is] my first [order|time here]. [How much is|What is] [shipping|delivery]?
e? How much do you [charge|ask|take] for [shipping|delivery|sending]?
e~ [the shipping fee|the delivery charge|the cost of shipping|postage|what you charge for delivery]
e! Shipping is 550 yen anywhere in Japan.
e! The shipping fee is 550 yen.

= delivery.free | 5,400円以上 | 5,400 yen
j? [いくら|何円|どれくらい][から|以上で|買うと|買えば|注文すると|以上買うと|以上の注文で][送料|配送料]が[無料|ただ|タダ]に[なりますか|なるのでしょうか|なりますでしょうか]
j? [送料無料|送料がただ|送料が無料]に[なる|する][条件|金額|には]{教えて}
j? [送料|配送料]を[無料|ただ]に{したい}。[いくら買えばいいですか|いくらからですか|条件はありますか]
j? [たくさん|まとめて|多めに][買うと|頼むと|注文すると][送料|配送料]は[無料|ただ|サービス]に[なりますか|なると聞きました。いくらからですか]
j? 送料が[かからない|無料になる]のは[いくら|何円]から{か}
j! 5,400円以上の注文で送料が無料になります。
j! 5,400円以上[買うと|の買い物で]送料は無料です。
j! 5,400円以上買えば、送料は店が負担します。
e? [How much|What amount] do I [have to|need to|must] [spend|buy|order] [to get|for] free [shipping|delivery]?
e? [When|From what amount] is [shipping|delivery] free?
e? Is there free [shipping|delivery][ for large orders| if I buy more|]?
e? {tell} how to get free [shipping|delivery].
e~ [free shipping|the amount for free delivery|how much I must buy for free shipping]
e! Shipping is free for orders of 5,400 yen or more.
e! Orders of 5,400 yen or more ship for free.
e! For orders of 5,400 yen or more, we pay the shipping.

= delivery.islands | 1,100円 | 1,100 yen
j? [沖縄|離島|宮古島|石垣島|奄美大島|佐渡島|小笠原]への[送料|配送料]{は}{いくら}
j? [沖縄|離島|宮古島|石垣島|島|五島列島]に[住んで|住む友人に送りたいと思って]います。送料は[変わりますか|いくらですか|高くなりますか|どれくらいですか]
j? [沖縄|離島|宮古島|那覇|対馬]へ[送って|届けて|発送して]もらうと[送料|料金|配送料]は{いくら}
j? [沖縄|離島|島]でも[届けて|送って]{くれる}[送料はいくらですか。|料金も知りたいです。]
j! 沖縄と離島への送料は1,100円です。
j! 沖縄や離島へは1,100円の送料がかかります。
j! 沖縄と離島へは送料1,100円で届けます。
e? [How much|What] is [shipping|delivery] to [Okinawa|the islands|a remote island|Ishigaki|Miyako island]?
e? I live [in Okinawa|on an island|on a small island]. [Is the shipping fee different|What is the shipping fee|How much is delivery]?
e~ [shipping to Okinawa|delivery to an island|the fee for remote islands|what shipping to Ishigaki costs]
e! Shipping to Okinawa and remote islands is 1,100 yen.
e! For Okinawa and the islands, shipping costs 1,100 yen.

= delivery.dispatch | 2営業日以内 | two working days
j? [注文して|頼んで|注文]から[発送|出荷|送り出し]まで{何日}[かかりますか|ですか|見ればいいですか|見ておけばいいですか|見込めばいいですか]
j? [注文|お茶|商品]は[いつ|いつごろ|何日後に][発送|出荷][されますか|してもらえますか|になりますか]
j? [今日|いま|明日][注文したら|頼んだら|注文すると][いつ|いつごろ|何日で][発送|出荷][ですか|されますか|になりますか|してもらえますか]
j? [発送|出荷]{は}[いつ|何日後|いつごろ]{か}
j? [発送|出荷]までの[日数|期間]{教えて}
j! 注文から2営業日以内に発送します。
j! 発送は注文から2営業日以内です。
e? [How long|How many days] [does it take|will it be|before] [until you send it|to dispatch my order|before you ship]?
e? {when} [will you|do you] [send|ship|dispatch] [my order|my tea|it][ if I order today| if I order now|]?
e? If I order [now|today|tomorrow], [when|how soon] [will you send it|does it ship|will it be sent]?
e~ [when you send my order|the time before you ship|how fast you send the tea|the days until dispatch]
e! We send orders within two working days.
e! Your order is sent within two working days.

= delivery.today | 正午 | noon
j? [今日中|今日のうち|本日中|当日]に[発送|出荷|送り出]して[ほしいです。何時までに注文すればいいですか|もらうには何時までに頼めばいいですか|もらえるのは何時まで{か}|もらえますか]
j? 当日[発送|出荷][の締め切り|の受付時間|]{は}[何時まで|何時]{か}
j? [急いで|急ぎで使いたくて|急ぎの用で困って]います。今日[発送して|送って|出して]{もらう}
j? 何時までに[注文|頼めば|注文すれば]今日[発送してもらえますか|出してもらえますか|の便に間に合いますか|送り出してもらえますか]
j! 正午までの注文は当日に発送します。
j! 当日の発送は正午までの注文です。
j! 正午までに注文すれば、その日のうちに発送します。
e? [Until what time|By what time|By when] [must I|do I have to|should I] order [for same-day shipping|to have it sent today]?
e? {can_you} [send|ship] it today?
e? I am in a hurry. {can_you} [send|ship] my order today?
e~ [same-day shipping|sending my order today|the deadline for shipping today]
e! Orders placed by noon are sent on the same day.
e! We send orders the same day if they come by noon.

= delivery.hours | 19時から21時 | nine in the evening
j? [配達|お届け|配送]の[時間|時間帯][は選べますか|を選べますか|の指定はできますか|を指定したいです|は何時までありますか|は夜もありますか]
j? [昼|昼間|日中|平日の昼]は[家にいません|留守です|仕事です|不在です]。[夜|夕方以降|遅い時間]に[届けて|配達して|持ってきて]{もらう}
j? [夜|夜遅く|仕事の後|夕方]の[配達|お届け|時間指定]は[お願いできますか|できますか|ありますか|何時までですか|可能ですか]
j? [帰り|帰宅|仕事]が[遅い|遅くなる|夜になる]ので[夜|遅い時間]に[受け取りたいです|届けてほしいです|配達をお願いしたいです]
j! 配達は19時から21時まで選べます。
j! 夜は19時から21時の時間帯を選べます。
j! 届ける時間帯は19時から21時まで選べます。
e? {can_i} [choose|pick|set] [the delivery time|a time for delivery]?
e? I am [not home|at work|never home|out] [during the day|in the daytime]. Can [you deliver|I have it delivered|it come] [at night|in the evening|later]?
e? Do you deliver [at night|in the evening|after work]?
e~ [the delivery hours|evening delivery|delivery at night|a delivery time after work]
e! You can choose delivery between seven and nine in the evening.
e! Evening delivery is from seven to nine in the evening.

= delivery.date | 30日先 | 30 days
j? [届く|お届けの|配達の|到着の]日[は指定できますか|を指定したいです|はいつまで選べますか|はどのくらい先まで選べますか|を決められますか]
j? [来月|再来週|月末|誕生日|記念日|母の日]に[着く|届く|間に合う|ちょうど着く]ように[頼めますか|送れますか|お願いできますか|指定できますか|頼みたいです]
j? [日付|日にち|お届け日|配達日][の指定|]は[何日先|どのくらい先|どれくらい先|いつ]まで[できますか|選べますか|可能ですか|大丈夫ですか]
j! お届け日は30日先まで選べます。
j! 30日先までの日付を指定できます。
j! お届け日は30日先まで指定できます。
e? {can_i} [choose|set|pick] [the delivery date|a date for delivery|the day it arrives]?
e? How far ahead can I [set|choose|book] the delivery date?
e? It has to arrive [on a birthday|next month|on our anniversary]. Can I choose the day?
e~ [the delivery date|choosing the day of delivery|how far ahead I can set the date|a fixed delivery day]
e! You can choose a date up to 30 days ahead.
e! The delivery date can be up to 30 days from now.

= delivery.abroad | 日本国内 | within Japan
j? [海外|外国|アメリカ|フランス|台湾|韓国|ロンドン|ドイツ|国外|シンガポール]へ[の発送|の配送|の配達]は[していますか|できますか|可能ですか|やっていますか|ありますか]
j? [海外|アメリカ|ハワイ|カナダ|台湾|イタリア|国外|オーストラリア]に[送れますか|送って{もらう}|届けて{もらう}|発送できますか]
j? [海外|アメリカ|ベルリン|上海|ニューヨーク|イギリス]に[住む|いる|留学している][娘|息子|友人|家族|姉]に[送りたいです|送りたいのですが送れますか|お茶を届けたいです|贈れますか]
j! 発送は日本国内だけです。
j! 送れるのは日本国内だけです。海外には送っていません。
j! 届け先は日本国内に限ります。
e? {can_you} [ship|send|deliver] [abroad|overseas|to America|to France|to Canada|to Taiwan|to London|outside Japan|to Germany|internationally]?
e? My [sister|son|friend|daughter|family] lives [in Canada|in Paris|abroad|in New York|in Berlin|in Sydney]. {can_you} [ship|send|deliver] [there|to them|tea there|to that country]?
e~ [shipping abroad|delivery to another country|sending tea overseas|whether you ship to Canada|whether you ship to France]
e! We ship only within Japan.
e! We can send only within Japan, not abroad.

= delivery.post | 220円 | 220 yen
j? [ポスト|郵便受け|ポスト便]に[入る|届く|入れてもらえる][送り方|方法|発送方法]は{ある}
j? [一袋|ひとつ|少し|1袋|少量]だけ[ほしい|買う|頼む|注文する]ので[安い|安く済む|手軽な][送り方|方法|発送方法|配送]{教えて}
j? ポスト便{は}{いくら}
j? [もっと安い|いちばん安い|安い][送り方|送料の方法|配送方法|発送]は{ある}
j? [ポスト|郵便受け]に[入れて|届けて]{もらう}
j! ポスト便なら220円です。2袋まで入ります。
j! 2袋までならポスト便で220円です。
j! 2袋までなら、ポスト便220円で届けます。
e? Is there a [cheaper|cheap] way to [send|ship|get] [one bag|a small order|a single bag]?
e? {can_you} [put it|send it|drop it] in the [mailbox|letter box|post]?
e? How much is [the letter post|post to the mailbox|sending it by post]?
e~ [delivery to the mailbox|sending one bag by post|the cheap way to send one bag|letter post]
e! Up to two bags go by post for 220 yen.
e! By post to your mailbox it is 220 yen, for up to two bags.

= delivery.missed | 7日間 | seven days
j? [留守|不在|出かけて|外出]で[荷物|受け取り|配達|お茶]を[受け取れません|受け取れなかったです|逃しました|受け損ねました]。{いつまで}[預かってもらえますか|保管されますか|待ってもらえますか|置いてもらえますか]
j? [不在票|不在の紙|不在連絡票]が[入っていました|ありました]。[荷物|お茶]は{いつまで}[保管してもらえますか|預かってもらえますか|ありますか]
j? [荷物|お荷物|品物]の[保管期間|保管|預かり期間]{は}[何日|何日間|いつまで|どれくらい]{か}
j? [受け取れなかった|持ち帰られた|不在だった][荷物|ときの荷物|お茶]は{いつまで}[保管|預かり|預かって][されますか|ですか|もらえますか]
j? [旅行|出張|入院]で[受け取れません|家にいません]。[荷物|品物]は{いつまで}[預かってもらえますか|待ってもらえますか]
j! 荷物は7日間、配達店で預かります。
j! 受け取れなかった荷物は7日間保管します。
j! 荷物は7日間、近くの配達店で預かっています。
j! 7日間なら配達店にあります。都合のよい日に受け取ってください。
e? I [missed|was out for|was not home for] [the delivery|my parcel|my package][ yesterday| today|]. {how_long} [is it kept|will you keep it|do you hold it|will it be held]?
e? {how_long} [is|will] [a missed parcel|my parcel|the package] [kept|be kept|held]?
e? There was a [note|card|slip] in my mailbox. Until when [can I pick up|do they hold|is] the parcel[ kept|]?
e~ [how long a missed parcel is kept|my missed delivery|the parcel I could not receive|how long you keep a parcel|until when I can pick up my missed parcel]
e! The parcel is kept for seven days at the delivery office.
e! Missed parcels are kept for seven days.
e! We keep your parcel for seven days at the delivery office near you.

= delivery.tracking | 追跡番号 | tracking number
j? [荷物|お茶|注文の品|商品]が[今|いま]どこに[あるか|いるか][知りたいです|調べられますか|わかりますか|確認したいです|調べたいです]
j? [配送|配達|荷物]の[状況|追跡|様子][は見られますか|を調べたいです|を確認したいのですが|はどこで見られますか|はできますか]
j? [荷物|発送した品]を[追跡|確認]{できる}
j! 発送のメールにある追跡番号で調べられます。
j! 追跡番号で荷物の場所がわかります。番号は発送のメールにあります。
j! 発送のメールに追跡番号を書いています。そこから見られます。
e? [Where is|How do I find out where] my [parcel|order|package|tea][ is|][ now|]?
e? {can_i} [track|follow|trace] my [parcel|order|package]?
e~ [where my parcel is|tracking my order|how to follow my parcel]
e! You can follow it with the tracking number in our mail.
e! Use the tracking number from the dispatch mail.

= delivery.doorstep | 置き配 | leave it
j? [玄関|玄関前|ドアの前|家の前|門の中|宅配ボックス]に[置いて|置いておいて|置いていって][{もらう}|ください]
j? 置き配[は{できる}|をお願いしたいです|にしてほしいです|は選べますか]
j? [子ども|赤ちゃん|家族]が[寝て|昼寝して]いるので[チャイム|呼び鈴|インターホン]を鳴らさず[置いて|置いていって][ほしいです|もらえますか]
j! 置き配もできます。備考欄に書いてください。
j! はい、置き配を選べます。
j! 置き配を受け付けます。備考欄に書いてください。
e? {can_you} [leave|put] [it|the parcel|my box] [at the door|by the door|in front of my door|outside]?
e? I want the parcel [at the door|outside my door] without [ringing|the bell].
e~ [leaving the parcel at the door|a delivery to my doorstep|putting the box by the door]
e! Yes, we can leave it at your door.
e! Write it in the notes and we will leave it at the door.

= delivery.late | 注文番号 | order number
j? [注文|頼んだ][した|]お茶が[まだ|いつまでも|全然]届きません
j? [先週|一週間前に|十日前に|先月][注文した|頼んだ][お茶|品|荷物|煎茶|ほうじ茶]が[まだ届きません|届いていません|来ません][。どうなっていますか|。いつ届きますか|]
j? [荷物|商品|品物|お茶]が[届かない|来ない|遅い][のですが|んですけど|ので心配です][どうなっていますか|調べてもらえますか|]
j! 調べますので、注文番号を教えてください。
j! 注文番号を教えてください。すぐに調べます。
j! すぐに調べます。注文番号を知らせてください。
e? [The tea|My order|The parcel|The hojicha] [I ordered last week|from last month|] [still has not come|has not arrived|is late|never came].
e? Where is the tea I ordered [last week|ten days ago]? It [has not come|is not here yet|still hasn't come].
e~ [my late parcel|the order that has not arrived|why my tea has not come|the order that never came]
e! Please tell us your order number and we will check.
e! Tell us the order number. We will look into it.

= delivery.address | 発送前 | before it is sent
j? [お届け先|届け先|送り先|住所|宛先]を[変えたい|変更したい|直したい|間違えた|書き間違えた][です|のですが][、できますか|。まだ間に合いますか|]
j? [引っ越し|転居し]ました。[前の|古い|旧]住所で[注文してしまいました|頼んでしまいました][。直せますか|。変更できますか|]
j? [前の|古い|違う|旧]住所で[注文して|頼んで]しまい[ました。直せますか|ました。どうすればいいですか|、変更したいです]
j? [住所|お届け先|届け先|宛先]の[変更|修正|訂正]は{できる}
j! 発送前なら届け先を変えられます。
j! 住所の変更は発送前までできます。
j! 発送前なら届け先を直します。早めに知らせてください。
e? {can_i} [change|correct|fix] [the address|the delivery address|my address][ of my order|]?
e? I [gave|wrote|used] [the wrong|my old|an old] address[. Can you change it|. Is it too late|. What can I do]?
e? I [moved|have moved][ and forgot to change my address|]. Can I still [change|fix] the address?
e~ [a change of address|the wrong address on my order|changing where you send it|my old address on the order]
e! We can change the address before it is sent.
e! You can change the address before it is sent.

= delivery.slip | 金額 | price
j? [実家|母|友人|先方|相手|知人]に[直接|そのまま][送り|届け]たいです。[納品書|明細|値段の紙|金額の紙]は[入りますか|入りませんか|抜いてもらえますか]
j? [値段|金額|料金]の[わかる|書かれた|見える][紙|もの|書類][は入りますか|が入ると困ります|は入れないでください|は入りませんよね]
j? [贈り先|送り先|相手]に[値段|金額]が[知られたくない|わからないようにしたい]です
j! 贈り物の箱に金額のわかる紙は入れません。
j! 金額のわかるものは箱に入れません。
j! 金額のわかる紙は入れていません。安心してください。
e? Will [the price|a bill|a slip with the price] be in the box?
e? {can_you} send it [straight|directly] to my {friend} [without the price|with no bill|without a bill]?
e~ [the slip with the price|a bill in the gift box|whether the price is shown in the box]
e! No paper with the price goes into a gift box.
e! We leave out anything that shows the price.
`)
