// よそでの学習について言うこと：何がこのPCを出るか、書き出したフォルダーの README。英語は en.ts。
import type { RemotePlaceKind } from '../../contract/elsewhere'
import { cloud } from '../cloud/ja'

export interface SpreadRow {
  readonly gpus: number
  readonly gpuBytes: string
  readonly config: string
  readonly needed: string
  readonly reason: keyof typeof reasons
}

/** What the README of the generated folder says of its recipe. */
export interface ReadmeFacts {
  readonly name: string
  readonly method: string
  readonly model: string
  readonly along: boolean
  readonly hub: string | null
  readonly trains: 'adapter' | 'model'
  /** null: all of the model learns */
  readonly adapter: { readonly kind: string; readonly rank?: string; readonly alpha?: string } | null
  readonly train: string
  readonly heldOut: number
  /** at most */
  readonly steps: string
  /** null: as many as the updates make */
  readonly epochs: string | null
  /** examples x passes */
  readonly batch: string
  /** examples that the last update of a time through may see twice */
  readonly mostRepeated: number
  readonly learningRate: string
  readonly precision: string
  readonly seed: string
  readonly patience: number
  readonly quantized: boolean
  /** of processes that share an update evenly */
  readonly counts: readonly number[]
  readonly rows: readonly SpreadRow[]
  /** the one that is shown as a command */
  readonly shown: SpreadRow
}

/** Where the base is: a folder there, or a name on the hub. */
export const isPath = (hub: string): boolean => /^[./]/.test(hub)

const reasons = {
  one: '1 プロセスなので分けるものがない',
  'no-gpu': 'GPU がないので、プロセスごとにモデル全体を持つ',
  'fits-whole': '各 GPU にモデル全体と学習の状態が入る。分けるより通信が少なく速い',
  'optimizer-spread': 'モデルは入るが、勾配と最適化の状態まで全部は入らないので、それを分ける（ZeRO-2）',
  'weights-spread': 'モデルが 1 枚に入らないので、重みも分ける。通信は増える',
  'does-not-fit': '全部分けても入らない。GPU を増やすか、大きい GPU か、NF4 か、短い最大長が要る'
}

const places: Readonly<Record<RemotePlaceKind, (where: string) => string>> = {
  folder: (where) => `フォルダー ${where}`,
  ray: (where) => `Ray クラスター ${where}`,
  ssh: (where) => `SSH で ${where}`,
  openai: (where) => cloud.place('openai', where),
  azure: (where) => cloud.place('azure', where)
}

