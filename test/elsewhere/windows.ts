// The product on Windows, under Wine: its command line by Windows' Node with the module that zig has built, from a folder with a
// Japanese name. What it makes is held against what the same makes here.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { addonPlace, builtFor, cacheDir, nodeFor, output, probeScript, root, runNpm } from './had'
import { hashOf, holdClose, Runs, shortTraining } from './runs-there'
import { hold, type Steps } from './steps'
import { begin, drive, killAll, prepareWine, type Begun } from './wine'

/** Of the versions that Wine 8 runs, the one whose file functions it has all (24 ends at once there). */
const nodeVersion = '20.20.2'
const homeThere = 'C:\\音色 ホーム'
const home = join(drive, '音色 ホーム')
const dataThere = 'C:\\音色 データ\\お問い合わせ 一覧.csv'
const data = join(drive, '音色 データ/お問い合わせ 一覧.csv')
const app = join(drive, 'Program Files/音色')
const cli = 'out/main/cli.js'
const runs = new Runs(home)

export async function onWindows(steps: Steps): Promise<void> {
  const node = nodeFor('win-x64', nodeVersion, 'bin/node.exe')
  const addon = builtFor('win32-x64')
  prepareWine()
  layApp(addon)
  layData()
  rmSync(home, { recursive: true, force: true })
  const neiro = (...words: string[]): Begun =>
    begin(node, [there(join(app, cli)), ...words, '--lang', 'en'], { NEIRO_HOME: homeThere })
  const good = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await neiro(...words).ended
    hold(code === 0, `neiro ${words[0]} ended with ${code}: ${(err || out).slice(-600)}`)
    return out
  }

  await steps.step('the module loads, in node.exe and in a program of another name', async () => {
    const script = join(drive, 'probe.cjs')
    writeFileSync(script, probeScript(there(join(app, addonPlace))))
    const other = join(drive, 'Neiro.exe')
    copyFileSync(node, other)
    const said: string[] = []
    for (const program of [node, other]) {
      const { code, out, err } = await begin(program, ['C:\\probe.cjs']).ended
      hold(code === 0, `${program}: ${code} ${err.slice(-400)}`)
      said.push(out.trim())
    }
    return said.join(', ')
  })
  await steps.step('probe', async () => {
    const probe = JSON.parse((await good('probe', '--json')).split('\n')[0] ?? '{}') as { backend?: string }
    hold(['avx2', 'avx512', 'scalar'].includes(probe.backend ?? ''), JSON.stringify(probe).slice(0, 200))
    return probe.backend ?? ''
  })
  await steps.step('a CP932 file with a Japanese name is read as here', async () => {
    const lines = (text: string): string[] =>
      text.split('\n').filter((line) => line.includes('"event":"data"'))
    const here = output(process.execPath, [cli, 'data', data, '--json'])
    const said = lines(await good('data', dataThere, '--json'))
    hold(said.length === 1 && said[0]?.trim() === lines(here)[0], `${said[0]} here ${lines(here)[0]}`)
    return said[0]?.trim().slice(0, 80) ?? ''
  })
  await steps.step('a training, to its end', async () => {
    await good('tune', ...shortTraining, '--data', dataThere, '--name', '一つ目 の 学習')
    return `${runs.losses('一つ目').length} updates`
  })
  await steps.step('the same losses as here, to 1e-5', () => {
    const homeHere = join(cacheDir, 'windows-held-against')
    rmSync(homeHere, { recursive: true, force: true })
    output(process.execPath, [cli, 'tune', ...shortTraining, '--data', data, '--name', 'here'], {
      ...process.env,
      NEIRO_HOME: homeHere
    })
    return holdClose(runs.losses('一つ目'), new Runs(homeHere).losses('here'))
  })
  await steps.step('killed in mid-run, it goes on to the same bits', async () => {
    const { ended } = neiro('tune', ...shortTraining, '--data', dataThere, '--name', '二つ目')
    const late = Date.now() + 240_000
    while (runs.losses('二つ目').length < 12 && Date.now() < late) await sleep(100)
    killAll()
    await ended
    const killedAt = runs.losses('二つ目').length
    await good('tune', '--resume', '二つ目')
    const [one, other] = [runs.adapterHash('一つ目'), runs.adapterHash('二つ目')]
    hold(one === other, `adapters differ: ${one} ${other}`)
    hold(killedAt < runs.losses('一つ目').length, 'it had ended before it was killed')
    return `killed at update ${killedAt} of ${runs.losses('二つ目').length}`
  })
  await steps.step('exports, held against those that are made here of the same run', async () => {
    const out = join(drive, '音色 書き出し')
    rmSync(out, { recursive: true, force: true })
    mkdirSync(out)
    const here = join(cacheDir, 'windows-exports')
    rmSync(here, { recursive: true, force: true })
    for (const kind of ['peft', 'merged', 'gguf']) {
      await good('export', kind, '--run', '一つ目 の 学習', '--out', `C:\\音色 書き出し\\${kind}`)
      const same = ['--run', runs.folder('一つ目') ?? '', '--model', 'starter', '--out', join(here, kind)]
      output(process.execPath, [cli, 'export', kind, ...same])
      const of = (folder: string): string[] =>
        readdirSync(folder).filter((name) => /\.(safetensors|gguf)$/.test(name))
      const [made, own] = [of(join(out, kind)), of(join(here, kind))]
      hold(made.length > 0 && made.length === own.length, `${kind}: ${made.join()} and ${own.join()}`)
      made.forEach((name, i) =>
        hold(
          hashOf(join(out, kind, name)) === hashOf(join(here, kind, own[i] ?? '')),
          `${kind}: ${name} differs`
        )
      )
    }
    return 'peft, merged, gguf: the same bytes'
  })
  await steps.step('runs and eval', async () => {
    const listed = await good('runs')
    hold(/一つ目/.test(listed) && /二つ目/.test(listed), listed.slice(0, 300))
    await good('eval', '--run', '一つ目 の 学習', '--limit', '2', '--max-new-tokens', '8')
  })
}

