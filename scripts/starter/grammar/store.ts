// What customers ask about the shop, its tea room and its class, and the plain answers.
import { readTopics } from './topics'

export const store = readTopics(`
= store.hours | 10時;18時 | ten;six
j? {お店}[の|]営業時間[を教えてください|は|は何時から何時までですか|が知りたいです|を知りたいのですが]
j? {お店}は[何時から何時まで|何時に|何時まで|何時から][開いていますか|やっていますか|開きますか|閉まりますか|営業していますか]
j? {お店}[の|][開店|閉店][時間|時刻|]{は}何時{か}
j! 店は10時から18時まで開いています。
j! 営業時間は10時から18時までです。
j! 店は10時から18時まで開けています。
e? What are [your|the] [opening hours|hours|shop hours]?
e? [When|What time] [does|is] {shop} [open|close|open and close|closed]?
e~ [your opening hours|when the shop opens and closes|the hours of the shop]
e! The shop is open from ten in the morning to six in the evening.
e! We are open from ten to six.
e! We open our shop from ten in the morning to six in the evening.

= store.closed | 水曜日 | Wednesday
j? {お店}[の|][定休日|休み|休業日|お休み]{は}[いつ|何曜日]{か}
j? [定休日|休みの日|お休み]{教えて}
j? [平日|来週|週末|日曜日|月曜日]に行[きたい|こうと思っています|く予定]です。[定休日|休み]は[いつですか|何曜日ですか|ありますか]
j! 定休日は水曜日です。
j! 毎週水曜日が休みです。
j! 定休日は毎週水曜日です。
e? [Which|What] day [are you|is the shop|is the store] closed?
e? I want to visit [on a weekday|next week]. [Which day are you closed|When are you closed|Are you open]?
e~ [the day you are closed|your day off|the closing day of the week|on which weekday you are closed]
e! We are closed every Wednesday.
e! The shop is closed on Wednesday.

= store.station | 月見坂駅 | Tsukimizaka Station
j? {お店}[の|][最寄り駅|最寄りの駅|近くの駅]{は}[どこ|何駅|どちら]{か}
j? [電車|鉄道]で行[きたい|く|く場合|くとき][のですが|とき|、|][どこで降りますか|最寄り駅はどこですか|駅はどこですか|どの駅ですか]
j? {お店}[は|って|]どこに[ありますか|あるのですか|あるのでしょうか]
j? {お店}まで[の|][行き方|道順|アクセス|場所]{教えて}
j! 最寄り駅は月見坂駅です。歩いて4分です。
j! 月見坂駅から歩いて4分です。
e? [Which|What] [station is|is the] [closest|nearest] [to the shop|station|to you]?
e? How do I get to {shop}[ by train|]?
e? Where is {shop}?
e~ [the nearest station|the way to the shop|how to come by train|where the shop is]
e! The nearest is Tsukimizaka Station, four minutes on foot.
e! It is four minutes from Tsukimizaka Station.

= store.parking | 3台 | three cars
j? [駐車場|車を停める所|車を置く場所|停める場所]は{ある}
j? 車で[行きたい|伺いたい|行く|行こうと思っている][の|]ですが[、|][駐車場|停める場所|停めるところ]は{ある}
j? 駐車場は何台[ありますか|停められますか|分ですか]
j! 駐車場は3台分あります。
j! 店の裏に3台分の駐車場があります。
j! 店の裏に3台分の駐車場を用意しています。
e? [Is there|Do you have] [parking|a car park|a place to park]?
e? I am coming by car. [Can I park there|Where can I park|Is there parking]?
e~ [parking|a place for my car|where to park|the number of parking places]
e! There is parking for three cars.
e! We have room for three cars behind the shop.

= room.last | 16時半 | half past four
j? [喫茶室|喫茶|カフェ]は[何時まで|何時に入れば][注文できますか|やっていますか|間に合いますか|入れますか|開いていますか]
j? [喫茶室|喫茶|カフェ][の|][ラストオーダー|最後の注文|注文の締め切り|時間]{は}[何時|何時まで]{か}
j! 喫茶室の注文は16時半までです。
j! ラストオーダーは16時半です。
j! 喫茶室の注文は16時半まで受け付けます。
e? [Until what time|How late|When] can I order in the tea room?
e? When is [last order|the last order][ in the tea room|]?
e~ [last order in the tea room|how late the tea room takes orders|the last time to order in the tea room]
e! The tea room takes orders until half past four.
e! Last order is at half past four.
e! We take orders in the tea room until half past four.

= room.seats | 12席 | twelve seats
j? [喫茶室|喫茶|カフェ]は[何席|何人|いくつ席が][ありますか|入れますか|座れますか|ですか]
j? [喫茶室|喫茶|カフェ][の|][席数|席の数|広さ|座席]{教えて}
j? [母|仲間|友だち|サークル|大人数|][と|で|]喫茶室[に|][行きたい|伺いたい]です。[何席|何人分の席が]ありますか
j! 喫茶室は12席です。
j! 席は12席あります。
e? How many [seats|people fit] [are there|are] in the tea room?
e? How big is the tea room?
e~ [the number of seats in the tea room|seats in the tea room|how many people the tea room holds]
e! The tea room has twelve seats.
e! There are twelve seats.

= room.parfait | 880円 | 880 yen
j? ほうじ茶パフェ{は}{いくら}
j? [雑誌|テレビ|写真|ネット]で見た[パフェ|ほうじ茶パフェ]が食べたいです。[いくらですか|値段はいくらですか]
j? [ほうじ茶パフェ|パフェ|ほうじ茶のパフェ]の[値段|価格|お値段]{教えて}
j! ほうじ茶パフェは880円です。
j! パフェは880円です。
e? {how_much} the hojicha parfait?
e? I want to eat the hojicha parfait. How much is it?
e~ [the price of the hojicha parfait|the hojicha parfait|what the parfait costs]
e! The hojicha parfait is 880 yen.
e! It is 880 yen for the parfait.

= class.day | 第2土曜日 | second Saturday
j? [淹れ方教室|お茶の教室|教室|お茶を習う会|お茶の淹れ方の教室]{は}[いつ|何曜日|毎月いつ][ですか|やっていますか|ありますか|開いていますか|開かれますか]
j? お茶の淹れ方を[習いたい|教わりたい|覚えたい]です。[教室はありますか|教室はいつですか|いつ習えますか]
j? [淹れ方教室|教室]の[日程|日にち|開催日|曜日]{教えて}
j! 淹れ方教室は毎月第2土曜日です。
j! 教室は毎月第2土曜日に開きます。
j! 淹れ方教室は毎月第2土曜日に開いています。
e? When is [the|your] tea class?
e? I want to learn [how to make tea|to brew tea]. [When is the class|Is there a class]?
e~ [the day of the tea class|when the tea class is held|the tea lessons]
e! The tea class is on the second Saturday of every month.
e! We hold it on the second Saturday of the month.
e! We hold our tea class on the second Saturday of every month.

= class.fee | 2,200円 | 2,200 yen
j? [淹れ方教室|教室|お茶の教室|教室に参加するの][の参加費|の料金|の費用|]{は}{いくら}
j? [淹れ方教室|教室|お茶の教室]の[参加費|料金|値段|費用|会費]{教えて}
j? [教室|淹れ方教室]に[出たい|参加したい|通いたい]です。[料金|参加費|費用]は{いくら}
j! 淹れ方教室の参加費は2,200円です。
j! 参加費はお菓子付きで2,200円です。
j! 教室の参加はお菓子付きで2,200円です。
e? How much is the tea class?
e? What does [the|it cost to join the] tea class cost?
e~ [the price of the tea class|what the tea class costs|the fee for the class|the cost of joining the class]
e! The tea class is 2,200 yen with sweets.
e! It costs 2,200 yen to join the class.
e! We offer the tea class for 2,200 yen.

= class.size | 8名 | eight
j? [淹れ方教室|教室|お茶の教室][の|][定員|人数|定員の数][は何人ですか|を教えてください|は何名ですか|はどれくらいですか|は？]
j? [淹れ方教室|教室|お茶の教室][は|][一回に|一度に|]何[人|名][まで|くらい][入れますか|参加できますか|受けられますか|ですか]
j? [会社の人|友人|家族|仲間|同僚|サークル]と[教室|淹れ方教室|お茶の教室]に[出たい|参加したい|申し込みたい|行きたい]です。何[人|名]まで[大丈夫ですか|入れますか|参加できますか|いいですか]
j? [教室|淹れ方教室]に[団体|グループ|みんな|大勢]で[申し込めますか|参加できますか|行けますか]。定員は[何人|何名]{か}
j! 淹れ方教室の定員は8名です。
j! 教室は一回8名までです。
j! 教室の定員は一回8名です。早めに申し込んでください。
e? How many people can [join|take part in|come to] the [tea |]class?
e? We want to [join|come to|take] the [tea |]class [as a group|together|with friends]. How many [can come|can join|people can join|is the limit]?
e? How big is the tea class?
e~ [how many people fit in the tea class|the size of the tea class|the number of places in the class|joining the tea class as a group|the most people in one class]
e! Up to eight people can join the class.
e! Each class is for eight people.
e! We have up to eight people in each tea class.

= store.tasting | 3種類 | three
j? [試飲|味見|お茶の試飲]は{できる}
j? 買う前に[味見|試飲|飲んでみること]は{できる}
j? {お店}で[飲んで|試して|味を見て]から[選べますか|買えますか|決められますか]
j! 店で3種類のお茶を試飲できます。
j! いつも3種類を味見できます。
j! 店先で、いつも3種類のお茶を試せます。
e? {can_i} [taste|try] [the teas|some teas|a tea] [before I buy|in the shop|first]?
e? Is there a tea tasting?
e~ [tasting the teas|a tasting in the shop|trying teas before I buy]
e! You can taste three kinds of tea in the shop.
e! There are three kinds to taste.

= store.weight | 50グラム | 50 grams
j? 量り売りは[ありますか|何グラムからですか|少しだけでもいいですか|少量でもできますか|いくらから買えますか]
j? [少し|少量|ちょっと]だけ量って[売って{もらう}|買えますか]
j! 量り売りは50グラムからです。
j! 50グラムから量って売ります。
j! 量り売りは50グラムから受け付けます。
e? {can_i} buy tea by weight?
e? What is the smallest amount you sell by weight?
e~ [buying tea by weight|the smallest amount by weight|loose tea by weight|the least I can buy by weight]
e! We sell by weight from 50 grams.
e! By weight it starts at 50 grams.

= store.dog | テラス席 | terrace
j? [犬|ペット|愛犬|わんこ|小型犬][も|][一緒に|連れて|][入れますか|行けますか|連れて行けますか|入っても大丈夫ですか|行っても大丈夫ですか]
j? [犬|ペット][の|][散歩|お散歩]の[途中|ついで|帰り]に[寄れますか|寄りたいです。犬も入れますか|行きたいのですが犬は大丈夫ですか]
j? [犬連れ|ペット連れ|犬と一緒]で[利用|入店]{できる}
j! 犬はテラス席なら入れます。
j! テラス席ならペットも一緒にいられます。
e? {can_i} bring my dog[ to the shop|]?
e? [Are dogs|Is a dog|Are pets] allowed[ in the shop| inside|]?
e~ [bringing my dog|dogs in the shop|whether my dog may come in|coming with my dog|a place for pets]
e! Dogs can come to the terrace.
e! Pets are welcome on the terrace.
e! We welcome your dog at the terrace seats.

= store.wheelchair | スロープ | ramp
j? [車いす|車椅子|ベビーカー]で[も|][入れますか|大丈夫ですか|利用できますか|行けますか]
j? [入口|入り口|お店の入口|玄関]に[段差|階段][は|が]{ある}
j? [祖母|母|父|祖父|家族]が[車いす|車椅子]です。[入口に段差はありますか|お店に入れますか|入れますでしょうか]
j! 入口にスロープがあります。
j! スロープがあるので車いすでも入れます。
j! 入口にスロープを用意しています。手伝いもします。
e? {can_i} come in [with a wheelchair|with a stroller|by wheelchair]?
e? Are there steps at the [door|entrance]?
e~ [coming with a wheelchair|steps at the entrance|whether a wheelchair can get in|a stroller in the shop]
e! There is a ramp at the door.
e! Yes, the entrance has a ramp.

= store.keep | 5日間 | five days
j? [取り置き|お取り置き]は{いつまで}[できますか|してもらえますか|ですか|お願いできますか]
j? {お店}で受け取り[たいです|ます]。[取り置き|取っておくこと|置いておくこと]は[できますか|いつまでですか|どれくらいしてもらえますか]
j? [取り置き|取っておいて][を|][お願いしたい|頼みたい|ほしい]です。何日[間||]{か}
j! 取り置きは5日間できます。
j! 5日間取っておけます。
j! 取り置きは5日間受け付けます。
e? {can_you} [keep|hold] [it|my tea|a bag] [for me|in the shop]?
e? {how_long} do you [hold|keep] [things|items|tea] for pick-up?
e~ [keeping a bag for me|how long you hold items|putting tea aside for pick-up]
e! We keep it for five days.
e! Items are held for five days.

= store.newyear | 1月3日 | January 3
j? [年末年始|お正月|正月|年末]の[休み|営業|お休み|予定]{教えて}
j? [年末年始|お正月|正月|年末]{は}[いつまで|いつからいつまで|何日まで|いつ|][休みですか|お休みですか|休まれますか|営業していますか|お店は休みですか]
j! 年末年始は12月31日から1月3日まで休みです。
j! 12月31日から1月3日まで休みます。
e? When do you close for [New Year|the holidays]?
e? Are you open [at New Year|on January 2|over New Year]?
e~ [your New Year holidays|when you close for New Year|the closing days at New Year|the shop at the end of the year]
e! We are closed from December 31 to January 3.
e! The shop rests from December 31 to January 3.

= store.phone | 17時 | five
j? [電話|電話の窓口|電話の受付|電話での相談]{は}[何時まで|何時から何時まで][ですか|つながりますか|やっていますか|受け付けていますか|大丈夫ですか]
j? 電話で[相談|問い合わせ|質問|話が]したいです。[何時までですか|いつかければいいですか|何時までつながりますか]
j! 電話は平日の9時から17時までです。
j! 電話の受付は平日9時から17時です。
j! 電話は平日の9時から17時まで受け付けます。
e? [When|Until what time] can I [call|phone|ring] you?
e? What are the phone hours?
e~ [the phone hours|when I can call|calling you by phone|the last hour to phone you]
e! You can call from nine to five on weekdays.
e! The phone is open from nine to five.

= store.since | 昭和3年 | 1928
j? {お店}は[いつから|何年から|いつ|][やっている|続いている|始まった|できた|ある]のですか
j? [創業|開業]{は}[いつ|何年]{か}
j? [古い|歴史のある|長く続く]お店[だそうです|だと聞きました|ですね]。[いつからですか|何年の創業ですか|いつ始まりましたか|創業はいつですか]
j! 創業は昭和3年です。
j! 昭和3年に始まりました。
e? [When|In what year] [was the shop founded|did the shop start|did you start|did you open]?
e? How old is {shop}?
e~ [the age of the shop|when the shop began|the year the shop was founded|the history of the shop]
e! The shop was founded in 1928.
e! It started in 1928.

= store.name | 月の出 | moonrise
j? [店の名前|「月しろ」|月しろ|店名][の|][意味|由来]{教えて}
j? [「|]月しろ[」|][って|とは|は|][何ですか|どういう意味ですか|どんな意味ですか|何のことですか]
j! 月しろは、月の出の前に明るくなる空のことです。
j! 月の出の前の明るい空のことです。
e? What does [Tsukishiro|the name|the shop's name] mean?
e? Where does the name [Tsukishiro |]come from?
e~ [the meaning of Tsukishiro|the name of the shop|why you are called Tsukishiro]
e! Tsukishiro is the light in the sky before moonrise.
e! It means the bright sky before moonrise.

= store.branch | 一軒 | only one
j? [支店|ほかの店|別の店舗|姉妹店|ほかの店舗]は{ある}
j? [東京|大阪|京都|駅前|ほかの町|デパート|名古屋]に[も|][お店|支店|店舗]は{ある}
j? {お店}は[何軒|何店舗|いくつ][ありますか|あるのですか]
j? [近く|うちの近所|家の近く]に[お店|支店]は{ある}[教えてください。|]
j! 店は一軒だけです。
j! 支店はありません。月見坂の一軒だけです。
j! 店は月見坂の一軒だけです。近くに来たら寄ってください。
e? Do you have [other shops|branches|a branch|a shop in Tokyo|another shop]?
e? How many shops are there?
e~ [other shops of yours|a branch in my town|how many shops you have]
e! There is only one shop.
e! We have only one shop, no branches.
`)
