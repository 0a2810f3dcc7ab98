// Names that are common in Japan and where English is spoken, from our own memory of them. A list is never whole: whoever reads
// them takes others too where the words around them say that they are names.

const listed = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

export const familyNames = listed(`
佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 斉藤 齋藤 齊藤 清水 山崎 山﨑 森 池田 橋本
阿部 石川 山下 中島 中嶋 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田
竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 工藤 谷口 今井 高田 丸山 増田 杉山 村田 大塚 新井 小山
平野 藤本 河野 上野 野口 武田 松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 櫻井 高野 吉川 山内 西田
西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 服部 東 岩田 土屋 川崎 福島 本田 辻 樋口 秋山 田口 永井 山中 中西 吉村 川上 石原 大橋 松岡 浜田
馬場 森本 矢野 浅野 松下 星野 大久保 吉岡 小池 野田 荒木 熊谷 松浦 内藤 黒田 尾崎 川村 永田 望月 松村 荒井 堀 大島 平井 早川 栗原 菅野 広瀬 西山
大谷 堀内 片山 富田 横田 上村 岩本 須藤 宮田 秋元 川田 片岡 北川 八木 石橋 鎌田 成田 飯田 柳田 安部 松原 白石 菅 沢田 河合 須田 本間 大石 小田
柴崎 児玉 黒木 大川 岡崎 小澤 小沢 古田 吉野 上原 田辺 津田 岩井 桑原 三宅 西岡 内山 大森 坂口 萩原 坂井 中井 鶴田 天野 奥村 関口 柳 小泉 川島 吉原
川端 南 奥田 金井 大沢 大澤 福井 川合 石黒 牧野 榎本 堤 田島 今村 松永 寺田 角田 福岡 土井 根本 河村 植田 西 稲垣 甲斐 武藤 志村 平山 中原 若林
小倉 篠原 富永 松山 大竹 村井 江口 神田 徳永 向井 小西 宮川 滝沢 高山 矢島 藤川 細川 三上 井口 西尾 滝本 森下 岸本 畠山 三好 青山 桑田 田代 藤沢
谷川 古賀 大山 津村 泉 渋谷 米田 栗田 戸田 相馬 立花 塚本 長田 梅田 岡村 岡部 小出 町田 長尾 三村 足立 堀田 川本 岩瀬 宮下 二宮 宮沢 宮澤 北野 堀江
村山 手塚 山岸 瀬戸 竹田 杉浦 吉本 浅井 石塚 島崎 飯塚 高島 長野 川野 山根 星 森川 大村 相沢 相澤 塩田 西野 野崎 大場 日高 藤岡 庄司 長島 長嶋 藤村
黒川 入江 神谷 林田 平川 坂田 進藤 谷 仲村 比嘉 金城 大城 宮城 島袋 玉城 上地 新垣 知念 安里 真栄田 照屋 当間 名嘉 小笠原 及川 高瀬 本多 笠原 戸塚
三橋 岸田 村松 鶴見 河田 津川 芦田 浦田 大平 下田 長岡 小原 水谷 梶原 中尾 中沢 中澤 窪田 諏訪 荻野 竹中 浜口 桐生 岩下 緒方 永野 飯島 伊東 門脇 柏木
江藤 日野 亀井 森岡 丹羽 前川 池上 小寺 奥山 三木 野中 猪狩 宇野 榊原 香川 土田 高井 嶋田 沖田 白井 大木 臼井 皆川 常盤 蛯名 対馬 葛西 奥野 湯浅 宗像
花田 里見 速水 桂 真鍋 笹川 根岸 磯部 磯野 氏家 古谷 永山 安井 大内 松島 竹本 小森 池谷 稲葉 今泉 有馬 石渡 塩谷 高松 赤坂 赤松 新田 新谷 古屋 細田 福本
福原 福山 柿沼 落合 小柳 白川 白鳥 都築 筒井 堂本 豊田 中谷 並木 西本 沼田 乃木 浜崎 半田 東野 平松 深澤 深沢 藤野 穂積 牧 松崎 三谷 南部 武井 村瀬 目黒
森山 安西 柳沢 柳澤 矢部 山形 山川 山村 湯川 米山 若松 渡部 和泉 鷲尾 綾瀬 有村 有賀 朝倉 浅田 芦屋 東條 天海 雨宮 荒川 伊佐 伊達 井手 井出 井川 井原 生田 石垣 市原
佐伯 真田 滝川 日下 曽我 曽根 城 城戸 木内 木原 木戸 木野 久野 久米 櫛田 葛木 国分 倉田 倉持 蔵本 栗林 栗山 黒沢 桑山 郡司 古市 古沢 駒井 小坂 小杉 小関 小谷 小宮 小室 小柴 小暮 小竹 小原 近江 昆 今野 紺野 佐久間 佐竹 佐川 佐原 阪口 坂上 坂野 桜木 迫田 笹本 笹原 定岡 沢木 沢村 澤田 澤村 塩川 塩見 四方 茂木 品川 篠田 篠崎 芝田 島本 島村 清田 下村 下川 城田 新谷 新藤 陣内 末永 末広 杉田 杉原 菅沼 菅谷 菅井 鈴村 砂川 関根 関谷 関川 瀬川 瀬尾 仙波 曾根 染谷 平良 高石 高岡 高梨 高畑 高尾 高村 高林 高原 高倉 高嶋 高柳 高坂 高見 多田 立石 立川 辰巳 館野 棚橋 谷村 谷本 谷内 谷崎 種田 玉井 玉木 玉置 俵 千田 茅野 長沢 塚田 塚越 塚原 月岡 津島 堤 鶴岡 鶴見 手島 寺尾 寺本 寺島 寺井 寺沢 戸川 戸谷 床井 徳田 徳山 利根 富樫 富岡 友田 豊島 鳥居 鳥山 直井 中込 中条 中岡 中津 中林 中平 中畑 中丸 中道 永瀬 永松 永岡 長井 長沼 長浜 長崎 名取 滑川 成瀬 鳴海 新倉 新村 西原 西澤 西沢 西谷 西林 西脇 西浦 西井 仁科 蜷川 布施 根津 能登 野上 野沢 野々村 野原 野本 野間 延原 萩野 橋爪 長谷 畑 畑中 秦 羽田 羽生 羽鳥 八田 花井 花岡 埴生 浜野 浜本 林原 原口 原島 原野 針谷 春日 伴 東山 樋渡 菱田 一柳 日比野 平尾 平岡 平賀 平木 平沢 平澤 平塚 平間 平本 広田 広川 広岡 廣瀬 廣田 深井 深川 深田 深谷 福井 福岡 福留 福永 福村 藤倉 藤崎 藤島 藤永 藤林 藤巻 藤森 藤山 藤生 船越 古沢 古橋 保坂 保科 星川 細井 細谷 細野 堀越 堀口 堀井 本庄 本郷 本村 前島 前野 前原 前山 蒔田 増井 増子 町井 松井田 松宮 松沢 松澤 松木 松丸 松山 真田 真野 三井 三上 三沢 三澤 三原 三輪 三田 水上 水口 水沢 水島 溝口 光岡 箕輪 宮内 宮尾 宮口 宮坂 宮里 宮地 宮島 宮原 宮部 向山 村岡 村川 村木 村越 村中 村本 室井 室田 持田 本橋 本山 桃井 森井 森口 森永 森谷 森脇 諸岡 八代 安川 安達 柳井 柳原 柳瀬 柳川 簗瀬 矢口 矢崎 矢田 矢沢 八島 藪 山井 山影 山際 山城 山添 山名 山野 山元 山室 山脇 由井 行方 横井 横川 横尾 横溝 吉井 吉江 吉沢 吉澤 吉成 吉永 吉見 吉森 若山 若杉 若月 鷲見 蕨 日下部 一ノ瀬 一之瀬 竜ヶ崎 二ノ宮 更科 更級 奥平 奥谷 奥井 長内 大出 大江 大垣 大崎 大津 大坪 大貫 大畑 大原 大見 大室 大和田 岡野 岡崎 岡山 沖 荻原 尾形 尾上 小栗 小山田 長部 織田 貝塚 海老原 加賀 加納 香取 柏原 片桐 片平 勝又 勝田 勝山 桂木 門田 金沢 金田 金森 鎌倉 上条 神尾 神崎 神山 神野 亀田 亀山 唐沢 狩野 川井 川瀬 川名 川畑 川原 川俣 川辺 河内 河原 河本 神部 菊田 岸 岸川 喜多 北沢 北島 北山 北林 木田 衣笠 木山 君島 清野 相川 相原 会田 青柳 青野 青葉 赤木 赤井 秋葉 秋元 秋山 浅川 浅見 浅沼 朝日 東谷 麻生 足利 芦沢 畔上 安倍 天野 綾部 荒 荒巻 新川 有田 有本 粟野 飯野 飯村 飯沼 五十川 生島 池内 池本 池上 石上 石倉 石坂 石崎 石崎 石沢 石野 石丸 石村 石毛 石堂 磯崎 磯貝 板垣 板倉 市村 市野 伊丹 一色 糸井 稲田 稲村 稲川 犬飼 井本 井村 井沢 今川 今西 今野 岩間 岩瀬 岩永 岩淵 岩渕 植木 植村 植松 上杉 上林 上山 魚住 鵜飼 牛島 臼田 内海 内野 宇佐美 宇田川 梅原 梅本 梅津 浦野 漆原 江川 江崎 江島 江原 榎 海老沢 遠山 及川
`)

