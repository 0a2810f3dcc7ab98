// 評価のことば：点数、口調の通知表、判定、投票、報告書。ウィンドウ、コマンド、報告書が同じ文を使います。
import type { Unasked } from '../../contract/evaluation'
import { calledBaseJa } from '../called-base'

const kinds = {
  arithmetic: '計算',
  knowledge: '常識',
  instructions: '指示に従う',
  refusal: '断る・知らないと言う',
  language: '言葉'
}

/** `base`: what is called so; null: the model that somebody chose. */
export const ja = (base: string | null) => {
  const called = calledBaseJa(base)
  return {
    candidates: {
      base: base ?? 'もとのモデル',
      prompt: '＋ よい指示文',
      examples: (n: string) => `＋ 近いお手本 ${n}つ`,
      retrieval: (n: string) => `＋ 資料の検索（${n}件）`,
      tuned: '学んだモデル',
      otherRun: (name: string) => `学んだモデル（${name}）`,
      goneRun: '学んだモデル（もうない学習）',
      service: (model: string) => `${model}（サービス上）`,
      sampled: (name: string, temperature: string) => `${name}・ゆらぎ ${temperature}`
    },
    /** 名前、用語、二つの文：何を表すか、どう読むか */
    scores: {
      loss: {
        name: '損失',
        term: 'loss',
        says: 'お手本の文を書くときに、モデルの予想がどれだけ外れるかです。',
        read: '小さいほど近いといえますが、事実が正しいかはわかりません。'
      },
      perplexity: {
        name: 'パープレキシティ',
        term: 'perplexity',
        says: '次の言葉を選ぶときに、いくつの候補で迷っているかにあたる数です。',
        read: '小さいほど迷いが少なく、1 なら迷いません。'
      },
      chrf: {
        name: '文字の重なり',
        term: 'chrF',
        says: '回答とお手本に、同じ文字の並びがどれだけあるかです（0〜100）。',
        read: '大きいほど似ています。言い方を変えた正しい回答は、低く出ます。'
      },
      'chrf++': {
        name: '文字と単語の重なり',
        term: 'chrF++',
        says: '文字の並びに、空白で区切った単語の並びを加えて数えます（0〜100）。',
        read: '大きいほど似ています。空白で区切らない日本語では、ほぼ chrF と同じ意味です。'
      },
      bleu: {
        name: '言い回しの一致',
        term: 'BLEU',
        says: '4つまで続く言葉（日本語では文字）が、お手本とどれだけ一致するかです（0〜100）。',
        read: '大きいほど一致しています。短すぎる回答は低くなります。'
      },
      rouge1: {
        name: '言葉の重なり',
        term: 'ROUGE-1',
        says: 'お手本と共通の言葉（日本語では文字）の割合です（0〜1）。',
        read: '大きいほど重なっています。順序は見ません。'
      },
      rouge2: {
        name: '2語続きの重なり',
        term: 'ROUGE-2',
        says: '2つ続きの言葉（日本語では文字）が共通する割合です（0〜1）。',
        read: '大きいほど、並びまで似ています。'
      },
      rougeL: {
        name: '文の重なり',
        term: 'ROUGE-L',
        says: '同じ順に現れる言葉（日本語では文字）の、いちばん長い列の割合です（0〜1）。',
        read: '大きいほど、文の流れが似ています。'
      },
      exact: {
        name: '完全一致',
        term: 'exact match',
        says: '全角・半角と空白の違いを除いて、お手本と一字一句同じ回答の割合です。',
        read: '決まった答えがある質問で役に立ちます。文章の返信では 0 が普通です。'
      },
      f1: {
        name: '言葉の過不足',
        term: 'token F1',
        says: 'お手本の言葉（日本語では文字）を、足りなくも余りもなく使えたかです（0〜1）。',
        read: '大きいほど過不足がありません。順序は見ません。'
      },
      tone: {
        name: '口調の一致',
        term: 'tone',
        says: 'お手本に共通する口調の特徴のうち、回答が備えているものの割合です。',
        read: '大きいほど会社の口調に近いといえます。内容の正しさは見ません。'
      },
      facts: {
        name: '数と名前の一致',
        term: 'facts',
        says: 'お手本と回答に出てくる数・日付・金額・名前のうち、合っているものの割合です。',
        read: '抜けたものと、勝手に加えたものが多いほど下がります。漢数字や言い換えは見落とします。'
      }
    },
    interval: (low: string, high: string) => `${low}〜${high}`,
    intervalTerm: '95 % の幅',
    standings: { better: 'よくなりました', worse: '悪くなりました', unclear: '差があるとはいえません' },
    traits: {
      level: 'ふだんどおりの丁寧さ',
      greeting: '書き出しのあいさつ',
      signOff: '結びのことば',
      length: 'ふだんの長さに収まる',
      endings: '文の終わり方',
      terms: '会社の言い回し',
      writing: '表記がそろっている',
      forbidden: '使わないと決めた言葉がない'
    },
    lengthUsual: (low: string, high: string) => `ふだんは ${low}〜${high}字`,
    letters: (n: string) => `${n}字`,
    notApplicable: '対象なし',
    facts: {
      title: '事実（数・日付・金額・名前）',
      kept: '残っている',
      missing: '抜けている',
      invented: '加わっている'
    },
    /** of held-out examples that stand in what was learnt, too */
    seen: {
      some: (n: string, of: string, _one: boolean) =>
        `検証用の ${of}件のうち ${n}件は、学習したお手本と同じか、ほとんど同じです。その成績は、知らない質問に答えられる証拠になりません。データの診断で重なりを除き、学習し直すと確かめられます。`,
      answers: (n: string, of: string) =>
        `検証用の ${of}件のうち ${n}件は、お手本の回答と一字一句同じ回答を、別の質問への回答として学んでいます。その点数は、覚えた回答を選べるかを示し、新しい回答を書けるかは示しません。`,
      unknown:
        '何を学習したかの記録がないため、検証用のお手本が学習したものと重なっていないかは、わかりません。'
    },
    /** counted in the loss of the training, and not asked */
    unasked: ({ texts, again }: Unasked) =>
      `検証用のうち、${[texts > 0 ? `質問のない文章 ${texts}件` : '', again > 0 ? `前とまったく同じもの ${again}件` : ''].filter(Boolean).join('と、')}は、回答を比べません。学習が測ったずれ（損失）には入っています。`,
    /** words: that the house never uses */
    forbiddenNow: (...words: readonly string[]) =>
      `口調の一致は、いま決めてある「使わない言葉」（${words.join('、')}）も使って測った値です。言葉を変えると、学習し直さなくても値が変わります。`,
    verdict: {
      few: {
        title: '点数からは、まだどちらがよいとは言えません',
        lead: (n: string, least: string) =>
          `点数を比べた質問は ${n}問です。1問の当たり外れで結果が変わるため、${least}問から、どちらがよいかを言えます。お手本を増やすか、「検証に取っておく割合」を上げて学習し直すと、質問が増えます。`
      },
      seen: {
        title: '点数からは、身についたかどうかを言えません',
        lead: () =>
          '比べた質問の多くが、学習したお手本とほとんど同じでした。覚えた回答をそのまま書いても、点数は高くなります。'
      },
      worse: {
        title: '学習で、よくなっていません',
        lead: () => `${called}より悪くなった点があります。お手本を確かめるか、学習の強さを下げてください。`
      },
      'facts-lost': {
        title: '口調は近づきましたが、事実が失われています',
        lead: () =>
          `数・日付・金額・名前の抜けや書き加えが、${called}より増えました。このまま使わず、資料の検索と組み合わせるか、お手本の事実を確かめてください。`
      },
      forgot: {
        title: '口調は近づきましたが、もとの力を忘れています',
        lead: () =>
          '一般の質問で、正しく答えられた数がはっきり減りました。くり返しを減らすか、学習の強さを下げてください。'
      },
      'prompt-enough': {
        title: '指示文で足りています',
        lead: () =>
          `学習をしなくても、よい指示文を付けた${called}で、同じくらいの回答になりました。費用と手間の少ない指示文をおすすめします。`
      },
      'examples-enough': {
        title: '近いお手本を見せるだけで足りています',
        lead: () => `学習をしなくても、質問に近いお手本を見せた${called}で、同じくらいの回答になりました。`
      },
      'retrieval-enough': {
        title: '検索で足りています',
        lead: () => `学習をしなくても、資料を検索して見せた${called}で、同じくらいの回答になりました。`
      },
      same: {
        title: `${called}との差は、見つかりませんでした`,
        lead: () =>
          '測った違いは、どれも偶然で起こる幅に収まっています。質問を増やすか、お手本と設定を見直してください。'
      },
      better: {
        title: '会社の返信に、はっきり近づきました',
        lead: () => '偶然では起こりにくい差です。事実が正しいかは、読んで確かめてください。'
      }
    },
    verdictBasis: (score: string, standing: string, low: string, high: string) =>
      `${score}：${standing}（差は ${low}〜${high}）`,
    general: {
      title: '忘れていないか（一般の質問）',
      counted: (before: string, after: string, all: string) =>
        `${all}問のうち、正しく答えたのは ${before}問から ${after}問`,
      none: 'まだ確かめていません。',
      ask: '一般の質問で確かめる',
      drops: '落ちて、回答も変わった質問',
      lost: '正しい回答ではなくなりました',
      before: '学習の前',
      after: '学習のあと',
      lossGrew: (by: string) => `正しい回答とのずれ（損失）が ${by} 増えました`,
      lossFrom: (before: string, after: string) => `一般の文とのずれ：${before} → ${after}`,
      kinds,
      basis:
        '正しさは決まった言葉が入っているかで数えています。言い換えた正しい回答は、前もあとも誤りと数えます。'
    },
    /** 好ましい回答へ動いたという数と、食い違うもの */
    preference: {
      fewer: (before: string, after: string) =>
        `一方で、好ましい回答のほうが（1トークンあたりで）出やすい組は、${before} から ${after} に減りました。両方の回答が出にくくなっていることがあります。使う前に、回答を読みくらべてください。`,
      lost: '動いた組は多いものの、動きの大きさを平均すると、好ましくない回答のほうへ寄っています。使う前に、回答を読みくらべてください。'
    },
    votes: {
      fileTitle: 'どちらが、あなたの会社らしいですか',
      fileLead:
        'どちらがどのモデルかは、ふせてあります。左右は、質問ごとにくじで決めます。すべてに答えて「票を保存する」を押し、保存されたファイルを送り返してください。',
      /** in the name of its file */
      ballotOf: '投票用紙',
      save: '票を保存する',
      /** below the button, before the name of the file */
      saved: '保存しました。ダウンロードのフォルダーにある、次のファイルを送り返してください：',
      questions: {
        terms: { name: '言葉が正しい', note: '商品名や用語' },
        context: { name: '質問に答えている', note: '話の流れ' },
        consistent: { name: 'いつも同じ調子', note: '一貫性' },
        culture: { name: '会社らしい', note: '社風' }
      },
      answerOf: { left: '左の返信', right: '右の返信' },
      left: '左',
      same: '同じくらい',
      right: '右',
      rate: (wins: string, all: string) =>
        `ふせて比べた${all}回のうち${wins}回で、学んだモデルが選ばれました。`,
      ties: (n: string) => `同じくらい：${n}回（勝率には数えません）`,
      winRate: '勝率',
      overall: 'まとめ',
      /** how the four questions make one choice */
      overallRule:
        'まとめは、1回ごとに、4つの問いで多く選ばれたほうを数えます。同じ数のときは「同じくらい」です。勝率はまとめで決まります。',
      even: '五分五分',
      notEnough: (n: string, least: string) =>
        `まだ票が足りません。「同じくらい」を除くと ${n}票で、${least}票から、どちらがよいかを言えます。`,
      preferred: '投票では、学んだモデルのほうが多く選ばれました',
      preferredBase: `投票では、${called}のほうが多く選ばれました`,
      even2: '投票では、差があるとはいえません',
      voters: (n: string) => `投票した人：${n}人`,
      agreement: (share: string, pairs: string) => `同じ質問での意見の一致：${share}（${pairs}組）`,
      noAgreement: '同じ質問に2人以上が投票すると、意見の一致がわかります。'
    },
    advice: {
      memory: '1回答のメモリ',
      rule: (share: string) =>
        `「足りる」とは、口調の一致と、数と名前の一致で、95 % の幅の下の端がどちらも ${share} 以上のことです。`,
      codes: {
        few: {
          title: 'まだ、助言できません',
          lead: (n: string, least: string) =>
            `測った質問は ${n}問です。${least}問以上になると、偶然と区別できます。お手本を増やしてください。`
        },
        'base-enough': {
          title: '学習はいりません',
          lead: () => `${called}のままで、口調も事実も足りています。`
        },
        'prompt-enough': {
          title: '指示文で足りています',
          lead: () => '学習をしなくても、指示文を付けるだけで足ります。いちばん手間のかからない方法です。'
        },
        'examples-enough': {
          title: '近いお手本を見せるだけで足りています',
          lead: () =>
            '学習をしなくても、質問に近いお手本を見せれば足ります。1回答の時間とメモリは少し増えます。'
        },
        'retrieval-enough': {
          title: '検索で足りています',
          lead: () => '学習をしなくても、資料を検索して見せれば足ります。資料を直せば、回答もすぐ変わります。'
        },
        search: {
          title: '足りないのは事実です。学習より検索が向いています',
          lead: () =>
            '口調は届いていますが、数・日付・金額・名前が合っていません。学習で事実は身につきにくいので、資料の検索と組み合わせてください。'
        },
        train: {
          title: '学習する価値があります',
          lead: () =>
            '学習しない方法では、会社の口調に届きませんでした。学習して、同じ質問でもう一度くらべてください。'
        },
        tuned: {
          title: '学習したモデルをおすすめします',
          lead: () => `学習しない方法では足りず、学習したモデルは、${called}よりはっきり近づいています。`
        },
        'not-worth': {
          title: '学習の効果は、確かめられていません',
          lead: () =>
            `学習したモデルは、${called}よりはっきりよいとはいえません。お手本か設定を見直してください。`
        }
      }
    },
    report: {
      title: '評価の報告書',
      named: (what: string, more: string) => `${what}（${more}）`,
      made: (when: string) => `作成：${when}`,
      summary: 'まとめ',
      taughtShort: '何を教えたか',
      taughtLine: (model: string, train: string, asked: string) =>
        `${model} に、お手本 ${train}組で会社の書き方を教えました。検証用に取っておいた ${asked}問で、${called}と比べています。`,
      taughtChoices: (model: string, train: string, asked: string) =>
        `${model} に、2つの返答のどちらがよいかを ${train}組で教えました。検証用に取っておいた ${asked}問で、${called}と比べています。`,
      taughtRatings: (model: string, train: string, asked: string) =>
        `${model} に、よい・よくないと評価された返答を ${train}件教えました。検証用に取っておいた ${asked}問で、${called}と比べています。`,
      preferred: '好みがどう変わったか',
      preferredPairs: (count: string, share: string, interval: string) =>
        `検証用の ${count}組のうち ${share} %（95 % の幅 ${interval}）で、よいほうの返答に近づきました。`,
      preferredRatings: (count: string, share: string, interval: string) =>
        `検証用の ${count}件のうち ${share} %（95 % の幅 ${interval}）で、評価のとおりに動きました。`,
      figures: '3つの数字',
      differenceShort: '差（95 % の幅）',
      forgottenBy: (points: string) => `（割合の差は ${points} ポイント）。`,
      hasForgotten: '偶然とはいえない低下です。',
      notForgotten: 'はっきりした低下とはいえません。',
      limitShort: [
        '点数はお手本との似かたで、正しさそのものではありません。使う前に、回答の例を読んで確かめてください。',
        '差の幅は3つ合わせて 95 % です。0 をはさむ差は、偶然かもしれません。',
        '質問が実際の問い合わせと違えば、結果も変わります。'
      ],
      doubtful: (found: string, of: string) =>
        `学んだモデルの回答 ${of}問のうち、気になるところのあるものが ${found}問あります（壊れた文字、抜けた数や名前、別の話など）。「回答の例」で確かめてください。`,
      details: '詳しい内容',
      taught: '教えたもの',
      data: 'お手本',
      dataOf: (train: string, heldOut: string) => `学習に ${train}組、検証用に取っておいたのは ${heldOut}組`,
      length: '学習の長さ',
      lengthLine: (updates: string, kept: string) => `学習の長さ: ${updates}。答えた状態: ${kept}。`,
      lengthOf: (updates: string, kept: string) => `${updates}。答えた状態: ${kept}`,
      fingerprint: 'お手本の指紋（SHA-256）',
      model: 'もとのモデル',
      begunWith: '続きのもとにした学習',
      run: '学習',
      settings: '設定',
      curves: '学習の経過',
      curveNote: '線は、学習の途中で測ったずれ（loss）です。',
      heldOutCurve: '検証用',
      trainingCurve: '学習用',
      scores: '点数',
      scoresOn: (n: string) => `検証用に取っておいた ${n}問で`,
      difference: `${called}との差（95 %）`,
      candidate: '候補',
      seconds: '1回答の秒数',
      tone: '口調の通知表',
      own: 'お手本',
      votes: 'ふせた投票',
      noVotes: '投票は、まだありません。',
      pairs: '回答の例',
      question: '質問',
      reference: '会社の返信（お手本）',
      forgotten: '忘れていないか',
      limits: '限界',
      limit: [
        '点数は、お手本との似かたを測ります。正しさや読みやすさそのものではありません。',
        '95 % の幅は、質問の選び方による偶然だけを表します。質問が実際の問い合わせと違えば、結果も違います。',
        '事実は、数字・日付・金額と、印のある名前だけを見ます。漢数字や言い換えは見落とします。',
        'いくつもの点数を一度に見ると、偶然でよく見えるものが混じります。判定は、文字の重なり・口調・事実の3つだけで決め、3つ合わせて 95 % になるように、差の幅を広めに取っています。'
      ],
      signOff: '確認',
      signedBy: '確認した人',
      signedOn: '日付',
      notSigned: 'まだ確認されていません。',
      comment: 'ひとこと'
    }
  }
}
export type EvaluationWords = ReturnType<typeof ja>
