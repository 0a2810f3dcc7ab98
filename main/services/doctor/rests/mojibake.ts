// Text that was read in a wrong encoding once, and saved so.
const patterns: readonly RegExp[] = [
  /\uFFFD/g,
  // UTF-8 read as Shift_JIS
  /(?:[縺繧繝][\u3041-\u9fffｦ-ﾟ\u0080-\uffff]?){3,}|(?:縺[吶ｧｮｯ励後ｾ↓]|繧[偵呈ｹ]|繝[ｼｳｻ峨ｫ]){2,}/g,
  // UTF-8 read as Latin-1 or Windows-1252
  /(?:[ãâåæçèé][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}){2,}|â€[™œ\u009d˜“”¦]|Ã[©¨¤¶¼±³º¡­]|Â[ £©®°·»«]/g,
  // Shift_JIS or EUC-JP read as Latin-1
  /(?:[\u0080-\u009f‚ƒ][\u0040-\u00ff]){4,}|(?:[¤¥][\u00a1-\u00fe]){3,}/g,
  // UTF-8 read as half-width kana, and EUC-JP as Shift_JIS
  /(?:[ﾃﾂ][｡-ﾟ]){3,}|(?:､[｡-ﾟ]){4,}/g,
  // signs that were lost
  /(?<=[ぁ-ヶ一-鿿、。])\?{3,}|\?{8,}/g
]

/** with one of these each of them begins, or is made of */
const beginnings = /[\uFFFD縺繧繝ãâåæçèéÃÂ\u0080-\u009f‚ƒ¤¥ﾃﾂ､]|\?{3}/

export function mojibakeIn(text: string): readonly [number, number] | null {
  if (!beginnings.test(text)) return null
  for (const pattern of patterns) {
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    if (match) return [match.index, match.index + match[0].length]
  }
  return null
}
