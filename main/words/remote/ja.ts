// よそでの学習について言うこと：何がこのパソコンを出るか、書き出したフォルダーの README。英語は en.ts。
import type { RemotePlaceKind } from '../../contract/elsewhere'
import { cloud } from '../cloud/ja'

export interface SpreadRow {
  readonly gpus: number
  readonly gpuBytes: string
  readonly config: string
  readonly needed: string
  readonly reason: keyof typeof reasons
}

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
    title: (place: string) => `このパソコンから ${place} へ出るもの`,
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
    stays: '出ないもの：元のファイル、ほかの学習、このパソコンの情報',
    masked: (rows: string) =>
      rows === '0'
        ? '個人情報の検査：見つかりませんでした（検査は完全ではありません）'
        : `個人情報の検査：${rows} 件のお手本に残っています`
  },
  /** the train room's part of it */
  room: {
    cloud: cloud.room,
    title: 'ほかのマシンで学習する',
    lead: '社内の GPU サーバーなどに、同じ設定で学習してもらいます。何がこのパソコンを出るかを先に示し、同意するまで何も送りません。',
    times: (here: string, gpu: string) =>
      `この設定は、このPCで${here}。NVIDIA H100 が1枚あれば${gpu}です（公表された性能の35 % として計算。だれも測っていません）。`,
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
    looking: '送るものを用意しています',
    unmasked: '個人情報が残っています。データの画面の「点検」で隠せます。',
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
  readme: (o: {
    readonly name: string
    readonly method: string
    readonly model: string
    readonly along: boolean
    readonly hub: string | null
    readonly train: string
    readonly heldOut: string
    readonly steps: string
    readonly quantized: boolean
    readonly rows: readonly SpreadRow[]
  }): string => `# ${o.name}

Neiro が書き出した学習一式です。誰がどこで実行しても、Neiro が自分で学習するときと同じデータ・同じテンプレート・同じ範囲を学習します
（\`data/\` はトークン番号とラベルそのものです。-100 の位置は学習しません）。

- 方法：${o.method}、もとのモデル：${o.model}${o.along ? '（\`model/\` に同梱）' : ''}
- お手本 ${o.train} 件、検証用 ${o.heldOut} 件、${o.steps} ステップ
- **データはマスクしていない限り読める文章です。** トークン番号は簡単に文章へ戻せます。置き場所に注意してください。

## 実行

\`\`\`
python -m venv .venv && . .venv/bin/activate
pip install -r requirements.txt
python train.py --dry-run     # 足りないものを言う。学習はしない
python train.py               # 1 プロセス
\`\`\`
${o.along ? '' : `\nもとのモデルは同梱していません。${o.hub ? `\`${o.hub}\` を hub から取ります。手元にあれば ` : ''}\`python train.py --model フォルダー\` で場所を言います。重みが同じものかを SHA-256 で確かめます${o.hub ? '（hub から直接取る場合は確かめません）' : ''}。\n`}${o.quantized ? '\nもとのモデルは NF4 に圧縮します。NVIDIA の GPU が要ります（圧縮しないなら \`--unquantized\`）。\n' : ''}
途中で止める：Ctrl-C、\`kill -TERM\`、または \`touch output/stop\`。次のステップで保存して終わります。続きは \`python train.py --resume\`。

## GPU が複数あるとき

| GPU の数 | 1 枚のメモリ | 設定 | 1 枚に要る量（見積もり） | 理由 |
|--:|--:|---|--:|---|
${o.rows.map((row) => `| ${row.gpus} | ${row.gpuBytes} | \`${row.config}\` | ${row.needed} | ${reasons[row.reason]} |`).join('\n')}

\`\`\`
accelerate launch --config_file accelerate/ddp.yaml --num_processes 4 train.py
\`\`\`

1 ステップで学ぶお手本の数はプロセス数によらず同じです。割り切れない数のときは始める前に言います。
Slurm なら \`sbatch job.slurm\`。

## 結果を Neiro に戻す

\`output/\` ができたこのフォルダーを Neiro のあるパソコンへ持ち帰り：

\`\`\`
neiro take-back このフォルダー
\`\`\`

中身が欠けていないか、この学習のものかを確かめてから、ここで学習したのと同じ学習として評価・書き出しができます。
`
}

export type RemoteWords = typeof remote