export const remote = {
  reasons,
  places,
  leaving: {
    title: (place: string) => `このPCから ${place} へ出るもの`,
    examples: (train: string, heldOut: string) =>
      `お手本 ${train} 件と検証用のお手本 ${heldOut} 件の文章すべて（トークン番号の形。誰でも文章に戻せます）`,
    recipe: '設定、学習の名前、モデルの名前',
    system: 'システムプロンプト（データに含まれる形で）',
    model: (name: string, size: string) => `もとのモデル ${name} の重み（${size}）`,
    noModel: (name: string) => `もとのモデル ${name} の重みは出ません（向こうにあるものを使います）`,
    start: 'この学習が出発点にするアダプター',
    rules: '回答のルールと、そこに書いた言葉',
    labels: (count: string) => `ラベル名 ${count} 個`,
    size: (size: string) => `合計 ${size}`,
    stays: '出ないもの：元のファイル、ほかの学習、このPCの情報',
    masked: (rows: string) =>
      rows === '0'
        ? '個人情報の検査：見つかりませんでした（検査は完全ではありません）'
        : `個人情報の検査：${rows} 件のお手本に残っています`
  },
  /** the train room's part of it */
  room: {
    cloud: cloud.room,
    title: 'ほかのマシンで学習する',
    lead: '社内の GPU サーバーなどに、同じ設定で学習してもらいます。何がこのPCを出るかを先に示し、同意するまで何も送りません。',
    times: (here: string, gpus: number, there: string) =>
      `この設定は、このPCで${here}。NVIDIA H100 が${gpus}枚あれば${there}です（公表されている速さからの計算。Neiro では測っていません）。`,
    tooLarge: (here: string) =>
      `この設定は、このPCで${here}。NVIDIA H100 が8枚あっても、この設定では収まりません。`,
    kind: '学習する場所',
    kinds: {
      folder: {
        title: 'フォルダーに書き出して、自分で動かす',
        text: 'データ・設定・プログラムの一式を保存します。どこかで動かしたあと、結果をここに取り込みます。'
      },
      ssh: {
        title: 'SSH でつながるマシン',
        text: '鍵でログインできる Linux のマシン。送って始め、様子を見て、結果を持ち帰ります。Neiro を閉じても続きます。'
      },
      ray: {
        title: 'Ray クラスター',
        text: 'Ray の Jobs API で始め、様子を見て、結果を持ち帰ります。Neiro を閉じても続きます。'
      },
      ...cloud.room.kinds
    },
    where: { ray: 'ダッシュボードのアドレス', ssh: 'ユーザー名@マシン名/フォルダー' },
    like: { ray: 'http://10.0.0.5:8265', ssh: 'user@gpu-server/neiro' },
    saveIn: '保存する場所',
    choose: '選ぶ',
    modelThere: 'もとのモデルの、向こうでの場所',
    modelThereHint:
      '向こうに同じモデルがあれば、そのフォルダーか Hugging Face の名前。書くと、重みは送りません。',
    look: '何が出るかを見る',
    sayWhere: '先に、学習する場所を決めてください。',
    looking: '送るものを用意しています',
    unmasked: '個人情報が残っています。データの画面の「診断」で隠せます。',
    kept: '同意すると、この文と日時が監査シートに残ります。',
    agree: {
      folder: '同意して保存する',
      ssh: '同意して送る',
      ray: '同意して送る',
      openai: '同意して送る',
      azure: '同意して送る'
    },
    refuse: '送らない',
    forbidden: '会社の設定により、ほかのマシンでは学習できません。',
    only: (places: string) => `会社の設定で許されている場所：${places}`,
    trains: (place: string) => `${place} で学習しています。Neiro を閉じても、向こうで続きます。`,
    rail: (place: string) => `送信中：${place}`,
    trained: (place: string) => `${place} で学習しました。`,
    awaited: '結果待ち',
    byHand: '学習一式を保存しました',
    byHandText: (where: string) =>
      `${where} にあります。中の README のとおりに動かし、終わったら、そのフォルダーを「結果を取り込む」で選んでください。`,
    takeBack: '結果を取り込む'
  },
  readme: (o: ReadmeFacts): string => `# ${o.name}

Neiro が書き出した学習一式です。誰がどこで実行しても、Neiro が自分で学習するときと同じデータ・同じテンプレート・同じ範囲を学習します
（\`data/\` はトークン番号とラベルそのものです。-100 の位置は学習しません）。

- 方法：${o.method}、もとのモデル：${o.model}${o.along ? '（\`model/\` に同梱）' : ''}
- 学習するもの：${o.adapter ? `アダプター（${o.adapter.kind}${o.adapter.rank ? `、r = ${o.adapter.rank}` : ''}${o.adapter.alpha ? `、alpha = ${o.adapter.alpha}` : ''}）。もとのモデルは変わりません` : 'モデル全体'}
- お手本 ${o.train} 件、検証用 ${o.heldOut} 件
- 1 ステップに ${o.batch} 件（一度に読む件数 x 回数）、学習率 ${o.learningRate}、${o.epochs ? `${o.epochs} 周、` : ''}最大 ${o.steps} ステップ、計算の精度 ${o.precision}${o.precision === 'auto' ? '（GPU にあれば BF16、なければ F32）' : ''}、乱数の種 ${o.seed}
${
  o.heldOut > 0
    ? `- 途中で検証用のお手本を測り、いちばん良かったものが結果になります。${o.patience > 0 ? `${o.patience} 回続けて良くならなければ、${o.steps} ステップより前に終わります。` : `早く打ち切ることはせず、${o.steps} ステップまで学習します。`}\n`
    : ''
}- すべての設定は \`recipe.json\` にあります。書き換えないでください（結果を Neiro に戻せなくなります）
- **データはマスクしていない限り読める文章です。** トークン番号は簡単に文章へ戻せます。置き場所に注意してください。

## 実行

Python 3.10 以降が要ります。

\`\`\`
python -m venv .venv && . .venv/bin/activate
pip install -r requirements.txt
python train.py --dry-run     # 足りないものを言う。学習はしない
python train.py               # 1 プロセス（GPU が何枚あっても 1 枚だけ使う）
\`\`\`
${o.along ? '' : `\nもとのモデルは同梱していません。${o.hub ? `${isPath(o.hub) ? `\`${o.hub}\` にあるものを使います。ほかの場所なら ` : `\`${o.hub}\` を hub から取ります。手元にあれば `}` : ''}\`python train.py --model フォルダー\` で場所を言います${o.hub ? '' : '（hub から取るなら \`--hub 名前\`）'}。重みが同じものかを SHA-256 で確かめます（hub から直接取る場合は確かめません）。\n`}${o.quantized ? '\nもとのモデルは NF4 に圧縮します。NVIDIA の GPU が要ります（圧縮しないなら \`--unquantized\`）。\n' : ''}
- 途中で止める：\`touch output/stop\`。次のステップで保存して終わります。プロセスがいくつでも効きます。1 プロセスなら Ctrl-C や \`kill -TERM\` も同じです。
- 続きから：\`python train.py --resume\`
- 最初からやり直す：\`python train.py --anew\`（前の \`output/\` は \`output-1\` に移します）
- 接続を切っても続ける：\`./start.sh\`（背後で動き、言うことは \`output/log.txt\` に残ります。途中までの学習があれば、その続きから）

## 何ができるか

| | |
|---|---|
| \`output/status.json\` | いまの様子。\`"state": "finished"\` になったら終わりです（ほかに running、paused、failed） |
| \`output/${o.trains}/\` | 結果。終わったときにできます |
| \`output/best/\` | 途中でいちばん良かったもの${o.heldOut > 0 ? '' : '（検証用のお手本がないので、できません）'} |
| \`output/metrics.jsonl\` | ステップごとの損失など、1 行ずつ |
| \`output/checkpoints/\` | 続きから始めるためのもの |

## GPU が複数あるとき

1 ステップで学ぶお手本の数（${o.batch}）を変えないよう、等しく分けられる数のプロセスで動かします。**この学習では ${o.counts.join('、')} です。**
それ以外の数は、始める前に断ります。\`start.sh\` と \`job.slurm\` は、ある GPU のうち分けられるだけを使い、そう言います。

| GPU の数 | 1 枚のメモリ | 設定 | 1 枚に要る量（見積もり） | 理由 |
|--:|--:|---|--:|---|
${o.rows.map((row) => `| ${row.gpus} | ${row.gpuBytes} | \`${row.config}\` | ${row.needed} | ${reasons[row.reason]} |`).join('\n')}

\`\`\`
python spread.py              # ここにある GPU なら、いくつのプロセスで、どの設定か
python train.py --dry-run --processes ${o.shown.gpus}
accelerate launch --config_file ${o.shown.config} --num_processes ${o.shown.gpus} train.py
\`\`\`

\`zero2\` と \`zero3\` には DeepSpeed も要ります（版は \`requirements.txt\` に）。
${o.mostRepeated > 0 ? `プロセスが複数のとき、1 周の最後のステップだけは、数をそろえるためにお手本を最大 ${o.mostRepeated} 件くり返すことがあります。\n` : ''}
Slurm なら、このフォルダーの中で \`sbatch job.slurm\`（パーティション、GPU の数、時間は先に書き換えます）。\`.venv\` があればそれを、
なければ \`sbatch\` の前に有効にしてある環境を使います。

## 結果を Neiro に戻す

\`output/\` ができたこのフォルダーを（\`.venv\` は置いて）Neiro のあるパソコンへ持ち帰り：

\`\`\`
neiro take-back このフォルダー
\`\`\`

中身が欠けていないか、この学習のものかを確かめてから、ここで学習したのと同じ学習として評価・書き出しができます。
`
}

export type RemoteWords = typeof remote