/** Characters of which given names are made. */
export const givenCharacters: ReadonlySet<string> = new Set(
  '一二三四五六七八九十千万太郎朗次小合治司志史士至郁育宇雨羽衣依伊以偉維逸允胤栄永英瑛映詠衛悦円延苑央旺桜欧音恩佳果歌花嘉夏華香加可快海開楓岳学覚寛幹寿菅莞丸岩希季基喜貴起輝紀規毅吉弓久求恭響京匡教杏暁業旭玉琴勤欣錦吟玖空薫勲群圭恵慶敬景啓慧桂蛍結潔健憲賢謙絃弦玄厳源己虎吾悟護光孝幸広弘浩紘航晃洸晄皓功宏昂好剛豪克沙紗彩咲作朔冴才哉斉菜聡早創爽蒼想颯惣総三珊賛汐詩史思梓時次治慈蒔実紫芝樹宗秀修周柊秋州洲俊駿春旬純淳潤順準初渚正昌章翔祥笑勝尚彰昇匠晶丈譲紹伸信真進慎新心晋臣仁尋澄世成清誠聖晴生星政征静千泉扇仙鮮善然全素蘇壮奏相草荘蔵大泰代台拓琢達辰丹知智千竹築忠紬珠長暢朝澄紬通弦貞哲徹天典展斗冬桃東統藤瞳道徳敦那奈南凪夏七成虹日音乃能之芭葉波羽白博隼繁帆晩彦飛緋陽久尾美響百豹票風楓福史文平兵並歩保穂芳峰邦朋望北睦牧麻真舞茉万満未実見岬光都夢睦武明茂萌木也矢弥耶野夕友由有悠裕雄勇優祐佑結唯諭幸遥要洋陽葉蓉養代世来頼蘭莉利里理梨璃陸律隆龍竜流琉良亮涼諒遼凌力緑倫凛凜鈴輪瑠留玲礼怜麗令蓮連恋路朗和環愛藍蒼碧葵茜朱綾絢文彬稔樹子江枝恵重助介輔祢音緒人仁夫男雄郎士次行之征貢嗣継義美寧'
)

