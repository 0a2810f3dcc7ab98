// What strangers wrote (a licence, a model's name) as plain text of a model card: one short line without markup, HTML,
// links or unseen signs. Pure.

const longest = 200

/** most: signs of it that are kept. */
export function cardText(text: string, most = longest): string {
  const line = oneLine(text, most)
  return (
    // a bracket alone is none of a link: it is read as it stands, also in a plain text
    line
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/[\\`*[\]|~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      // no address becomes a link by itself
      .replace(/:(?=\/\/)/g, '&#58;')
      .replace(/@/g, '&#64;')
      .replace(/\bwww\./gi, 'www&#46;')
  )
}

/** Between backticks nothing is markup but a backtick. */
export const cardCode = (text: string): string => `\`${oneLine(text).replace(/`/g, '') || '–'}\``

/** Without controls and marks of direction, cut where it is long. */
export function oneLine(text: string, most = longest): string {
  const line = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '').trim()
  const all = [...line]
  return all.length > most ? `${all.slice(0, most).join('')}…` : line
}
