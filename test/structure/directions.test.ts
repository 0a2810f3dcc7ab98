// Holds the architecture: which folder may import which. README's picture says the same in words.
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { files, imports, source } from './sources'

/** Each file of the app with the files that it imports, each of the engine with those that it includes. */
function graph(): ReadonlyMap<string, readonly string[]> {
  const app = [...files('main', /\.ts$/), ...files('renderer', /\.(ts|svelte)$/)]
  const engine = files('addon', /\.(h|cpp|cu|cuh)$/)
  const known = new Set([...app, ...engine])
  const found = (names: readonly string[]): readonly string[] =>
    names.filter((name) => known.has(name)).slice(0, 1)
  return new Map([
    ...app.map((file): [string, readonly string[]] => [
      file,
      imports(file).flatMap((to) => found(['', '.ts', '.svelte.ts', '/index.ts'].map((end) => to + end)))
    ]),
    ...engine.map((file): [string, readonly string[]] => [
      file,
      [...source(file).matchAll(/#include "([^"]+)"/g)].flatMap(([, name = '']) =>
        found([join(dirname(file), name), join('addon/engine', name)])
      )
    ])
  ])
}

/** One circle for each file that closes one, as it is walked. */
function circles(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const closed: string[] = []
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) closed.push([...way.slice(way.indexOf(file)), file].join(' -> '))
    else if (!done.has(file)) for (const to of edges.get(file) ?? []) walk(to, [...way, file])
    done.add(file)
  }
  for (const file of edges.keys()) walk(file, [])
  return closed
}

interface Rule {
  readonly folder: RegExp
  /** paths inside the house (and packages) that files of the folder may import */
  readonly may: readonly RegExp[]
}

const contract = /^main\/contract\//
/** pure: which examples, in which order, in which batches; the trainer and the services draw and pack alike */
const batches = /^main\/batches\//
/** pure: what preferences, rewards and policies cost, with their gradients */
const losses = /^main\/losses\//
const words = /^main\/words(\/|$)/
const curves = /^main\/curves\//
/** pure: scores of answers and of sorting, and how sure they are; for every side */
const metrics = /^main\/metrics\//
const packages = /^package:/
/** writing whole, moving, who holds what: for every process */
const fileRoom = /^main\/files\//
const node = /^package:node:/
const addonTypes = /^addon\/index/
/** plain Node runs and tests it */
const noElectron = /^package:(?!electron)/

