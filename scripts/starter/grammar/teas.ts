// The ten teas of the imaginary shop and what can be asked about each: one table, and patterns that every tea
// shares.
import { readTopics, type Topic } from './topics'

interface Tea {
  readonly kind: readonly [ja: string, en: string]
  readonly name: readonly [ja: string, en: string]
  readonly price: readonly [ja: string, en: string]
  readonly origin: readonly [ja: string, en: string]
  readonly water: readonly [ja: string, en: string]
  readonly wait: readonly [ja: string, en: string]
  readonly pack: readonly [ja: string, en: string]
  readonly sweet: readonly [ja: string, en: string]
}

const columns = ['kind', 'name', 'price', 'origin', 'water', 'wait', 'pack', 'sweet'] as const

const table = `
煎茶=sencha | 三日月=Mikazuki | 1,080円=1,080 yen | 静岡=Shizuoka | 70度=70 degrees | 1分=one minute | 100グラム=100 grams | せんべい=rice crackers
深蒸し煎茶=deep-steamed sencha | おぼろ=Oboro | 1,296円=1,296 yen | 鹿児島=Kagoshima | 75度=75 degrees | 45秒=45 seconds | 110グラム=110 grams | 大福=daifuku
玉露=gyokuro | 十五夜=Jugoya | 2,700円=2,700 yen | 八女=Yame | 50度=50 degrees | 2分=two minutes | 60グラム=60 grams | ようかん=yokan
ほうじ茶=hojicha | 宵待ち=Yoimachi | 756円=756 yen | 京都=Kyoto | 95度=95 degrees | 30秒=30 seconds | 150グラム=150 grams | どら焼き=dorayaki
玄米茶=genmaicha | いなほ=Inaho | 648円=648 yen | 新潟=Niigata | 90度=90 degrees | 40秒=40 seconds | 200グラム=200 grams | おかき=okaki
和紅茶=black tea | 夕映え=Yubae | 972円=972 yen | 宮崎=Miyazaki | 98度=98 degrees | 3分=three minutes | 80グラム=80 grams | チーズケーキ=cheesecake
抹茶=matcha | 有明=Ariake | 1,620円=1,620 yen | 宇治=Uji | 80度=80 degrees | 20秒=20 seconds | 40グラム=40 grams | 落雁=rakugan
水出し緑茶=cold brew | せせらぎ=Seseragi | 864円=864 yen | 狭山=Sayama | 5度=5 degrees | 3時間=three hours | 15袋=15 bags | 水まんじゅう=mizu manju
カフェインレス緑茶=decaf green tea | ねむり月=Nemurizuki | 918円=918 yen | 屋久島=Yakushima | 85度=85 degrees | 90秒=90 seconds | 20袋=20 bags | カステラ=castella
棒茶=stem tea | ろばた=Robata | 810円=810 yen | 石川=Ishikawa | 100度=100 degrees | 25秒=25 seconds | 120グラム=120 grams | きんつば=kintsuba
`

export const teas: readonly Tea[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const cells = line.split(' | ').map((cell) => cell.split('=') as [string, string])
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]])) as unknown as Tea
  })

