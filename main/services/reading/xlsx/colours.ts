// A colour of a sheet, as far as it says whether text in it is seen on nothing.

/** White, in each of the ways in which a sheet says it; of the theme, the first colour is that of the sheet. */
export const isWhiteColour = ({ rgb, theme, indexed, tint }: Readonly<Record<string, string>>): boolean =>
  /^(..)?(f[89a-f]){3}$/i.test(rgb ?? '') || (theme === '0' && !Number(tint ?? 0)) || indexed === '9'