export const givenNames = listed(`
太郎 一郎 次郎 二郎 三郎 健太 健一 健二 健 翔太 翔 大輔 大樹 大翔 拓也 拓海 達也 直樹 直人 和也 和夫 和子 和彦 和美 誠 隆 隆史 隆志 浩 浩二 浩一 博 博之 健太郎 裕介 祐介 雄介
陽介 洋介 洋子 洋平 亮 亮太 亮介 涼 諒 遼 蓮 悠真 悠斗 陽翔 陽菜 結衣 結菜 葵 凛 美咲 美穂 美香 美紀 美奈子 美由紀 由美 由美子 由紀 由紀子 優 優子 優花 優奈 裕子 祐子 有希
花子 恵子 恵 恵美 恵美子 京子 幸子 幸雄 幸一 節子 文子 千尋 千春 千夏 直美 直子 真由美 真理子 真理 麻衣 麻衣子 麻美 舞 愛 愛子 愛美 綾 綾子 綾香 彩 彩香 彩花 沙織 沙也加 香織 香奈
智子 智美 智也 友美 友香 奈々 奈緒 奈緒美 七海 菜摘 菜々子 理恵 理沙 里奈 里美 梨花 莉子 凜 咲 咲良 桜 さくら 楓 渚 遥 遥香 春香 明日香 萌 瞳 望 希 光 明 明美 晃 昭 章 聡 悟
学 剛 豪 徹 哲也 哲郎 修 修一 俊介 俊 慎一 慎吾 信也 信夫 進 茂 実 稔 勝 勝也 正 正人 正樹 雅人 雅也 雅子 昌子 政夫 清 清美 静香 静子 純 純一 純子 淳 淳子 潤 順子 惇 秀樹 英樹 英明
秀明 弘 弘樹 宏 宏樹 寛 義雄 義明 良子 良太 礼子 玲奈 玲子 怜 瑞穂 瑞希 瑠美 勇 勇気 勇太 雄太 雄大 雄一 祐樹 裕樹 祐太 悠 悠太 悠人 湊 樹 蒼 新 朝陽 海斗 海翔 颯太 奏 奏太 律 暖
芽依 紬 陽葵 心春 心愛 杏 杏奈 花 花音 華 茜 朱里 千佳 佳奈 佳子 加奈 加奈子 久美子 久美 公子 邦子 孝 孝之 孝子 貴之 貴史 貴子 喜久子 典子 紀子 範子 法子 敏子 敏夫 利夫 豊 豊子 力
`)

