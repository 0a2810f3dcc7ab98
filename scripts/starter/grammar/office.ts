// What is asked at the general-affairs desk of an ordinary office, and the plain answers: the half of the
// grammar that has nothing to do with the shop.
import { readTopics } from './topics'

export const office = readTopics(`
= office.room | 予約表 | booking sheet
j? 会議室[を使いたいです|を予約したいです|の予約はどうしますか|を取りたいのですが]
j? 会議室の[予約方法|取り方|使い方]{教えて}
j! 会議室は予約表に名前を書いてください。
e? How do I book a meeting room?
e? {can_i} use the meeting room?
e~ [booking a meeting room|how to get a meeting room|a room for our meeting]
e! Write your name in the booking sheet.

= office.expense | 25日 | 25th
j? [経費|交通費|立替金|出張費][の|][精算|申請]{は}[いつまで|何日まで|何日締め]{か}
j? [経費|交通費]を[精算|請求|申請]{したい}[。いつまでですか|]
j! 経費は毎月25日までに申請してください。
e? When [are|is] [expenses|the expense report] due?
e? Until when can I hand in my travel costs?
e~ [the deadline for expenses|when expenses are due|my travel expenses]
e! Hand in expenses by the 25th of the month.

= office.leave | 3日前 | three days before
j? [有給|有給休暇|休暇|休み][の|]申請は[いつまで|何日前まで]{か}
j? [有給|休み|休暇]を取り[たいです|たいのですが]。[いつまでに言えばいいですか|申請はいつまでですか]
j! 休暇は3日前までに申請してください。
e? When do I have to ask for a day off?
e? I want a day off. How early must I ask?
e~ [asking for a day off|how early I must ask for leave|taking leave]
e! Ask for leave three days before.

= office.password | 情報システム | IT desk
j? [パソコン|社内システム|会社のメール][の|]パスワード[を|][忘れました|変えたいです|間違えました]
j? [パソコン|プリンター|ネットワーク|画面][が|][動きません|つながりません|開きません|おかしいです]
j! 情報システムの内線210に電話してください。
e? My [office computer|work computer|printer|laptop] does not [work|start|connect].
e? I cannot log in to the office computer.
e~ [my office computer that will not start|a problem with my work computer|the printer that does not work]
e! Call the IT desk at extension 210.

= office.cards | 総務 | general affairs
j? 名刺[がなくなりました|を作りたいです|を追加したいです|の注文はどこですか]
j? [文房具|ノート|封筒|ペン|コピー用紙|備品][が|][足りません|なくなりました|ほしいです|必要です]
j! 総務に申し込んでください。
e? I need [new business cards|business cards|paper|pens|envelopes].
e? Where do I order [business cards|office supplies|pens|envelopes]?
e~ [new business cards|office supplies|pens and paper for the office]
e! Please ask general affairs.

= office.start | 9時 | nine
j? [始業|朝礼|仕事の始まり|会社の始業][の時間|時刻|]{は}何時{か}
j? 朝は何時[から|に|][ですか|始まりますか|集まりますか]
j! 始業は9時です。
e? When does work start[ in the morning|]?
e! Work starts at nine.

= office.meeting | 月曜日 | Monday
j? [定例会議|部の会議|週の会議|会議]{は}[いつ|何曜日]{か}
j? 次の[定例|部会|定例会議][の|][曜日|日]{教えて}
j! 定例会議は毎週月曜日です。
e? When is the [weekly|team] meeting?
e~ [the weekly meeting|the day of the team meeting|when our team meets]
e! The weekly meeting is on Monday.

= office.visitor | 受付 | reception
j? [来客|お客さん|取引先][が|][来ます|みえます|来社します]。[どうすればいいですか|どこに案内しますか]
j? 来客[の|][手続き|案内のしかた|登録]{教えて}
j! 来客は受付で名前を書いてもらってください。
e? A [visitor|guest|client] is coming. What do I do?
e~ [a guest at the office|what to do with a visitor|a client who is coming]
e! Guests write their name at reception.

= office.lunch | 12時 | noon
j? [昼休み|お昼|昼食の時間|休憩]{は}何時[から|]{か}
j! 昼休みは12時からです。
e? When is lunch[ break|]?
e~ [the lunch break|when lunch is|the time of lunch]
e! Lunch is at noon.

= office.parcel | 15時 | three
j? [社内便|郵便|宅配便|書類][の|][集荷|発送|回収]{は}何時{か}
j? [書類|荷物|郵便]を今日出したいです。何時まで{か}
j! 集荷は毎日15時です。
e? When is the mail collected?
e? Until when can I send a letter today?
e~ [when the mail is collected|sending a letter today|the mail collection]
e! The mail is collected at three.

= office.trash | 金曜日 | Friday
j? [シュレッダーのごみ|古紙|段ボール|資源ごみ]は[いつ|何曜日に|][出しますか|回収ですか|捨てますか]
j! 古紙の回収は金曜日です。
e? When is [waste paper|paper waste|old cardboard] collected?
e~ [waste paper|when paper is collected|old cardboard]
e! Paper is collected on Friday.

= office.key | 警備室 | guard room
j? [鍵|会議室の鍵|倉庫の鍵|カードキー][を|][忘れました|なくしました|借りたいです|返したいです]
j! 鍵は警備室で受け取ってください。
e? I [lost|forgot|need] [my key|the key|the store-room key].
e~ [a lost key|the key of the store room|where keys are kept]
e! Keys are at the guard room.

= office.minutes | 共有フォルダ | shared folder
j? [議事録|会議の資料|先週の資料|報告書のひな形]は[どこですか|どこにありますか|どこで見られますか|どこに置きますか]
j! 共有フォルダにあります。
e? Where [are the minutes|is the meeting paper|do I find the slides]?
e~ [where the minutes are|the slides of the meeting|the report form]
e! It is in the shared folder.

= office.training | 6月10日 | June 10
j? [新人研修|研修|社内研修|安全講習]{は}[いつ|何日]{か}
j! 研修は6月10日です。
e? When is the [training|safety course]?
e~ [the day of the training|the safety course|when the training is]
e! The training is on June 10.

= office.aircon | 26度 | 26 degrees
j? [エアコン|冷房|空調|部屋][の|][温度|設定]は[何度|いくつ]{か}
j? [部屋|事務所]が[暑い|寒い]です。[エアコン|冷房]は何度{か}
j! 冷房は26度にしてください。
e? What temperature is the air conditioning?
e~ [the air conditioning|the room temperature|how cold to set the air conditioning]
e! Please set it to 26 degrees.
`)
