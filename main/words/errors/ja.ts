// 失敗と断りと知らせの文。{name} には詳細（details）の値が入ります。
export const errors = {
  // files that the engine reads and writes
  // reading any file
  FILE_MISSING: {
    message: '{file} が見つかりません。',
    hint: '場所を確かめるか、モデルをもう一度ダウンロードしてください。'
  },
  FILE_UNREADABLE: {
    message: '{file} を読めませんでした（{reason}）。',
    hint: '読み取りの許可と、ドライブの接続を確かめてください。'
  },
  FILE_EMPTY: {
    message: '{file} は空です。転送が途中で終わったようです。',
    hint: 'もう一度ダウンロードするか、コピーし直してください。'
  },
  FILE_TRUNCATED: {
    message: '{file} は途中で切れています（{actual} バイト。本来は {expected} バイト）。',
    hint: 'もう一度ダウンロードするか、コピーし直してください。'
  },
  FILE_TOO_LARGE: {
    message: '{file} は、この種類のファイルとしては大きすぎます（{size} バイト）。',
    hint: '名前どおりのファイルかを確かめるか、もう一度ダウンロードしてください。'
  },
  BROKEN_CONFIG: {
    message: '{file} は JSON として読めません（{offset} バイト目: {reason}）。',
    hint: 'もう一度ダウンロードするか、コピーし直してください。手で直した場合は、その箇所を見直してください。'
  },
  // safetensors
  BROKEN_HEADER: {
    message: '{file} は safetensors として読めません（{reason}）。',
    hint: 'もう一度ダウンロードしてください。名前だけが safetensors の別のファイルかもしれません。'
  },
  BAD_OFFSETS: {
    message: '{file} の {tensor} の位置（{begin}〜{end}）が、ほかの中身と合いません。',
    hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
  },
  BAD_SHAPE: {
    message: '{file} の {tensor} の形 {shape} は、ありえない値です。',
    hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
  },
  TENSOR_SIZE_MISMATCH: {
    message: '{file} の {tensor} は {actual} バイトですが、形 {shape} には {expected} バイトが要ります。',
    hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
  },
  UNKNOWN_DTYPE: {
    message: '{file} の {tensor} は、知らない数値形式 {dtype} で保存されています。',
    hint: 'F32、BF16、F16 のいずれかで保存された版を選んでください。'
  },
  DUPLICATE_TENSOR: {
    message: '{file} に {tensor} が二つあり、どちらが正しいか決められません。',
    hint: 'もう一度ダウンロードしてください。それでも続くなら、別の入手先を選んでください。'
  },
  NOT_FINITE_WEIGHTS: {
    message: '{file} の {tensor} に、数として使えない値（NaN または無限大）があります。',
    hint: 'もう一度ダウンロードしてください。それでも続くならモデルが壊れています。別のモデルを選んでください。'
  },
  // GGUF
  BROKEN_GGUF: {
    message: '{file} は GGUF ファイルとして読めません（{reason}）。',
    hint: 'もう一度ダウンロードしてください。名前だけが GGUF の別のファイルかもしれません。'
  },
  GGUF_VERSION: {
    message: '{file} は GGUF の版 {version} です。読めるのは版 2 と 3 です。',
    hint: '同じモデルの新しいファイルを選んでください。'
  },
  GGUF_TYPE: {
    message: '{file} の {tensor} の圧縮形式 {dtype} は読めません。',
    hint: '同じモデルの Q4_K_M、Q5_K_M、Q6_K、Q8_0、Q4_0、F16、BF16 のいずれかのファイルを選んでください。'
  },
  GGUF_SPLIT: {
    message: '{file} は複数の GGUF ファイルに分かれたモデルの一部で、読めません。',
    hint: '一つのファイルになっている版（Q4_K_M など小さい版はたいてい一つです）か、Hugging Face 形式のフォルダーを選んでください。'
  },
  GGUF_NO_TOKENIZER: {
    message: '{file} にはトークナイザーが入っていません。',
    hint: '同じモデルの別の GGUF ファイルか、Hugging Face 形式のフォルダーを選んでください。'
  },
  GGUF_TOKENIZER_UNKNOWN: {
    message: '{file} のトークナイザーの種類（{name}）は、ここでは扱えません。',
    hint: '同じモデルの Hugging Face 形式のフォルダー（config.json、tokenizer.json、safetensors）を使ってください。'
  },
  // model folders
  BROKEN_INDEX: {
    message: '{file} は、分割されたモデルの目次として読めません（{reason}）。',
    hint: 'モデルを、すべてのファイルといっしょにもう一度ダウンロードしてください。'
  },
  BAD_SHARD_NAME: {
    message: '{file} が、フォルダーの外を指すような名前（{name}）を挙げています。開きませんでした。',
    hint: 'この配布物は壊れているか有害です。別の入手先を選んでください。'
  },
  TENSOR_MISSING: {
    message: '{file} に {tensor} がありません。',
    hint: 'もう一度ダウンロードするか、対応している種類のモデルを選んでください。'
  },
  // writing
  FOLDER_MISSING: {
    message: '{file} を置くフォルダーがありません。',
    hint: 'フォルダーを作るか、別の場所を選んでください。'
  },
  WRITE_FAILED: {
    message: '{file} を書けませんでした（{reason}）。',
    hint: 'ドライブの状態を確かめて、もう一度お試しください。'
  },
  // the engine
  // the machine
  OUT_OF_MEMORY: {
    message: 'メモリが足りません（必要 {needed}、空き {available}）。何も失われていません。',
    hint: 'ほかのアプリを閉じるか、小さなモデル、短いお手本、少ない「一度に読む数」、もとのモデルの4ビット（nf4）、計算し直してメモリを節約（gradient checkpointing）のどれかを選んでください。'
  },
  GPU_OUT_OF_MEMORY: {
    message: 'GPU のメモリが足りません（必要 {needed}、空き {available}）。何も失われていません。',
    hint: 'GPU を使うほかのアプリを閉じるか、小さなモデル、短いお手本、少ない「一度に読む数」、もとのモデルの4ビット（nf4）、計算し直してメモリを節約（gradient checkpointing）のどれかを選んでください。「計算する場所」を CPU にしても学習できます。',
    command:
      'GPU を使うほかのアプリを閉じるか、--base-quantization nf4、--gradient-checkpointing、小さな --batch-size や --max-seq-length を試してください。--device cpu なら GPU を使いません。'
  },
  GPU_NOT_USABLE: {
    message: 'GPU では計算できません（{gpu}）。',
    hint: '「計算する場所」を自動か CPU にすると、CPU で計算します。',
    command: '--device auto か --device cpu なら、CPU で計算します。'
  },
  THREADS_UNAVAILABLE: {
    message: '{threads} 本のスレッドを起動できませんでした。',
    hint: 'スレッドの数を減らすか、0（自動）にしてください。'
  },
  UNKNOWN_BACKEND: {
    message: '命令セット「{name}」は、この CPU では使えません。',
    hint: '環境変数 NEIRO_ISA を消すか、scalar、avx2、avx512、neon のどれかにしてください。'
  },
  NO_INT8_PRODUCTS: {
    message: 'INT8 での計算は、ここ（{backend}）ではできません。命令がないためです。',
    hint: '「計算に使う数の細かさ」を「自動」にしてください。'
  },
  NOTHING_IN_INT8: {
    message:
      'この学習では、もとのモデルの数がすべて32ビットのままなので、INT8 で計算するところがありません。',
    hint: '「もとのモデルの精度」で nf4 か int8 を選ぶか、「計算に使う数の細かさ」を「自動」にしてください。'
  },
  // arguments
  BAD_OPTION: {
    message: '設定 {option} の値「{value}」は使えません（使えるもの: {expected}）。',
    hint: 'この設定を直して、もう一度お試しください。'
  },
  EMPTY_BATCH: { message: '計算するお手本が1組もありません。', hint: 'お手本を1組以上入れてください。' },
  BATCH_TOO_LARGE: {
    message: '一度に読むお手本が {tokens} トークンあり、用意したメモリ（{limit} トークン）に入りません。',
    hint: '「一度に読む数」か「1組の長さの上限」を下げてください。'
  },
  BAD_LENGTHS: {
    message: 'お手本の長さの合計が、トークンの数（{tokens}）と合いません。',
    hint: 'データの準備をやり直してください。'
  },
  BAD_TOKEN: {
    message: '{position} 番目のトークン {token} は、このモデルの語彙（{limit} 語）にありません。',
    hint: 'このモデルに付いているトークナイザーを使って、データの準備をやり直してください。'
  },
  // models
  BAD_CONFIG: {
    message: 'モデルの設定の {field} が「{value}」です（正しくは {expected}）。',
    hint: 'モデルをもう一度ダウンロードするか、config.json を直してください。'
  },
  UNSUPPORTED_MODEL: {
    message: 'このモデルが求める {field} = {value} には、まだ対応していません。',
    hint: '別のモデルか、このモデルの別の版を選んでください。'
  },
  UNSUPPORTED_ROPE: {
    message: 'このモデルの位置の拡張方式「{rope}」には、まだ対応していません。',
    hint: '位置の指定が default、linear、llama3、longrope のモデルを選んでください。'
  },
  TENSOR_SHAPE: {
    message: '{file} の {tensor} の形は {actual} ですが、config.json では {expected} です。',
    hint: '同じモデルのファイルがそろうように、もう一度ダウンロードしてください。'
  },
  UNSUPPORTED_DTYPE: {
    message: '{file} の {tensor} は {dtype} で保存されていて、そのままでは使えません。',
    hint: 'F32、BF16、F16 のどれかで保存された版を選んでください。'
  },
  // adapters
  UNSUPPORTED_ADAPTER: {
    message: 'アダプターの {field} = {value} には対応していません。',
    hint: '線形層に付けた LoRA、DoRA、IA3、または prompt、prefix のアダプターを使ってください。'
  },
  BAD_ADAPTER_CONFIG: {
    message: 'adapter_config.json に、使える {field} がありません。',
    hint: 'アダプターのフォルダーをコピーし直してください。'
  },
  ADAPTER_MISMATCH: {
    message:
      'このアダプターは、このモデルや設定のものではありません（{tensor}: {actual}。本来は {expected}）。',
    hint: '学習に使ったモデルと設定を選んでください。'
  },
  NO_ADAPTER: {
    message: 'このモデルは、アダプターなしで開かれています。',
    hint: 'アダプターを指定して開くか、先に学習してください。'
  },
  NOT_TRAINABLE: {
    message: 'このモデルは、読み取り専用で開かれています。',
    hint: '学習するときは、学ぶ部分を指定して開いてください。'
  },
  NO_FORWARD_PASS: {
    message: '直前に読んでいない文章から学ぼうとしました。',
    hint: '最後のチェックポイントから再開してください。繰り返し起きるときは、お知らせください。'
  },
  STATE_MISMATCH: {
    message:
      '途中保存 {file} は、この学習のものではありません（{tensor}: {actual}。本来は {expected}）。いまの状態は変えていません。',
    hint: '保存したときと同じ設定とモデルで再開してください。'
  },
  // answers
  NO_LEARNT_TOKENS: {
    message: '{rows} 件の例の中に、学ぶ部分がありません。',
    hint: '答えが空でないことを確かめて、もう一度お試しください。'
  },
  BAD_TARGET_COUNT: {
    message: 'このまとまりには正解の値が {expected} 個必要ですが、渡されたのは {actual} 個です。',
    hint: 'モデルの problem_type に合わせて、例ごとに 1 個、または例ごとにラベルの数だけ渡してください。'
  },
  BAD_TARGET: {
    message: '{target} は、ラベルが {labels} 個の {problem} のモデルの正解にはなりません。',
    hint: 'single_label_classification ではラベルの番号（0 から）、multi_label_classification では 0 から 1 の数、regression では数値を渡してください。'
  },
  NO_LANGUAGE_HEAD: {
    message: 'このモデルは点数を付けるためのもので、文章は書けません。',
    hint: '文章を書くモデル（…ForCausalLM）を選んでください。'
  },
  NO_SCORE_HEAD: {
    message: 'このモデルは文章を分類するためのものですが、まだ分類のしかたを学んでいません。',
    hint: '先に分類を学習させる（方法 classification）か、学習済みのフォルダーを選んでください。'
  },
  START_OTHER_HEAD: {
    message: '続きのもとは、これから学ぶものと答え方が違います（一方は言葉、もう一方は点やラベル）。',
    hint: 'もとのモデルから始めるか（--start を外す）、同じ種類の学習を続きのもとに選んでください。'
  },
  NO_REWARD_RULE: {
    message: '回答に点を付ける決まりがありません。',
    hint: 'くわしい設定の「点を付ける決まり」で、長さ、入れる言葉、使わない言葉、JSON、お手本と同じ、のどれかを決めるか、点を付ける学習やプログラムを選んでください（コマンドなら --reward-length 20-80、--reward-run、--reward-program）。'
  },
  NO_REWARD_RUN: {
    message: '{run} のモデルは、回答に点を付けません。',
    hint: '「回答に点を付けることを学ぶ」（--method reward）で終わった学習を選んでください。'
  },
  REWARD_OTHER_TOKENS: {
    message: '{run} の点を付けるモデルは、学習するモデルと文章の読み方（トークンの区切り）が違います。',
    hint: '同じもとのモデルで学習した、点を付けるモデルを選んでください。'
  },
  PROGRAM_NOT_READ: {
    message: '点を付けるプログラム {file} を読めません。',
    hint: 'ファイルの場所と、読む権限を確かめてください。'
  },
  PROGRAM_NOT_AGREED: {
    message: '点を付けるプログラム {file} を動かしてよいか、まだ聞いていません。',
    hint: '中身を確かめてから、画面で同意するか、neiro tune に --run-program を付けてください（続きからなら neiro tune --resume RUN --run-program）。'
  },
  PROGRAM_CHANGED: {
    message: '点を付けるプログラム {file} が、この学習を始めたときから変わったか、なくなりました。',
    hint: 'もとに戻して続きから始めるか、いまのプログラムで新しく学習してください。'
  },
  PROGRAM_NOT_STARTED: {
    message: '点を付けるプログラム {file} を動かせませんでした（{reason}）。',
    hint: '自分で動かせるかを確かめてください。.py には Python、.js と .mjs には Node が要り、ほかのファイルには実行の権限が要ります。'
  },
  PROGRAM_ENDED: {
    message: '点を付けるプログラム {file} が、答える前に終わりました（{code}{said}）。',
    hint: '1行読むたびに1行答え、入力が終わるまで動き続けるように直してください。チェックポイントは残っています。プログラムを直すと別のプログラムになるので、新しく学習してください。'
  },
  PROGRAM_SILENT: {
    message: '点を付けるプログラム {file} が、{seconds}秒たっても答えません。',
    hint: '1行ごとに出力を流し切っているか（flush）を確かめてください。時間が要るなら「自分のプログラムを待つ秒数」（--reward-seconds）を増やします。チェックポイントは残っています。'
  },
  PROGRAM_NONSENSE: {
    message: '点を付けるプログラム {file} の答え「{said}」が、数ではありません。',
    hint: '0.5 か {"reward": 0.5} のように、1行に1つの数を出力してください。チェックポイントは残っています。'
  },
  RATES_REPLIES: {
    message: 'このモデルは回答に点を付けるもので、文章を分類するものではありません。',
    hint: '点がどれだけ合うかは neiro eval --run で、2つの回答の組をくらべて分かります。分類するには、方法 classification で学習したものを選んでください。'
  },
  NO_PAIRS: {
    message: '2つの回答の組（好ましいほうと、もう一方）がありません。',
    hint: '質問、好ましい回答（chosen）、もう一方の回答（rejected）の列があるファイルを選んでください。'
  },
  EXAMPLE_TOO_LONG: {
    message: '文章が {tokens} トークンあります。このモデルが読めるのは {limit} トークンまでです。',
    hint: '例の最大の長さを {limit} 以下にしてください。'
  },
  NO_EXAMPLES_FOR_GOAL: {
    message: 'この目的に使える行が、データにまだありません。',
    hint: 'データの部屋で、列の役割を確かめてください。口調には質問と回答、仕分けには文章とラベル、好みには質問と2つの回答の列が要ります。'
  },
  NO_RATED_ROWS: {
    message: '良い・悪いの評価がある行が、データにありません。この方法は、1つの回答とその評価から学びます。',
    hint: '2つの回答の組から学ばせるときは、「学習の種類」で「2つの回答の良し悪しから学ばせる（DPO）」などを選んでください。評価から学ばせるときは、評価の列を入れてください。'
  },
  NO_LABELS: {
    message: '文章とラベルのある行がありません。',
    hint: '文章の列とラベルの列を選ぶか、ほかの方法を選んでください。'
  },
  NO_ANSWERS_BESIDE: {
    message: 'ラベルのある行しかなく、いっしょに学ぶ回答がありません。',
    hint: '質問と回答のファイルも加えるか、分類だけを学ぶ方法（classification）を選んでください。'
  },
  TOO_FEW_CLASSES: {
    message: '見分けるラベルが2種類ありません（{labels}）。',
    hint: 'ほかのラベルの行を加えるか、ラベルの列を確かめてください。'
  },
  NOT_NUMBERS: {
    message: 'ラベル「{label}」は数ではありません。',
    hint: '「problem: single」を選ぶか、行を直してください。'
  },
  SEVERAL_LABELS: {
    message: 'この行のラベルはちょうど1つではありません（{labels}）。',
    hint: '1行にラベルがいくつあってもよいなら「problem: several」を選んでください。'
  },
  UNKNOWN_LABEL: {
    message: 'ラベル「{label}」は、学習する行のどこにもありません。',
    hint: 'ラベルを直すか、このラベルの行を加えてください。'
  },
  NO_CLASS_WEIGHTS: {
    message: 'ラベルごとの重みは、どの行にもラベルがちょうど1つあるときだけ使えます。',
    hint: 'class_weights を none にしてください。'
  },
  EMPTY_LABEL: { message: 'ラベルがありません。', hint: 'ラベルを書くか、行を除いてください。' },
  NOT_MERGEABLE: {
    message: '仮想トークンのアダプター（prompt、prefix、P-tuning）は、モデルの重みに組み込めません。',
    hint: 'アダプター（peft）として書き出し、もとのモデルと一緒に使ってください。'
  },
  NO_ROOM_FOR_TEXT: {
    message:
      'お手本の前に {virtual} 個のトークンを置くと、このモデルが読める {positions} トークンに本文が入りません。',
    hint: '置くトークンの数（virtual_tokens）を減らしてください。'
  },
  COMBINE_OTHER_BASE: {
    message: '「{adapter}」は、{base} とは別のモデルで学習したものです。',
    hint: '同じモデルで学習したアダプターだけをまとめられます。'
  },
  COMBINE_UNSUPPORTED: {
    message: '{field} = {value} のアダプターは、まとめられません:「{adapter}」。',
    hint: 'まとめられるのは、ふつうの LoRA アダプターだけです。DoRA、IA3、prompt、prefix、トークンを学んだもの、文章を分類するものは使えません。'
  },
  COMBINED_NOT_FINITE: {
    message: 'まとめたアダプター（{how}）の計算が、数になりませんでした。何も書き出していません。',
    hint: '重み（--weights）を小さくするか、まとめかた（--method）を変えてください。'
  },
  NO_CONTEXT: {
    message: 'このモデルは、回答を書くためのメモリなしで開かれています。',
    hint: '回答の長さ（maxContext）を 1 以上にして開いてください。'
  },
  NO_CONVERSATIONS: {
    message: 'このモデルは、いくつもの会話を同時に受けるようには開かれていません。',
    hint: '同時の会話の数（conversations）を 1 以上にして開いてください。'
  },
  NO_FREE_PLACE: {
    message: '同時に受けられる会話は {places} 件までで、いまはすべて使われています。',
    hint: 'どれかが終わってから、もう一度お試しください。'
  },
  EMPTY_PROMPT: { message: '質問が空です。', hint: '文字を入れて、もう一度お試しください。' },
  NOTHING_STARTED: { message: '続きを書く回答がありません。', hint: '先に質問を送ってください。' },
  NOT_FINITE_LOGITS: {
    message: 'モデルの計算が、数として使えない値になりました。',
    hint: 'アダプターが壊れているかもしれません。前のものに戻すか、学習率（learning rate）を下げて学習し直してください。'
  },
  // sessions
  ENGINE_BUSY: {
    message: 'モデルは、まだ前の計算をしています。',
    hint: '終わるのを待つか、中止してからもう一度お試しください。'
  },
  SESSION_CLOSED: { message: 'このモデルは、もう閉じられています。', hint: 'もう一度開いてください。' },
  // data files
  NO_DATA: {
    message: '選ばれたものの中に、学べるデータがありません。',
    hint: '質問と回答の入ったファイルを1つ以上選んでください。'
  },
  FOLDER_BUSY: {
    message: 'ほかの Neiro が {folder} に書き込み続けています。',
    hint: 'ほかの Neiro を閉じてから、もう一度お試しください。'
  },
  DATA_NOT_FOUND: { message: '{file} が見つかりません。', hint: 'ファイルの名前と場所を確かめてください。' },
  DATA_NOT_READABLE: {
    message: '{file} を開けません（{reason}）。',
    hint: 'ファイルを読む権限があるか、ほかのアプリで開いていないかを確かめてください。'
  },
  EMPTY_DATA: {
    message: '{file} には何も書かれていません。',
    hint: '質問と回答の入ったファイルを選んでください。'
  },
  UNKNOWN_FORMAT: { message: '{file} の種類は読めません。', hint: '次のどれかで保存してください：{known}' },
  NOT_A_FILE: {
    message: '{file} はふつうのファイルではありません。',
    hint: 'このPCに保存されているファイルを選んでください。'
  },
  CHANGED_WHILE_READ: {
    message: '{file} は、読んでいる間に書き換えられました。',
    hint: 'ほかのアプリの保存が終わってから、もう一度入れてください。'
  },
  FOREIGN_FILE: {
    message: '{file} は{program}のファイルで、そのままでは読めません。',
    hint: '{program}で開き、{format} として保存または書き出してから、そのファイルを入れてください。元のファイルはそのままです。'
  },
  NO_TABLE_IN_PAGE: {
    message: '{file} は、表のないウェブページです。',
    hint: 'Excelかブラウザーで開き、文章は txt、表は xlsx で保存してください。'
  },
  PASSWORD_PROTECTED: {
    message: '{file} は、パスワードがかかっていて開けません。',
    hint: '{program}で外してから、もう一度入れてください。'
  },
  OLD_OFFICE_FILE: {
    message: '{file} は古い形式の{program}ファイルで、そのままでは読めません。',
    hint: '{program}で開き、「名前を付けて保存」で {format} にしてから入れてください。元のファイルはそのままです。'
  },
  BROKEN_OFFICE_FILE: {
    message: '{file} は壊れているか、終わりが欠けています。',
    hint: '{program}で開けるかを確かめ、保存し直してから入れてください。'
  },
  OFFICE_FILE_TOO_LARGE: {
    message: '{file} は、開くと大きくなりすぎるため読めません。',
    hint: '必要なシートと列だけを保存し直すか、表を CSV で保存してください。'
  },
  OFFICE_FILE_STRANGE: {
    message: '{file} の中身は、ふつうのオフィスソフトが書く形ではありません。',
    hint: '{program}で開き、別の名前で保存してから、そのファイルを入れてください。'
  },
  BROKEN_PARQUET: {
    message: '{file} は壊れているか途中で切れている Parquet ファイルです（{problem}）。',
    hint: 'もう一度ダウンロードするか、表を CSV か JSONL で保存して入れてください。'
  },
  PARQUET_TOO_LARGE: {
    message: '{file} は行のまとまりが大きすぎるため開けません。',
    hint: '行グループを小さくして保存し直すか、CSV か JSONL で保存してください。'
  },
  PARQUET_ENCRYPTED: {
    message: '{file} は暗号化されているため読めません。',
    hint: '作成した人に、暗号化していないファイルを頼んでください。'
  },
  NOTHING_TO_SAVE: {
    message: '{file} に保存するお手本がありません。',
    hint: '別の形式（--as）にするか、別のデータを選んでください。'
  },
  NO_VISIBLE_SHEET: {
    message: '{file} のシートは、すべて非表示になっています。',
    hint: 'Excelでシートを表示して保存し、もう一度入れてください。'
  },
  SQL_FILE: {
    message: '{file} は、データベースへの命令（SQL）で、表の中身はその中に書かれています。',
    hint: 'データベースから表を CSV で保存して、そのファイルを選んでください。'
  },
  COMPRESSED_FILE: {
    message: '{file} は圧縮されています（{packed}）。',
    hint: '先に展開して、中のファイルを選んでください。'
  },
  BINARY_FILE: {
    message: '{file} には文字が入っていないため、読み取れません。',
    hint: 'Excel・CSV・Word・テキストを入れてください。'
  },
  OTHER_KIND: {
    message: '{file} は{kind}のため読み取れません。',
    hint: 'Excel・CSV・Word・テキストを入れてください。'
  },
  WRONG_ENCODING: {
    message: '{file} の文字コードが合いません（{encoding}）。',
    hint: '文字コードを自分で選ぶか、UTF-8 で保存し直してください。元のファイルはそのままです。'
  },
  UNKNOWN_ENCODING: {
    message: '「{encoding}」という文字コードはありません。',
    hint: '次のどれかを使ってください：utf-8 utf-16le utf-16be cp932 euc-jp iso-2022-jp windows-1252 windows-1250 windows-1251 gb18030 big5 euc-kr macroman'
  },
  BROKEN_JSON_FILE: {
    message: '{file} の JSON が {line} 行目のあたりで途切れているか、書き方に誤りがあります。',
    hint: '作ったソフトで保存し直してください。終わりが欠けていることがあります。'
  },
  TOO_MANY_COLUMNS: {
    message: '{file} には列が {columns} あります。読めるのは {most} 列までです。',
    hint: '質問と答えの列だけを残して保存し直してください。'
  },
  MORE_THAN_FITS: {
    message: '{file} まで読んだところで、一度に扱える量（合わせて約 {most} 字）を超えました。',
    hint: '比べたい質問だけを残したファイルを選んでください。学習するだけなら、量の制限はありません。'
  },
  NO_HEADER: {
    message: '{file} には見出し行がありません（{columns} 列）。',
    hint: '1行目に「質問,回答」のような列の名前を足してください。'
  },
  NO_SUCH_ROW: {
    message: '{file} の {row} 行目から下には、何もありません。',
    hint: '列の名前が並ぶ行（見出し行）の番号を入れてください。'
  },
  ALL_SHEETS_LEFT_OUT: {
    message: '{file} のシートがすべて外れるところでした。何も変えていません。',
    hint: 'シートを1枚は残すか、ファイルを一覧から外してください。'
  },
  UNKNOWN_SHAPE: {
    message: '{file} に、質問と回答、会話、文章のどれも見つかりません（ある列：{columns}）。',
    hint: '列の名前を「質問」「回答」にするか、どの列が何かを指定してください。'
  },
  LABEL_DATA: {
    message: '{file} は列「{column}」で文を分類するデータで、回答の文がありません。',
    hint: '分類を学ぶには、文章の列とラベルの列を選んでください。口調を学ぶには、回答の列を足してください。'
  },
  NO_ANSWER_COLUMN: {
    message: '{file} に回答の列がありません（ある列：{columns}）。',
    hint: '回答の列を足すか、どの列が回答かを指定してください。'
  },
  NO_SUCH_COLUMN: { message: '{file} に列「{column}」はありません。', hint: 'ある列：{columns}' },
  MAPPING_INCOMPLETE: {
    message: '{file}：「{role}」にする列が選ばれていません。',
    hint: '下の一覧で選んでください。',
    command: '--column で指定してください。'
  },
  NO_USABLE_ROW: {
    message: '{file} に使える行がありません（いちばん多い理由：{reason}）。',
    hint: '理由を見て行を直すか、別のファイルを選んでください。'
  },
  ALREADY_ADDED: {
    message: '{file} は、同じ中身のファイルがもう入っています。',
    hint: 'この行を外してください。お手本は一度だけ数えています。'
  },
  TOO_MANY_FILES: {
    message: '一度に {most} 個より多くのファイルが選ばれました。何も加えていません。',
    hint: 'お手本の入ったフォルダーだけを選んでください。'
  },
  SOURCE_CHANGED: {
    message: 'プロジェクトの中の {file} のコピーが、なくなったか書き換えられています。',
    hint: 'この行を外して、元のファイルをもう一度入れてください。'
  },
  DATA_LOG_BROKEN: {
    message: 'データの記録（data/{file}）の {line} 行目が読めません。ファイルのコピーはそのままです。',
    hint: 'バックアップから {file} を戻すか、新しいプロジェクトに同じファイルを入れてください。'
  },
  DATA_FILE_GONE: {
    message: 'このファイルは、もうデータに入っていません。',
    hint: '一覧を見直してください。'
  },
  NOT_THE_LAST_CHANGE: {
    message: 'そのあとに別の変更があったため、戻しませんでした。お手本は今のままです。',
    hint: '画面の下の「戻す」で、新しい変更から順に戻せます。'
  },
  ROW_NOT_REFUSED: {
    message: 'この行は、もう直せる行の一覧にありません。',
    hint: '一覧を見直してください。'
  },
  EXAMPLE_GONE: { message: 'このお手本は、もうデータに入っていません。', hint: '一覧を見直してください。' },
  TOO_FEW_EXAMPLES: {
    message: 'お手本が {count}組しかなく、検証用に取っておけません。',
    hint: '別の質問のお手本を足すか、検証に取っておく割合（held-out ratio）を 0 にしてください。'
  },
  // rows that are refused
  BROKEN_JSON: { message: 'JSON として読めません。', hint: 'かっこ、引用符、コンマを確かめてください。' },
  NOT_AN_OBJECT: {
    message: '名前のついた値（オブジェクト）ではありません。',
    hint: '{"question": …, "answer": …} の形にしてください。'
  },
  TOO_MANY_CELLS: {
    message: '列の数より多くの値があります。',
    hint: 'コンマを含む値は引用符（"）で囲んでください。'
  },
  BROKEN_QUOTES: {
    message: '引用符（"）の開きと閉じが合いません。',
    hint: 'セルの中の引用符は二つ重ねて書くか、余分なものを消してください。'
  },
  ROW_TOO_LONG: {
    message: '一行が四百万文字をこえています。',
    hint: 'いくつかの行に分けてください。一度に学べる長さではありません。'
  },
  CELL_TOO_LONG: {
    message: 'ひとつのセルに百万文字をこえる文章があります。',
    hint: '文章をいくつかの行に分けてください。'
  },
  TOO_DEEP: {
    message: 'リストやオブジェクトの入れ子が 64 段をこえています。',
    hint: '質問と答えは、入れ子にせずふつうの文字で書いてください。'
  },
  TOO_MANY_NAMES: {
    message: 'ひとつの行に 16,384 をこえる項目があります。',
    hint: '質問と答えの項目だけを残して保存し直してください。'
  },
  NAME_TOO_LONG: {
    message: '項目の名前が千文字をこえています。',
    hint: '「質問」「回答」のような短い名前にしてください。'
  },
  HIDDEN_ROW: {
    message: '非表示か、フィルターで隠れている行です。',
    hint: '使うには、シートで行を表示してください。'
  },
  HIDDEN_COLUMN: { message: '非表示の列です。', hint: '使うには、シートで列を表示してください。' },
  HIDDEN_TEXT: {
    message: '隠し文字か、白地に白い文字です。',
    hint: '使うには、文書で文字を表示してください。'
  },
  STRUCK_OUT: { message: '取り消し線の引かれた文字です。', hint: '使うには、取り消し線を外してください。' },
  SYMBOL_FONT: {
    message: 'Neiroの知らない記号フォント（Wingdingsなど）の記号です。',
    hint: '使うには、記号の意味を文字で書いてください。'
  },
  DELETED_TEXT: {
    message: '変更履歴で削除された文字です。',
    hint: '使うには、Wordで削除を元に戻してください。'
  },
  EMBEDDED_PART: {
    message: 'ここには別のファイルが埋め込まれていて、読めません。',
    hint: 'Wordで開いて保存し直すか、そのファイルを単独で入れてください。'
  },
  FOOTNOTE: {
    message: 'ここに付いている脚注は、読み取りません。',
    hint: '回答に必要な内容なら、本文に書き入れてください。'
  },
  FORM_PLACEHOLDER: {
    message: '入力欄に、入力をうながす文字だけがあります。',
    hint: '使うには、欄に記入してください。'
  },
  EMPTY_QUESTION: { message: '質問がありません。', hint: '質問を書くか、行を除いてください。' },
  EMPTY_ANSWER: { message: '回答がありません。', hint: '回答を書くか、行を除いてください。' },
  EMPTY_OTHER: { message: 'もう一方の回答がありません。', hint: '2つ目の回答を書くか、行を除いてください。' },
  EMPTY_TEXT: { message: '文章がありません。', hint: '文章を書くか、行を除いてください。' },
  NOT_TEXT: { message: '文章であるはずのところに、別のものがあります。', hint: '値を文章にしてください。' },
  NOT_TURNS: { message: '会話が発言の並びになっていません。', hint: '話し手と内容の並びにしてください。' },
  OTHER_SHAPE: {
    message: 'ほかの行と列の名前が違います。',
    hint: '同じ形の行だけを1つのファイルにまとめてください。'
  },
  UNKNOWN_ROLE: {
    message: '「{role}」という話し手には対応していません。',
    hint: 'system、user、assistant のどれかにしてください。'
  },
  REPEATED_KEY: {
    message: 'この行には同じ名前の項目が二つあり、どちらを使うか決められません。',
    hint: '名前を分けるか、一方を消してください。'
  },
  WORD_FOR_NOTHING: {
    message: '回答が「{word}」です。値がない、上と同じ、などの印のようなので、学習しません。',
    hint: '回答を書き足すか、この行を外したままにしてください。'
  },
  TOTAL_ROW: {
    message: '表の合計の行のようです。質問と回答ではないので、学習しません。',
    hint: '学ばせるときは、質問と回答の文に書き直してください。'
  },
  TYPE_ROW: {
    message: '列の型（varchar、text など）を書いた行です。質問と回答ではないので、学習しません。',
    hint: 'このままで大丈夫です。'
  },
  TURN_WEIGHT: {
    message: '回答の重み {field} が {value} です。学ぶ（1）か学ばない（0）かのどちらかにしてください。',
    hint: '0 か 1 に直してください。途中の重みでは学習できません。'
  },
  NO_LEARNT_TURN: {
    message: 'どの回答も「学習しない」という指定です。',
    hint: '学習する回答の指定（weight や train）を直してください。'
  },
  TOOL_CALL: {
    message: 'ツールや関数を呼び出す会話です。',
    hint: '文章だけの会話を使ってください。ツールの学習はまだできません。'
  },
  NOT_ONLY_TEXT: { message: '画像、音声、動画を含んでいます。', hint: '文章だけの行を使ってください。' },
  PREFERENCE_ROW: {
    message: '質問と回答のファイルの中に、2つの回答の良し悪しや評価を示す行があります。',
    hint: '良し悪しを学ばせるときは、その行だけのファイルにしてください。'
  },
  DISLIKED_ROW: {
    message: '良くないと評価された回答なので、お手本にしません。',
    hint: '使う場合は、回答を直してください。良し悪しを学ばせるときは、評価の列を使い、目的を「好みを教える」にしてください。'
  },
  SAME_ANSWERS: {
    message: '良い回答と良くない回答が同じです。',
    hint: '行を外すか、違う回答を2つ書いてください。'
  },
  TWO_PROMPTS: {
    message: '2つの回答が、別の質問への回答です。',
    hint: '同じ質問への回答を1行に入れてください。'
  },
  NO_VERDICT: {
    message: 'この回答の良し悪しが書かれていません。',
    hint: '評価の列に「良い」「悪い」や true、false を書いてください。'
  },
  BROKEN_CHARACTERS: {
    message: '読めない文字があります（文字コード {encoding}）。',
    hint: '元のファイルの文字を直すか、文字コードを選び直してください。'
  },
  PILED_MARKS: {
    message: '1つの文字に、濁点やアクセントのような記号が {most} 個より多く重なっています。',
    hint: '重なった記号を消してから、もう一度追加してください。'
  },
  CELL_ERROR: {
    message: '数式のエラー（{cell}）が入っています。',
    hint: '表計算ソフトで数式を直すか、行を除いてください。'
  },
  SECTION_ROW: {
    message: '表の中の見出しで、質問と回答の組ではありません。',
    hint: 'このままで大丈夫です。'
  },
  AUTOMATIC_REPLY: {
    message: '不在通知や受付のお知らせなど、自動で送られたメールです。',
    hint: 'このままで大丈夫です。'
  },
  REPEATED_HEADER: { message: '見出し行がもう一度書かれた行です。', hint: 'このままで大丈夫です。' },
  HIDDEN_SHEET: {
    message: '非表示のシートなので、読みませんでした。',
    hint: '使うときは、Excelで表示して保存し、もう一度入れてください。'
  },
  BINARY_COLUMN: {
    message: 'この列は画像など文字ではないデータなので、読みませんでした。',
    hint: '文章だけを学習に使うなら、このままで大丈夫です。'
  },
  UNUSABLE_SHEET: {
    message: 'このシートには、質問と回答の列が見つかりません（ある列：{columns}）。',
    hint: '列の名前を「質問」「回答」にするか、どの列が何かを指定してください。'
  },
  OUTSIDE_PAIRS: {
    message: '質問と回答の組の外にある文章です。',
    hint: '学ばせるときは、質問と回答の形にするか、読み取り方を「文章」にしてください。'
  },
  UNSUPPORTED_FILE: {
    message: '読めない種類のファイルです。',
    hint: 'Excel（xlsx）、CSV、テキストなどで保存し直してください。'
  },
  LINK_IN_FOLDER: {
    message: '別の場所を指すリンクです。フォルダーの中のリンクはたどりません。',
    hint: 'リンク先を学ばせるときは、リンク先のファイルかフォルダーを直接選んでください。'
  },
  PIPE_IN_FOLDER: {
    message: 'プログラムどうしをつなぐ特殊なファイル（パイプなど）です。',
    hint: '学べる内容はありません。フォルダーの中のほかのファイルは読み込みます。'
  },
  ABOUT_FILE: {
    message: 'データの説明やライセンスの文書です。',
    hint: 'この文書も学ばせたいときは、ファイルとして直接選んでください。'
  },
  // the process for strangers' bytes: what it is lost over is named
  FILE_SILENT: {
    message: '「{file}」を読む処理が進まなくなったため、このファイルを除きました。',
    hint: 'ファイルを Excel などで開き、保存し直すか、いくつかに分けてからもう一度お試しください。'
  },
  FILE_MEMORY: {
    message: '「{file}」を読むのにメモリが足りないため、このファイルを除きました。',
    hint: 'ファイルをいくつかに分けるか、ほかのアプリを閉じてから、もう一度お試しください。'
  },
  FILE_CRASH: {
    message: '「{file}」を読む処理が異常終了したため、このファイルを除きました（{reason}）。',
    hint: 'ファイルを Excel などで開き、保存し直してからもう一度お試しください。'
  },
  MODEL_TEXT_SILENT: {
    message: 'モデルの tokenizer.json か会話テンプレートの処理が終わりません（{dir}）。',
    hint: '配布ページから取得し直すか、別のモデルを選んでください。ほかの作業はそのまま続けられます。もう一度追加するか、コマンドで指定すると、改めて試します。'
  },
  MODEL_TEXT_MEMORY: {
    message: 'モデルの tokenizer.json か会話テンプレートの処理にメモリが足りません（{dir}）。',
    hint: 'ほかのアプリを閉じるか、別のモデルを選んでください。もう一度追加するか、コマンドで指定すると、改めて試します。'
  },
  MODEL_TEXT_CRASH: {
    message: 'モデルの tokenizer.json か会話テンプレートの処理が異常終了しました（{dir}：{reason}）。',
    hint: '配布ページから取得し直すか、別のモデルを選んでください。ほかの作業はそのまま続けられます。もう一度追加するか、コマンドで指定すると、改めて試します。'
  },
  KEPT_BROKEN: {
    message: '読み込んだデータの控えが壊れています。',
    hint: 'もう一度データの画面を開いてください。控えは、追加したファイルから作り直されます。'
  },
  KEEPER_LOST: {
    message: 'データを扱うプロセスが何度も終了しました（{reason}）。',
    hint: 'メモリが足りないときに起こります。ほかのアプリを閉じてから、もう一度お試しください。'
  },
  WORKSHOP_KILLED: {
    message: 'ファイルとモデルを読むためのプロセスが、外から何度も終了されました。',
    hint: 'メモリが足りないときに起こります。ほかのアプリを閉じてから、もう一度お試しください。'
  },
  WORKSHOP_NOT_STARTED: {
    message: 'ファイルとモデルを読むためのプロセスを始められません（{reason}）。',
    hint: 'Neiro をもう一度起動してください。続くときは、セキュリティソフトが止めていないかご確認ください。'
  },
  // tokenizer, chat template, what can be learnt of a row
  NO_TOKENIZER: {
    message: 'モデルのフォルダーに tokenizer.json がありません（{dir}）。',
    hint: 'tokenizer.json のあるモデルのフォルダーを選んでください。モデルの配布ページから取得できます。'
  },
  EXPORT_ASKS_OTHERWISE: {
    message:
      '{target} に書き出したものは、学んだときと違う言葉でモデルに問いかけることになるため、残しませんでした。',
    hint: 'モデルの名前をそえて、お知らせください。このモデルの会話テンプレートには、まだ対応できていません。'
  },
  EXPORT_TENSOR_MISSING: {
    message: '{target} に書き出したものに、ほかのソフトが探す「{tensor}」がないため、残しませんでした。',
    hint: 'モデルの名前をそえて、お知らせください。'
  },
  EXPORT_ENDS_OTHERWISE: {
    message: '{target} に書き出したものは、学んだところで答えが終わらないため、残しませんでした。',
    hint: 'モデルの名前をそえて、お知らせください。このモデルの終わりの印には、まだ対応できていません。'
  },
  TOKENIZER_NOT_CONVERTED: {
    message: 'モデルのフォルダにあるトークナイザーは {name} だけで、この形式は読めません（{dir}）。',
    hint: 'tokenizer.json の付いた版のモデルを選んでください。作るには、Python で transformers.AutoTokenizer.from_pretrained(フォルダ).save_pretrained(フォルダ) を実行します。'
  },
  TOKENS_DISAGREE: {
    message: 'トークン {token} の番号が、ファイルによって {said} と {id} に分かれています（{dir}）。',
    hint: 'どちらの番号で学んだモデルか決められません。トークナイザーのファイルを、同じ配布元からすべて取り直してください。'
  },
  TOKEN_WITHOUT_ROW: {
    message:
      'トークナイザーが作るトークン {token}（{id} 番）は、{rows} 番までしかないこのモデルの語彙に入っていません。',
    hint: 'このモデルに付いているトークナイザーのファイルを使ってください。'
  },
  UNREAD_TENSORS: {
    message:
      'この種類のモデルでは使わないデータが {count} 個、モデルのファイルに入っています（{tensors}）。その分は計算に入りません。',
    hint: '答えがおかしいときは、余分なデータのない版のモデルを選んでください。'
  },
  MARKS_NOT_TOKENS: {
    message:
      '会話テンプレートの印を、トークナイザーが印として知りません（{marks}）。モデルは普通の文字として読みます。',
    hint: 'テンプレートに合うトークナイザーのファイルを使うか、別の版のモデルを選んでください。'
  },
  END_NEVER_LEARNT: {
    message:
      'このモデルは、答えの終わりを示すトークンがテンプレートにもファイルにもありません。学んでも、答えの止め方を覚えられません。',
    hint: '終わりのトークン（eos_token）の書かれたモデルを選んでください。'
  },
  BROKEN_TOKENIZER: {
    message: '{name} を読めません（{reason}）。',
    hint: 'モデルをもう一度ダウンロードするか、配布ページの {name} に置き換えてください。'
  },
  TOKENIZER_TOO_LARGE: {
    message: '{name} は、ふつうのモデルの何倍もの語を持っています（読めるのは {most} 語まで）。',
    hint: 'モデルをもう一度ダウンロードするか、配布ページの {name} に置き換えてください。'
  },
  SENTENCEPIECE_KIND: {
    message: '{name} は、Neiro では正確に引き継げない種類（{kind}）の SentencePiece モデルです。',
    hint: 'ファイルは壊れていません。tokenizer.json の入った版か、別のモデルを選んでください。'
  },
  BROKEN_TEMPLATE: {
    message: 'モデルの会話テンプレートを読めません（{cause}）。',
    hint: '配布ページの chat_template.jinja か tokenizer_config.json に置き換えてください。'
  },
  TEXT_TOO_HARD: {
    message: 'この行をトークンに分ける処理が終わりませんでした。',
    hint: '同じ文字が続くところなどを削るか、別のモデルを選んでください。'
  },
  TEXT_UNBROKEN: {
    message: '区切りのない長すぎる文です（{characters} 文字を超えて切れ目がありません）。',
    hint: '続きすぎる空白や記号を削るか、文を分けてください。'
  },
  TEMPLATE_ENDLESS: {
    message: 'モデルの会話テンプレートの処理が終わらないため、中止しました。',
    hint: '配布ページの chat_template.jinja か tokenizer_config.json に置き換えるか、別のモデルを選んでください。'
  },
  TEMPLATE_REFUSED: {
    message: 'モデルの会話テンプレートがこの会話を受け付けません（{cause}）。',
    hint: '「はじめの指示」をなくす、質問と回答を交互にするなど会話を直すか、別のモデルを選んでください。'
  },
  TEMPLATE_MASK: {
    message: '会話テンプレートがこの回答を変えてしまうため、学ぶところを決められません（{answer}）。',
    hint: '回答からテンプレートが消す部分（多くは思考の部分）を除くか、別のモデルを選んでください。'
  },
  ANSWER_CUT_OFF: {
    message: '質問だけで長さの上限（{maxSeqLength} トークン）に達し、学ぶ回答が残りません。',
    hint: '「1組の長さの上限」を上げるか、質問を短くしてください。'
  },
  UNKNOWN_TEXT: {
    message: 'この文章の文字は、このモデルの知らないものばかりです。',
    hint: 'この文字を知っているモデルを選ぶか、この行を除いてください。'
  },
  LOST_CHARACTERS: {
    message: 'このモデルは次の文字を読めません（{characters}）。',
    hint: 'これらの文字を読めるモデルを選ぶか、行の文字を置き換えてください。'
  },
  NOTHING_TO_LEARN: {
    message: '学べる行が1つもありません（{rows} 行。いちばん多い理由：{reason}）。',
    hint: '除いた行とその理由を見て、データ、長さの上限、モデルのどれかを変えてください。'
  },
  // runs
  // the folder
  RUN_NOT_FOUND: {
    message: '{run} に学習の記録がありません。',
    hint: '学習の一覧（neiro runs）で名前を確かめてください。'
  },
  RUN_EXISTS: {
    message: '{run} はすでに使われています。',
    hint: '別の場所を選ぶか、続きから始める（--resume）を使ってください。'
  },
  RUN_BUSY: {
    message: 'この学習は、ほかのプロセスで進んでいます。',
    hint: '終わるまで待つか、そちらで一時停止してください。'
  },
  EVALUATION_BUSY: {
    message: 'この学習の評価は、いま別のウィンドウかコマンドで行っています。',
    hint: '終わるまで待つか、そちらで中止してください。答えは残り、こちらにも表示されます。'
  },
  RUN_FINISHED: {
    message: 'この学習は終わっています。これ以上学ぶところはありません。',
    hint: 'できあがったアダプターを使うか、新しい学習を始めてください。'
  },
  RUN_NEEDED: {
    message: 'この学習の結果から始めた学習（{runs}）があるため、ごみ箱に入れられません。',
    hint: '先にそちらをごみ箱に入れてください。両方とも残しておくこともできます。'
  },
  RUN_NEWER: {
    message: '学習の記録 {run} は、新しい Neiro で作られています。',
    hint: 'Neiro を新しくしてから続けてください。記録には手を付けていません。'
  },
  DATA_NEWER: {
    message: 'データの保存場所 {folder} は、新しい Neiro（{neiro}）で使われています。',
    hint: '新しいほうの Neiro を使ってください。この Neiro は、そこに何も書きません。この Neiro で新しく始めるときは、NEIRO_HOME で別のフォルダーを指定します。'
  },
  RUN_BROKEN: {
    message: 'この学習のファイル {name} が、ないか壊れています。お手本のファイルはそのままです。',
    hint: 'レシピから学習を準備し直してください。'
  },
  BASE_CHANGED: {
    message:
      '{dir} のモデルは、この学習で使ったモデルと違います（または、そのあとで変更されました）。このままでは、学んだとおりの答えになりません。',
    hint: 'モデルを元に戻すか、元のモデルの場所を指定してください（--model DIR）。わざと変えたのなら、もう一度学習してください。'
  },
  TEMPLATES_DISAGREE: {
    message:
      'このモデルには、内容の違うチャットテンプレートが 2 つ入っています（chat_template.jinja と tokenizer_config.json）。Transformers と同じように、前のほうを使います。後ろだけを読むプログラムでは、聞き方の形が変わります。',
    hint: '何もしなくてかまいません。書き出したモデルには、学習で使ったテンプレートを両方に入れます。'
  },
  TEMPLATE_NOT_DEFAULT: {
    message:
      'このモデルにはチャットテンプレートがいくつもありますが、「default」という名前のものがありません。「{name}」を使います。ほかのプログラムは、どれを使うかをたずねます。',
    hint: '別のものを使うときは、それを chat_template.jinja という名前でモデルのフォルダーに入れてください。'
  },
  SPACES_READ_OTHERWISE: {
    message:
      'このモデルのトークナイザーの 2 つのファイルは、特別な印のあとの空白の扱いが違います。ここでは、このようなモデルが作られたときと同じく tokenizer.json（無いときは代わりの tokenizer.model）に従います。Transformers 5 は tokenizer_config.json に従うので、違うトークンになります。',
    hint: '何もしなくてかまいません。書き出したモデルでは、tokenizer_config.json を tokenizer.json に合わせます。'
  },
  SYSTEM_NOT_SEEN: {
    message:
      'このモデルのチャットテンプレートは、システムメッセージを使いません。データにある指示やシステムプロンプトは、モデルに渡らず、学習もされません。',
    hint: '大事なことは質問の文に書くか、システムメッセージを受け取るモデルを選んでください。'
  },
  EARLIER_NOT_SEEN: {
    message:
      'このモデルのチャットテンプレートは、前のやり取りを使いません。長い会話では、モデルは最後の質問だけを見ます。',
    hint: '1 問 1 答のデータなら、何もしなくてかまいません。そうでなければ、会話全体を受け取るモデルを選んでください。'
  },
  TEMPLATE_IN_OLD_FILE: {
    message:
      'このモデルのチャットテンプレートは chat_template.json にありますが、文章用には読み込まれません。代わりに、質問・改行・回答だけの形を使います。',
    hint: 'そのテンプレートを使うときは、中の文章を chat_template.jinja という名前でモデルのフォルダーに入れてください。'
  },
  ADAPTER_BESIDE_MODEL: {
    message:
      'このモデルのフォルダーには、アダプター（adapter_config.json）も入っています。ここでは使いません。Transformers はモデルと一緒に読み込むので、答えが変わります。',
    hint: 'モデルと一緒に使うものなら、別のフォルダーに移してその続きから学習する（--start）か、先にモデルに組み込んでください。要らないものなら、そのファイルを取り除いてください。'
  },
  ANSWER_RULES: {
    message:
      'このモデルの generation_config.json には、ここでは使わない答え方の指定があります（{rules}）。その指定を使うプログラムでは、ここで評価したものと違う答えや、短い答えになります。',
    hint: '学習のためにすることはありません。ここと同じ答えにしたいときは、書き出したあとで、generation_config.json からその行を消してください。'
  },
  START_NEEDS_ADAPTER: {
    message: '調整済みのアダプターの続きから学ぶときは、モデル全体ではなくアダプターだけを学習できます。',
    hint: 'アダプターを学習する方法を選ぶか、モデル全体を学習した結果から始めてください。'
  },
  OTHER_MODEL: {
    message: '{dir} のモデルは、この学習を始めたときのモデル（{model}）と違います。',
    hint: 'そのモデルのフォルダーを指定してください。続きから学習できるのは、同じ重みのときだけです。'
  },
  MODEL_MOVED: {
    message: 'この学習で使っていたモデルが {modelDir} にありません。学習の途中経過は残っています。',
    hint: '元の場所に戻すか、新しい場所を指定してください（neiro tune --resume RUN --model DIR）。ウィンドウでは、「モデル」のページでフォルダーを追加してから再開してください。'
  },
  DISK_FULL: {
    message: 'ディスクの空きがありません（{place}）。それまでに保存したものは無事です。',
    hint: '空きをつくってから、もう一度お試しください。'
  },
  DATA_NO_ROOM: {
    message:
      '{place} の空きが足りません。このファイルには {needed} GB が必要で、空きは {free} GB です。何も保存していません。',
    hint: '空きを増やすか、必要な行だけを残したファイルを入れてください。'
  },
  PATH_TOO_LONG: {
    message: '{place} の名前が、このドライブには長すぎます。',
    hint: 'フォルダーやファイルの名前を短くしてください。'
  },
  WRONG_KIND_OF_PLACE: {
    message: '{place} は使えません。フォルダーが必要な場所にファイルがあるか、その逆になっています。',
    hint: '別の場所を選ぶか、そこにあるものを移動してください。'
  },
  LINK_LOOP: {
    message: '{place} は、自分自身に戻ってしまうリンクです。',
    hint: 'フォルダーやファイルそのものを選んでください。'
  },
  TOO_MANY_OPEN: {
    message: 'このPCで同時に開いているファイルが多すぎます。',
    hint: 'ほかのアプリを閉じてから、もう一度お試しください。'
  },
  PLACE_IN_USE: {
    message: '{place} は、ほかのアプリが使っています。',
    hint: 'そのアプリで閉じてから、もう一度お試しください。'
  },
  DRIVE_FAILED: {
    message: '{place} のあるドライブが応答しません。これまでに保存した内容は無事です。',
    hint: 'ドライブやネットワークフォルダーの接続を確かめて、もう一度お試しください。'
  },
  NO_ACCESS: {
    message: '{place} を開く権限がありません。',
    hint: '別の場所を選ぶか、アクセス権を変更してください。'
  },
  PLACE_GONE: {
    message: '{place} が見つかりません。',
    hint: '移動または削除されています。今ある場所から選び直してください。'
  },
  READ_ONLY: {
    message: '{place} には書き込めません。',
    hint: '別のフォルダーを選ぶか、書き込みを許可してください。'
  },
  // the training
  NOT_FINITE: {
    message:
      '損失が続けて数値にならなかったため、{step} ステップで学習を止めました。最後の正常な状態は残っています。',
    hint: '学習率（今は {learningRate}）を10分の1ほどに下げて、もう一度始めてください。'
  },
  // the process
  TRAINER_NOT_STARTED: {
    message: '学習用のプロセスを起動できませんでした（{how}）。{log}',
    hint: 'アプリを入れ直すか、ソースからなら npm run build で作り直してください。'
  },
  TRAINER_DIED: {
    message: '学習用のプロセスが予期せず終わりました（{how}）。最後の途中保存までは残っています。{log}',
    hint: '学習を再開してください。最後の途中保存から続きます。'
  },
  TRAINER_BUSY: { message: 'いまは学習中です。', hint: '終わるまで待つか、一時停止してください。' },
  NO_MODEL_OPEN: { message: 'モデルが開かれていません。', hint: '先にモデルを開いてください。' },
  ADDON_MISSING: {
    message: '計算エンジンが見つかりません（{file}）。',
    hint: 'アプリを入れ直すか、ソースからなら npm run build で作ってください。'
  },
  ADDON_BROKEN: {
    message: '計算エンジンを読み込めませんでした（{reason}）。',
    hint: 'アプリを入れ直すか、ソースからなら npm run build で作り直してください。'
  },
  SYSTEM_TOO_OLD: {
    message: 'この Linux は、Neiro に要るものより古いです（glibc {here}。{needed} 以降が要ります）。',
    hint: 'Ubuntu 22.04 や Debian 12 など、新しい版に更新してください。データはそのままです。'
  },
  RUN_TIME_MISSING: {
    message:
      'Windows に、Neiro が使う部品がありません（{files}：Microsoft Visual C++ 再頒布可能パッケージ）。',
    hint: 'マイクロソフトのページから「Microsoft Visual C++ 再頒布可能パッケージ（x64）」を入れるか、管理者に頼んで、Neiro を起動し直してください。'
  },
  INTERNAL: {
    message: '予期しないエラーが起きました（{reason}）。保存したものは無事です。',
    hint: 'もう一度お試しください。くり返すときは、動作ログを送ってください。'
  },
  // recipes, models, the command line
  // the served window
  PORT_IN_USE: {
    message: 'ポート {port} は、ほかのプログラムが使っています。',
    hint: '--port を省くと、空いているポートで開きます。'
  },
  PORT_NOT_ALLOWED: {
    message: 'ポート {port} は、このPCでは使えません。',
    hint: '--port を省くか、1024 から 65535 までの番号にしてください。'
  },
  // recipes
  RECIPE_NOT_FOUND: {
    message: '{file} というファイルはありません。',
    hint: 'レシピの場所を確かめてください。完全な例は neiro tune --help にあります。'
  },
  RECIPE_NOT_READ: {
    message: 'レシピ {file} を読めませんでした（{reason}）。',
    hint: 'ファイルの場所と、読み取りの許可を確かめてください。'
  },
  BROKEN_RECIPE: {
    message: 'レシピ {file} の {line} 行目は YAML として読めません（{reason}）。',
    hint: 'この行を直してください。完全な見本は neiro tune --help にあります。'
  },
  RECIPE_INCOMPLETE: {
    message: 'レシピ {file} に {name} が書かれていません。',
    hint: '「{name}: {example}」のような行を足してください。'
  },
  RECIPE_WRONG_TYPE: {
    message: '{file} の {name} には {expected} が入ります（今は {got}）。',
    hint: '{name} を {expected} の形に書き直してください。'
  },
  UNKNOWN_RECIPE_KEY: {
    message: '{file} の {line} 行目の「{name}」という項目はありません。',
    hint: '{nearest} のことですか。'
  },
  UNKNOWN_SETTING: {
    message: '{file} の {line} 行目の「{name}」という設定はありません。',
    hint: '{nearest} のことですか。'
  },
  SETTING_MISPLACED: {
    message: '{file} の {line} 行目の {name} は設定です。設定は settings: の下に書きます。',
    hint: 'settings: の次の行に、字下げして {name} を移してください。'
  },
  NO_ADAPTER_TO_WRITE: {
    message: 'この学習はモデル全体を変えたので、書き出せるアダプターはありません。',
    hint: 'モデル一式（merged）で書き出してください。'
  },
  KIND_NOT_FOR_METHOD: {
    message: '選んだ学習のしかた（method）では使わない種類のお手本です。',
    hint: 'method を変えるか、別の種類のデータを使ってください。'
  },
  SETTING_NOT_FOR_METHOD: {
    message: '{name} は、method が {method} の学習では使いません。',
    hint: '{name} の行を消すか、method を変えてください。'
  },
  SETTING_NOT_FOR_CHOICE: {
    message: '{name} は、{setting} が {choice} の学習では使いません。',
    hint: '{name} の行を消すか、{setting} を変えてください。'
  },
  DROPOUT_OF_EXPERTS: {
    message:
      '専門家（experts）を学ばせるときは、「丸暗記を防ぐ」（LoRA dropout、いまは {dropout}）を使えません。',
    hint: '「丸暗記を防ぐ」を 0 にしてください（コマンドなら --lora-dropout 0）。'
  },
  SETTINGS_TOGETHER: {
    message: '{name} と {other} は、いっしょには使えません。',
    hint: 'どちらか一方を消してください。'
  },
  SETTING_OUT_OF_RANGE: {
    message: '{name} には {expected} が入ります（今は {got}）。',
    hint: '上の値にするか、消して既定値 {default} を使ってください。'
  },
  UNKNOWN_FLAG: {
    message: '{name} という指定はありません。',
    hint: '{nearest} のことですか。--help に一覧があります。'
  },
  // model folders
  NO_MODEL_FOLDER: {
    message: '{dir} はモデルのフォルダーではありません。',
    hint: 'config.json と safetensors の入ったフォルダーか、内蔵モデルの starter を指定してください。'
  },
  NO_CONFIG: {
    message: '{dir} に config.json がないため、モデルとして開けません。',
    hint: 'config.json と safetensors の入ったフォルダーを指定してください。'
  },
  BROKEN_MODEL_FILE: {
    message: '{file} が壊れているか、途中で切れています。',
    hint: 'このファイルをもう一度ダウンロードしてください。'
  },
  LFS_POINTER: {
    message: '{file} は Git LFS の目印だけで、中身がダウンロードされていません。',
    hint: 'そのフォルダーで git lfs pull を実行するか、配布ページからファイルを直接ダウンロードしてください。'
  },
  NO_WEIGHTS: {
    message: '{dir} に重みのファイル（model.safetensors）がありません。',
    hint: 'config.json と同じフォルダーに重みをダウンロードしてください。'
  },
  SHARD_MISSING: {
    message: 'このモデルには、索引（{file}）に書かれた {name} がありません。',
    hint: '足りないファイルを同じフォルダーにダウンロードしてください。'
  },
  PICKLE_REFUSED: {
    message:
      '{dir} の重みは PyTorch の pickle 形式だけです。開くとプログラムが動くおそれがあるため、開きません。',
    hint: '同じモデルの safetensors 版を使ってください。'
  },
  GGUF_BY_ITSELF: {
    message: 'このフォルダーのモデルは GGUF ファイル（{file}）です。',
    hint: 'フォルダーではなく、そのファイルを選んでください。'
  },
  UNKNOWN_ARCHITECTURE: {
    message: 'モデルの種類「{architecture}」には対応していません。',
    hint: '次の種類のモデルを選んでください: {known}'
  },
  // chat and evaluation
  PROMPT_TOO_LONG: {
    message:
      '質問が {tokens} トークンあります。このモデルが回答と合わせて読めるのは {limit} トークンまでです。',
    hint: '質問を短くするか、新しい会話を始めてください。'
  },
  BROKEN_TONE: {
    message: '口調のファイル {file} を使えません（{reason}）。',
    hint: '言語ごとに正規表現の一覧が入っているか確かめてください。'
  },
  // the server for other programs
  SERVING_FULL: {
    message: '順番を待っているリクエストが {most} 件あり、これ以上は受けられません。',
    hint: '少し待ってから、もう一度送ってください。'
  },
  MODEL_NOT_SERVED: {
    message: '「{name}」という名前のモデルはありません。',
    hint: 'model には次のどれかを書いてください: {known}'
  },
  API_NOTHING_TO_SERVE: {
    message: 'ほかのプログラムに答えられるモデルが、まだありません。',
    hint: '学習を1つ終えるか、モデルのフォルダーを指定してください。'
  },
  API_NO_ENCODER: {
    message: '「{model}」は文章を書くモデルなので、埋め込み（embeddings）は作れません。',
    hint: '埋め込みには、文章を書かないモデル（BERT や ModernBERT など）を neiro api --model で指定してください。'
  },
  API_ONLY_EMBEDS: {
    message: '「{model}」は埋め込み（embeddings）用のモデルなので、文章は書けません。',
    hint: '/v1/embeddings に送ってください。'
  },
  CHAT_SORTS: {
    message: 'これは文章を分類するモデルで、言葉では答えません。',
    hint: '「くらべる」で試せます。',
    command:
      'neiro classify で試せます（例: neiro classify --run latest "文章"）。どれだけ正しく分けるかは neiro eval で数えます。'
  },
  CHAT_RATES: {
    message: 'これは回答に点を付けるモデルで、言葉では答えません。',
    hint: '「くらべる」で試せます。',
    command: '点の付け方が好みとどれだけ合うかは、neiro eval で数えます。'
  },
  API_MODEL_SORTS: {
    message: '「{name}」は文章を分類するモデルなので、ほかのプログラムの質問には答えられません。',
    hint: '文章を書くように学習したモデルを選んでください。'
  },
  API_TOKEN_UNKNOWN: {
    message: 'トークン {token} はこのモデルにありません（0～{limit}）。',
    hint: 'ほかのモデルのトークンは使えません。文章のまま送ってください。'
  },
  EMBEDDING_TOO_LONG: {
    message: '文章が {tokens} トークンあります。このモデルが一度に読めるのは {limit} トークンまでです。',
    hint: '文章を短く分けて送ってください。'
  },
  EMBEDDING_FORM: {
    message: '「{model}」の埋め込みは、この版では正しく計算できません（{what}）。',
    hint: '平均（mean）か先頭（cls）を使う埋め込みモデルを選んでください。'
  },
  API_FIELD_WRONG: {
    message: 'リクエストの「{field}」の値が正しくありません。',
    hint: '使える値: {range}'
  },
  API_FIELD_MISSING: {
    message: 'リクエストに「{field}」がありません。',
    hint: '「{field}」を加えて送ってください。'
  },
  API_NOT_SUPPORTED: {
    message: 'このサーバーは「{field}」に対応していません。',
    hint: 'それを除いて送ってください。'
  },
  API_BODY_NOT_JSON: {
    message: 'リクエストの本文が、JSON のオブジェクトとして読めません。',
    hint: 'UTF-8 の JSON で送ってください。'
  },
  API_BODY_TOO_LARGE: {
    message: 'リクエストの本文が大きすぎます（{most} MB まで）。',
    hint: '会話を短くして送ってください。'
  },
  API_BODY_TOO_SLOW: {
    message: 'リクエストの本文が、時間内に届きませんでした。',
    hint: 'もう一度送ってください。'
  },
  API_TOO_LONG: {
    message: '回答に時間がかかりすぎたので、打ち切りました。',
    hint: 'max_tokens を小さくするか、同時に送る数を減らしてください。'
  },
  API_NO_SUCH_PATH: {
    message: 'このアドレスには何もありません（{path}）。',
    hint: '使えるのは /v1/models、/v1/chat/completions、/v1/completions、/v1/embeddings、/health です。'
  },
  API_WRONG_METHOD: {
    message: '{path} に {method} は使えません。',
    hint: '読むものには GET を、質問には POST を使ってください。'
  },
  API_HOST_REFUSED: {
    message: '「{host}」という宛て先では受け付けません。',
    hint: 'Neiro が表示したアドレスをそのまま使ってください。'
  },
  API_ORIGIN_REFUSED: {
    message: '「{origin}」のページからの呼び出しは受け付けません。',
    hint: 'そのページを許すには、neiro api --allow-origin で始めてください。'
  },
  API_KEY_MISSING: {
    message: 'キーがありません。',
    hint: 'Neiro が表示したキーを「Authorization: Bearer キー」で送ってください。'
  },
  API_KEY_WRONG: {
    message: 'キーが違います。',
    hint: 'Neiro に表示されている、いまのキーを使ってください。'
  },
  API_HOST_NEEDS_KEY: {
    message: 'ほかのPCからも使えるようにするとき（--host {host}）は、キーが要ります。',
    hint: '--no-key を外してください。'
  },
  API_HOST_NOT_HERE: {
    message: 'そのアドレスは、このPCのものではありません。',
    hint: '--host には、このPCのアドレスか 0.0.0.0 を書いてください。'
  },
  BAD_KEY_FILE: {
    message: '{file} の中身は、キーとして使えません。',
    hint: '空白のない16〜200文字の半角英数字と記号を1行で書くか、ファイルを消してください。消すと新しく作ります。'
  },
  // plans and exports
  RUN_DOES_NOT_FIT: {
    message:
      'この学習には、どれだけ節約しても {needed} GB のメモリが要ります。このPCのメモリは {memory} GB なので、始めていません。',
    hint: 'もとのモデルを4ビットに縮めるか（base_quantization: nf4）、お手本を短く切るか（max_seq_length）、小さなモデルを選んでください。'
  },
  RUN_DOES_NOT_FIT_GPU: {
    message:
      'この学習には、どれだけ節約しても GPU のメモリが {needed} GB 要ります。この GPU のメモリは {memory} GB なので、始めていません。',
    hint: '「計算する場所」を自動か CPU にするか、もとのモデルを4ビットに縮めるか、お手本を短く切るか、小さなモデルを選んでください。',
    command:
      '--device auto か cpu にするか、もとのモデルを4ビットに縮めるか（--base-quantization nf4）、お手本を短く切るか（--max-seq-length）、小さなモデルを選んでください。'
  },
  TARGET_EXISTS: {
    message: '{target} はすでにあります。上書きはしていません。',
    hint: '別の場所を指定するか、置き換えてよければ --force を付けてください。'
  },
  EXPORT_DIFFERS: {
    message:
      '{target} に書き出したモデルの計算が、手元のモデルと一致しません（差 {difference}、許容 {tolerance}）。書き出したものは残していません。',
    hint: 'もう一度試すか、精度を F32 にして書き出してください。くり返すときは、動作ログを送ってください。'
  },
  GGUF_FAMILY: {
    message:
      'モデルの種類「{family}」は、GGUF ファイルにする方法がまだありません（書き出せる種類：{known}）。',
    hint: '「モデル一式」（Hugging Face のフォルダー）で書き出してください。'
  },
  GGUF_OTHERWISE: {
    message:
      'このモデルの設定（{field}: {value}）は、GGUF ファイルを開くソフトでは別の計算になります。違う答えになるため、書き出していません。',
    hint: '「モデル一式」（Hugging Face のフォルダー）で書き出してください。'
  },
  GGUF_TEXT: {
    message:
      'このモデルが文章を区切る方法（トークナイザー: {what}）は、GGUF ファイルでは表せません。違う答えになるため、書き出していません。',
    hint: '「モデル一式」（Hugging Face のフォルダー）で書き出してください。'
  },
  GGUF_ADAPTER: {
    message:
      'この学習の差分（{kind}）は、GGUF のアダプターでは表せません。表せるのは、通常の LoRA と rsLoRA だけです。',
    hint: '差分を混ぜた「GGUF ファイル」で書き出してください。同じモデルになります。'
  },
  GGUF_DIFFERS: {
    message:
      '書き出した GGUF ファイルの値が、手元のモデルと一致しません（{tensor}、差 {difference}、許容 {tolerance}）。書き出したものは残していません。',
    hint: 'もう一度試すか、精度を F16 にして書き出してください。くり返すときは、動作ログを送ってください。'
  },
  EXPORT_NO_ROOM: {
    message:
      '{place} の空きが足りません。書き出しには {needed} GB 要りますが、空きは {free} GB です。まだ何も書いていません。',
    hint: '空きを増やすか、「保存先を選ぶ」で別のディスクを選ぶか、小さな形式（Q4_K_M など）で書き出してください。'
  },
  OLLAMA_NOT_RUNNING: {
    message: 'このPCの Ollama が応答しません。',
    hint: 'Ollama を起動してから、もう一度登録してください。書き出したファイルはそのまま残っています。'
  },
  OLLAMA_REFUSED: {
    message: 'Ollama が登録を断りました（{reason}）。',
    hint: 'Ollama を新しい版に更新してから、もう一度試してください。書き出したファイルはそのまま残っています。'
  },
  OLLAMA_CUT: {
    message: 'Ollama との接続が途中で切れました。登録は終わっていません。',
    hint: 'Ollama が動いているか確かめて、もう一度登録してください。送り終えたファイルは送り直しません。'
  },
  OLLAMA_SILENT: {
    message: 'Ollama からの返事が途絶えました。登録は終わっていません。',
    hint: 'Ollama を再起動してから、もう一度登録してください。'
  },
  OLLAMA_NAME: {
    message: '「{name}」は、Ollama のモデルの名前に使えません。',
    hint: '半角の英小文字・数字と - _ . だけで、英数字から始まる名前にしてください（例: neiro-support）。'
  },
  EXPORT_NOT_FOUND: {
    message: '書き出したファイルが見つかりません。移したか、消したようです。',
    hint: 'もう一度書き出してください。'
  },
  LM_STUDIO_NOT_FOUND: {
    message: 'このPCに LM Studio のフォルダーが見つかりません。',
    hint: 'LM Studio を一度起動してから、もう一度試してください。'
  },
  // what to work on
  MODEL_NOT_SAID: {
    message: 'どのモデルを使うかが指定されていません。',
    hint: '--model フォルダー、--model starter、または --run 学習の名前 を付けてください。'
  },
  TEXT_NOT_SAID: {
    message: '文章が指定されていません。',
    hint: 'コマンドのあとに文章を書くか、--data ファイル を付けてください。'
  },
  DATA_NOT_SAID: {
    message: '学習に使うデータが指定されていません。',
    hint: '--data ファイル を付けるか、--data sample で内蔵データを試してください。'
  },
  ADAPTER_NOT_SAID: {
    message: '書き出すアダプターが指定されていません。',
    hint: '--run 学習の名前 か、--model と --adapter を付けてください。'
  },
  NO_ADAPTER_FOLDER: {
    message: '{dir} にアダプター（adapter_config.json と adapter_model.safetensors）がありません。',
    hint: '終わった学習の adapter フォルダーか、PEFT 形式のフォルダーを指定してください。'
  },
  NO_SUCH_RUN: {
    message: '「{name}」という学習はありません。',
    hint: '{nearest} のことですか。neiro runs で一覧を見られます。'
  },
  SEVERAL_SUCH_RUNS: {
    message: '「{name}」という学習がいくつかあります: {runs}。',
    hint: '使いたい学習の、かっこの前の語か、フォルダーを書いてください。neiro runs で一覧を見られます。'
  },
  NO_RUNS: {
    message: '学習の記録は、まだありません。',
    hint: 'neiro demo か neiro tune で学習を始めてください。'
  },
  HELD_OUT_NOT_KEPT: {
    message: 'この学習のフォルダーには、検証用に取っておいた質問が文章として残っていません。',
    hint: '以前の版で作られた学習です。--data ファイル で評価に使うデータを指定するか、学習し直してください。'
  },
  NOTHING_TO_EVALUATE: {
    message: '評価に使えるお手本がありません。',
    hint: '--data ファイル で、質問と回答の入ったデータを指定してください。'
  },
  // the command line itself
  UNKNOWN_COMMAND: {
    message: '「{name}」というコマンドはありません。',
    hint: '{nearest} のことですか。neiro --help に一覧があります。'
  },
  FLAG_WITHOUT_VALUE: { message: '{name} に値は付きません。', hint: '{name} とだけ書いてください。' },
  FLAG_VALUE_MISSING: { message: '{name} の値がありません。', hint: '{name} のあとに値を書いてください。' },
  WRONG_FLAG_VALUE: {
    message: '{name} には {expected} が入ります（今は「{got}」）。',
    hint: '値を直してください。'
  },
  ARGUMENT_MISSING: { message: '{command} には指定が足りません。', hint: '使い方: {usage}' },
  ARGUMENT_TOO_MANY: { message: '{command} に「{extra}」は余分です。', hint: '使い方: {usage}' },
  WEIGHT_OF_NO_FILE: {
    message: '重みを付けたファイル「{name}」からは、お手本が1つもありません。',
    hint: 'お手本のあるファイル：{files}。'
  },
  UNKNOWN_EXPORT: {
    message: '「{name}」という書き出し方はありません。',
    hint: '{nearest} のことですか。ollama、lm-studio、gguf、merged、peft、gguf-adapter があります。'
  },
  FLAGS_CLASH: { message: '{a} と {b} は一緒に使えません。', hint: 'どちらか一方だけを書いてください。' },
  CANCELLED: {
    message: '中止しました。途中のものは残していません。',
    hint: 'もう一度始めるときは、同じコマンドを実行してください。'
  },
  // what the window asks for
  // the gate
  BAD_ARGUMENTS: {
    message: 'ウィンドウからの要求を読み取れませんでした（{call}: {place}）。何も変わっていません。',
    hint: 'Neiro を再起動してください。くり返すときは、動作ログを送ってください。'
  },
  UNKNOWN_CALL: {
    message: 'ウィンドウからの要求が、この版の Neiro にはないものでした。',
    hint: 'Neiro を再起動してください。'
  },
  UNKNOWN_SENDER: {
    message: 'Neiro のウィンドウではないページからの要求だったので、断りました。',
    hint: 'Neiro を再起動してください。'
  },
  UNEXPECTED: {
    message: '予期しないエラーが起きました。保存したものは無事です。',
    hint: 'もう一度お試しください。くり返すときは、「設定」で動作ログを保存して送ってください。'
  },
  REPLY_TOO_LARGE: {
    message: '一度に表示するには大きすぎます。',
    hint: '一度に見る行を減らすか、一覧をファイルに保存してください。'
  },
  CONNECTION_TOO_SLOW: {
    message: 'ウィンドウの受け取りが追いつかなかったため、接続し直しました。学習と保存した内容は無事です。',
    hint: '足りないものがあれば、もう一度操作してください。回線が遅いときは、Neiro のほかのウィンドウを閉じてください。'
  },
  CONNECTION_LOST: {
    message: 'Neiro との接続が切れました。学習と保存したものは無事です。',
    hint: 'Neiro が動いていれば、すぐに接続し直します。終了していたら、もう一度起動してください。'
  },
  CONNECTION_BACK: {
    message: '接続が戻りました。切れていた間の操作は、届いていないことがあります。',
    hint: 'この画面は、いまの状態に更新してあります。反映されていないものがあれば、もう一度操作してください。'
  },
  // files
  FILE_UNKNOWN: {
    message: 'そのファイルは、このウィンドウで選ばれたものではありません。',
    hint: 'ファイルを選び直してください。'
  },
  FILE_GONE: {
    message: '{file} が見つかりません。移動されたか、削除されたようです。',
    hint: 'ファイルを選び直してください。'
  },
  FOLDER_UNREADABLE: {
    message: 'フォルダー {folder} を開けません。',
    hint: 'ほかのフォルダーを選んでください。'
  },
  FOLDER_OUT_OF_REACH: {
    message: 'このウィンドウから {folder} は開けません。',
    hint: 'ホームフォルダーの中から選ぶか、Neiro を次のように始めてください: neiro serve --folder {folder}'
  },
  FOLDER_ASKED_FOR: {
    message: '{folder} は、許可があるときだけ開けます。',
    hint: 'Neiro を始めた画面に確認が出ています。そこで答えてから、もう一度フォルダーを開いてください。'
  },
  BAD_FOLDER_NAME: {
    message: 'その名前のフォルダーは作れません。何も作っていません。',
    hint: '「/」「:」「*」「?」などの記号を使わない名前にしてください。'
  },
  FOLDER_EXISTS: {
    message: '{folder} は、もうあります。',
    hint: 'ほかの名前にするか、そのフォルダーを選んでください。'
  },
  UPLOADS_FULL: {
    message: '{file} は読み込んでいません。最近渡されたファイルの合計が {most} GB を超えます。',
    hint: 'フォルダーを選ぶ画面からファイルを直接選ぶか、渡されたファイルが片付く一日後にもう一度お試しください。'
  },
  UPLOAD_TOO_LARGE: {
    message: '{file} は 2 GB を超えています。読み込んでいません。',
    hint: 'ファイルを分けて、もう一度入れてください。'
  },
  BAD_FILE_NAME: {
    message: 'このファイルの名前は使えません。読み込んでいません。',
    hint: '名前を変えて、もう一度入れてください。'
  },
  DROP_NOT_READABLE: {
    message: '{file} を読めませんでした。移動されたか、変更されたか、開く許可がないようです。',
    hint: 'ほかのアプリで開けるかを確かめて、もう一度入れてください。フォルダーは「フォルダーを選ぶ」からも入れられます。'
  },
  NOTHING_IN_FOLDER: {
    message: 'フォルダー {folder} に、お手本として読める種類のファイルがありません。',
    hint: 'Excel・CSV・Word・テキストなどの入ったフォルダーを選んでください。'
  },
  // projects
  NOT_A_PROJECT: {
    message: 'フォルダー {folder} は、Neiro のプロジェクトではありません。',
    hint: 'project.json が入っているフォルダーを選んでください。'
  },
  PROJECT_FILE_ALONE: {
    message: '{file} が指すプロジェクトが、このPC に見つかりません。フォルダーを移動したのかもしれません。',
    hint: 'ホームの「プロジェクトを開く」でフォルダーを選ぶか、そのフォルダーの中の .neiro ファイルを開いてください。'
  },
  MODEL_HANDED: {
    message: '{file} はモデルのファイルで、お手本ではありません。',
    hint: '「モデル」の画面か、プロジェクトの「モデル」で加えてください。'
  },
  PROJECT_BROKEN: {
    message: '{folder} の project.json を読めません。お手本と学習はそのままです。',
    hint: 'バックアップから project.json を戻すか、新しいプロジェクトを作って同じファイルを入れてください。'
  },
  PROJECT_NEWER: {
    message: 'プロジェクト {folder} は、もっと新しい Neiro で作られています。',
    hint: 'Neiro を新しくしてから、もう一度開いてください。'
  },
  PROJECT_TWIN: {
    message: 'フォルダー {folder} はほかのプロジェクトのコピーで、書き込めないため開けません。',
    hint: '書き込みを許可するか、一覧から外してください。'
  },
  PROJECT_AWAY: {
    message: 'フォルダー {folder} が見つかりません。ドライブを外したか、フォルダーを移動したようです。',
    hint: 'ドライブを接続するか、移動した先を選び直してください。'
  },
  PROJECT_GONE: {
    message: 'このプロジェクトは、もとの場所にありません。',
    hint: 'フォルダーを移動したときは、ホームから開き直してください。'
  },
  NOTHING_TO_RESTORE: {
    message: 'ごみ箱に入れてから30日を過ぎたか、すでに元に戻されています。',
    hint: 'ここからはもう戻せません。'
  },
  // the hub, downloads and the store of models
  NO_SHAPE: {
    message: '{model} は、ダウンロードするまでメモリと時間を見積もれません。',
    hint: 'ダウンロードすると、このPCで測れます。'
  },
  HUB_BAD_ADDRESS: {
    message: '「{address}」は、モデルの名前としては読めません。',
    hint: '「作者/モデル名」の形か、モデルのページのアドレスを入力してください。'
  },
  HUB_BAD_HUB: {
    message: '「{address}」は、モデルの入手先のアドレスとしては使えません。',
    hint: 'https:// で始まるアドレスを入力してください。'
  },
  HUB_OFFLINE: {
    message: '{host} につながりません。インターネットに接続されていないようです。',
    hint: '接続を確かめてから、もう一度お試しください。このPCにあるモデルは、接続なしで使えます。'
  },
  HUB_CUT: {
    message: '{host} との接続が途中で切れました。受け取った分は残っています。',
    hint: '「続ける」を押すと、続きから受け取ります。'
  },
  HUB_PROXY: {
    message: 'プロキシ（{proxy}）を通れません。',
    hint: 'アドレスが正しいか、社内ネットワークにつながっているかを確かめてください。設定はモデルの画面の「入手先」にあります。'
  },
  HUB_PROXY_PASSWORD: {
    message: 'プロキシ（{proxy}）が、名前とパスワードを求めています。',
    hint: 'モデルの画面の「入手先」に、http://名前:パスワード@プロキシ の形で入力してください。'
  },
  HUB_CERTIFICATE: {
    message: '{host} の証明書を確かめられません。社内の検査装置が間に入っていることがあります。',
    hint: '社内の証明書（PEM ファイル）を情報システムの担当者から受け取り、モデルの画面の「入手先」で選んでください。'
  },
  HUB_NOT_A_HUB: {
    message:
      '{host} から、モデルの入手先とは違う答えが返りました。ログイン画面やプロキシが間に入っているようです。',
    hint: 'ブラウザーでインターネットを開けるか、入手先のアドレスが正しいかを確かめてください。'
  },
  HUB_ODD_ANSWER: {
    message: '{host} から、予期しない応答（{status}）が返りました。受け取った分は残っています。',
    hint: '少し待ってから、もう一度お試しください。'
  },
  HUB_TROUBLE: {
    message: '{host} が混み合っているか、調子が悪いようです（{status}）。受け取った分は残っています。',
    hint: '少し待ってから、もう一度お試しください。'
  },
  HUB_BUSY: {
    message:
      '{host} から、しばらく待つように言われました（およそ {seconds} 秒）。同じネットワークからの利用が続いたためです。',
    hint: '待ってから、もう一度お試しください。アクセストークンを登録すると、上限が上がります。'
  },
  HUB_REDIRECTS: {
    message: '{host} から別の場所へ案内されましたが、安全に進めないため、やめました。',
    hint: '入手先のアドレスが正しいかを確かめてください。'
  },
  HUB_NOT_FOUND: {
    message: '{model} が見つからないか、見るにはログインが要ります（{page}）。',
    hint: '名前を確かめてください。公開されていないモデルは、アクセストークンを登録すると受け取れます。'
  },
  HUB_GATED: {
    message: '{model} は、作者のページで利用の申し込みをした人だけが受け取れます（{page}）。',
    hint: 'ページを開いて申し込み、アクセストークンを登録してから、もう一度お試しください。'
  },
  HUB_TOKEN_WRONG: {
    message:
      '登録されているアクセストークンを、{host} が受け付けません。期限が切れたか、書き写しの間違いのようです。',
    hint: '新しいアクセストークンを登録してください。'
  },
  HUB_DISABLED: {
    message: '{model} は、配布が止められています。',
    hint: 'ほかのモデルを選んでください。'
  },
  HUB_GONE: {
    message: '{model} の、その版やファイルがありません。',
    hint: '名前だけを入力して、いまの版を受け取ってください。'
  },
  HUB_BAD_LISTING: {
    message: '{model} のファイルの一覧に、安全でない名前や大きさがあるため、受け取りません。',
    hint: 'ほかのモデルを選んでください。'
  },
  HUB_NO_WEIGHTS: {
    message: '{model} には、学習に使える重みのファイル（safetensors か GGUF）がありません。',
    hint: '同じモデルの、別の形のものを探してください。'
  },
  HUB_PICKLE_ONLY: {
    message:
      '{model} の重みは、開くだけでプログラムが動く形（.bin や .pt）しかありません。安全のため受け取りません。',
    hint: '同じモデルの safetensors のものを探してください。'
  },
  FETCH_CHANGED: {
    message: '受け取り中に、{file} の中身が一覧と変わりました。',
    hint: '「続ける」を押すと、一覧を読み直して受け取ります。'
  },
  FETCH_WRONG_BYTES: {
    message:
      '{host} から届いた {file} は、本来の中身と一致しません。3回受け取り直しましたが、同じでした。何も残していません。',
    hint: 'ネットワークの検査装置が中身を変えていることがあります。別のネットワークでお試しください。'
  },
  FETCH_NO_SPACE: {
    message: 'ダウンロードには空きが {size} GB 要りますが、{place} には {free} GB しかありません。',
    hint: '空きをつくるか、モデルの画面の「保存する場所」で、ほかのドライブを選んでください。'
  },
  FETCHER_LOST: {
    message: 'ダウンロードの処理が予期せず終わりました。受け取った分は残っています。',
    hint: '「続ける」を押すと、続きから受け取ります。'
  },
  HUB_BAD_PROXY: {
    message: '「{proxy}」は、プロキシのアドレスとしては使えません。',
    hint: 'http://プロキシ:ポート の形で入力してください。'
  },
  HUB_BAD_CERTIFICATES: {
    message: '{file} は、証明書のファイル（PEM）ではありません。',
    hint: '「-----BEGIN CERTIFICATE-----」で始まる部分のあるファイルを選んでください。'
  },
  HUB_BAD_TOKEN: {
    message: 'アクセストークンに使えない文字があります。',
    hint: '作者のページからコピーしたものを、そのまま貼り付けてください。'
  },
  FETCH_UNKNOWN: {
    message: '{model} のダウンロードは、一覧にありません。',
    hint: 'モデルの画面から、もう一度始めてください。'
  },
  FOUND_GONE: {
    message: 'そのモデルは、もうそこにありません。',
    hint: '「このPCで見つかったモデル」を、もう一度探してください。'
  },
  MODEL_COMING: {
    message: '{model} は、この版ではまだ学習できない種類のモデルです。何も受け取っていません。',
    hint: '一覧の「使えるもの」から選んでください。'
  },
  LICENCE_NOT_AGREED: {
    message:
      '{model} のライセンス（{licence}）には、使う前に同意する条件があります。何も受け取っていません。',
    hint: '条件を読み、同意してから受け取ってください。',
    command: '条件を読み、--agree を付けて受け取ってください。'
  },
  MODEL_TO_FETCH: {
    message:
      'モデル「{model}」は、このPCにありません（その名前のフォルダーも、ダウンロードしたモデルもありません）。',
    hint: '場所を確かめるか、次のコマンドで受け取ってください: neiro models get {model}'
  },
  MODEL_NOT_FETCHED: {
    message: 'そのモデルは、ここから受け取ったものではないため、ファイルを消しません。',
    hint: '一覧から外すことはできます。'
  },
  STORAGE_AWAY: {
    message: '保存場所 {place} が見つかりません。',
    hint: 'そのドライブをつないでから、もう一度お試しください。失われたときは、設定の「保存場所」で標準の場所に戻せます。'
  },
  STORAGE_BROKEN: {
    message: '保存場所を書いたファイル {file} が読めません。',
    hint: 'プロジェクトは元の場所に残っています。ファイルを控えから戻すか、標準の場所を使うなら、このファイルを消してください。'
  },
  STORAGE_MOVING: {
    message: '保存場所を移動しています。',
    hint: '移動が終わってから、もう一度お試しください。急ぐときは、設定で移動をやめられます。'
  },
  STORAGE_IN_USE: {
    message:
      '学習・書き出し・読み込み・ダウンロード・ほかのソフトへの提供のどれかが動いている（または順番を待っている）あいだは、保存場所を変えられません。',
    hint: '終わるのを待つか、止めてから、もう一度お試しください。何も変えていません。'
  },
  STORAGE_INSIDE: {
    message: '{place} は、いまの保存場所と重なっています。',
    hint: '別のフォルダーを選んでください。'
  },
  STORAGE_NO_ROOM: {
    message:
      '{place} の空きが足りません。移動には {needed} GB 要りますが、空きは {free} GB です。まだ何も書いていません。',
    hint: '空きを増やすか、別のディスクを選んでください。'
  },
  STORAGE_OLD_CHANGED: {
    message: '前の場所の {file} は、移動のあとで書き換えられています。消していません。',
    hint: 'ほかの Neiro が前の場所を使っていないか確かめてください。要らないものなら、ファイルマネージャーで消せます。'
  },
  COPY_DIFFERS: {
    message:
      '{file} を読み直すと、書いたものと違いました。移動をやめました。もとの場所のものは、そのままです。',
    hint: '移動先のディスクが傷んでいるかもしれません。別のディスクを選んでください。'
  },
  STORE_IN_USE: {
    message: 'ダウンロード中は、保存する場所を変えたり空にしたりできません。',
    hint: '終わるのを待つか、一時停止してから、もう一度お試しください。'
  },
  STORE_INSIDE: {
    message: '{place} は、いまの保存する場所と重なっています。',
    hint: '別のフォルダーを選んでください。'
  },
  UNKNOWN_MODELS_WORD: {
    message: 'neiro models に「{word}」はありません。',
    hint: '次のどれかを書いてください: {known}'
  },
  MODELS_NAME_MISSING: {
    message: 'neiro models {word} には、モデルの名前が要ります。',
    hint: '「作者/モデル名」の形で書いてください。'
  },
  // models and trainings
  NO_MODEL_CHOSEN: {
    message: 'もとにするモデルが、まだ選ばれていません。',
    hint: '「モデル」の画面で1つ選んでください。'
  },
  MODEL_GONE: {
    message: 'このプロジェクトのモデルが、一覧にありません。',
    hint: '「モデル」の画面で選び直すか、フォルダーを選び直してください。'
  },
  MODEL_NOT_READABLE: {
    message: '{file} を読めません（{reason}）。フォルダーには何もしていません。',
    hint: 'ドライブが接続されているか、開く許可があるかを確かめてから、もう一度調べてください。'
  },
  MODEL_BY_CHOICE: {
    message: 'ブラウザーでは、モデルをドロップで受け取れません（置かれている場所が分からないためです）。',
    hint: '「モデルのフォルダーを選ぶ」または「GGUF ファイルを選ぶ」から選んでください。'
  },
  NO_EXAMPLES_YET: {
    message: '学ぶお手本が、まだありません。',
    hint: '「データ」の画面で、質問と回答の入ったファイルを入れてください。'
  },
  RUN_GONE: {
    message: 'この学習は、もとの場所にありません。フォルダーが移動されたか、削除されたようです。',
    hint: '移動したときは、もとの場所に戻してください。'
  },
  ENGINE_DIED: {
    message: '計算用のプロセスが予期せず終わりました（{how}）。保存したものは無事です。',
    hint: 'もう一度お試しください。新しいプロセスで始めます。'
  },
  // results
  RUN_NOT_READY: {
    message: 'この学習には、まだ結果がありません。',
    hint: '最後まで学習するか、「ここで終えてくらべる」を使ってください。'
  },
  NO_BALLOT: {
    message: 'この評価の投票用紙ではありません。',
    hint: 'この評価から書き出した投票用紙の、保存されたファイルを選んでください。'
  },
  NOTHING_MADE: {
    message: '選んだ作り方では、作り足せるお手本がありませんでした。',
    hint: 'ほかの作り方も選ぶか、割合を上げてください。'
  },
  NO_PREFERENCES: {
    message:
      '投票からは、どちらの答えがよいかまだわかりません。最後まで記入された票がないか、すべて同点です。',
    hint: '「投票」で票を最後まで記入してから、もう一度保存してください。'
  },
  VOTE_NOT_READY: {
    message: 'まだ投票できる回答がありません。',
    hint: '「読みくらべ」で、両方のモデルの回答がそろってから投票してください。'
  },
  VOTE_ALL_SAME: {
    message: '2つのモデルの回答が、すべて一字一句同じです。投票で選べるものがありません。',
    hint: '質問を増やして回答させるか、もう少し長く学習してから、もう一度くらべてください。'
  },
  NO_PDF_BROWSER: {
    message: 'PDF を作れるブラウザーが、このPCに見つかりません。',
    hint: 'HTML で保存し、ブラウザーで開いて「印刷」から PDF に保存してください。Edge、Chrome、Chromium のどれかがあれば、ここでも作れます。'
  },
  PDF_FAILED: {
    message: 'PDF を作れませんでした。',
    hint: 'HTML で保存し、ブラウザーで開いて「印刷」から PDF に保存してください。'
  },
  REPORT_NEEDS_RUN: {
    message: '報告書は、学習の評価からだけ作れます。',
    hint: '--run だけを指定し、--data と --adapter を外してください。'
  },
  BAD_TRY: {
    message: '「{text}」は試せる設定として読めません。',
    hint: '--try lora-rank=8,16 のように、設定の名前と、コンマで区切った値を指定してください。'
  },
  TOO_MANY_TRIALS: {
    message: '組み合わせが多すぎます（一度に {most}通りまで）。',
    hint: '試す値を減らしてください。'
  },
  NOTHING_TO_TRY: {
    message: '試す組み合わせが1通りしかありません。',
    hint: '値を2つ以上にしてください。',
    command: '--try に値を2つ以上書いてください。'
  },
  SWEEP_GOES_ON: {
    message: 'この案件では、設定のくらべが続いています。',
    hint: '終わるのを待つか、やめてから始めてください。'
  },
  BAD_COUNT: {
    message: '{flag} に指定できるのは、1 から {most} までの整数です。',
    hint: 'この範囲の数を指定してください。'
  },
  NO_PASSAGES: {
    message: '見つける材料がありません。この学習が学んだお手本も、指定したファイルも空です。',
    hint: '読める文書を選ぶか、この候補を外してください。'
  },
  NO_HELD_OUT: {
    message: 'この学習には、検証に取っておいた質問がないため、読みくらべられません。',
    hint: '「話してみる」で試すか、検証に取っておく割合を決めて学習し直してください。'
  },
  EXPORT_CUT_OFF: {
    message: '前回の書き出しは、途中で Neiro が終わったため完成していません。途中のものは残していません。',
    hint: 'もう一度書き出してください。学習をやり直す必要はありません。'
  },
  EXPORT_CANCELLED: {
    message: '書き出しを中止しました。途中のものは残していません。',
    hint: 'いつでも書き出し直せます。'
  },
  // trainings on other machines
  NO_SUCH_PLACE: {
    message: '学習する場所「{place}」が分かりません。',
    hint: '{example} のように書いてください。'
  },
  POLICY_BROKEN: {
    message: '会社の設定ファイル {file} が読めないため、外部への問い合わせや送信はできません。',
    hint: '管理者に、ファイルの中身（JSON）を確かめてもらってください。'
  },
  // 新しい版
  UPDATE_ADDRESS: {
    message: '新しい版の入手先 {address} は使えません。',
    hint: 'https:// で始まる必要があります。会社の設定ファイルかインストーラーに書かれているため、管理者に相談してください。'
  },
  UPDATE_UNREACHABLE: {
    message: '{address} に、新しい版があるかを確かめられませんでした（{reason}）。',
    hint: 'ネットワークを確かめて、あとでもう一度お試しください。今の版はそのまま使えます。'
  },
  UPDATE_UNSIGNED: {
    message: '{address} にあるものには、Neiro の作り手の署名がありません。何もせずに置いておきました。',
    hint: 'ほかの方法でも入れずに、管理者に知らせてください。'
  },
  UPDATE_BROKEN: {
    message:
      '新しい版が最後まで届かなかったか、途中で書き換えられています（{reason}）。届いた分は捨てました。',
    hint: 'もう一度ダウンロードしてください。今の版はそのまま使えます。'
  },
  UPDATE_WHILE_BUSY: {
    message: '学習・読み込み・書き出し・ダウンロードのどれかが、まだ続いています。',
    hint: '終わるのを待つか止めてから、新しい版を入れてください。ダウンロードした分は残ります。'
  },
  UPDATE_NOT_INSTALLED: {
    message: '新しい版を入れられませんでした（{reason}）。',
    hint: '今の版は残っています。もう一度試すか、管理者に相談してください（プログラムを入れる権限が足りないことがあります）。'
  },
  ELSEWHERE_FORBIDDEN: {
    message: '会社の設定により、{place} には何も送れません（{file}）。',
    hint: 'このPCで行うか、管理者に相談してください。'
  },
  UNMASKED_FORBIDDEN: {
    message: '会社の設定により、個人情報の残ったお手本（{rows} 件）は送れません（{file}）。',
    hint: 'データの画面の「診断」で個人情報を隠してから、もう一度お試しください（コマンドでは neiro data ファイル --check --repair personal-data --save 新しいファイル）。'
  },
  CONSENT_NEEDED: {
    message: '送ってよいかをたずねる相手がいません。何も送っていません。',
    hint: '上に示したものを送ってよければ、--send を付けてください。'
  },
  METHOD_NOT_ELSEWHERE: {
    message: '「{method}」の学習は、よそではまだできません。',
    hint: 'このPCで学習するか、dpo などほかの方法を選んでください。'
  },
  SETTING_NOT_ELSEWHERE: {
    message: '設定 {name} のままでは、よそで同じ学習になりません。',
    hint: '{name} を既定に戻すか、このPCで学習してください。'
  },
  PAIR_NOT_ELSEWHERE: {
    message: '比べる回答の組の中に、よそでは同じように学べないものがあります。',
    hint: 'このPCで学習してください。'
  },
  GGUF_NOT_ELSEWHERE: {
    message: 'GGUF 形式のモデル（{model}）は、よそでは使えません。',
    hint: '同じモデルの safetensors 形式のフォルダーを選んでください。'
  },
  MODEL_TOO_LARGE_TO_SEND: {
    message: 'もとのモデル（{model}）は大きいため、送りません。',
    hint: '向こうにある同じモデルのフォルダーか、Hugging Face の名前を指定してください（コマンドでは --model-there）。'
  },
  PLACE_BY_HAND: {
    message: '{place} とは通信できません。',
    hint: 'フォルダーに書き出した学習は、動かしたあとで結果を取り込みます（コマンドでは neiro take-back）。'
  },
  PLACE_UNREACHABLE: {
    message: '{place} につながりません（{reason}）。',
    hint: 'ネットワークと、向こうの電源を確かめてください。向こうの学習は続いていることがあり、届いた回答は残っています。あとから再開するか、続きを始めてください（コマンドでは neiro tune --resume か、同じコマンドをもう一度）。'
  },
  PLACE_TOO_SMALL: {
    message:
      'Ray クラスター（{place}）の親機の空きメモリーは {free} で、{needed} を配るには足りません。何も送っていません。',
    hint: 'もとのモデルを、向こうのどの機械からも見えるフォルダーに置いてその場所を指定するか、Hugging Face の名前を指定してください（コマンドでは --model-there）。重みは送らずに済みます。または、向こうのメモリーを空けてください。'
  },
  PLACE_FULL: {
    message:
      '{place} の置き場所の空きは {free} で、必要な {needed} に足りません。向こうには何も残していません。',
    hint: '向こうの空きを増やすか、別のフォルダーを指定してください。もとのモデルが向こうにあれば、その場所を指定すると（コマンドでは --model-there）、重みは送らずに済みます。'
  },
  PLACE_REFUSED: {
    message: '{place} に断られました（{reason}）。',
    hint: 'アドレスと権限を確かめてください。何も失われていません。'
  },
  HOST_KEY_CHANGED: {
    message: '{host} の鍵（{fingerprint}）が、前につないだときと違います。つなぎませんでした。',
    hint: '別の機械か、誰かが間に入っているかもしれません。管理者に確かめてから、known_hosts を直してください。'
  },
  HOST_UNKNOWN: {
    message: '{host} にはまだつないだことがありません（鍵 {fingerprint}）。',
    hint: 'ターミナルで ssh -p {port} {user}@{host} を一度実行し、鍵を確かめてから、もう一度お試しください。'
  },
  FAILED_ELSEWHERE: {
    message: '向こうの学習が失敗しました（{reason}）。',
    hint: '原因を直してから、neiro tune --resume で続きから再開できます。'
  },
  LOST_ELSEWHERE: {
    message: '向こうの学習が、終わらないまま無くなりました（{reason}）。',
    hint: '受け取り済みの途中保存から、neiro tune --resume で再開できます。'
  },
  RESULT_NOT_WHOLE: {
    message: '結果の {file} が欠けているか、壊れています。',
    hint: 'フォルダーをもう一度、まるごとコピーしてください。'
  },
  NOT_THIS_RUN: {
    message: '{dir} は、この学習（{run}）のものではありません。',
    hint: 'この Neiro で書き出したフォルダーを、中身を変えずに指定してください。'
  },
  NO_RESULT_YET: {
    message: '{dir} には、まだ結果がありません（ここまで {step} ステップ）。',
    hint: '学習が終わってから受け取ってください。'
  },
  NO_TRAINING_FOLDER: {
    message: '{dir} は、Neiro が書き出した学習のフォルダーではありません。',
    hint: '「フォルダーに書き出して、自分で動かす」（コマンドでは neiro tune --on folder:…）で書き出したフォルダーを指定してください。'
  },
  OTHER_THAN_AGREED: {
    message: '送ろうとしたもの（{dir}）が、同意したときと違います。何も送っていません。',
    hint: '新しい学習として始め、もう一度確かめてください。'
  },
  CLOUD_KEY_NEEDED: {
    message: '{place} の API キーがありません。何も送っていません。',
    hint: '設定の「サービスのキー」でしまうか、コマンドでは環境変数 {name} に入れてください。'
  },
  CLOUD_KEY_REFUSED: {
    message: '{place} が API キーを受け付けません（{reason}）。',
    hint: 'キーが正しいか、期限と権限を確かめ、設定で入れ直してから、再開するか続きを始めてください。向こうに始まった学習は続き、届いた回答は残っています。'
  },
  CLOUD_NO_CREDIT: {
    message: '{place} の残高か利用枠が足りません（{reason}）。',
    hint: 'サービスの画面で支払いと利用枠を確かめてから、再開するか続きを始めてください。送ったファイルは向こうにあり、届いた回答は残っています。'
  },
  CLOUD_NOT_FOUND: {
    message: '{place} に、求めたものがありません（{reason}）。',
    hint: 'モデル（またはデプロイ）の名前、エンドポイント、API のバージョンを確かめてください。ファインチューニングできるモデルは、サービスと地域で違います。'
  },
  CLOUD_REFUSED: {
    message: '{place} が受け付けませんでした（{reason}）。',
    hint: '理由に書かれたことを直してから、新しい学習として始めるか、再開してください。'
  },
  CLOUD_FILE_REFUSED: {
    message: '{place} が、ファイルを大きすぎるとして受け付けませんでした（{reason}）。',
    hint: 'お手本を減らして、新しい学習として始めてください。'
  },
  CLOUD_CONTENT_REFUSED: {
    message: '{place} が、お手本の内容を理由に断りました（{reason}）。',
    hint: 'サービスの利用規約に触れそうなお手本を外して、新しい学習として始めてください。このPCでなら、そのまま学習できます。'
  },
  CLOUD_FAILED: {
    message: '{place} での学習が失敗しました（{reason}）。',
    hint: '理由を直して再開すると、送ったファイルを使い、新しい学習を向こうで始めます（料金は改めてかかることがあります）。'
  },
  CLOUD_CANCELLED: {
    message: '{place} での学習は取り消されました。使える途中のモデルはありません。',
    hint: '再開すると、送ったファイルを使い、新しい学習を向こうで始めます（料金は改めてかかることがあります）。'
  },
  CLOUD_NO_MODEL: {
    message: '{place} での学習は終わりましたが、できたモデルの名前が伝えられていません。',
    hint: 'サービスの画面で確かめてください。再開すると、もう一度たずねます。'
  },
  CLOUD_MODEL_NEEDED: {
    message: '{place} でもとにするモデルが、示されていません。',
    hint: 'サービスにあるモデルの名前を書いてください（コマンドでは --model-there gpt-4.1-mini-2025-04-14 のように）。'
  },
  CLOUD_NO_START: {
    message: '{place} では、このPCで学んだものの続きから始められません。',
    hint: '「もとのモデルから」を選ぶか、このPCで学習してください。'
  },
  CLOUD_TOO_FEW: {
    message:
      '{place} は、お手本が {least} 件より少ない学習を受け付けません（いま {examples} 件）。何も送っていません。',
    hint: 'お手本を増やすか、検証用に取り分ける割合を減らすか、このPCで学習してください。'
  },
  CLOUD_FILE_TOO_LARGE: {
    message: 'お手本のファイル（{size}）が、{place} の上限（{most}）を超えています。何も送っていません。',
    hint: 'お手本を減らすか、このPCかほかのマシンで学習してください。'
  },
  CLOUD_ONLY_CONVERSATIONS: {
    message:
      '質問と回答の形でないもの（{examples} 件）は、この学習サービスでは学べません。何も送っていません。',
    hint: '文書の続きを学ぶにはこのPCで学習するか、質問と回答のデータを使ってください。'
  },
  UNMASKED_NOT_SAID: {
    message: '{rows} 件の文章に、個人情報らしいものがあります。何も送っていません。',
    hint: 'データの画面の「診断」で隠せます（コマンドでは neiro data ファイル --check --repair personal-data --save 新しいファイル）。そのまま送ってよければ、同意のときにそう選んでください（コマンドでは --unmasked）。'
  },
  RESULT_IS_REMOTE: {
    message: 'この学習でできたモデル（{model}）は {place} にあり、このPCにはありません。',
    hint: '答えを比べたり話したりは、くらべる画面でできます（コマンドでは neiro eval、neiro chat）。書き出せるのは、このPCに届いたものだけです。'
  },
  NOT_A_PRICE: {
    message: '{value} は単価として読めません。',
    hint: '100万トークンあたりの金額を、数字で書いてください（--price 5 のように）。'
  },
  PLACE_BUSY: {
    message: '{place} が混んでいます（{seconds} 秒待つように言っています）。',
    hint: 'しばらくしてから、もう一度お試しください。'
  },
  CLOUD_DEPLOYMENT_NEEDED: {
    message: 'Azure では、できたモデル（{model}）を展開（デプロイ）するまで、答えられません。',
    hint: 'Azure のポータルでこのモデルをデプロイし、その名前をくらべる画面に書いてください（コマンドでは --deployment）。'
  },
  QUESTION_REFUSED: {
    message: '{place} は、内容を理由に、これに答えません（{reason}）。',
    hint: '言い方を変えてください。届いた回答は残っています。'
  },
  ASKED_OTHERWISE: {
    message: 'たずねる質問が、同意したときと違います。何も送っていません。',
    hint: 'もう一度始めてください。いま送るものを示します。'
  },
  NO_MODEL_THERE: {
    message: 'そのサービスにモデルを持つ学習が、ここにありません。',
    hint: 'サービスでの学習が終わったものを選んでください。'
  },
  NO_GENERAL_AT_SERVICE: {
    message:
      'サービス上のモデルでは、忘れたことの検査はできません。検査に要る確率を、サービスが返さないためです。',
    hint: '回答だけで比べてください（コマンドラインでは --general を付けずに）。'
  },
  SERVICE_NOT_SPOKEN: {
    message: '{place} での学習には、まだ対応していません（OpenAI とは別の、独自の API のためです）。',
    hint: 'openai か azure、または ray・ssh・folder を使ってください。'
  },
  FLAG_NEEDS: {
    message: '{name} は {other} と一緒に使います。',
    hint: '{other} を付けるか、{name} を外してください。'
  }
} as const

