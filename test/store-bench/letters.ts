// Customers' letters and their answers, about 500 bytes a row, made at run time: each of sentences drawn by a seed, so that no two
// are alike but by chance; one in fifty is there twice, one in fifty nearly, one in a hundred is answered in another way,
// one in twenty names somebody, a number or a place.
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import * as lists from '../doctor/lists'
import { personalCase } from '../doctor/personal-cases'
import { Random } from '../doctor/random'
import type { Made } from '../reading-bench/inputs'

interface Letter {
  readonly question: string
  readonly answer: string
}

const openings = [
  'お世話になっております。',
  'はじめてお便りいたします。',
  'いつも利用しております。',
  '先週そちらへ伺った者です。',
  '友人に勧められて拝見しました。',
  ''
]
const wishes = [
  '{}を{}へ届けていただきたいのですが、{}のころは混み合いますでしょうか。',
  '{}の具合がよくないので、{}の店で見ていただけますか。{}までには使いたいです。',
  '{}と{}を並べて使うつもりですが、{}に合うのはどちらでしょう。',
  '{}を{}の催しで配りたく、{}までに数をそろえられるか知りたいです。',
  '{}について{}で読みました。{}にも同じ品は置いてありますか。',
  '{}を{}に贈ります。{}らしい包みにしていただけると助かります。'
]
const replies = [
  '{}は{}の工房で一つずつ仕上げており、{}の前後はお時間をいただいております。',
  '{}でしたら{}の棚にございますので、{}にお越しの折にお試しください。',
  '{}のお手入れには{}をおすすめしております。{}の湿気にはお気をつけください。',
  '{}の控えを{}あてにお送りし、{}に改めて様子をお知らせいたします。',
  '{}は軽く、{}での持ち運びにも向いております。{}の色もお選びいただけます。',
  '{}の数が少なくなりましたため、{}の店より取り寄せまして、{}にお渡しいたします。',
  '{}に合わせて{}もご覧いただけるよう、{}の展示をご用意しております。'
]
const times = '春先 梅雨 夏休み 初秋 年の暮れ 新学期 週の半ば 連休 月末 夕方 朝のうち 節分 七夕'.split(' ')
const whoever = '母 恩師 取引先 町内会 図書館 学校 劇団 茶道部 展覧会 写真館 喫茶室 美術館 植物園'.split(' ')

class Letters {
  readonly #r = new Random(7)
  #last: Letter = { question: '', answer: '' }

  next(i: number): Letter {
    const r = this.#r
    const chance = r.int(100)
    if (i > 0 && chance < 2) return this.#last
    if (i > 0 && chance < 4)
      return { ...this.#last, answer: `${this.#last.answer}どうぞよろしくお願いいたします。` }
    if (chance < 5) {
      const thing = `${r.pick(lists.goods)}の${r.pick(whoever)}向け第${r.int(3000)}便`
      return {
        question: `${thing}の送料はいくらですか。`,
        answer: `送料は${r.from(2, 9)}00円を頂戴しております。`
      }
    }
    const fill = (form: string): string =>
      form
        .replace('{}', `${r.pick(lists.goods)}${r.pick(['', '一式', 'の箱入り', '（小）'])}`)
        .replace('{}', r.pick(whoever))
        .replace('{}', r.pick(times))
    const question = `${r.pick(openings)}${fill(r.pick(wishes))}`
    const answer = [1, 2, 3].map(() => fill(r.pick(replies))).join('')
    const personal = chance < 10 ? `\n${personalCase(r, i).text}` : ''
    return (this.#last = { question, answer: answer + personal })
  }
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const formats = {
  csv: {
    head: '質問,回答\r\n',
    line: ({ question, answer }: Letter) => `${cell(question)},${cell(answer)}\r\n`
  },
  jsonl: { head: '', line: (letter: Letter) => `${JSON.stringify(letter)}\n` }
} as const

export function makeLetters(
  dir: string,
  format: keyof typeof formats,
  encoding: 'utf8' | 'cp932',
  rows: number
): Made {
  const path = join(dir, `letters-${encoding}.${format}`)
  const { head, line } = formats[format]
  const letters = new Letters()
  const file = openSync(path, 'w')
  let text = head
  for (let i = 0; i < rows; i++) {
    text += line(letters.next(i))
    if (text.length < 1 << 20 && i + 1 < rows) continue
    writeSync(file, iconv.encode(text, encoding))
    text = ''
  }
  closeSync(file)
  return { name: `${format.toUpperCase()} ${encoding.toUpperCase()}`, path, rows, bytes: statSync(path).size }
}
