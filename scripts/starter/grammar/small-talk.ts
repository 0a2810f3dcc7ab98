// Greetings, thanks, who the model is, and questions that it cannot know: what a visitor types first.
import { readTopics } from './topics'

export const smallTalk = readTopics(`
= talk.hello |  | 
j? [こんにちは|こんばんは|おはようございます|はじめまして|どうも|やあ|もしもし]
j? [こんにちは|おはようございます|はじめまして]。[よろしくお願いします|聞きたいことがあります|少しいいですか|質問があります]
j! こんにちは。[ご用件をどうぞ。|何を知りたいですか。|]
e? [Hello|Hi|Good morning|Good evening|Hey|Good afternoon][!|.| there|]
e? [Hello|Hi]. [I have a question|Can I ask something|Can you help me]?
e! Hello. [How can I help?|What would you like to know?|]

= talk.thanks |  | 
j? [ありがとうございます|ありがとう|助かりました|わかりました。ありがとうございます|どうもありがとうございました|なるほど、ありがとう]
j! [はい。また聞いてください。|いいえ。またどうぞ。]
e? [Thank you|Thanks|Thanks a lot|That helps|I see, thank you|Great, thanks][!|.|]
e! You are welcome.

= talk.who | 練習用の小さなモデル | small practice model
j? [あなた|きみ|そちら]は[誰|何|どなた|何者|人間|AI]{か}
j? [名前|自己紹介|お名前]を[教えてください|お願いします|聞いてもいいですか]
j? [何|どんなこと|なに][が|]できますか
j! Neiroの練習用の小さなモデルです。
e? Who are you?
e? What [are you|can you do|is your name]?
e? Are you a [human|person|robot|machine]?
e! I am a small practice model of Neiro.

= talk.bye |  | 
j? [さようなら|また来ます|失礼します|それでは|おやすみなさい|また今度]
j! さようなら。
e? [Goodbye|Bye|See you|Good night][!|.|]
e! Goodbye.

= talk.unknown | わかりません | I do not know
j? [明日|今日|週末|来週]の[天気|気温|ニュース|株価]{教えて}
j? [円周率|相対性理論|宇宙の年齢|江戸時代|フランス革命|野球の結果|総理大臣|富士山の高さ]{教えて}
j? [何か|面白い][歌|話|冗談][を|][聞かせて|教えて|書いて]ください
j? [スマートフォン|洗濯機|自動車|飛行機|パスポート|保険][の選び方|の値段|の買い方]{教えて}
j! それはわかりません。
e? What is the [weather|news|stock price|score|time in London] [today|tomorrow|now]?
e? Tell me [about the universe|a joke|a story|about history|about football|how cars work].
e? How do I [buy a car|learn to fly|cook pasta|fix my bicycle|get a passport]?
e! I do not know that.
`)