/** 学習の知らせ（metrics.jsonl の notice）。 */
export const notices = {
  MEMORY_RECOMPUTED: {
    message: 'メモリが足りなかったため、途中の計算をやり直す方法に変えました。',
    hint: '結果は変わりません。少し遅くなります。'
  },
  MEMORY_SAVED: {
    message: 'メモリが足りなかったため、一度に計算する数を {batch} に減らしました。',
    hint: '{steps} 回分をまとめて更新するので、結果は変わりません。少し時間がかかることがあります。'
  },
  TRAINER_DIED: {
    message: '学習用のプロセスが、予期せず終わりました（{how}）。',
    hint: '途中保存までは残っています。続きから再開できます。くり返すときは、ほかのアプリを閉じてみてください。'
  },
  NOT_FINITE: {
    message: '{step} ステップで計算できない値が出たため、その更新を取り消しました。',
    hint: 'それまでの学習は無事です。続くようなら、学習率を下げてください。'
  },
  TOO_FAR: {
    message:
      '回答が学習前の答え方から離れすぎたので、止めました（隔たり {divergence}、上限 {limit}）。点だけが上がって、言葉が崩れているかもしれません。',
    hint: '残してあるのは、検証で点がいちばん良かった状態です（検証の前なら、止めたときの状態）。回答を読んで確かめ、続けるなら「元のモデルから離れる代償」を上げるか、学習率を下げてください。'
  },
  EARLY_STOP: {
    message: '検証を {waited} 回続けても良くならなかったので、自動で終わりました。',
    hint: 'いちばん良かった状態（{bestStep} ステップ）を残してあります。'
  },
  OVERFITTING: {
    message: '覚えすぎ（過学習）の始まりかもしれません（検証の損失 {loss}、いちばん良かったときは {best}）。',
    hint: 'いちばん良かった状態（{bestStep} ステップ）は残してあります。続くようなら、お手本を増やすか、くり返しを減らしてください。'
  },
  DIVERGENCE: {
    message: '損失が大きく跳ね上がりました（いま {loss}、最も低かったときは {lowest}）。',
    hint: '続くようなら、いったん終えて、学習率を半分にしてみてください。'
  },
  NOTHING_LEARNT: {
    message: 'まだ何も身についていないようです（損失は {before} から {after}）。',
    hint: '学習率を上げるか、くり返しを増やすか、お手本を見直してください。'
  },
  PRUNED: {
    message: '線形層の重み {weights} 個のうち {zeros} 個（{share} %）を 0 にしました。',
    hint: '検証用での損失は、前が {before}、直後が {after} です。これらは 0 のまま、残りの重みが学習で取り戻していきます。'
  },
  PRUNED_ONLY: {
    message: '線形層の重み {weights} 個のうち {zeros} 個（{share} %）を 0 にしました。',
    hint: '検証用がないので、質がどれだけ下がったかは測っていません。知りたいときは、検証用の割合を上げてください。'
  },
  RESUMED: {
    message: '{step} ステップから再開しました。',
    hint: '保存してあったところからの、同じ学習の続きです。'
  },
  CHECKPOINT_TORN: {
    message: '途中保存 {checkpoint} が壊れていたため、使いませんでした。',
    hint: '1つ前の途中保存から続けます。少し前に戻っただけで、結果は変わりません。'
  },
  OTHER_INSTRUCTIONS: {
    message: '前とは別の種類の CPU か GPU で続けます（{before} から {now}）。',
    hint: '学習はそのまま進みますが、結果の細かな数字は、同じPCで続けたときとわずかに違うことがあります。'
  },
  PAUSED: { message: '一時停止しました。', hint: 'いつでも続きから再開できます。' },
  INTERRUPTED: {
    message: 'アプリが閉じられたため、途中保存して止まりました。',
    hint: '続きから再開できます。'
  },
  STOPPED: { message: '学習を終えました。', hint: 'それまででいちばん良かった状態を結果として保存します。' },
  PLACE_UNREACHABLE: {
    message: '{place} につながりません（{reason}）。つながるのを待っています。',
    hint: '向こうの学習は続いていることがあります。'
  },
  PLACE_BUSY: {
    message: '{place} が混んでいるため、{seconds} 秒待ってからもう一度ためします。',
    hint: 'そのままお待ちください。'
  },
  CLOUD_QUEUED: {
    message: '{place} で、始まるのを待っています。',
    hint: '混んでいると、何時間もかかることがあります。Neiro を閉じても、向こうで続きます。'
  },
  CLOUD_SENT_AGAIN: {
    message: '送る途中で切れ、{file} は向こうに届いていなかったため、もう一度送ります。',
    hint: '同じファイルです。前に送りかけたものは、向こうに残りません。'
  },
  CLOUD_SAYS: {
    message: '{place} からの知らせ：{reason}',
    hint: '学習は続いています。'
  },
  CLOUD_NO_PAUSE: {
    message: '{place} は、この学習を一時停止できません（{reason}）。向こうで続いています。',
    hint: 'あとから「再開する」（neiro tune --resume）で続きを見られます。取り消すなら「取り消して終える」（neiro tune --resume 学習 --end）。'
  },
  CLOUD_ENDED_EARLY: {
    message:
      '取り消しました。向こうに残っていた {step} ステップのモデルを結果にします（{last} ステップまで進んでいました）。',
    hint: '新しいほど学んでいるとは限りません。検証の損失を見てください。'
  },
  PLACE_REACHED: {
    message: 'また、つながりました。',
    hint: '学習の続きを受け取っています。'
  }
} as const
