// Does somebody only thank for an answer? Such a mail answers nothing, whatever it quotes. Names and greetings around the
// thanks do not count; anything else that is said does. Pure.

const longest = 300
const mostOthers = 4

const thanks =
  /thank|thanx|\bthx\b|\bcheers\b|appreciat|ありがと|有難|有り難|助かり|感謝|谢谢|謝謝|感谢|感謝|多谢|多謝|감사|고맙|\bdank|merci|gracias|obrigad|grazie|bedankt/i

/** What stands around thanks and says nothing more. */
const phrases: readonly RegExp[] = [
  /(?:thank(?:s| you)|thx|thanx|cheers|(?:i |we )?(?:really |much |very ){0,3}appreciated? ?(?:it|that|this)?|many|very much|so much|a lot|again)/giu,
  /(?:(?:that|this|it)(?:'s| is| has| was)? ?(?:very |really |so )?(?:helped|helpful|helps?|worked|works|all|solved|perfect|great|clear)(?: now| a lot)?)/giu,
  /(?:(?:for|your|the|all|this|that) ?(?:very |so )?(?:quick|prompt|fast|kind|helpful|great)? ?(?:help|reply|response|answer|support|assistance|time|information)?)/giu,
  /(?:ok(?:ay)?|great|perfect|got it|understood|wonderful|and|hi|hello|dear|team|(?:best|kind|warm)? ?(?:regards|wishes)|best|sincerely|yours|all the best|have a (?:nice|good|great|lovely) (?:day|weekend|evening))/giu,
  /(?:どうも|本当に|大変|とても|誠に|早速の?|さっそくの?|迅速な|迅速に|ご?丁寧な|ご?丁寧に|お忙しい(?:ところ|中)|ご?(?:返信|回答|返答|連絡|対応|説明|教示|確認)(?:を?いただき|を?頂き|くださり|下さり)?)/giu,
  /(?:ありがとう(?:ござい(?:ます|ました))?|有り?難う(?:ござい(?:ます|ました))?|助かり(?:ます|ました)|感謝(?:いた)?し(?:ます|ております)|(?:承知|了解|理解)(?:いた)?し(?:ました)|分かりました|わかりました|解決(?:いた)?しました)/giu,
  /(?:(?:お世話になって(?:おり|い)ます|よろしくお願い(?:いた)?します|宜しくお願い(?:いた|致)?します|今後とも|また|何かありましたら|にて|と申します|です|様|さん))/giu,
  /(?:非常|十分|[好收明][的到白]了?|了解|知道|谢谢|謝謝|感谢|感謝|多谢|多謝|[您你](?:的|们|們)?|回[复復覆]|帮助|幫助|快速|及时|祝好|商祺|此致|敬礼|的|了)/giu,
  /(?:네|예|정말|대단히|빠른|친절한|답변|도움|안내|감사(?:합니다|드립니다|해요)|고맙습니다|고마워요|확인했습니다|알겠습니다|안녕하세요|수고하세요)/giu,
  /(?:(?:vielen|herzlichen|besten)? ?dank(?:e)?(?: schön| sehr)?|für (?:die|ihre) (?:schnelle |rasche )?(?:antwort|hilfe|rückmeldung)|(?:mit )?(?:freundlichen|besten|viele|beste|schöne) grüßen?|hallo|guten tag|sehr|super)/giu,
  /(?:merci(?: beaucoup| bien)?|pour votre (?:aide|réponse|retour)(?: rapide)?|bonne journée|cordialement|bonjour)/giu,
  /(?:(?:muchas |mil )?gracias|por (?:su|la|tu) (?:rápida )?(?:ayuda|respuesta)(?: rápida)?|(?:un )?saludos?|hola|muito|obrigad[oa]|grazie(?: mille)?)/giu
]
const letter = /[\p{L}\p{N}]/u

export function isOnlyThanks(text: string): boolean {
  if (text.length > longest || !thanks.test(text) || /[?？]/.test(text)) return false
  let others = 0
  let thanked = false
  for (const said of text.split(/[\n。.!！]/)) {
    if (!letter.test(said)) continue
    const left = phrases.reduce(without, said)
    if (letter.test(left) && (!isName(left) || ++others > mostOthers)) return false
    thanked ||= thanks.test(said)
  }
  return thanked
}

// a word of which only a part is a phrase is another word
const without = (said: string, phrase: RegExp): string =>
  said.replace(phrase, (found, ...more) => {
    const at = more.at(-2) as number
    const [before, behind] = [said[at - 1], said[at + found.length]]
    return (isLatin(found[0]) && isLatin(before)) || (isLatin(found.at(-1)) && isLatin(behind)) ? found : ' '
  })

/** Up to three words with capitals, or a few signs of names in the scripts of Asia. */
const isName = (text: string): boolean =>
  /^(?:\p{Lu}[\p{L}'-]{0,20}\.? ?){1,3}$|^[\p{Script=Han}\p{Script=Katakana}ー々 ]{1,10}$|^[\p{Script=Hangul} ]{1,6}$/u.test(
    text.replace(/[\s,、·・\u2013-]+/g, ' ').trim()
  )

const isLatin = (text = ''): boolean => /\p{Script=Latin}/u.test(text)