function topicsOf(tea: Tea): Topic[] {
  const [kind, kindEn] = tea.kind
  const [name, nameEn] = tea.name
  const 名 = `[「${name}」|「${name}」|${name}|${kind}の「${name}」|${kind}「${name}」|${kind}の${name}]`
  const it = `[${nameEn}|${nameEn}|the ${nameEn}|the ${kindEn} ${nameEn}|the ${nameEn} ${kindEn}|${nameEn} ${kindEn}]`
  const 文 = `[${kind}|${kind}|]「${name}」`
  const our = `[${nameEn}|${nameEn}|our ${kindEn} ${nameEn}]`
  const are = `[${nameEn}|${nameEn}|Our ${kindEn} ${nameEn}]`
  return readTopics(`
= tea.price.${nameEn} | ${tea.price[0]} | ${tea.price[1]}
j? ${名}{は}[|一袋|ひとつ|1袋|一箱]{いくら}
j? ${名}の[値段|価格|お値段|金額|一袋の値段]{教えて}
j? ${名}を[買うと|一袋買うと|頼むと|一つ買うと]{いくら}
j? ${名}[が気になっています|を[買い|贈り|飲んでみ|母に贈り|毎日飲み]たい[です|と思っています|のですが]]。[一袋の|][値段|お値段|価格]{は}{いくら}
j? ${名}の[値段|価格]は[いくらですか|いくらだったでしょうか|どれくらいですか]
j! ${文}は${tea.price[0]}です。
j! ${文}の値段は${tea.price[0]}です。
j! ${文}は一袋${tea.price[0]}です。
e? {how_much} ${it}?
e? How much [is a bag of|does a bag of|for a bag of] ${it}[ cost|]?
e? [What is|What's|Tell me] the price of ${it}?
e? How much do you [ask|want|charge] for ${it}?
e! ${are} is ${tea.price[1]}.
e! ${are} costs ${tea.price[1]}[ a bag|].
e! We offer ${our} for ${tea.price[1]}[ a bag|].

= tea.origin.${nameEn} | ${tea.origin[0]} | ${tea.origin[1]}
j? ${名}の[産地|茶葉の産地|葉の産地|作られた場所]{教えて}
j? ${名}{は}[どこの|どこで作られた|どこで採れた|どこ産の]お茶{か}
j? ${名}の[葉|茶葉|お茶]{は}[どこの|どこの産地の|どこで採れた|どこで作られた]もの{か}
j? ${名}{は}どこで[作られて|育てられて|採れて][いますか|いるのでしょうか|いるのですか]
j! ${文}は${tea.origin[0]}のお茶です。
j! ${文}の産地は${tea.origin[0]}です。
j! ${文}は${tea.origin[0]}の茶葉です。
e? Where [does|is] ${it} [come|made|grown] [from|]?
e? Where do the leaves of ${it} come from?
e? What is the origin of ${it}?
e! ${are} comes from ${tea.origin[1]}.
e! ${are} is from ${tea.origin[1]}.

= tea.water.${nameEn} | ${tea.water[0]} | ${tea.water[1]}
j? ${名}[の|を淹れる|を入れる|に使う|にちょうどいい|に合う|を点てるときの][お湯|湯|お湯の温度|湯温|温度|水の温度]{は}[何度|何度くらい|どれくらい|何℃|何度が目安]{か}
j? ${名}を[淹れる|入れる|飲む|点てる]とき[のお湯|の温度|、お湯]{は}[何度|何度くらい|どれくらい][がいいですか|ですか|にすればいいですか|がおいしいですか]
j? ${名}の[お湯の温度|湯温|温度|適温]{教えて}
j? ${名}は[熱湯|沸かしたてのお湯|沸騰したお湯|ぬるいお湯]で[淹れて|入れて]も[いいですか|いいんですか|大丈夫ですか][。何度ですか|。何度が目安ですか|]
j? ${名}が[苦く|渋く|濃く|薄く]なり[ます|がちです]。お湯[は何度ですか|が熱すぎるのでしょうか|の温度が悪いのでしょうか|の温度を教えてください]
j? ${名}を[もらいました|いただきました|買いました]。お湯[は|の温度は]何度{か}
j! ${文}は${tea.water[0]}のお湯で淹れてください。
j! ${文}のお湯は${tea.water[0]}です。
e? [What temperature|How hot|How warm] should [the water be|I make the water] for ${it}?
e? [At what|What|Which] [temperature|water temperature] [is best|do I use|is right] for ${it}?
e? {can_i} use boiling water for ${it}?
e? I [got|bought|was given] ${it}. How hot [should the water be|is the water]?
e! For ${our}, use water at ${tea.water[1]}.
e! Water at ${tea.water[1]} is best for ${our}.

= tea.wait.${nameEn} | ${tea.wait[0]} | ${tea.wait[1]}
j? ${名}{は}[何分|何秒|どれくらい|どのくらい|何分くらい|何時間][待てば|蒸らせば|置けば|待つと|蒸らすと|浸せば|冷蔵庫に入れておけば][いいですか|おいしくなりますか|できますか|飲めますか]
j? ${名}の[待ち時間|蒸らし時間|浸出時間|淹れる時間|抽出時間|蒸らす時間][は|は？|{教えて}|{は}どれくらいですか|は何分ですか]
j? ${名}を[淹れる|入れる|おいしく飲む][とき|には|時間は][何分|どれくらい|何秒][待ちますか|待つのですか|待てばいいですか]
j! ${文}は${tea.wait[0]}[ほど|]待ってください。
j! ${文}の待ち時間は${tea.wait[0]}です。
e? [How long|How many minutes|How many hours] [do I steep|should I steep|do I brew|do I wait for|should I brew|does it take for] ${it}?
e? What is the [steeping|brewing|waiting] time for ${it}?
e? How long should ${it} [sit|stand|stay] in the [pot|water|fridge]?
e? How [long|many hours] does ${it} need[ in the pot| in the fridge|]?
e! For ${our}, wait ${tea.wait[1]}.
e! ${are} needs ${tea.wait[1]}.

= tea.pack.${nameEn} | ${tea.pack[0]} | ${tea.pack[1]}
j? ${名}は[一袋|ひとつ|一箱|1袋|一つ|][に|][何グラム|どれくらい|何袋|どのくらい][入っていますか|入りですか|ありますか|入りでしょうか]
j? ${名}の[内容量|量|グラム数|入り数|袋の数|重さ]{教えて}
j? ${名}は[何グラム|何袋|どのくらいの量|何グラム入り|何袋入り]{か}
j! ${文}は${tea.pack[0]}入りです。
j! ${文}の内容量は${tea.pack[0]}です。
j! ${文}は[一袋|一箱]に${tea.pack[0]}を入れています。
e? How [much tea is|many grams are|many bags are] in ${it}?
e? What is the [size|weight] of [a bag of|] ${it}?
e! ${are} holds ${tea.pack[1]}.
e! There are ${tea.pack[1]} in ${our}.

= tea.sweet.${nameEn} | ${tea.sweet[0]} | ${tea.sweet[1]}
j? ${名}に[合う|合わせる|おすすめの|ぴったりの][お菓子|おやつ|甘いもの|お茶請け|茶菓子]{は}[何|どれ|何がおすすめ|何がいい]{か}
j? ${名}に[合う|合わせる][お菓子|おやつ|お茶請け]{教えて}
j? ${名}と一緒に[食べる|出す|楽しむ|いただく][お菓子|もの|おやつ]は[何がいいですか|何が合いますか|何がおすすめですか|おすすめがありますか]
j! ${文}には${tea.sweet[0]}が合います。
j! ${文}に合うお菓子は${tea.sweet[0]}です。
e? [What|Which] [sweet|sweets|snack] [goes|go] [well|best|] with ${it}?
e? What should I [eat|serve] with ${it}?
e! ${are} goes well with ${tea.sweet[1]}.
e! Try ${tea.sweet[1]} with ${our}.
e! With ${our}, we suggest ${tea.sweet[1]}.
`)
}

export const teaTopics: readonly Topic[] = teas.flatMap(topicsOf)
