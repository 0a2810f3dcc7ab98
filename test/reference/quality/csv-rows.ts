// BANKING77's two columns: a text, which may be quoted and hold line breaks, and its class.
export function delimitedRows(csv: string): readonly { readonly text: string; readonly label: string }[] {
  const cells = csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*)),(\w+\??)\r?\n/g)
  return [...cells]
    .map(([, quoted, plain, label]) => ({
      text: quoted?.replaceAll('""', '"') ?? plain ?? '',
      label: label ?? ''
    }))
    .slice(1)
}
