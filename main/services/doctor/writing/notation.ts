// Words that are written in more than one way. A house has one; which, its own texts say: the way that most rows have.

/** the user's own groups look the same */
export type Terms = readonly (readonly string[])[]

export const usualTerms: Terms = [
  ['お客様', 'お客さま', '御客様', 'お客サマ'],
  ['お問い合わせ', 'お問合せ', 'お問い合せ', 'お問合わせ', '御問合せ'],
  ['申し込み', '申込み', '申しこみ'],
  ['ください', '下さい'],
  ['いたします', '致します'],
  ['サーバー', 'サーバ'],
  ['ユーザー', 'ユーザ'],
  ['プリンター', 'プリンタ'],
  ['フォルダー', 'フォルダ'],
  ['ブラウザー', 'ブラウザ'],
  ['コンピューター', 'コンピュータ'],
  ['ウェブサイト', 'ウエブサイト', 'Webサイト', 'WEBサイト', 'webサイト'],
  ['Eメール', 'eメール', 'E-mail', 'e-mail', 'Ｅメール'],
  ['引き換え', '引換え'],
  ['取り扱い', '取扱い'],
  ['打ち合わせ', '打合せ', '打ち合せ'],
  ['振り込み', '振込み'],
  ['見積もり', '見積り'],
  ['よろしく', '宜しく'],
  ['ありがとうございます', '有難うございます', '有り難うございます'],
  ['子ども', '子供', '子供たち'],
  ['できます', '出来ます'],
  ['ひとつ', '一つ', '1つ', '１つ'],
  ['および', '及び'],
  ['または', '又は'],
  ['すべて', '全て'],
  ['さまざま', '様々'],
  ['email', 'e-mail'],
  ['website', 'web site', 'Web site'],
  ['sign in', 'log in', 'login'],
  ['cancellation', 'cancelation'],
  ['judgment', 'judgement']
]

/** A word that is the beginning of another of its group is meant only where that one does not stand. */
export function termPlaces(text: string, word: string, group: readonly string[]): readonly number[] {
  const places: number[] = []
  if (!text.includes(word)) return places
  const longer = group.filter((other) => other !== word && other.includes(word))
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const isOther = longer.some((other) => {
      const inside = other.indexOf(word)
      return text.startsWith(other, at - inside)
    })
    const goesOn = /[A-Za-z]$/.test(word)
      ? /[A-Za-z]/.test(text[at + word.length] ?? '')
      : word.endsWith('タ') || /[バザダ]$/.test(word)
        ? text[at + word.length] === 'ー' || /[ァ-ヶ]/.test(text[at + word.length] ?? '')
        : false
    if (!isOther && !goesOn) places.push(at)
  }
  return places
}

/** Every other word of the group becomes the wanted one. */
export function unified(text: string, wanted: string, group: readonly string[]): string {
  let out = text
  for (const word of group) {
    if (word === wanted) continue
    const places = termPlaces(out, word, group)
    for (let i = places.length - 1; i >= 0; i--) {
      const at = places[i] as number
      out = out.slice(0, at) + wanted + out.slice(at + word.length)
    }
  }
  return out
}
