// What is called the base within a sentence: the model that somebody chose, or the run whose model took its place, by name.

export const calledBaseJa = (base: string | null): string => (base === null ? 'もとのモデル' : `「${base}」`)

export const calledBaseEn = (base: string | null): string => (base === null ? 'the base model' : `“${base}”`)

/** At the beginning of one. */
export const firstBaseEn = (base: string | null): string =>
  base === null ? 'The base model' : calledBaseEn(base)
