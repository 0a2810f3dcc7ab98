// Where somebody lives: postcodes and addresses down to the house. A town alone is nobody's.
import { after, before, digitsOf, type Candidate, type Scanner } from './scanner'

const postWords =
  /(?:〒|郵便番号|郵便|住所|所在地|送り先|届け先|配送先|zip(?: ?code)?|post(?:al)? ?code|〠)[^\d\n]{0,6}$/i
const prefecture = /^[ 、,]{0,2}(?:東京都|北海道|京都府|大阪府|\p{Script=Han}{2,3}県)/u
const address = /^[ 、,]{0,2}\p{Script=Han}[\p{Script=Han}ぁ-んァ-ヶ]{0,6}[市区町村郡]/u

function isPostcode(candidate: Candidate): boolean {
  if (candidate.words.startsWith('〒') || postWords.test(before(candidate, 14))) return true
  if (!candidate.words.includes('-')) return false
  const next = after(candidate, 16)
  return (
    prefecture.test(next) ||
    address.test(next) ||
    /(?:Tokyo|Japan|Osaka|Kyoto)[ ,]{1,3}$/.test(before(candidate, 10))
  )
}

const isHouse = /丁目|丁\d|番地|\d番\d|番\d{1,4}号|\d-\d/
/** no number of a house */
const isAmount =
  /^ ?(?:km|m|メートル|キロ|人|年|円|分|時|個|件|名|月|日|%|社|校|世帯|両|本|度|歳|位|万|億|千)/i
/** words that only look like one */
const isOffice =
  /役所|役場|市場|町内|区分|区間|地区|市内|村内|区内|番線|番ホーム|番組|番目|区別|市民|市立|町長|市長|村長|区長/

export const placeScanners: readonly Scanner[] = [
  {
    kind: 'postcode',
    needs: 'digit',
    pattern: /(?<![\w.+-])〒? ?\d{3}-?\d{4}(?![\w]|[-.]\d)/g,
    check: isPostcode,
    value: digitsOf
  },
  {
    kind: 'postcode',
    needs: 'digit',
    pattern:
      /(?<=(?:, ?(?:HI|I[DN]|M[AE]|O[KR]|PA)|(?:, ?|[A-Z][a-z]{2,14} )(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|I[AL]|K[SY]|LA|M[DINOST]|N[CDEHJMVY]|OH|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])),? )\d{5}(?:-\d{4})?(?![\w-])/g
  },
  {
    kind: 'postcode',
    needs: 'digit',
    pattern: /(?<![\w-])\d{5}(?:-\d{4})?(?![\w-])/g,
    check: (candidate) => /zip(?: ?code)?[^\d\n]{0,6}$/i.test(before(candidate, 16))
  },
  {
    // of the United Kingdom
    kind: 'postcode',
    needs: 'digit',
    pattern: /(?<![\w-])[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\w-])/g
  },
  {
    kind: 'address',
    needs: 'place',
    pattern:
      /(?:東京都|北海道|京都府|大阪府|\p{Script=Han}{2,3}県) ?(?:(?:[\p{Script=Han}々ヶケノ]{1,7}?|\p{Script=Han}{0,2}(?![はがをのにへでと])[ぁ-ん]{2,6}|[ァ-ヶー]{2,6})[市区町村郡] ?){1,3}[\p{Script=Han}ぁ-んァ-ヶー々]{0,14} ?(?:(?:\d{1,4}|[一二三四五六七八九十]{1,3}(?=丁目|番|号|条))(?:丁目|丁(?=\d)|番地の?|番町|番|号(?!室)|条[東西南北]?|線|の(?=\d)|-(?=\d)| (?=\d{1,3}(?:-|番|号)))?[東西南北]?){1,7}(?: ?[\p{Script=Han}ァ-ヶーA-Za-z・]{1,16}(?:マンション|ハイツ|ビル(?:ディング)?|荘|コーポ|アパート|タワー|レジデンス|ハウス|パレス|号館|棟|メゾン|ヒルズ|コート|テラス|プラザ)[A-Za-z]?)?(?: ?[\p{Script=Han}A-Za-zァ-ヶー・]{0,14} ?\d{1,4}(?:号室|号|階|F)| [\p{Script=Han}A-Za-zァ-ヶー・]{2,14}\d{2,4}(?![\d年月日円名人時分]))?/gu,
    check: (candidate) => isHouse.test(candidate.words) || !isAmount.test(after(candidate, 4))
  },
  {
    // without its prefecture; a number alone is none of a house then
    kind: 'address',
    needs: 'place',
    pattern:
      /(?<!\p{Script=Han})(?:(?:[\p{Script=Han}々ヶケノ]{1,7}?|\p{Script=Han}{0,2}(?![はがをのにへでと])[ぁ-ん]{2,6}|[ァ-ヶー]{2,6})[市区町村郡] ?){1,3}[\p{Script=Han}ぁ-んァ-ヶー々]{0,14} ?(?:(?:\d{1,4}|[一二三四五六七八九十]{1,3}(?=丁目|番|号|条))(?:丁目|丁(?=\d)|番地の?|番町|番|号(?!室)|条[東西南北]?|線|の(?=\d)|-(?=\d)| (?=\d{1,3}(?:-|番|号)))?[東西南北]?){1,7}(?: ?[\p{Script=Han}ァ-ヶーA-Za-z・]{1,16}(?:マンション|ハイツ|ビル(?:ディング)?|荘|コーポ|アパート|タワー|レジデンス|ハウス|パレス|号館|棟|メゾン|ヒルズ|コート|テラス|プラザ)[A-Za-z]?)?(?: ?[\p{Script=Han}A-Za-zァ-ヶー・]{0,14} ?\d{1,4}(?:号室|号|階|F)| [\p{Script=Han}A-Za-zァ-ヶー・]{2,14}\d{2,4}(?![\d年月日円名人時分]))?/gu,
    check: ({ words }) => isHouse.test(words) && !isOffice.test(words)
  },
  {
    kind: 'address',
    needs: 'digit',
    pattern:
      /(?<![\w.-])\d{1,5} (?:[NSEW]\.? )?(?:(?:[A-Z][a-z]{1,14}|\d{1,3}(?:st|nd|rd|th)|Mc[A-Z][a-z]{1,12}) ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Square|Parkway|Pkwy|Circle|Highway|Crescent|Close|Gardens)\b\.?(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|Flat|#)\.? ?\w{1,6})?(?:, ?[A-Z][a-z]{2,14}(?: [A-Z][a-z]{2,14}){0,2}(?=,))?/g,
    // the 1929 Wall Street crash
    check: (candidate) =>
      !/(?:the|of) $/.test(before(candidate, 4)) || !/^(?:1[89]|20)\d{2} /.test(candidate.words)
  },
  {
    kind: 'address',
    needs: 'digit',
    pattern:
      /(?<![\w.-])\d{1,4}(?:-\d{1,4}){1,2},? [A-Z][a-z]{2,14}(?:[- ](?:[A-Z][a-z]{2,14}|chome|cho|machi)){0,2}(?:, ?[A-Z][a-z]{2,14}(?:-(?:ku|shi|cho|machi|gun|mura|to|fu|ken)| City| Prefecture)?){1,3}/g
  },
  {
    kind: 'address',
    needs: 'digit',
    pattern: /(?<![\w-])P\.? ?O\.? Box \d{1,6}(?!\w)/gi
  }
]
