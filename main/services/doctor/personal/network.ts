// Addresses of machines and of mail, and web addresses that let in whoever knows them.
import { before, type Scanner } from './scanner'

const isVersion = /(?:v|ver\.?|version|バージョン|第|節|章|§|section|release)[ :]{0,2}$/i

/** parts of a web address that let somebody in */
const secretPart =
  /[?&#;](?:access_?token|auth(?:_?token)?|token|api_?key|key|secret|client_secret|password|passwd|pwd|pass|sig(?:nature)?|session(?:_?id)?|sid|code|x-amz-signature|x-amz-security-token|x-goog-signature|sv|otp|invite|reset)=[^&#\s]{4,}/i
const secretPath =
  /\/\/(?:hooks\.slack\.com\/services\/|discord(?:app)?\.com\/api\/webhooks\/|[\w.-]{1,80}\.webhook\.office\.com\/)|\/(?:reset|verify|confirm|invite|magic|unsubscribe|token|activate)[\w-]{0,20}\/[\w-]{16,}/i

export const networkScanners: readonly Scanner[] = [
  {
    kind: 'secret-url',
    needs: 'colon',
    // postgres://user:password@host
    pattern:
      /(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{1,80}:[^\s/@"'<>]{1,80}@[\w.-]{1,120}(?::\d{1,5})?(?:\/[^\s"'<>）」』、。ぁ-んァ-ヶー一-鿿]{0,200})?/gi
  },
  {
    kind: 'secret-url',
    needs: 'colon',
    // behind ? and # stand no kana or kanji as they are: a sentence goes on there
    pattern:
      /(?<![\w+.-])https?:\/\/[^\s"'<>`（）「」『』、。?#]{2,500}(?:[?#][^\s"'<>`（）「」『』、。ぁ-んァ-ヶー一-鿿]{0,500})?/gi,
    check: ({ words }) => secretPart.test(words) || secretPath.test(words)
  },
  {
    kind: 'mail',
    needs: 'at',
    pattern:
      /(?<![\w.%+-])[A-Za-z0-9](?:[\w.%+'-]{0,62}[\w+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![\w-])/g
  },
  {
    // name [at] example [dot] com
    kind: 'mail',
    needs: 'letter',
    pattern:
      /(?<![\w.])[\w.+-]{1,40} ?(?:\[at\]|\(at\)|【at】|<at>|\[アット\]|\(アット\)|☆|★) ?[\w-]{1,40}(?: ?(?:\.|\[dot\]|\(dot\)|\[ドット\]) ?[\w-]{1,20}){1,3}/gi
  },
  {
    kind: 'ip',
    needs: 'digit',
    pattern:
      /(?<![\w.-])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:\/\d{1,2})?(?![\w]|\.\d)/g,
    check: (candidate) =>
      !/^(?:0\.0\.0\.0|127\.0\.0\.1|255\.255\.)/.test(candidate.words) &&
      !isVersion.test(before(candidate, 12)) &&
      !/^\d(?:\.\d){3}$/.test(candidate.words)
  },
  {
    kind: 'ip',
    needs: 'colon',
    pattern: /(?<![\w:.])(?:[\da-f]{1,4}:){7}[\da-f]{1,4}(?![\w:])/gi
  },
  {
    kind: 'ip',
    needs: 'colon',
    pattern: /(?<![\w:.])(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6}(?:%\w{1,10})?(?![\w:])/gi,
    check: ({ words }) => words.includes('::') && words.split(':').length <= 9 && /\d/.test(words)
  },
  {
    kind: 'ip',
    needs: 'colon',
    pattern: /(?<![\w:.])(?:fe80|fd[\da-f]{2}|2[\da-f]{3})(?::[\da-f]{0,4}){2,7}(?![\w:])/gi,
    check: ({ words }) => words.includes('::')
  },
  {
    kind: 'mac',
    needs: 'word',
    pattern: /(?<![\w:-])[\da-f]{2}(?:(?::[\da-f]{2}){5}|(?:-[\da-f]{2}){5})(?![\w]|[:-][\da-f])/gi
  },
  {
    kind: 'mac',
    needs: 'word',
    pattern: /(?<![\w.])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\w.])/gi,
    check: ({ words }) => /[a-f]/i.test(words) || !/^\d{4}\./.test(words)
  }
]
