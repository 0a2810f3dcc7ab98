// Colours of a Word document, as far as they say whether text in white is seen.

/** Does w:shd put something behind the text that is not white? */
export const isShade = ({ fill = '', val = '' }: Readonly<Record<string, string>>): boolean =>
  !/^(auto|f{6}|)$/i.test(fill) || !/^(clear|nil|)$/.test(val)

/** Nobody tells the nearest greys from it. */
export const isWhiteColour = (val: string): boolean => /^(f[89a-f]){3}$/i.test(val)
