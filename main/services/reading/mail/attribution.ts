// The line that says whose words follow in a mail: "On Monday … wrote:", 「…様からのメール：」, as mail programs write it in
// their languages, cut over up to three lines by some of them. Pure.

const ways: readonly RegExp[] = [
  /^\s*On .{5,160} wrote\s*[:：]\s*$/,
  /^\s*Am .{5,160} schrieb(?: .{1,80})?\s*[:：]\s*$/,
  /^\s*Le .{5,160} a écrit\s*[:：]\s*$/,
  /^\s*El .{5,160} escribió\s*[:：]\s*$/,
  /^\s*Em .{5,160} escreveu\s*[:：]\s*$/,
  /^\s*Il (?:giorno )?.{5,160} ha scritto\s*[:：]\s*$/,
  /^\s*Op .{5,160} schreef(?: .{1,80})?\s*[:：]\s*$/,
  /^\s*(?:在|于|於) ?.{5,160}[写寫]道\s*[:：]\s*$/,
  /^\s*.{1,60}(?:于|於) ?.{5,80}[写寫]道\s*[:：]\s*$/,
  /^\s*\d{4}년.{4,160}(?:작성|쓴 글|보낸 메일)\s*[:：]?\s*$/,
  /^\s*\d{4}[年/-].{4,160}(?:<[^>]+>|さん|様|さま|氏|のメール|のメッセージ)\s*[:：]?\s*$/,
  /^\s*.{1,60}(?:さんは書きました|wrote)\s*[:：]\s*$/,
  /^\s*[「『【(（]?.{1,60}(?:様|さん|さま|氏|殿)(?:から|より)?の?(?:メール|メッセージ|ご?連絡|お?問い?合わ?せ|ご質問)[」』】)）]?\s*[:：]\s*$/
]
const says = (line: string): boolean => ways.some((way) => way.test(line))
const begins = /^\s*(?:On|Am|Le|El|Em|Il|Op|在) \S|^\s*\d{4}[年/-]/
const longest = 240
const mostLines = 3

/** Lines that say so from here; 0 where none does. */
export function attributionLines(lines: readonly string[], at: number): number {
  const first = lines[at] ?? ''
  if (first.length > longest || first.trim() === '') return 0
  if (says(first)) return 1
  if (!begins.test(first)) return 0
  let joined = first.trimEnd()
  for (let count = 2; count <= mostLines; count++) {
    const next = lines[at + count - 1]
    // a line of quoted words, or an empty one, is no rest of it
    if (next === undefined || next.trim() === '' || /^\s*[>＞]/.test(next)) return 0
    joined += ` ${next.trim()}`
    if (joined.length > longest) return 0
    if (says(joined)) return count
  }
  return 0
}
