// Where Ollama listens: on this machine and nowhere else. OLLAMA_HOST is followed as far as it says so. Pure.

export interface OllamaAddress {
  readonly host: string
  readonly port: number
}

const usual: OllamaAddress = { host: '127.0.0.1', port: 11434 }

/** Null: OLLAMA_HOST names another machine, and nothing is sent there. */
export function ollamaAddress(env: NodeJS.ProcessEnv): OllamaAddress | null {
  const said = env['OLLAMA_HOST']?.trim() ?? ''
  if (said === '') return usual
  const address = /^(?:(https?):\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d{1,5}))?\/?$/.exec(said)
  if (!address || address[1] === 'https') return null
  const host = loopback(address[2] ?? '')
  const port = address[3] === undefined ? (address[1] === 'http' ? 80 : usual.port) : Number(address[3])
  return host === null || port < 1 || port > 65_535 ? null : { host, port }
}

/** A name is not looked up: what it means is not ours to trust. "Everywhere" is reached here, too. */
function loopback(host: string): string | null {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (['', 'localhost', '0.0.0.0'].includes(plain)) return usual.host
  if (plain === '::1' || plain === '::') return '::1'
  return /^127(\.\d{1,3}){3}$/.test(plain) ? plain : null
}