/** As they are read, where they are not written in kanji. */
export const familyReadings = listed(`
さとう すずき たかはし たなか いとう わたなべ やまもと なかむら こばやし かとう よしだ やまだ ささき やまぐち まつもと いのうえ きむら さいとう しみず やまざき いけだ はしもと あべ いしかわ やました
なかじま いしい おがわ まえだ おかだ はせがわ ふじた ごとう こんどう むらかみ えんどう あおき さかもと ふくだ おおた にしむら ふじい かねこ おかもと ふじわら みうら なかの なかがわ はらだ まつだ
たけうち おの たむら なかやま わだ いしだ もりた うえだ うちだ しばた さかい みやざき よこやま たかぎ あんどう みやもと おおの こじま くどう たにぐち いまい まるやま ますだ すぎやま むらた おおつか
ひらの ふじもと こうの うえの のぐち たけだ まつい ちば すがわら いわさき くぼ きのした さの のむら まつお いちかわ きくち すぎもと おおにし しまだ みずの さくらい たかの よしかわ にしだ にしかわ
`)

export const westernGiven = listed(`
James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan
Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Walter Ethan
Jeremy Harold Keith Christian Roger Noah Gerald Carl Terry Sean Austin Arthur Lawrence Jesse Dylan Bryan Joe Jordan Billy Bruce Albert Willie Gabriel Logan Alan Juan Wayne Roy Ralph Randy Eugene Vincent Russell Louis Philip
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia
Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn Janet Catherine Maria Heather Diane Ruth Julie Olivia Joyce Virginia Victoria Kelly Lauren Christina Joan
Evelyn Judith Megan Andrea Cheryl Hannah Jacqueline Martha Gloria Teresa Ann Sara Madison Frances Kathryn Janice Jean Abigail Alice Julia Judy Sophia Grace Denise Amber Doris Marilyn Danielle Beverly Isabella Theresa Diana
Natalie Brittany Charlotte Marie Kayla Alexis Lori Tom Tim Mike Dave Steve Bob Jim Bill Dan Chris Matt Nick Tony Sam Ben Alex Kate Jane Sue Liz Jenny Oliver Lucas Mason Liam Chloe Zoe Mia Ava Lily Ella Ruby Lucy Oscar Leo Max
Taro Hanako Kenji Yuki Haruto Sakura Hiroshi Takashi Keiko Yoko Naoki Kenta Daisuke Akira Ayumi Mika Emi Yumi Aoi Ren Yuto Shota Takuya Kazuki Satoshi Makoto Hiroko Noriko Tomoko Akiko Michiko Kyoko Masato Ryota Mei Rin Hina
Priya Raj Amit Wei Ming Carlos Luis Ana Sofia Mohammed Ahmed Fatima Ali Omar Ivan Olga Elena Marco Luca Giulia Hans Klaus Anna Pierre Sophie
`)

export const westernFamily = listed(`
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker
Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy
Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross
Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons Patterson Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera Gibson Ellis
Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens Harrison Fernandez McDonald Woods Washington Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter Hunter Gordon Mendez
Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Stone Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley
Spencer Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong Hudson Carroll Lane Riley Andrews Ray Berry Perkins Hoffman Johnston Matthews Pena Richards Willis Carpenter Lawrence
Tanaka Suzuki Sato Yamada Takahashi Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Saito Shimizu Mori Ikeda Hashimoto Abe Ishikawa Ogawa Okada Hasegawa Fujita Goto
Sharma Singh Kumar Wang Zhang Li Liu Yang Huang Park Choi Müller Schneider Weber Rossi Ferrari Dubois Laurent Khan Hassan
`)
