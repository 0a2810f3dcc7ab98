// A licence as a model folder states it: its name as people write it, and whether it is known to allow commercial use.

/** As its text is headed, where a card gives the short code: "apache-2.0" -> "Apache 2.0" */
export const licenceName = (code: string): string =>
  /^(mit|bsd|cc|gpl|lgpl|agpl)\b/i.test(code)
    ? code.toUpperCase()
    : code
        .replace(/^apache-(?=\d)/i, 'Apache ')
        .replace(/^(llama|gemma)/, (name) => `${name[0]?.toUpperCase()}${name.slice(1)}`)

/** Only licences without conditions on who uses a model or for what; of any other nothing is said. */
export const allowsCommercialUse = (code: string): boolean =>
  /^(mit|apache-2\.0|bsd-[23]-clause|isc|unlicense|cc0-1\.0|cc-by-4\.0|cc-by-sa-4\.0)$/i.test(code)
