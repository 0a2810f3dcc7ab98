// What the engine says inside a sentence (why a file is broken, what an option may be) in Japanese. Its own words are
// English and stand in the C++ sources, few and fixed, as codes do; test/words/engine-phrases reads them there.

const number = '(-?[\\d.]+)'

const phrases: readonly (readonly [pattern: string, japanese: string])[] = [
  // JSON
  ['it ends where a value is expected', '値のあるはずの所で終わっています'],
  ['expected a value', '値ではないものがあります'],
  ['expected (true|false|null|true or false)', '$1 ではないものがあります'],
  ['expected a number', '数ではないものがあります'],
  ['expected a whole number of at most 64 bits', '64ビットまでの整数ではないものがあります'],
  ['a \\\\u escape is cut off', '\\u の文字番号が途中で切れています'],
  ['a \\\\u escape needs four hexadecimal digits', '\\u の文字番号が4けたの16進数ではありません'],
  ['a string does not end', '文字列が閉じていません'],
  ['an unknown escape in a string', '文字列に知らないエスケープがあります'],
  ['half of a surrogate pair', '文字番号の組が半分しかありません'],
  ['a control character in a string', '文字列に制御文字があります'],
  ['bytes that are not UTF-8', 'UTF-8 ではないバイトがあります'],
  ['a number is not finished', '数が途中で切れています'],
  ['a number with a leading zero', '0 から始まる数があります'],
  ['a number out of range', '大きすぎる数があります'],
  ['more than 64 levels', '入れ子が64段を超えています'],
  ['something follows the end of the value', '終わりのあとに余分なものがあります'],
  ['the name "(.*)" stands twice in one object', '「$1」が2度あります'],
  ['expected (.{1,3})', '「$1」がありません'],
  // safetensors and their index
  ['it is too large', '大きすぎます'],
  ['it names no tensors', 'テンソルが1つもありません'],
  ['it names too many tensors', 'テンソルが多すぎます'],
  ['it is not a JSON object', 'JSON のオブジェクトではありません'],
  ['it claims a length of (\\d+) bytes', '長さが $1 バイトと書かれています'],
  ['it claims an impossible size', 'ありえない大きさが書かれています'],
  ['a shape of more than 16 dimensions', '16次元を超える形があります'],
  ['"(.*)" stands twice(?: in one tensor| in the metadata)?', '「$1」が2度あります'],
  ['data_offsets needs two numbers', 'data_offsets が2つの数ではありません'],
  ['a tensor without dtype, shape or data_offsets', 'dtype・shape・data_offsets のないテンソルがあります'],
  ['(\\d+) bytes belong to no tensor', '$1 バイトが、どのテンソルのものでもありません'],
  // GGUF
  ['it does not begin with GGUF(?:, byte \\d+)?', 'GGUF で始まっていません'],
  ['(.+), byte (\\d+)', '$2 バイト目：$1'],
  ['a value of the unknown kind (\\d+)', '知らない種類 $1 の値があります'],
  ['a truth that is neither 0 nor 1', '0 でも 1 でもない真偽値があります'],
  ['a list in a list', '一覧の中に一覧があります'],
  ['a list of too many values', '値が多すぎる一覧があります'],
  ['too many entries', '項目が多すぎます'],
  ['a tensor of more than 4 dimensions', '4次元を超えるテンソルがあります'],
  ['an alignment of (.+)', 'データのそろえ方が $1 です'],
  ['too many tensors', 'テンソルが多すぎます'],
  // what may be
  ['none for a model without experts,', '専門家の層のないモデルでは指定なし'],
  ['gate_up_proj or down_proj', 'gate_up_proj か down_proj'],
  ['0 where weights of experts learn,', '専門家の重みを学ぶときは 0'],
  ['plain LoRA where weights of experts learn,', '専門家の重みを学ぶときは普通の LoRA'],
  ['a number', '数'],
  ['numbers', '数'],
  ['whole numbers', '整数'],
  ['an array', '配列'],
  [`a (?:whole )?number from ${number}`, '$1 以上の数'],
  [`${number} or more with (\\w+)`, '$2 では $1 以上'],
  ['2 or more, and fewer than twice the positions', '2 以上、位置の数の2倍未満'],
  ['(.+), and no more than maxTokensPerMicroBatch', '$1、ただし maxTokensPerMicroBatch 以下'],
  [
    `a whole number to ${number}, at least 2 where one label of several is right`,
    '$1 以下の整数（ラベルを1つ選ぶときは 2 以上）'
  ],
  ['at least one (module|value)', '1つ以上'],
  ['a whole number from 1 to the size of the vocabulary', '1 から語彙の数までの整数'],
  ['a name of its own', 'ほかと違う名前'],
  ['none, because there is none', 'なし（ほかのヘッドがないため）'],
  ['each name once', '1つずつ違う名前'],
  [
    'another one for a model whose layers know the tokens',
    '層ごとにトークンのベクトルを持つモデルでは、ほかの種類'
  ],
  [
    'less, so that a layer of each kind has keys of its own',
    'もっと少ない数（どの種類の層にも、自分のキーを持つ層が残るように）'
  ],
  ['full with keepZeros', 'keepZeros を付けた full'],
  [
    `layer or global, because rows of (.+) are ${number} wide`,
    'layer か global（$1 の行の幅が $2 で、4 の倍数ではないため）'
  ],
  ['at least two folders', '2つ以上のフォルダー'],
  ['one for each folder', 'フォルダーごとに1つ'],
  ['cat or svd for different ranks', 'ランクが違うときは cat か svd'],
  [`more than the adapter's ${number} virtual tokens`, 'アダプターの仮想トークン $1個より大きい数'],
  [`as many numbers as forward gave, ${number}`, '計算した数と同じ $1個'],
  ['a (.+) too long', '長すぎる名前があります'],
  ['a (.+) that is not UTF-8', 'UTF-8 ではない名前があります'],
  ['none', 'なし'],
  ['nothing', 'なし'],
  ['true or false', 'true か false'],
  ['a text', '文字列'],
  ['an object', 'オブジェクト'],
  ['a list of names', '名前の一覧'],
  ['a list of numbers', '数の一覧'],
  ['numbers of layers', '層の番号'],
  [
    'another one for a model whose layers do not all attend alike',
    '層ごとにアテンションの形が違うモデルでは、ほかの種類'
  ],
  ['a whole number', '整数'],
  ['an even number', '偶数'],
  [`${number} or more`, '$1 以上'],
  [`more than ${number}`, '$1 より大きい数'],
  [`more than ${number} and at most ${number}`, '$1 より大きく $2 以下の数'],
  [`at most ${number}(.*)`, '$1 以下'],
  [`a number above ${number}`, '$1 より大きい数'],
  [`a number from ${number} to below ${number}`, '$1 以上 $2 未満の数'],
  [`a number from ${number} to ${number}`, '$1 から $2 までの数'],
  [`a whole number from ${number} to ${number}`, '$1 から $2 までの整数'],
  [`${number} numbers above 0`, '0 より大きい数を $1個'],
  [`${number} names`, '名前を $1個'],
  [`${number} times 0 or 1`, '0 か 1 を $1個'],
  ['whole numbers above 0', '0 より大きい整数'],
  ['finite numbers', '有限の数'],
  ['one of (.+)', '$1 のどれか'],
  ['any of the target modules', '学ぶ層のどれか'],
  ['any of (.+)', '$1 のどれか'],
  ['a divisor of (.+)', '$1 の約数'],
  ['a multiple of (.+)', '$1 の倍数'],
  ['more than (low_freq_factor|pad_token_id \\+ 1)', '$1 より大きい数'],
  ['an even number of the (\\d+) values of a head', 'ヘッドの $1個の値のうち偶数個'],
  ['heads of at most (\\d+) values', '1ヘッド $1 以下'],
  ['two labels or more', '2つ以上のラベル'],
  ['an object of 1 to (\\d+) labels', '1〜$1個のラベルのオブジェクト'],
  ['letters L and G', 'L と G の文字'],
  ['(\\w+) or (\\w+)', '$1 か $2'],
  ["numbers of the model's layers, from 0", 'モデルの層の番号（0 から）'],
  ['ends of names of layers that learn', '学ぶ層の名前の終わり'],
  [
    'ends of module names, or expressions without references and look-around',
    '層の名前の終わりか、後方参照と先読みのない正規表現'
  ],
  ['an expression without references and look-around', '後方参照と先読みのない正規表現'],
  ['ids of tokens, each once', 'トークンの番号（同じものは1度だけ）'],
  ['ids below the size of the vocabulary', '語彙の大きさより小さい番号'],
  ['none where the embedding is trained whole,', '埋め込み全体を学ぶときは、なし'],
  ['none with dora,', 'DoRA のときは、なし'],
  ['none without conversations, nor where something is trained', '会話がないとき、学習するときは、なし'],
  ['none where there are only conversations', '会話だけのときは、なし'],
  ['none where there is no adapter', 'アダプターがないときは、なし'],
  ['0, for what is trained,', '学習するものを指す 0'],
  ['nothing, because the whole model is trained,', 'モデル全体を学ぶので、なし'],
  ['none or f32, because all is trained,', 'すべてを学ぶので、none か f32'],
  ['none, because nothing stands around a layer,', '層に足すものがないので、なし'],
  ['false with a start from the base,', 'もとのモデルから始めるときは false'],
  ['lora or ia3 for a model that scores', '点数を出すモデルでは lora か ia3'],
  // why the system refused
  ['EACCES|EPERM|Permission denied', '読み書きする権限がありません'],
  ['EBUSY|ETXTBSY', 'ほかのソフトが使っています'],
  ['EIO|Input/output error', 'ドライブから読めません'],
  ['EMFILE|ENFILE|Too many open files', '開いているファイルが多すぎます'],
  ['EISDIR|Is a directory', 'フォルダーです'],
  ['ENOENT|No such file or directory', 'ありません'],
  ['ENOSPC|No space left on device', '空きがありません'],
  ['EROFS|Read-only file system', '書き込めないドライブです']
]

const table = phrases.map(([pattern, japanese]) => [new RegExp(`^(?:${pattern})$`, 's'), japanese] as const)

/** null: it is none of the engine's (a name, a sentence of ours, a word of a newer version). */
export function inJapanese(phrase: string): string | null {
  for (const [pattern, japanese] of table) {
    const found = pattern.exec(phrase)
    if (!found) continue
    return japanese.replace(/\$(\d)/g, (_, at: string) => {
      const part = found[Number(at)] ?? ''
      return inJapanese(part) ?? part
    })
  }
  return null
}
