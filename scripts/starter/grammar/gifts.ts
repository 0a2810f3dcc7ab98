// What customers ask about gifts, large orders and the subscription, and the plain answers.
import { readTopics } from './topics'

export const gifts = readTopics(`
= gift.wrap | 無料 | free
j? [ギフト包装|包装|ラッピング|プレゼント包装|贈り物の包み]{は}[いくら|有料|無料|お金がかかるの]{か}
j? [きれいに|贈り物用に|プレゼント用に]包んで{もらう}[追加料金はかかりますか。|料金も知りたいです。|]
j? [出産祝い|誕生日|結婚祝い|お礼|お祝い][です|に使います|に贈ります]。[包装|ラッピング|包んでもらうの]に[料金|お金|追加料金]は[かかりますか|いりますか]
j? [贈り物|プレゼント|ギフト]なので[包んで|ラッピングして|包装して]{もらう}
j! ギフト包装は無料です。
j! 包装は無料です。
j! ギフト包装は無料で受け付けます。
e? [How much is|Do you charge for|Is there a charge for] [gift wrapping|wrapping|wrapping a gift]?
e? {can_you} wrap [it|my order|the tea] [as a gift|for a birthday|nicely|for a friend]?
e? It is a [gift|present|birthday gift|baby gift] for a {friend}. [Do you wrap it|Do you charge for wrapping|Is wrapping free]?
e~ [gift wrapping|the cost of wrapping|wrapping a present|what you charge for wrapping]
e! Gift wrapping is free.
e! We wrap gifts for free.

= gift.noshi | 備考欄 | notes
j? のし[をつけて{もらう}|は付けられますか|をお願いしたいです|をつけたいです。どこに書けばいいですか]
j? [のし|のし紙|熨斗]の[頼み方|つけ方|書き方|名入れ]{教えて}
j? のしの[名前|表書き|用途]は[どこに|どうやって]書[けばいいですか|きますか|くのでしょうか]
j! のしは備考欄に名前と用途を書いてください。
j! 備考欄に書けば、のしを付けます。
e? {can_you} add a noshi[ paper|]?
e? Where do I [write|ask for] the noshi?
e~ [a noshi|a noshi paper on my gift|how to ask for a noshi|where to write the noshi]
e! Write the name in the notes and we will add a noshi.
e! Ask for a noshi in the notes.

= gift.bag | 55円 | 55 yen
j? [紙袋|手提げ袋|手提げ|渡すときの袋|袋]{は}[いくら|付いているの|もらえるの]{か}
j? [紙袋|手提げ袋|渡すための袋|手提げ][も|][ほしい|つけてほしい|欲しい|付けたい]です。[料金はいくらですか|付きますか|有料ですか]
j? [紙袋|手提げ袋]は[付きますか|付けてもらえますか|有料ですか|無料ですか]
j! 手提げ袋は1枚55円です。
j! 袋は1枚55円で付けられます。
j! 手提げ袋は1枚55円で用意しています。
e? How much is a [paper bag|gift bag|carrier bag|bag for the gift]?
e? {can_i} have a [paper bag|gift bag] [with it|for the gift|as well]?
e~ [a paper bag|the price of a paper bag|a bag for my gift]
e! A paper bag is 55 yen.
e! Each paper bag costs 55 yen.

= gift.card | 60文字 | 60 characters
j? [メッセージカード|カード|手紙|お祝いの言葉|メッセージ]を[入れて|添えて|付けて|同封して]{もらう}
j? [メッセージカード|カード|メッセージ]は[何文字|どれくらいの長さ|何字]まで[書けますか|ですか|入りますか|大丈夫ですか]
j? [手書きの|お祝いの|誕生日の|][メッセージ|カード][を一緒に送れますか|の文字数に決まりはありますか|の長さに制限はありますか]
j! メッセージカードは60文字まで書けます。
j! カードの文は60文字までです。
j! メッセージカードは60文字まで手書きで付けます。
e? {can_you} [put|add|include|write] a [card|message|message card|note][ in the box| for me|]?
e? How long can [the message|a card|my message] be?
e~ [a message card|how long a card may be|a handwritten card|the length of the message]
e! A message card can have up to 60 characters.
e! We can write up to 60 characters on a card.
e! We will write a card of up to 60 characters.

= gift.set | 3,240円 | 3,240 yen
j? [詰め合わせ|ギフトセット|贈り物セット|][の|]「月の暦」{は}{いくら}
j? [詰め合わせ|ギフトセット|セット|月の暦]の[値段|価格|お値段]{教えて}
j? 「月の暦」を[贈りたい|買いたい|注文したい|プレゼントしたい]です。[値段|価格]は{いくら}
j! 詰め合わせ「月の暦」は3,240円です。
j! 「月の暦」は3,240円です。
e? {how_much} [the Moon Calendar|the gift set|the Moon Calendar set]?
e? [How much does|What does] the [Moon Calendar|gift set|Moon Calendar gift set] cost?
e~ [the price of the Moon Calendar|the cost of the gift set|what the Moon Calendar set costs]
e! The Moon Calendar set is 3,240 yen.
e! Moon Calendar costs 3,240 yen.
e! We offer the Moon Calendar set for 3,240 yen.

= gift.contents | 三日月;宵待ち;夕映え | Mikazuki;Yoimachi;Yubae
j? [詰め合わせの|]「月の暦」[の中身|には何が入っているか|に入っているお茶]{教えて}
j? 「月の暦」に[は|][何が|どんなお茶が|何のお茶が|どのお茶が]入っています[か|か？]
j? [詰め合わせ|ギフトセット]の中身[は何ですか|を教えてください|はどのお茶ですか]
j! 「月の暦」には「三日月」「宵待ち」「夕映え」が入っています。
j! 中身は「三日月」「宵待ち」「夕映え」です。
j! 「三日月」「宵待ち」「夕映え」の三種を入れています。
e? [What is|Which teas are|What teas are] in [the Moon Calendar|the gift set|the Moon Calendar set]?
e~ [the teas in the Moon Calendar|what is in the gift set|the contents of the Moon Calendar set|which teas come in the set]
e! The set holds Mikazuki, Yoimachi and Yubae.
e! In it are Mikazuki, Yoimachi and Yubae.

= gift.furoshiki | 440円 | 440 yen
j? 風呂敷[包み|で包むの|で包んでもらうの|包装]{は}{いくら}
j? [引っ越し祝い|退職祝い|還暦祝い|お祝い]を風呂敷で包んで{もらう}
j? 風呂敷で[包んで|包装して]{もらう}[料金も教えてください。|いくらですか。|]
j! 風呂敷包みは440円です。
j! 風呂敷で包むと440円です。
j! 風呂敷包みは440円で受け付けます。
e? How much is [it to wrap in a cloth|a furoshiki|wrapping in a furoshiki]?
e? {can_you} wrap it in a [cloth|furoshiki]?
e~ [wrapping in a furoshiki|the price of a furoshiki|a cloth around my gift]
e! Wrapping in a furoshiki is 440 yen.
e! A furoshiki costs 440 yen.

= gift.many | 1割引 | 10% off
j? [たくさん|まとめて|大量に|40個|50個|30個|][買う|頼む|注文する|まとめ買いする]と[割引|値引き]は{ある}
j? [結婚式|引き出物|法事|披露宴|お返し]に[30個|40個|50個|たくさん]ほど[使いたいです|考えています|頼みたいです]。[割引|値引き]は{ある}
j? [まとめ買い|大口注文|大量注文]の[割引|値引き]{教えて}
j! 30個以上で1割引になります。
j! 30個以上買うと1割引です。
j! 30個以上なら1割引で用意します。
e? Is there a discount [for large orders|if I buy many|for thirty sets|for weddings]?
e? I need [forty|fifty|thirty] [sets|gifts] for a wedding. Is there a discount?
e~ [a discount for large orders|a discount for forty gifts|the price when I buy many|wedding gifts in large numbers]
e! For thirty or more it is 10% off.
e! You get 10% off from thirty.

= gift.winter | 11月1日 | November 1
j? お歳暮[の注文|の受付|の予約|]{は}{いつ}[から|から始まる]{か}
j? お歳暮を[贈りたい|頼みたい|注文したい|送りたい]です。{いつ}から[できますか|受け付けていますか|注文できますか]
j? お歳暮は[もう|まだ|いつから][注文できますか|頼めますか|受け付けていますか|始まっていますか]
j! お歳暮の注文は11月1日からです。
j! お歳暮は11月1日から受け付けます。
j! お歳暮の注文は11月1日から受け付けます。
e? When can I order year-end gifts?
e? When do orders for [winter gifts|year-end gifts] [start|open]?
e~ [year-end gifts|when year-end gift orders open|the first day for winter gifts|ordering an oseibo]
e! Year-end gifts can be ordered from November 1.
e! We take year-end gift orders from November 1.

= gift.summer | 6月1日 | June 1
j? お中元[の注文|の受付|の予約|]{は}{いつ}[から|から始まる]{か}
j? お中元を[贈りたい|頼みたい|注文したい|送りたい]です。{いつ}から[できますか|受け付けていますか|注文できますか]
j? お中元は[もう|まだ|いつから][注文できますか|頼めますか|受け付けていますか|始まっていますか]
j! お中元の注文は6月1日からです。
j! お中元は6月1日から受け付けます。
j! お中元の注文は6月1日から受け付けます。
e? When can I order summer gifts?
e? When do orders for [summer gifts|midsummer gifts] [start|open]?
e~ [summer gifts|when summer gift orders open|the first day for summer gifts|ordering an ochugen]
e! Summer gifts can be ordered from June 1.
e! We take summer gift orders from June 1.

= gift.name | 50個 | 50 pieces
j? [名入れ|名前入り|会社名入り|ロゴ入り][の|][ティーバッグ|お茶|品|]は[何個から|いくつから|最低いくつ][頼めますか|できますか|作れますか|注文できますか]
j? [記念品|創立記念|ノベルティ|会社の記念]に[お茶|ティーバッグ]を使いたいです。[名入れ|会社名を入れること]は[できますか|何個からですか|いくつから頼めますか]
j? 名入れ[をお願いしたいです|を頼みたいです|はできますか]。[最低の数|個数の下限|何個から][か|][を|][教えてください|知りたいです]
j! 名入れは50個からできます。
j! 名入れのティーバッグは50個からです。
j! 名入れは50個から受け付けます。
e? How many do I need [to order with our name|for printing our name|for a company logo]?
e? {can_you} print [our name|a company name|our logo] on the tea bags?
e~ [tea bags with our name|how many pieces with our logo|the smallest order with a printed name]
e! We print names from 50 pieces.
e! Printing a name starts at 50 pieces.

= gift.nametime | 3週間 | three weeks
j? 名入れ[の品|のお茶|を頼むと||][は|][できるまで|できあがるまで|完成まで|届くまで]{どれくらい}[かかりますか|ですか|の期間ですか|見ればいいですか]
j? 名入れの[納期|期間|日数|仕上がり]{教えて}
j? 名入れ[を頼むと|だと|を注文すると][いつ|何日で|どれくらいで][できますか|できあがりますか|届きますか]
j! 名入れには3週間ほどかかります。
j! 名入れの品は3週間ほどでできます。
j! 名入れの品は3週間ほど時間がかかります。
e? How long does [printing our name|printing|a printed order] take?
e? When will [printed tea bags|the printed bags] be ready?
e~ [the time that printing takes|how long printed tea bags take|when a printed order is ready|the waiting time for our logo]
e! Printing takes about three weeks.
e! Printed goods are ready in three weeks.

= sub.discount | 5% | 5%
j? 定期便[だと|は|にすると|を頼むと|なら][安く|お得に|割引に]なりますか
j? 定期便の[割引|値引き|割引率|お得なところ]{教えて}
j? 定期便は[何%引き|いくら安い|どれくらいお得|何割引]{か}
j! 定期便は5%引きです。
j! 定期便にすると5%安くなります。
j! 定期便は5%引きで届けています。
e? Is [the subscription|it] cheaper[ if I subscribe| with the subscription|]?
e? [How much|What] do I save with [the|a] subscription?
e~ [the subscription discount|what a subscription saves|the lower price for subscribers]
e! The subscription is 5% off.
e! You save 5% with the subscription.
e! With the subscription, we take 5% off every delivery.

= sub.rhythm | 隔月 | every two months
j? 定期便の[間隔|頻度|ペース|周期]は[変えられますか|選べますか|何がありますか|変更できますか]
j? 定期便は[何か月ごと|毎月|月に何回|どのくらいの間隔][ですか|に届きますか|で届きますか]
j? 毎月だと[多い|飲みきれない|余る|たまる]ので定期便を[減らしたい|少なくしたい|間を空けたい|ゆっくりにしたい]です
j! 定期便は毎月か隔月を選べます。
j! 間隔は毎月と隔月から選べます。
e? How often does the subscription come?
e? {can_i} [change|choose] how often the subscription comes?
e~ [how often the subscription comes|the rhythm of the subscription|fewer boxes in my subscription|changing my subscription to less often]
e! You can choose every month or every two months.
e! It comes every month or every two months.

= sub.change | 7日前 | seven days before
j? 定期便の[お茶|中身|内容|種類]を[変えたい|変更したい|替えたい]です。[いつまで|何日前まで][に言えばいいですか|にすればいいですか|ですか]
j? [次|次回|来月]の定期便[の変更|の中身の変更|]{は}[いつまで|何日前まで]{か}
j? 定期便[の|][変更|内容の変更|中身の変更]は{できる}
j! 定期便の変更はお届けの7日前までです。
j! お届けの7日前までなら変えられます。
j! 定期便の変更は、お届けの7日前まで受け付けます。
e? {can_i} change [the teas in my subscription|what comes next|my next subscription box]?
e? Until when can I change the [subscription|next box]?
e~ [changing the tea in my subscription|the deadline for changing my next box|another tea in my subscription]
e! You can change it up to seven days before delivery.
e! Changes are possible until seven days before delivery.

= sub.stop | いつでも | at any time
j? 定期便を[やめたい|解約したい|止めたい][の|]です[が|。][いつやめられますか|違約金はありますか|すぐにできますか|]
j? 定期便は[一回だけ|一度|すぐに|途中で|はじめの月][で|]やめても{いい}
j? 定期便の解約{は}[いつ|いつから|できるの]{か}
j! 定期便はいつでもやめられます。
j! いつでも解約できます。解約料はかかりません。
e? {can_i} [stop|cancel|end] [the|my] subscription [after one box|at any time|early|]?
e? How do I [stop|cancel|end] the subscription?
e~ [stopping the subscription|ending my subscription|whether I can quit the subscription early]
e! You can stop the subscription at any time.
e! The subscription can be stopped at any time for free.

= sub.pause | 3か月 | three months
j? 定期便を[しばらく|少し|一度|数か月][休み|止め|お休みし]たいです[。できますか|。いつまでできますか|]
j? [旅行|入院|出張|留守]の間[、|]定期便を[休めますか|止められますか|お休みできますか]
j? 定期便[の|][休止|お休み|一時停止]は[いつまで|何か月|どれくらい|最長何か月]{できる}
j! 定期便は3か月まで休めます。
j! 休めるのは3か月までです。
e? {can_i} [pause|skip|rest] [the|my] subscription[ while I travel| for a while|]?
e? How long can I pause the subscription?
e~ [pausing the subscription|a break in my subscription|resting the subscription while I travel]
e! You can pause it for up to three months.
e! The subscription can rest for three months.

= sub.charge | 発送の日 | day we ship
j? 定期便の[代金|料金|お金|支払い]{は}[いつ|何日に][引き落とされますか|払いますか|引かれますか|かかりますか]
j? 定期便の[引き落とし|支払い|決済][の|][日|日にち|日付]{教えて}
j! 定期便の代金は発送の日に引き落とします。
j! 引き落としは発送の日です。
j! 定期便の代金は発送の日にもらいます。
e? When [am I charged|do I pay|is the money taken] for the subscription?
e~ [when I pay for the subscription|the charge day of the subscription|when the subscription money is taken|the day I am charged]
e! You are charged on the day we ship.
e! The money is taken on the day we ship.

= sub.amount | 2袋 | two bags
j? 定期便は[一回|一度|毎回|一か月|1回][に|][何袋|いくつ|どれくらい|何個][届きますか|届くのですか|入っていますか|来ますか]
j? 定期便の[量|袋の数|数|中身の量]{教えて}
j? 定期便[を申し込みたい|が気になっています|を始めたい]です。[毎回|一度に|一回に]何袋{か}
j! 定期便は一度に2袋届きます。
j! 毎回2袋が届きます。
j! 定期便は一度に2袋を届けています。
e? How [many bags|much tea] [come|comes|are|is] in the subscription?
e? How many bags do I get [each time|with the subscription|in one delivery]?
e~ [how many bags a subscription brings|the number of bags in the subscription|the size of a subscription box|how much tea I get each time]
e! The subscription brings two bags each time.
e! Each time two bags come.
`)
