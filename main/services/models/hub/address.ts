// What somebody typed or pasted as a model of the hub: owner/name, an address of its page, of its tree, or of one of its
// files. Pure.
import { NeiroError } from '../../../contract/errors'

export interface HubAddress {
  /** owner/name */
  readonly model: string
  /** branch, tag or commit; null: its main branch */
  readonly revision: string | null
  /** one weights file of several, where it was named */
  readonly file: string | null
}

const part = /^[\w][\w.-]{0,95}$/
const longest = 500

/** host: of the hub that is asked, which may be a mirror. Throws HUB_BAD_ADDRESS {address}. */
export function readAddress(typed: string, host: string): HubAddress {
  const text = typed.normalize('NFKC').trim()
  const refuse = (): never => {
    throw new NeiroError('HUB_BAD_ADDRESS', { address: typed.slice(0, 80) })
  }
  if (text.length > longest) return refuse()
  const path = pathOf(text, host) ?? refuse()
  const [owner = '', name = '', word, revision, ...file] = path.split('/').filter(Boolean).map(plain)
  if (!part.test(owner) || !part.test(name)) return refuse()
  const model = `${owner}/${name}`
  if (word === undefined) return { model, revision: null, file: null }
  if (!['tree', 'blob', 'resolve', 'raw'].includes(word)) return { model, revision: null, file: null }
  return {
    model,
    revision: revision ?? null,
    file: word === 'tree' || file.length === 0 ? null : file.join('/')
  }
}

/** hub:owner/name, as other programs write it, and hf.co, the hub's short name. */
const short = /^(?:hf\.co|hf:|hub:)\/*/i

function pathOf(text: string, host: string): string | null {
  if (/^https?:\/\//i.test(text)) {
    const url = URL.canParse(text) ? new URL(text) : null
    // a page of the official hub means the same model on a mirror
    return url && (url.host === host || /^(www\.)?(huggingface\.co|hf\.co)$/.test(url.hostname))
      ? url.pathname
      : null
  }
  const without = text.replace(short, '').replace(/^(www\.)?huggingface\.co\//i, '')
  return without.replace(/[?#].*$/, '')
}

function plain(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    return ''
  }
}
