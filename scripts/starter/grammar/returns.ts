// What customers ask about returns, mishaps and changes of an order, and the plain answers.
import { readTopics } from './topics'

export const returns = readTopics(`
= returns.days | 14日以内 | 14 days
j? [返品|返却]は[何日以内|いつまで|何日まで|何日のうち|届いてから何日][ですか|でしょうか|にすればいいですか|ならできますか]
j? [返品|お茶を返品|商品を返品]{したい}。[期限|いつまでか|何日以内か|期間]{教えて}
j? [同じお茶|同じもの|よけいに|間違えて][を|][買って|頼んで|注文して]しまいました。[返品|返すこと]は[できますか|何日以内ですか|いつまでですか]
j? [返品|返却]の[期限|期間|締め切り]{教えて}
j? [返品|返すこと]は{できる}
j! 返品は届いてから14日以内です。未開封のものに限ります。
j! お届けから14日以内なら返品できます。
j! 返品は届いてから14日以内に受け付けます。
e? [How long|How many days|Until when] [do I have to|can I] [return|send back] [it|something|my tea|an item]?
e? [What is|Tell me] [the return period|the time limit for returns|your return policy][?|.]
e? I [bought|ordered] [the same tea twice|too much|one too many|the wrong tea]. Can I [return|send back|give back] [it|one|mine]?
e? {can_i} [return|send back] [my order|the tea|a bag]?
e~ [the time for returns|how long I have to return tea|the last day for a return|returning my tea]
e! Returns are accepted within 14 days of delivery.
e! You can return it within 14 days.
e! We take returns within 14 days of delivery.

= returns.postage | 負担 | you pay
j? [返品|返す|返却|送り返す][の|ときの|する際の][送料|配送料|送り賃]は[誰が|どちらが|こちらが][払いますか|払うのですか|負担しますか|持つのですか|払うのでしょうか]
j? [返品|返送][の送料|にかかる費用][は無料ですか|を教えてください|は自分で払うのですか|はかかりますか]
j! 返品の送料はお客さんの負担です。
j! 送料はお客さんに負担してもらいます。
j! 返品の送料は負担をお願いしています。
e? Who pays [the postage|the shipping|for shipping|for the parcel] [for a return|when I send something back|for returns]?
e? Is [return shipping|sending it back] free?
e~ [who pays for return shipping|the postage of a return|the shipping cost when I return tea|paying to send something back]
e! For returns, you pay the shipping.
e! When you send something back, you pay the shipping.

= returns.broken | 着払い | cash on delivery
j? [急須|湯のみ|茶筒|缶|箱|器|茶碗]が[割れて|壊れて|へこんで|欠けて|つぶれて][いました|届きました|います][。交換してもらえますか|。どうすればいいですか|]
j? [届いた|開けたら|箱を開けたら]品が[壊れて|割れて|破れて]いました。[交換|取り替え|新しいのと交換]して{もらう}
j? [不良品|壊れた品|割れた品|傷のある品]を[交換して|取り替えて]{もらう}
j! 着払いで送ってください。新しい品と交換します。
j! 新しい品と交換します。着払いで返してください。
e? [The cup|My teapot|The tin|One of the cups|The box] [was broken|arrived broken|is cracked|is dented][. Can I get a new one|. What shall I do|. Can you exchange it|]?
e? I got a [broken|damaged|cracked] [cup|pot|item|tin]. [Can you exchange it|Can you replace it|Can I get a new one]?
e~ [a broken cup|a damaged item|the exchange of a broken pot|a cup that came broken]
e! Send it back cash on delivery and we will exchange it.
e! We will exchange it. Please send it cash on delivery.

= returns.opened | 未開封 | unopened
j? [開けた|開封した|封を切った|飲んでみた|一度飲んだ][お茶|もの|袋|茶葉]でも[返品|返せますか|返すことは]{できる}
j? [飲んで|開けて|一杯飲んで|味見して][みたら|みたところ][好み|口|味]と[違いました|合いませんでした]。[返品できますか|返せますか|それでも返せますか]
j? [開封後|開けたあと|封を開けてから]の返品は{できる}
j? [口に合わなかった|好みではなかった|おいしくなかった]ので[返したい|返品したい]です
j! 返品は未開封のものだけです。
j! 返せるのは未開封のものだけです。開けたものは返せません。
j! 返品は未開封の品に限ります。
e? {can_i} [return|send back] [an opened bag|tea I have opened|a bag that is open|it after opening]?
e? I [opened it|tried a cup|tried it|drank one cup] [and do not like it|but it is not for me|and it isn't my taste]. Can I [return it|send it back|still return it]?
e~ [returning an opened bag|sending back tea I tried|a bag that I opened but do not like]
e! Only unopened bags can be returned.
e! We take back only unopened bags.
e! We can take back only unopened bags.

= returns.wrong | 翌日 | next day
j? [注文|頼んだの|お願いしたもの]と[違う|別の|ちがう][お茶|商品|品|もの]が[届きました|入っていました|来ました][。どうすればいいですか|]
j? [煎茶|玄米茶|玉露|抹茶|紅茶]を[頼んだ|注文した]のに[別の|違う|ほかの][お茶|商品|品|もの]が[来ました|届きました|入っていました]
j? [中身|品物|商品]が[違って|間違って]い[ます|ました][。正しいものを送ってください|。交換できますか|]
j! すみません。正しい品を翌日に送ります。
j! 翌日に正しい品を送ります。
j! 正しい品を翌日に送ります。手元の品はそのまま持っていてください。
e? [You sent me|I got|I received|There was] [the wrong tea|a different tea|the wrong item|something else][. What shall I do|. Can you send the right one|][?|.]
e? I ordered [sencha|genmaicha|matcha] but [got|received|there was] [another tea|a different tea|something else][ in the box|][.|. What now?]
e~ [the wrong tea in my box|a tea I did not order|a wrong item|the different tea in my parcel]
e! Sorry. We will send the right tea the next day.
e! We will send the right one the next day.
e! We will send you the right tea the next day, and you can keep the other.

= returns.refund | 10日 | ten days
j? [返金|お金|代金|返品のお金]は[いつ|何日で|どれくらいで|何日くらいで][戻り|返ってき|返金され|戻ってき]ますか
j? [返金|払い戻し]まで{何日}[かかりますか|ですか|待ちますか]
j? [返品した|返した]分の[お金|代金]は[いつ|何日で][戻りますか|返してもらえますか|戻ってきますか]
j! 返金は10日ほどで戻ります。
j! 品物が着いてから10日ほどで返金します。
j! 返金は、品物が店に着いてから10日ほどで戻ります。
e? {when} [do I get|will I get|is] my [money back|refund|money returned]?
e? How long does [a refund|the refund|it take to refund me] take?
e~ [my refund|when I get my money back|the time a refund takes]
e! The refund takes about ten days.
e! You get your money back in about ten days.

= order.cancel | 当日中 | same day
j? 注文を[取り消し|キャンセル]{したい}[。まだ間に合いますか|。できますか|]
j? [さっき|先ほど|今|今朝]の注文を[やめたい|取り消したい|キャンセルしたい|取りやめたい][の|]ですが[間に合いますか|できますか|どうすれば|]
j? [注文の|][キャンセル|取り消し|取消]は[いつまで|何日まで|どれくらいまで|まだ]{できる}
j? [間違えて|うっかり|二重に]注文[しました|してしまいました]。[取り消せますか|キャンセルできますか|取り消したいです]
j! 注文の当日中なら取り消せます。
j! キャンセルは注文の当日中にできます。
j! 注文の当日中なら取り消しを受け付けます。
e? {can_i} [cancel|stop|take back] [my order|the order I just made|an order]?
e? I [need|want|have] to cancel [my order|what I ordered|the order I just made][. Can you still do that|. Is it too late|]?
e? [Until when|How late] can I cancel?
e~ [cancelling my order|how to cancel an order|the cancellation of the order I just made]
e! You can cancel on the same day.
e! Orders can be cancelled on the same day.
e! We will cancel your order on the same day.

= order.quantity | 電話 | phone
j? [数|個数|袋の数|数量]を[変えたい|直したい|変更したい|増やしたい|減らしたい|間違えた][です|のですが][。どうすればいいですか|]
j? [一袋|二袋|三袋|ひとつ]の[つもり|はず]が[二袋|三袋|五袋|十袋]で[注文して|頼んで]いました。[数を直せますか|どうすればいいですか|数を直すには？]
j? [もう一袋|あと二袋|もうひとつ][追加|足したい|増やしたい][したい|][です|のですが]。[注文した後でも|今から]{できる}
j! 数の変更は電話で受け付けます。
j! 電話してください。数を変えます。
e? {can_i} change [the number|how many bags|the quantity][ in my order| I ordered|]?
e? I ordered [two|three|five] bags [but want one|by mistake]. How do I change [it|the number]?
e~ [changing the number of bags|ordering one bag more|the wrong quantity in my order]
e! Please phone us to change the number.
e! Changes of quantity are taken by phone.
`)