/** A path below C: as Windows has it. */
const there = (path: string): string => `C:\\${path.slice(drive.length + 1).replaceAll('/', '\\')}`

/** The program with Windows' packages and the module for it. */
function layApp(addon: string): void {
  mkdirSync(app, { recursive: true })
  for (const part of ['out', 'resources', 'package.json', 'package-lock.json']) {
    rmSync(join(app, part), { recursive: true, force: true })
    cpSync(join(root, part), join(app, part), { recursive: true })
  }
  mkdirSync(join(app, addonPlace, '..'), { recursive: true })
  copyFileSync(addon, join(app, addonPlace))
  const lock = join(app, 'node_modules/.package-lock.json')
  const kept = join(app, 'node_modules/.lock')
  if (existsSync(lock) && existsSync(kept) && hashOf(kept) === hashOf(join(app, 'package-lock.json'))) return
  const words = ['ci', '--prefix', app, '--os=win32', '--cpu=x64', '--omit=dev', '--ignore-scripts']
  if (runNpm([...words, '--no-audit', '--no-fund']) !== 0)
    throw new Error("Windows' packages could not be had")
  copyFileSync(join(app, 'package-lock.json'), kept)
}

/** Questions and answers as an office has them: CP932, with the signs of Windows' own. */
function layData(): void {
  mkdirSync(join(data, '..'), { recursive: true })
  const rows = Array.from(
    { length: 48 },
    (_, i) => `送料はいくらですか（№${i + 1}）,${i % 2 ? '①' : '②'}は${500 + 10 * i}円です。髙橋が承ります。`
  )
  writeFileSync(data, iconv.encode(['質問,回答', ...rows].join('\r\n'), 'cp932'))
}
