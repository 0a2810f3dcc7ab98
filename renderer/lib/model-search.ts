// Whether what was typed looks like the name or the address of one model.

/** owner/name, or an address. */
export const isAddress = (typed: string): boolean =>
  /^(https?:\/\/\S+|\w[\w.-]{0,95}\/\w[\w.-]{0,95})$/.test(typed.normalize('NFKC').trim())
