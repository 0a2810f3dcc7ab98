// What a program writes to ask the server, in a few languages, with address, key and model filled in. Pure.

export const exampleKinds = ['python', 'javascript', 'curl', 'vba'] as const
export type ExampleKind = (typeof exampleKinds)[number]

export interface ExampleOf {
  /** http://127.0.0.1:8377/v1 */
  readonly address: string
  readonly key: string
  readonly model: string
  readonly question: string
}

/** A key as it stands where others may look on: enough to tell it from another. */
export const masked = (key: string): string => `${key.slice(0, 9)}${'•'.repeat(12)}`

export function example(kind: ExampleKind, of: ExampleOf): string {
  return examples[kind](of)
}

/** A text of JSON, Python and JavaScript alike. */
const quoted = (text: string): string => JSON.stringify(text)

const examples: Readonly<Record<ExampleKind, (of: ExampleOf) => string>> = {
  python: ({ address, key, model, question }) => `from openai import OpenAI

client = OpenAI(base_url=${quoted(address)}, api_key=${quoted(key)})
answer = client.chat.completions.create(
    model=${quoted(model)},
    messages=[{"role": "user", "content": ${quoted(question)}}],
    temperature=0,
)
print(answer.choices[0].message.content)`,

  javascript: ({ address, key, model, question }) => `import OpenAI from 'openai'

const client = new OpenAI({ baseURL: ${quoted(address)}, apiKey: ${quoted(key)} })
const answer = await client.chat.completions.create({
  model: ${quoted(model)},
  messages: [{ role: 'user', content: ${quoted(question)} }],
  temperature: 0
})
console.log(answer.choices[0].message.content)`,

  curl: ({ address, key, model, question }) => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: question }], temperature: 0 })
    return `curl ${address}/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '${body.replaceAll("'", String.raw`'\''`)}'`
  },

  // in a module of a workbook: =NEIRO(A1). Letters beyond ASCII come as \\u in JSON, so no library is needed.
  vba: ({ address, key, model }) => `Function NEIRO(question As String) As String
    Dim http As Object, text As String, at As Long
    Set http = CreateObject("MSXML2.ServerXMLHTTP.6.0")
    http.setTimeouts 5000, 5000, 30000, 600000
    http.Open "POST", "${address}/chat/completions", False
    http.setRequestHeader "Content-Type", "application/json; charset=utf-8"
    http.setRequestHeader "Authorization", "Bearer ${key}"
    http.send "{""model"":""${vbaJson(model)}"",""temperature"":0," & _
        """messages"":[{""role"":""user"",""content"":""" & JsonText(question) & """}]}"
    text = http.responseText
    at = InStr(text, """content"":""")
    If http.Status <> 200 Or at = 0 Then NEIRO = text: Exit Function
    NEIRO = PlainText(Mid(text, at + 11))
End Function

Private Function JsonText(text As String) As String
    Dim i As Long, code As Long
    For i = 1 To Len(text)
        code = AscW(Mid(text, i, 1)) And &HFFFF&
        If code = 34 Or code = 92 Or code < 32 Or code > 126 Then
            JsonText = JsonText & "\\u" & Right("000" & Hex(code), 4)
        Else
            JsonText = JsonText & ChrW(code)
        End If
    Next
End Function

Private Function PlainText(json As String) As String
    Dim i As Long, letter As String
    i = 1
    Do While i <= Len(json)
        letter = Mid(json, i, 1)
        If letter = """" Then Exit Do
        If letter = "\\" Then
            i = i + 1
            letter = Mid(json, i, 1)
            If letter = "n" Then letter = vbLf
            If letter = "t" Then letter = vbTab
            If letter = "r" Then letter = ""
            If letter = "u" Then letter = ChrW(CLng("&H" & Mid(json, i + 1, 4))): i = i + 4
        End If
        PlainText = PlainText & letter
        i = i + 1
    Loop
End Function`
}

/** Inside a text of VBA, as JSON of ASCII alone: its editor takes no others everywhere. */
function vbaJson(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return units
    .map((code) =>
      code < 32 || code > 126 || code === 34 || code === 92
        ? `\\u${code.toString(16).padStart(4, '0')}`
        : String.fromCharCode(code)
    )
    .join('')
}
