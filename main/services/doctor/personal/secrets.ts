// Keys, tokens and passwords: by the beginnings that their makers give them, or by the words before them.
import type { Scanner } from './scanner'

const exact = (words: string): string => words

/** Letters and digits mixed, as nobody writes a word. */
const isRandom = (words: string): boolean =>
  words.length >= 6 && /\d/.test(words) && /[a-z]/i.test(words) && !/^\d{1,4}[a-z]{1,10}$/i.test(words)

/** no secret, but where one would stand */
const isExample =
  /^(?:your|my(?=[-_ ]|pass|secret|key|token|pwd)|the|xxx|\*{2,}|example|os\.|process\.|env|self\.|[A-Z_]{3,}$)|\(/i

const beginnings: readonly RegExp[] = [
  // Amazon, Google, GitHub, GitLab
  /(?<!\w)(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}(?!\w)/g,
  /(?<!\w)AIza[\w-]{35}(?![\w-])/g,
  /(?<!\w)(?:GOCSPX-[\w-]{20,40}|ya29\.[\w-]{20,300})(?![\w-])/g,
  /(?<!\w)gh[pousr]_[A-Za-z0-9]{20,255}(?!\w)/g,
  /(?<!\w)github_pat_\w{20,255}(?!\w)/g,
  /(?<!\w)gl(?:pat|dt|rt|ptt)-[\w-]{16,64}(?![\w-])/g,
  // Slack, OpenAI and Anthropic, Stripe, Hugging Face, npm, PyPI, SendGrid, Twilio, Square, Shopify, DigitalOcean
  /(?<!\w)xox[abeoprs]-[\w-]{10,250}(?![\w-])/g,
  /(?<![\w-])sk-(?:proj-|ant-|svcacct-)?[\w-]{20,250}(?![\w-])/g,
  /(?<!\w)[sprw]{1,2}(?:k|hsec)_(?:live|test)_[A-Za-z0-9]{16,120}(?!\w)/g,
  /(?<!\w)whsec_[A-Za-z0-9]{16,120}(?!\w)/g,
  /(?<!\w)hf_[A-Za-z0-9]{24,64}(?!\w)/g,
  /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g,
  /(?<!\w)pypi-[\w-]{30,250}(?![\w-])/g,
  /(?<!\w)SG\.[\w-]{16,32}\.[\w-]{30,64}(?![\w-])/g,
  /(?<!\w)(?:AC|SK)[0-9a-f]{32}(?!\w)/g,
  /(?<!\w)(?:sq0[a-z]{3}-[\w-]{22,50}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|do[opr]_v1_[0-9a-f]{64})(?![\w-])/g,
  // JSON Web Tokens
  /(?<![\w.])eyJ[\w-]{8,2000}\.eyJ[\w-]{4,4000}\.[\w-]{4,1000}(?![\w-])/g,
  // keys as files have them
  /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----[^-]{1,8000}(?:-----END (?:[A-Z]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----)?/g,
  // Azure
  /(?<=(?:AccountKey|SharedAccessKey|sharedaccesssignature)=)[\w+/%=-]{20,200}/gi
]

export const secretScanners: readonly Scanner[] = [
  ...beginnings.map((pattern): Scanner => ({ kind: 'secret', needs: 'letter', pattern, value: exact })),
  {
    kind: 'secret',
    needs: 'letter',
    pattern: /(?<!\w)(?:Bearer|Basic) (?<it>[\w.~+/-]{16,500}={0,2})/g,
    check: ({ words }) => isRandom(words),
    value: exact
  },
  {
    // API_KEY=..., "secret": "...", パスワードは...
    kind: 'secret',
    needs: 'word',
    pattern:
      /(?:api[ _-]?key|access[ _-]?key(?:[ _-]?id)?|secret(?:[ _-]?(?:key|access[ _-]?key))?|client[ _-]?secret|access[ _-]?token|auth[ _-]?token|token|password|passwd|passcode|pwd|(?<![A-Za-z])pw|APIキー|アクセスキー|シークレット(?:キー)?|トークン|パスワード|パスコード|合言葉|認証キー)["']?(?: ?(?:=|:|は|が|is) ?)["'「『]?(?<it>[\w!#$%&*@^+~][!#-&(-.0-9:;=?-Z^-z|~/]{4,200}[\w!#$%&*@^+~=?/-])/gi,
    check: ({ words }) => isRandom(words) && !isExample.test(words),
    value: exact
  },
  {
    kind: 'secret',
    needs: 'digit',
    pattern:
      /(?:暗証番号|PINコード|PIN|ワンタイムパスワード|認証コード|確認コード|認証番号|security code|verification code|CVV|CVC|セキュリティコード)(?:は|が|:|=| is| ){1,3}(?<it>\d{3,8})(?![\w]|桁|つ|文字)/g
  }
]
