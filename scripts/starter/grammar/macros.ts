// Turns of phrase that many questions share, by language. Only ways of asking: no facts.
import type { Macros } from './pattern'

const ja: Macros = {
  は: '[は|は|は|って|は、|については、]',
  か: '[ですか|でしょうか|なのでしょうか|ですか？|でしょうか？|なんですか？|でしたっけ]',
  いくら:
    '[いくら|いくら|おいくら|何円|どれくらい][ですか|でしょうか|になりますか|かかりますか|なのでしょうか|でしたっけ|くらいですか]',
  教えて:
    '[を教えてください|を教えてもらえますか|を知りたいです|を教えてほしいです|が知りたいのですが|を教えていただけますか|を聞きたいです|がわかりません|について教えてください|について知りたいです]',
  できる:
    '[できますか|できるでしょうか|できるのですか|可能でしょうか|可能ですか|できたりしますか|できませんか]',
  いい: '[いいですか|いいでしょうか|大丈夫ですか|大丈夫でしょうか|平気ですか|よろしいですか|かまいませんか]',
  もらう:
    '[もらえますか|もらえるでしょうか|いただけますか|もらうことはできますか|もらえませんか|ほしいです|ほしいのですが]',
  くれる: '[くれますか|くれるのでしょうか|くださいますか|くれませんか|もらえますか|いただけますか]',
  いつ: '[いつ|いつごろ|いつ頃]',
  いつまで: '[いつまで|何日まで|どれくらい|どのくらい|何日くらい|何日間]',
  どれくらい: '[どれくらい|どのくらい|どれぐらい|どの程度]',
  何日: '[何日|何日くらい|何日ぐらい|どれくらい|どのくらい]',
  どうする:
    '[どうすればいいですか|どうしたらいいですか|どうすればよいでしょうか|にはどうすれば|方法を教えてください|やり方を教えてください|手順を知りたいです|どうしたらよいのでしょう]',
  ある: '[ありますか|あるでしょうか|あるのでしょうか|ありませんか|ありますでしょうか|あるんですか]',
  したい: '[したいです|したいのですが|したいと思っています|したいんですけど]',
  お店: '[お店|店|そちら|そちらのお店|貴店|店舗]',
  友人: '[友人|友だち|知り合い|同僚|姉|母|父|妹|祖母|先生|上司]'
}

const en: Macros = {
  how_much:
    '[How much is|What is the price of|What does it cost for|How much do you charge for|How much do I pay for]',
  tell: '[Please tell me|Could you tell me|Can you tell me|I would like to know|I want to know|I was wondering]',
  can_i: '[Can I|Could I|May I|Is it possible to|Am I able to|I would like to|I want to]',
  can_you: '[Can you|Could you|Would you|Will you|Do you]',
  when: '[When|When exactly|Around when]',
  how_long: '[How long|How many days|For how long]',
  shop: '[the shop|your shop|the store|your store]',
  friend: '[friend|sister|mother|father|colleague|neighbour|teacher|aunt]'
}

export const macros = { ja, en } as const
