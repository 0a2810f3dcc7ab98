// How many of the planted defects the check-up finds, and how many of those that it finds were planted.
import { personalKinds, type FindingKind } from '../../main/contract/findings'
import { noChoices } from '../../main/contract/check-up'
import { checkUp, type CheckSource } from '../../main/services/doctor/check-up'
import { ownPattern, type OwnPattern } from '../../main/services/doctor/personal/own-patterns'
import { scanPersonal } from '../../main/services/doctor/personal/scan'
import type { CheckedExample } from '../../main/services/doctor/row'
import { forbidden, type Generated } from './generate'
import { ownExample } from './personal-cases'

export interface Score {
  readonly name: string
  readonly planted: number
  readonly found: number
  readonly right: number
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
}

export const recall = ({ right, planted }: Score): number => (planted === 0 ? 1 : right / planted)
export const precision = ({ right, found }: Score): number => (found === 0 ? 1 : right / found)

export function sourceOf(rows: readonly CheckedExample[]): CheckSource {
  return {
    count: rows.length,
    async *parts() {
      for (let at = 0; at < rows.length; at += 500) yield rows.slice(at, at + 500)
    },
    at: async (places) => places.map((place) => rows[place] as CheckedExample),
    indexOf: (place) => (rows[place] as CheckedExample).index
  }
}

const textsOf = ({ example }: CheckedExample): readonly string[] =>
  'messages' in example ? example.messages.map(({ content }) => content) : [example.text]

export async function judgeFindings({ rows, planted }: Generated): Promise<Score[]> {
  const { findings, targets } = await checkUp(sourceOf(rows), {
    ...noChoices,
    ...{ forbidden, own: [ownExample], goal: 'tone', keep: 'first' }
  })
  return (Object.keys(planted) as FindingKind[]).map((kind) => {
    const wanted = planted[kind] as ReadonlySet<number>
    const found = new Set(targets[findings.findIndex((finding) => finding.kind === kind)] ?? [])
    const say = (index: number): string => `${index}: ${textsOf(rows[index] as CheckedExample).join(' / ')}`
    const right = [...wanted].filter((index) => found.has(index)).length
    return {
      ...{ name: kind, planted: wanted.size, found: found.size, right },
      missed: [...wanted].filter((index) => !found.has(index)).map(say),
      wrong: [...found].filter((index) => !wanted.has(index)).map(say)
    }
  })
}

/** Each kind by its places: one is right where it covers what was planted, and is of its kind. */
export function judgePersonal({ rows, personal }: Generated): Score[] {
  const own = [ownPattern(ownExample) as OwnPattern]
  return personalKinds.map((kind) => {
    const score = {
      name: kind,
      planted: 0,
      found: 0,
      right: 0,
      missed: [] as string[],
      wrong: [] as string[]
    }
    rows.forEach((row, i) => {
      const wanted = (personal[i] ?? []).filter((one) => one.kind === kind)
      score.planted += wanted.length
      for (const text of textsOf(row)) {
        const found = scanPersonal(text, own).filter((one) => one.kind === kind)
        score.found += found.length
        for (const { start, end } of found) {
          const words = text.slice(start, end)
          const at = wanted.findIndex((one) => covers(words, one.words))
          if (at < 0) score.wrong.push(`${words} <- ${text}`)
          else {
            score.right++
            wanted.splice(at, 1)
          }
        }
      }
      for (const one of wanted) score.missed.push(`${one.words} <- ${textsOf(row).join(' / ')}`)
    })
    return score
  })
}

const bare = (words: string): string => words.normalize('NFKC').replace(/[\s〒()（）.。「」\n-]/g, '')

/** All of it, and hardly more. */
const covers = (found: string, planted: string): boolean => {
  const [a, b] = [bare(found), bare(planted)]
  return (
    a === b || (a.includes(b) && a.length <= b.length + 2) || (b.includes(a) && a.length >= 0.9 * b.length)
  )
}