const rules: readonly Rule[] = [
  { folder: /^main\/contract\//, may: [contract, addonTypes] },
  { folder: /^main\/batches\//, may: [batches, addonTypes] },
  { folder: /^main\/metrics\//, may: [contract, metrics, losses, batches] },
  { folder: /^main\/words\//, may: [contract, words] },
  { folder: /^main\/files\//, may: [contract, batches, fileRoom, node] },
  { folder: /^main\/curves\//, may: [contract, curves] },
  {
    folder: /^main\/services\//,
    may: [
      contract,
      batches,
      metrics,
      words,
      addonTypes,
      curves,
      /^main\/services\//,
      fileRoom,
      /^package:(?!electron)/
    ]
  },
  { folder: /^main\/processes\//, may: [/^main\/processes\//, node] },
  // the workshop may be lost at any moment: it holds no state of the app, and knows no door
  {
    folder: /^main\/workshop\//,
    may: [contract, /^main\/(workshop|processes)\//, /^main\/services\/(dataset|reading|tokens)\//, node]
  },
  // the one process that speaks with the hub; services/models/hub is all that it runs
  {
    folder: /^main\/fetcher\//,
    may: [contract, /^main\/(fetcher|processes)\//, /^main\/services\/models\/hub\//, fileRoom, node]
  },
  // it reads what the workshop has written, never a stranger's file
  {
    folder: /^main\/keeper\//,
    may: [contract, /^main\/(keeper|processes)\//, /^main\/services\/(dataset\/set|doctor)\//, node]
  },
  {
    folder: /^main\/trainer\//,
    may: [contract, batches, metrics, losses, addonTypes, /^main\/(trainer|processes)\//, fileRoom, node]
  },
  {
    folder: /^main\/app\//,
    may: [contract, words, addonTypes, /^main\/(app|services|parts|log|places)/, noElectron]
  },
  {
    folder: /^main\/ipc\//,
    may: [contract, words, fileRoom, /^main\/(services|ipc|app|shell\/dialogs|log)/, packages]
  },
  // what comes over HTTP, answered by a service; hands nothing of the request further in than its fields
  {
    folder: /^main\/api\//,
    may: [contract, words, /^main\/(api|services\/serving|serve\/connections|log|files)/, node]
  },
  { folder: /^main\/serve\//, may: [contract, words, /^main\/(serve|ipc|app|log|files)/, noElectron] },
  {
    folder: /^main\/cli\//,
    may: [contract, words, addonTypes, /^main\/(services|api|cli|parts|files|places|log)/, noElectron]
  },
  {
    folder: /^renderer\/(lib|ui)\//,
    may: [contract, metrics, words, /^renderer\/(lib|ui|i18n)\//, packages]
  },
  {
    folder: /^renderer\/state\//,
    may: [contract, words, curves, /^renderer\/(state|lib|i18n|api)/, packages]
  },
  {
    folder: /^renderer\/pages\//,
    may: [contract, metrics, words, /^renderer\/(pages|state|ui|lib|i18n)/, packages]
  }
]

describe('directions', () => {
  for (const rule of rules) {
    test(`${rule.folder.source} imports only what it may`, () => {
      const wrong = [...files('main', /\.ts$/), ...files('renderer', /\.(ts|svelte)$/)]
        .filter((file) => rule.folder.test(file))
        .flatMap((file) => imports(file).map((target) => ({ file, target })))
        .filter(({ target }) => !rule.may.some((allowed) => allowed.test(target)))
        .map(({ file, target }) => `${file} -> ${target}`)
      expect(wrong).toEqual([])
    })
  }

  test('no file is reached from itself: what two need of each other is a third', () => {
    expect(circles(graph())).toEqual([])
  })

  test('data goes one way: read into rows, rows into examples, examples into tokens', () => {
    const room = (file: string): string => /^main\/services\/(\w+)\//.exec(file)?.[1] ?? ''
    // tokens know what an example is by its type alone, and nothing of files or sets
    const mayNot: Readonly<Record<string, readonly string[]>> = {
      reading: ['dataset', 'tokens'],
      tokens: ['dataset', 'reading']
    }
    const wrong = Object.entries(mayNot).flatMap(([own, others]) =>
      files(`main/services/${own}`, /\.ts$/).flatMap((file) =>
        imports(file)
          .filter((target) => others.includes(room(target)))
          .map((target) => `${file} -> ${target}`)
      )
    )
    expect(wrong).toEqual([])
  })

  test('each layer of the engine includes only what stands before it', () => {
    const layers = [
      'core',
      'formats',
      'io',
      'backend',
      'model',
      'adapters',
      'objectives',
      'export',
      'train',
      'session'
    ]
    const wrong = files('addon/engine', /\.(h|cpp|cu|cuh)$/).flatMap((file) => {
      const own = layers.indexOf(file.split('/')[2] ?? '')
      return [...source(file).matchAll(/#include "([a-z0-9_]+)\//g)]
        .map((match) => match[1] ?? '')
        .filter((layer) => layers.includes(layer) && layers.indexOf(layer) > own)
        .map((layer) => `${file} -> ${layer}`)
    })
    expect(wrong).toEqual([])
  })

  test('families are known by name in their own folder alone', () => {
    const folder = 'addon/engine/model/families/'
    const names = files(folder, /\.cpp$/).flatMap((file) => {
      const [, type, architecture] = /Family k\w+ = \{\s*"(\w+)",\s*"(\w+)"/.exec(source(file)) ?? []
      return type && architecture ? [type, architecture] : []
    })
    expect(names).toContain('llama')
    const named = new RegExp(`(?<![a-z])(${names.join('|')})(?![a-z0-9])`, 'i')
    const engine = [...files('addon/engine', /\.(h|cpp|cu|cuh)$/), ...files('addon/binding', /\.(h|cpp)$/)]
      .filter((file) => !file.startsWith(folder))
      .filter((file) => named.test(source(file).replaceAll(/\/\/.*/g, '')))
    expect(engine).toEqual([])
    // the window's own table, which a test holds equal to the engine's
    const quoted = new RegExp(`['"](${names.join('|')})['"]`)
    // names in GGUF files are the same words; the second reader of exports shares nothing with the first
    const others = [...files('main', /\.ts$/), ...files('renderer', /\.(ts|svelte)$/)]
      .filter((file) => !file.startsWith('main/services/tokens/gguf/'))
      // and who calculates an export anew shares no table with anyone
      .filter((file) => !file.startsWith('main/services/exports/plain/'))
      .filter((file) => quoted.test(source(file)))
    expect(others).toEqual(['main/services/models/families.ts'])
  })

  test('kinds of adapters are known by name in their own folder alone, and nothing is cast to one', () => {
    const folder = 'addon/engine/adapters/'
    const code = (file: string): string => source(file).replaceAll(/\/\/.*/g, '')
    const kinds = files(folder, /\.h$/).flatMap((file) =>
      [...code(file).matchAll(/class (\w+) : public LayerAdapter/g)].map(([, kind]) => kind ?? '')
    )
    expect(kinds.length).toBeGreaterThan(3)
    const named = new RegExp(`\\b(${kinds.join('|')})\\b`)
    const cast = new RegExp(`_cast<[^>]*\\b(LinearAdapter|LayerAdapter|${kinds.join('|')})\\b`)
    const engine = [...files('addon/engine', /\.(h|cpp|cu|cuh)$/), ...files('addon/binding', /\.(h|cpp)$/)]
    expect(engine.filter((file) => !file.startsWith(folder) && named.test(code(file)))).toEqual([])
    expect(engine.filter((file) => cast.test(code(file)))).toEqual([])
  })

  // test/addon/backend/simulated.cpp does it once, to be trapped
  test('the memory of a device is looked behind in addon/engine/backend alone', () => {
    const looks = /\bdevice_(address|pointer)\b/
    const wrong = [...files('addon', /\.(h|cpp|cu|cuh)$/), ...files('test/addon', /\.(h|cpp)$/)]
      .filter((file) => !file.startsWith('addon/engine/backend/'))
      .filter((file) => looks.test(source(file)))
    expect(wrong).toEqual(['test/addon/backend/simulated.cpp'])
  })

  test('the device is opened in one place', () => {
    const makers = files('addon', /\.(h|cpp)$/).filter((file) =>
      /\b(cpu_kernels|CpuDevice|SimulatedDevice)\b/.test(source(file))
    )
    expect(
      makers.filter((file) => !/^addon\/engine\/backend\/(cpu\/|simulated\/|open_device\.)/.test(file))
    ).toEqual([])
  })

  test('napi.h is included by the binding alone', () => {
    const wrong = files('addon', /\.(h|cpp)$/)
      .filter((file) => !file.startsWith('addon/binding/'))
      .filter((file) => /#include [<"](napi|node_api)\.h/.test(source(file)))
    expect(wrong).toEqual([])
  })

  test('files are renamed and removed in one room, which has patience with Windows', () => {
    const own = files('main', /\.ts$/)
      .filter((file) => !file.startsWith('main/files/'))
      .filter((file) => /import \{[^}]*\b(rename|rm|renameSync)\b[^}]*\} from 'node:fs/.test(source(file)))
    expect(own).toEqual([])
  })

  test('what appears whole is written in one room; elsewhere only what is whole already is moved', () => {
    const movers = files('main', /\.ts$/)
      .filter((file) => !file.startsWith('main/files/'))
      .filter((file) => /\brenameInto\b/.test(source(file)))
    // the bin's folders, a source file that was copied and recognised in its waiting place, and an evaluation under the name
    // that an earlier version had given it
    expect(movers).toEqual([
      'main/services/dataset/store/source-files.ts',
      'main/services/evaluation/open-sheet.ts',
      'main/services/exports/lm-studio-folder.ts',
      'main/services/files/bin.ts',
      'main/services/files/old-bin.ts'
    ])
    const beside = files('main', /\.ts$/)
      .filter((file) => !file.startsWith('main/files/'))
      .filter((file) => /[.`-]tmp[-`']/.test(source(file)))
    expect(beside).toEqual([])
  })

  test('strangers’ bytes are worked on in the workshop alone', () => {
    const inside =
      /^main\/(workshop\/work\.ts|services\/(reading|tokens)\/|services\/dataset\/(read|view\/source-rows))/
    const app = files('main', /\.ts$/)
    const values = (file: string): readonly string[] =>
      imports(file, source(file).replaceAll(/import type [^;]*? from '[^']+'/g, ''))
    const work =
      /services\/(tokens\/(gguf\/(read-head|gguf-)|sentencepiece\/|derived\/derived-files|tokenizer|loaded-model-text|encode|pieces|answers|chat-template)|reading\/(open-file|csv|json|xlsx|docx|packed|text)|dataset\/(read\/(read-file|read-table|reading-here)|view\/source-rows))/
    const libraries = /^package:(@anush008\/tokenizers|@huggingface\/jinja|saxes|iconv-lite)/
    const wrong = app
      .filter((file) => !inside.test(file))
      .flatMap((file) => values(file).map((to) => ({ file, to })))
      .filter(({ to }) => work.test(to) || libraries.test(to))
      .map(({ file, to }) => `${file} -> ${to}`)
    expect(wrong).toEqual([])
    // tests may read where they are; the app's doors say who reads
    const unsaid = app
      .filter((file) => !inside.test(file))
      .flatMap((file) =>
        [...source(file).matchAll(/\bread(Paths|Data)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g)].map(
          ([call]) => ({
            file,
            call
          })
        )
      )
      .filter(({ call }) => !call.includes('reader'))
    expect(unsaid).toEqual([])
  })

  test('the native module is loaded in one place', () => {
    const loaders = files('main', /\.ts$/).filter((file) =>
      /createRequire|process\.dlopen/.test(source(file))
    )
    expect(loaders).toEqual(['main/trainer/load-addon.ts'])
  })
})
