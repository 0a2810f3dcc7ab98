// 新しい版
import type { UpdatesClosed } from '../../../contract/window/updates'

export const updates = {
  title: '新しい版',
  closed: {
    'not-installed':
      'この Neiro はインストールしたものではないため、ここからは新しくできません。入手したときと同じ方法で新しくしてください。',
    'no-address':
      'この Neiro には、新しい版の入手先がありません。新しいインストーラーを入手して、上から入れてください。',
    forbidden: '会社の設定により、新しい版は管理者が入れます。'
  } satisfies Record<UpdatesClosed, string>,
  asks: (address: string) => `${address} に、新しい版があるかを尋ねます。それ以外は何も送りません。`,
  look: '新しい版を確かめる',
  looking: '確かめています',
  current: 'この版が最新です。',
  found: (version: string, size: string) => `${version} があります${size === '' ? '' : `（${size}）`}。`,
  notes: '変わったところ',
  fetch: 'ダウンロードする',
  fetching: (version: string) => `${version} をダウンロードしています`,
  part: (done: string, all: string) => `${all} のうち ${done}`,
  ready: (version: string) => `${version} を入れる準備ができました。データ・学習・設定はそのまま残ります。`,
  install: '入れて開き直す',
  installing: '入れています。Neiro はいったん閉じます。',
  always: 'Neiro を開くたびに確かめる'
}
export type UpdateWords = typeof updates
