// Sums by which numbers prove themselves. All take digits alone.

/** ISO/IEC 7812-1, Annex B */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit
  }
  return sum % 10 === 0
}

/** Ministerial ordinance 85 of 2014, Article 5: twelve digits, weights 2 to 7 and 2 to 6 from the right. */
export function isMyNumber(digits: string): boolean {
  if (digits.length !== 12 || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let n = 1; n <= 11; n++) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5)
  const rest = sum % 11
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest)
}

/** Ministerial ordinance 70 of 2014: thirteen digits, of which the first proves the others. */
export function isCorporateNumber(digits: string): boolean {
  if (digits.length !== 13 || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let n = 1; n <= 12; n++) sum += Number(digits[13 - n]) * (n % 2 === 1 ? 1 : 2)
  return Number(digits[0]) === 9 - (sum % 9)
}

/** ISO 13616: letters are 10 to 35; the rest by 97 is 1. */
export function isIban(iban: string): boolean {
  const turned = iban.slice(4) + iban.slice(0, 4)
  let rest = 0
  for (const sign of turned) {
    const value = parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** Codes of goods: the last digit proves the others by weights 1 and 3. */
export function isEan13(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3)
  return digits.length === 13 && (10 - (sum % 10)) % 10 === Number(digits[12])
}
