// Places that somebody meant to fill in: ○○様, XXXX, {{name}}, [氏名], TBD.
const inTemplates =
  /\{\{ ?[^{}\n]{1,40}\}\}|\$\{[A-Za-z_][\w.]{0,40}\}|<%=? ?[^%\n]{1,40}%>|%[A-Z][A-Z_]{2,30}%|(?<![\w[])\[(?:Your|Insert|Company|Customer|Client|Recipient|First|Last|Full|User|Product|Contact|Date|Name|Phone|Address|Email|Order|Position|Job|Manager|City|State|Title)(?:['’]s)?(?: [A-Za-z'’]{1,15}){0,4}\](?!\()/gi
const japanese =
  /[○〇◯●]{2,12}|[×✕]{2,12}(?![\d])|(?<=[○〇◯●△□×])(?=様|さま|さん|株式会社|商事|会社|店)|[△▲□■◇◆]{2,12}(?=様|さま|さん|株式会社|商事|会社|円|日|店|[市区町村県駅課部係号])|[［[【〔<＜(（](?:お?(?:客様)?(?:氏名|名前|お名前|会社名|御社名|貴社名|店舗名|商品名|担当者名?|部署名?|日付|日時|年月日|金額|電話番号|住所|メールアドレス|URL|件名|注文番号|数量|ここに[^\n]{1,12}|○|〇|●|要確認|確認中|未定|未記入|記入)|(?:お?客様|顧客|会社|担当者?|商品|部署|宛先|相手)(?:名|様))(?:を?(?:入力|記入|挿入))?[］\]】〕>＞)）]/g
const marks =
  /(?<!\w)(?:X{4,}|x{4,}|TBD|TBC|TODO|FIXME|lorem ipsum|dummy text|PLACEHOLDER|foo@bar)(?!\w)|ダミーテキスト|テストテスト|あとで(?:書く|記入)|後で(?:書く|記入)|要追記|※仮|(?:仮)$|ここに(?:文章|文|名前|回答|内容|本文)を/gi

/** with one of these what stands in brackets and what is a mark of its own begins */
const signs = /[{$<%[○〇◯●×✕△□▲■◇◆［【〔＜(（]/
const all = [inTemplates, japanese, marks]
const onlyWords = [marks]

/** The first one. */
export function placeholderIn(text: string): readonly [number, number] | null {
  for (const pattern of signs.test(text) ? all : onlyWords) {
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    if (match)
      return [Math.max(0, match[0] === '' ? match.index - 1 : match.index), match.index + match[0].length]
  }
  return null
}
