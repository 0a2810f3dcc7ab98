// What customers ask about keeping tea, making it, and the things around it, and the plain answers.
import { readTopics } from './topics'

export const care = readTopics(`
= keep.leaf | 8か月 | eight months
j? [茶葉|お茶|お茶の葉|煎茶]の[賞味期限|期限|日持ち]{は}[いつまで|どれくらい|どのくらい|何か月]{か}
j? [茶葉|お茶|お茶の葉|未開封のお茶]は{どれくらい}[もちますか|日持ちしますか|置いておけますか]
j? [茶葉|お茶|お茶の葉]の[賞味期限|日持ち|期限]{教えて}
j! 茶葉の賞味期限は製造から8か月です。
j! 製造から8か月もちます。
e? How long does [the tea|leaf tea|your tea|tea] keep?
e? What is the [shelf life|best-before] of [the tea|leaf tea|your teas]?
e~ [how long leaf tea keeps|the shelf life of the tea|the best-before date|how many months tea keeps]
e! Leaf tea keeps for eight months.
e! The leaves keep eight months from the day they are made.
e! Our leaf tea keeps for eight months from the day it is made.

= keep.matcha | 2週間 | two weeks
j? 抹茶[の缶||][を|]開け[ました|てしまいました|たあとは][。|][いつまでに|どれくらいで|何日で][使い切れば|飲み切れば|使えば]いいですか
j? [開けた|開封した|缶を開けた]抹茶は{どれくらい}[もちますか|使えますか|日持ちしますか]
j! 抹茶は開けてから2週間で使い切ってください。
j! 開けた抹茶は2週間が目安です。
e? How long does [opened matcha|matcha] keep[ after opening| once it is open|]?
e? I opened [a tin of|the] matcha. How soon should I use it?
e~ [how long opened matcha keeps|the life of an opened tin of matcha|how fast to use matcha]
e! Use opened matcha within two weeks.
e! Matcha keeps two weeks after opening.

= keep.opened | 1か月 | one month
j? [開けた|開封した|封を切った|開けたあとの|開封後の][茶葉|お茶|袋|お茶の葉]は{どれくらい}[もちますか|飲めますか|日持ちしますか|おいしく飲めますか]
j? [茶葉|お茶][の|]袋[を|]開けたら[いつまでに|どれくらいで|何日で]飲[めばいいですか|み切ればいいですか]
j! 開けた茶葉は1か月を目安に飲んでください。
j! 開封後は1か月ほどです。
e? How long does [an opened bag|opened tea] keep?
e? I opened the bag. How soon should I drink the tea?
e~ [how long an opened bag keeps|the life of a bag after opening|when to finish an opened bag]
e! Once opened, drink it within one month.
e! An opened bag is good for one month.

= keep.place | 冷暗所 | cool, dark place
j? [茶葉|お茶|お茶の葉|茶葉の袋]は[どこ|どこに|どうやって|どのように][保存|保管|しまって|置いて][すれば|おけば|おくと|したら|]いいですか
j? [茶葉|お茶|お茶の葉]の[保存方法|保管場所|しまい方|保存のしかた|置き場所]{教えて}
j? [茶葉|お茶]は[冷蔵庫|冷凍庫|台所]に[入れて|置いて]も{いい}
j! 茶葉は冷暗所に置いてください。
j! 光と湿気を避けて冷暗所に置いてください。
e? [Where|How] should I [keep|store] [my |the |]tea[ at home|]?
e? {can_i} keep tea in the fridge?
e? What is the best place [for|to store|to keep] tea?
e~ [where to keep tea|the best place for tea|storing tea at home|how to store the leaves]
e! Keep the tea in a cool, dark place.
e! Store it in a cool, dark place, away from damp.

= brew.second | 10秒 | ten seconds
j? [二煎目|二杯目|2煎目|二回目]は[何秒|どれくらい|どのくらい|何分|][待てば|待つと|置けば|くらい待てば|おけば][いいですか|おいしいですか|おいしくなりますか]
j? [二煎目|二杯目|2煎目]の[淹れ方|待ち時間|時間|入れ方]{教えて}
j! 二煎目は10秒ほどで注いでください。
j! 二煎目は10秒くらいで十分です。
e? How long for [the second cup|the second pot|a second steep]?
e? How do I make the second [cup|pot]?
e~ [the second cup|the time for a second brew|how long to wait for the second pot|steeping the leaves again]
e! For the second cup, wait ten seconds.
e! The second cup needs only ten seconds.

= brew.amount | 3グラム | three grams
j? [一人|ひとり|一杯|一人分|][で飲むとき|の茶葉|に使う茶葉|分の葉っぱ|のお茶][の|][量|グラム|分量|]は[何グラム|どれくらい|どのくらい]{か}
j? [茶葉|葉っぱ|お茶の葉]の[量|分量]{教えて}
j? [茶葉|葉っぱ|お茶の葉]は[一杯|一人分|一回]に{どれくらい}[使いますか|入れますか|使えばいいですか]
j! 茶葉は一人分3グラムです。
j! 一人分は3グラムが目安です。
j! 一人分の茶葉は3グラムが目安です。
e? How much [leaf|tea|leaf tea] [should I use|do I need|is right] for one [cup|person]?
e? How many grams [of leaf |of tea |]for one [cup|person]?
e~ [how much leaf to use|the amount of leaf for one cup|the grams of tea for one person]
e! Use three grams of leaf for one cup.
e! One cup takes three grams of leaf.

= brew.water | 軟水 | soft water
j? [お茶|お茶を淹れるの]に[合う|いい|使う|おすすめの|向く]水{は}[何|どんな水|どれ]{か}
j? お茶に使う水は[水道水|ミネラルウォーター|硬水]で[も|]{いい}
j? [水道水|硬水|天然水]と[ミネラルウォーター|軟水|浄水][の|][どちら|どっち]が[おいしい|お茶に合い|いい]で[す|][か|ますか]
j! お茶には軟水が合います。
j! 水は軟水がおすすめです。
j! お茶の水には軟水をすすめています。
e? [What|Which] water is best for tea?
e? Can I make tea with [tap water|mineral water|hard water]?
e~ [the best water for tea|which water to use|hard or soft water|tap water for tea]
e! The best water for tea is soft water.
e! Use soft water.

= brew.leftover | ふりかけ | furikake
j? [茶殻|出がらし|飲み終わった茶葉|使った茶葉]の[使い道|使い方|利用法|活用法]{教えて}
j? [茶殻|出がらし|使ったあとの葉]を[捨てる|ごみにする]の[が|][もったいない|惜しい]です。[何かに使えますか|使い道はありますか|食べられますか]
j! 茶殻はごまと混ぜてふりかけにできます。
j! ふりかけにするとおいしいです。
j! 茶殻はふりかけにして食べられます。
e? What can I do with [used leaves|the leaves after brewing|old leaves]?
e? Can I eat the used leaves?
e~ [what to do with used leaves|the leaves after brewing|a use for old leaves|eating used tea leaves]
e! Used leaves make a good furikake with sesame.
e! Mix them with sesame for furikake.

= pick.decaf | ねむり月 | Nemurizuki
j? カフェイン[の|][ない|入っていない|少ない|ゼロの]お茶は{ある}
j? [妊娠中|授乳中|寝る前|夜][に|][なので|でも|に|][飲める|飲みたい|安心して飲める]お茶[は{ある}|を探しています|を教えてください]
j? カフェイン[が苦手|を控えて|を避けて|の入っていないものを探して|][です|います]。[どのお茶がいいですか|おすすめはありますか|飲めるお茶はありますか]
j! カフェインのない「ねむり月」がおすすめです。
j! 「ねむり月」はカフェインレスです。
j! カフェインレスの「ねむり月」をすすめています。
e? [Do you have|Is there] [a tea|tea|anything] without caffeine?
e? I am [pregnant|avoiding caffeine|sensitive to caffeine]. [Which tea is good|What do you suggest|What can I drink]?
e~ [a tea without caffeine|tea for the night without caffeine|a tea I can drink while pregnant]
e! Nemurizuki has no caffeine.
e! Try Nemurizuki, which is without caffeine.
e! We suggest Nemurizuki, our tea without caffeine.

= pick.child | 宵待ち | Yoimachi
j? [子ども|小さい子|幼児|孫|3歳の子|娘|5歳の息子]に[も|][飲ませる|合う|いい|飲みやすい|飲ませやすい]お茶は[どれですか|ありますか|何ですか|何がいいですか]
j? [子ども|孫|娘|息子|小さな子][が飲める|に飲ませたい|でも飲める|のための]お茶[を教えてください|を探しています|のおすすめはありますか|はどれですか]
j? [子ども|孫|小学生]と一緒に飲[みたいです|めるものがいいです]。おすすめのお茶は{ある}
j! 子どもにはほうじ茶の「宵待ち」がおすすめです。
j! 「宵待ち」なら子どもも飲みやすいです。
j! 子どもには、ほうじ茶の「宵待ち」をすすめています。
e? [Which|What] tea is good for [children|a child|my little son|a small child|kids|my daughter|a four-year-old]?
e? I want a tea for my [child|daughter|son|grandson|kids]. [Which one is good|What do you suggest|Which do you suggest]?
e~ [a tea for children|which tea a child can drink|a mild tea for my little girl|a good tea for a three-year-old boy|tea for small children]
e! For children, Yoimachi is a good choice.
e! Yoimachi, our hojicha, is good for children.
e! For children, we suggest Yoimachi, our hojicha.

= pick.allergy | 小麦は使って | no wheat
j? 小麦[アレルギー|[の|]アレルギー][が|]あります。[玄米茶|お茶]は[飲めますか|飲んでも平気ですか|大丈夫ですか]
j? [玄米茶|お茶]に小麦は[入っていますか|使っていますか|含まれますか]
j? [玄米茶|いなほ][の|]アレルギー[の|][情報|表示|こと]{教えて}
j! 玄米茶に小麦は使っていません。
j! 小麦は使っていません。安心して飲めます。
e? I have a wheat allergy. [Is the genmaicha safe|Can I drink genmaicha]?
e? Is there wheat in the genmaicha?
e~ [wheat in the genmaicha|my wheat allergy|whether genmaicha has wheat in it|allergies and the genmaicha]
e! There is no wheat in our genmaicha.
e! It has no wheat.

= pick.organic | 三日月 | Mikazuki
j? [農薬|化学肥料][を|]使[っていない|わない|わずに育てた]お茶は{ある}
j? [有機|無農薬|オーガニック|有機栽培][の|]お茶[は{ある}|はどれですか|を探しています|がほしいです]
j! 「三日月」は農薬を使わない有機のお茶です。
j! 有機のお茶は「三日月」です。
e? [Do you have|Is there] [any |an |][organic tea|tea grown without pesticides|tea without pesticides]?
e? Which [tea|of your teas] is organic?
e~ [organic tea|a tea grown without pesticides|which tea is organic|tea from organic fields]
e! Mikazuki is grown without pesticides.
e! Our organic tea is Mikazuki.

= new.when | 5月上旬 | early May
j? 新茶{は}{いつ}[から|][出ますか|並びますか|ですか|買えますか|入りますか|発売ですか]
j? [今年の|]新茶の[発売|時期|発売日|入荷]{教えて}
j! 新茶は5月上旬に並びます。
j! 新茶の発売は5月上旬です。
j! 新茶は5月上旬から店に並べています。
e? When [does the new tea come|is the new tea|can I buy the new tea|is shincha] [out|ready|there|]?
e~ [when new tea comes|the first tea of the year|the season of new tea|the arrival of shincha]
e! The new tea comes in early May.
e! You can buy new tea from early May.

= new.book | 4月1日 | April 1
j? 新茶の[予約|予約の受付|先行予約]{は}{いつ}[から|から始まる]{か}
j? [今年の|]新茶を予約{したい}[。いつからできますか|。もう始まっていますか|。受付はいつからですか|]
j? 新茶は予約{できる}
j! 新茶の予約は4月1日からです。
j! 4月1日から予約できます。
e? {can_i} [book|reserve|order ahead] the new tea?
e? When can I [book|reserve] the new tea?
e~ [reserving the new tea|booking shincha|when bookings for new tea open]
e! You can reserve new tea from April 1.
e! Booking opens on April 1.

= pot.price | 4,400円 | 4,400 yen
j? 急須{は}{いくら}
j? 急須の[値段|価格|お値段]{教えて}
j? 急須[が欲しい|を買いたい|を新しくしたい|を贈りたい]です。[値段は|おいくらですか。値段は|]{いくら}
j! 急須は4,400円です。
j! 急須の値段は4,400円です。
e? {how_much} [the|your|a] teapot?
e? I want to buy a teapot. How much is it?
e~ [the price of the teapot|what a teapot costs|the teapot and its price]
e! The teapot is 4,400 yen.
e! A teapot costs 4,400 yen.
e! We offer the teapot for 4,400 yen.

= pot.ware | 常滑焼 | Tokoname
j? 急須{は}[何焼き|どこの焼き物|どこで作られたもの|どこの産]{か}
j? 急須の[産地|焼き物の種類|材質|素材]{教えて}
j! 急須は常滑焼です。
j! 常滑焼の急須です。
e? [What ware is|Where is] the teapot[ made| from|]?
e~ [what ware the teapot is|where the teapot is made|the clay of the teapot|the material of the teapot]
e! The teapot is Tokoname ware.
e! It is a Tokoname teapot.

= pot.wash | 洗剤 | soap
j? 急須{は}[どうやって|どう|何で][洗えば|手入れすれば|洗ったら]いいですか
j? 急須の[洗い方|手入れ|お手入れ|汚れの落とし方|茶渋の落とし方]{教えて}
j? 急須に[茶渋|汚れ|しみ|色]が[つきました|ついてきました|残ります|取れません]。[どう洗えばいいですか|どうすればいいですか|落とし方を教えてください]
j! 急須は洗剤を使わずにお湯で洗ってください。
j! 洗剤は使わないで、お湯で洗ってください。
e? How [do|should] I [wash|clean] [the|my|a] teapot?
e? My teapot [has stains|is stained|has brown stains|is dirty]. [How do I clean it|What can I do|How should I wash it]?
e~ [how to wash the teapot|stains in my teapot|cleaning a teapot|the brown stains in the pot]
e! Wash the teapot with hot water, without soap.
e! Do not use soap. Hot water is enough.

= pot.size | 280ミリリットル | 280 millilitres
j? 急須の[容量|大きさ|サイズ][を教えてください|はどれくらいですか|はいくつですか]
j? 急須に[は|][どれくらい|何ミリリットル|何杯分][入りますか|のお湯が入りますか]
j! 急須の容量は280ミリリットルです。
j! 280ミリリットル入ります。
e? How [big is|much fits in|large is] the teapot?
e~ [the size of the teapot|how much the teapot holds|how many millilitres fit in the teapot]
e! The teapot holds 280 millilitres.
e! It holds 280 millilitres.

= tin.price | 1,650円 | 1,650 yen
j? [茶筒|お茶の缶|ブリキの茶筒]{は}{いくら}
j? [茶筒|ブリキの茶筒|お茶を入れる缶]の[値段|価格|お値段]{教えて}
j! 茶筒は1,650円です。
j! ブリキの茶筒は1,650円です。
e? {how_much} [the|a] [tea tin|tin|tea caddy]?
e~ [the price of the tea tin|what a tea tin costs|the tea tin]
e! The tea tin is 1,650 yen.
e! A tea tin costs 1,650 yen.
e! We offer the tea tin for 1,650 yen.
`)
