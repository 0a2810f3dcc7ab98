// 学習サービス（OpenAI と Azure OpenAI）について言うこと。英語は en.ts。
import type { CloudKind } from '../../contract/elsewhere'

const services: Readonly<Record<CloudKind, string>> = { openai: 'OpenAI', azure: 'Azure OpenAI' }

export const cloud = {
  place: (kind: CloudKind, where: string): string =>
    where === '' ? services[kind] : `${services[kind]}（${where}）`,
  leaving: {
    examples: (train: string, heldOut: string) =>
      `お手本 ${train} 件と検証用のお手本 ${heldOut} 件の文章すべて（そのまま読める形の JSONL ファイル）`,
    system: 'システムプロンプト（どのお手本にも、初めに付きます）',
    asked: (model: string, passes: string) =>
      `もとにするモデルの名前（${model}）、くり返しの回数（${passes} 回）、学習の名前の英数字の部分。LoRA の大きさ・学習率・まとめる数は、向こうが決めます`,
    beta: (beta: string) => `好みの強さ（beta ${beta}）`,
    size: (size: string) => `合計 ${size}`,
    tokens: (tokens: string, passes: string, all: string) =>
      `学習の量：約 ${tokens} トークン × ${passes} 回 ＝ 約 ${all} トークン（文字数からの見積もり。英字は4字、ほかの文字は1字で1トークン。料金は向こうの数え方で決まります）`,
    cost: (cost: string, price: string) =>
      `学習の料金の見積もり：約 ${cost}（100万トークンあたり ${price}、とあなたが書いた単価で）。できたモデルを置いておく料金や、答えさせる料金は別です`,
    noPrice: '学習の料金：単価が書かれていないので、見積もれません（単価は、サービスの料金表にあります）',
    tooLong: (count: string, most: string) =>
      `${count} 件のお手本は、サービスの上限（${most} トークン）より長いようです。超えた分は、向こうで切られます`,
    stays: '出ないもの：元のファイル、ほかの学習、このPCの情報、手もとのモデル',
    kept: '送ったファイルとできたモデルは、あなたが向こうで消すまで、そのアカウントに残ります。できたモデルは持ち帰れず、使うときは毎回ネットワーク越しに答えます',
    ends: 'OpenAI は、2027年1月6日でファインチューニングの受け付けを終えます（新しく使い始める人の受け付けは、2026年5月7日に終わりました）',
    masked: (rows: string) =>
      rows === '0'
        ? '個人情報の検査：見つかりませんでした（検査は完全ではありません）'
        : `個人情報の検査：${rows} 件のお手本に残っています`
  },
  asking: {
    questions: (count: string) => `質問 ${count} 件の文章（前のやりとりを含みます。正解の回答は出ません）`,
    talk: 'この会話でこれから書くこと、それまでのやりとり',
    masked: (texts: string) =>
      texts === '0'
        ? '個人情報の検査：見つかりませんでした（検査は完全ではありません）'
        : `個人情報の検査：${texts} 件の文章にあります`,
    busy: (place: string, seconds: string) => `${place} が混んでいます。${seconds} 秒後にもう一度たずねます`,
    refused: (reason: string) =>
      `サービスは、内容を理由に、この質問に答えませんでした（${reason}）。空の回答として数えます。`,
    answersAt: (name: string, place: string) =>
      `「${name}」の回答は、ネットワーク越しに得たものです。出どころ：${place}`,
    refusedOf: (name: string, count: string) =>
      `${name}：${count} 件の質問が断られ、空の回答として数えています。`,
    unmeasured:
      'サービス上のモデルでは、検証損失とパープレキシティ、忘れたことの検査、漏れの検査はできません。確率か、とても多くの質問が要るためです。回答と投票、文章の得点は、いつもどおりに数えます。',
    noLoss: '学んだモデルの検証損失とパープレキシティは、わかりません（サービスが確率を返さないためです）。',
    deployment: 'デプロイの名前',
    deploymentHint:
      'Azure では、デプロイしたモデルだけが答えます。Azure のポータルの「デプロイ」にあります。',
    personal: '個人情報があります。そのまま出してよいときだけ、選んでください。',
    keep: 'この名前を使う',
    there: (model: string, place: string) =>
      `学んだモデル（${model}）は ${place} にあり、ネットワーク越しに答えます。たずねるものは、出る前に示します。`,
    look: 'たずねるものを見る',
    agree: '同意してたずねる',
    refuse: 'たずねない',
    chatHow: (told: string, here: string) =>
      `下の設定のうち、サービスにも伝えるもの：${told}。もとのモデルだけに効くもの：${here}。`,
    ways: 'サービス上のモデル',
    notExported: (names: string) => `${names}：サービスに置かれていて、書き出せません。`,
    system: 'システムプロンプト（どの質問にも、初めに付きます）',
    size: (size: string) => `合計 ${size}`,
    model: (model: string) => `答えるモデル：${model}`,
    charged: '答えさせる料金が、サービスの料金表のとおりにかかります',
    stays: '出ないもの：元のファイル、正解の回答、ほかの学習、このPCの情報、手もとのモデルの回答'
  },
  /** of the audit sheet in the folder of a run */
  departures:
    'この学習について、このPCを出たもの。同意したときに示した文のままです。Neiro が、出る前に書きました。',
  room: {
    kinds: {
      openai: {
        title: 'OpenAI のファインチューニング',
        text: 'OpenAI のモデルを、あなたのアカウントで学習します。できたモデルは OpenAI に置かれます。受け付けは2027年1月6日まで。'
      },
      azure: {
        title: 'Azure OpenAI のファインチューニング',
        text: '会社の Azure のリソースで学習します。できたモデルは、そのリソースに置かれます。'
      }
    },
    where: { openai: 'アドレス', azure: 'エンドポイント' },
    whereHint: {
      openai: '空なら OpenAI そのもの。会社の中継サーバーを通すときだけ書きます。',
      azure: 'Azure のポータルの「キーとエンドポイント」にあります。'
    },
    like: { openai: 'https://…/v1', azure: 'https://our-company.openai.azure.com' },
    model: 'もとにするモデルの名前',
    modelHint: 'サービスがファインチューニングを受け付けているモデルの名前。',
    noAnswers: 'サービスでの学習では、途中の回答は届きません。',
    modelLike: 'gpt-4.1-mini-2025-04-14',
    apiVersion: 'API のバージョン',
    apiVersionHint: '空なら v1（新しい形）。日付の形なら 2024-10-21 のように。',
    price: '100万トークンあたりの学習の単価',
    priceHint: 'サービスの料金表から。書くと、送る前に料金を見積もります。',
    priceProblem: '数字で書いてください（5 や 3.5 のように）。',
    key: 'API キー',
    keyStates: {
      none: 'まだありません。このPCにしまい、このアドレスだけに使います。',
      kept: 'しまってあります。',
      environment: '環境変数のキーを使います。'
    },
    keyIn: {
      system: 'システムの鍵の保管庫に入れます。',
      file: 'あなただけが読めるファイルに入れます。'
    },
    oddKey: {
      other: 'キーにしては短すぎます。写し間違いがないか、確かめてください。',
      openai: 'OpenAI のキーの形（sk- で始まる長い文字）に見えません。写し間違いがないか、確かめてください。',
      azure: 'Azure のキーの形（32文字以上の英数字）に見えません。写し間違いがないか、確かめてください。'
    },
    keepKey: 'しまう',
    forgetKey: '忘れる',
    end: '取り消して終える',
    left: '向こうで続いていることがあります。「再開する」で様子を見られます。',
    unmasked: '個人情報が残ったまま渡すことに同意する',
    result: (model: string, place: string) =>
      `できたモデルは ${place} にあります：${model}。手もとには来ないので、書き出しはできません。`
  },
  keys: {
    title: 'サービスのキー',
    lead: 'OpenAI や Azure OpenAI で学習するときと、できたモデルにたずねるときに使います。キーは、それを入れたアドレスだけに送ります。',
    none: 'しまってあるキーはありません。',
    environment: (name: string) =>
      `環境変数 ${name} にキーがあります。どのアドレスにも、ここにしまったものより先に使います。`,
    remove: '消す',
    removeOf: (place: string) => `${place} のキーを消す`,
    service: 'サービス',
    get: {
      openai: 'OpenAI のプラットフォームの画面の「API keys」で作ります（ログインと支払いの設定が要ります）。',
      azure:
        'Azure のポータルで、Azure OpenAI のリソースの「キーとエンドポイント」を開きます。2つのキーの、どちらでもかまいません。'
    } satisfies Readonly<Record<CloudKind, string>>,
    add: 'キーを加える'
  },
  cli: {
    kept: (file: string) => `監査シート: ${file}`,
    result: (model: string, place: string) =>
      `できたモデル: ${model}（${place} にあります。手もとには来ません）`,
    next: {
      eval: 'もとのモデルと、検証用の質問で比べます（質問はネットワークを通ります。送る前に確かめます）',
      chat: '話してみます（書いたことはネットワークを通ります）'
    }
  }
}

export type CloudWords = typeof cloud
