// The check of links that leave the app: only pages of hosts that Neiro itself points to are handed to the
// browser, over https, spelt out plainly. Everything else stays shut.

/** where models and their licences are read about */
const hosts: ReadonlySet<string> = new Set([
  'huggingface.co',
  'opensource.org',
  'www.apache.org',
  'ai.google.dev',
  'www.llama.com',
  'www.liquid.ai',
  'www.preferred.jp',
  'www.nvidia.com',
  'github.com'
])

export function mayOpen(address: string): boolean {
  // an address with a control character or a backslash is read differently by different programs
  if (/[\u0000-\u0020\u007f\\]/.test(address) || !URL.canParse(address)) return false
  const { protocol, username, password, port, hostname } = new URL(address)
  return protocol === 'https:' && username === '' && password === '' && port === '' && hosts.has(hostname)
}
