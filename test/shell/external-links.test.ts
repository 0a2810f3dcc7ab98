// Links that leave the app: the few pages that Neiro points to, over https; whatever only looks like them stays shut.
import { expect, test } from 'vitest'
import { mayOpen } from '../../main/shell/external-links'

test.each([
  'https://huggingface.co/',
  'https://huggingface.co/Qwen/Qwen3-0.6B',
  'https://huggingface.co/models?language=ja#top',
  // one and the same host
  'https://HUGGINGFACE.co/Qwen',
  'https://huggingface.co:443/Qwen'
])('%s is opened', (url) => expect(mayOpen(url)).toBe(true))

test.each([
  ['another scheme', 'http://huggingface.co/'],
  ['a script', 'javascript:alert(1)//huggingface.co'],
  ['a script that names the host', 'javascript://huggingface.co/%0aalert(1)'],
  ['a file', 'file:///etc/passwd'],
  ['a file of the host', 'file://huggingface.co/share/a.exe'],
  ['data', 'data:text/html,<script>1</script>'],
  ['a program of the system', 'ms-msdt:/id'],
  ['mail', 'mailto:a@huggingface.co'],
  ['a page of our own', 'app://neiro/index.html'],
  ['nothing', 'about:blank'],
  ['a user', 'https://user@huggingface.co/'],
  ['a user and a word', 'https://user:word@huggingface.co/'],
  ['the host as a user', 'https://huggingface.co@example.org/'],
  ['another port', 'https://huggingface.co:8443/'],
  ['a longer host', 'https://huggingface.co.example.org/'],
  ['a host that ends alike', 'https://nothuggingface.co/'],
  ['a part of the host', 'https://cdn.huggingface.co/'],
  ['a trailing dot', 'https://huggingface.co./'],
  ['a look-alike letter', 'https://huggіngface.co/'],
  ['a full-width host', 'https://ｈuggingface.co/x y'],
  ['a backslash', 'https://example.org\\@huggingface.co/'],
  ['a backslash in the path', 'https://huggingface.co\\..\\x'],
  ['a line break', 'https://hugging\nface.co/'],
  ['a leading space', ' https://huggingface.co/'],
  ['only a host', 'huggingface.co'],
  ['no address', '']
])('%s is not: %j', (_what, url) => expect(mayOpen(url)).toBe(false))
