// The language of the command line: --lang, else the locale as POSIX orders it, else what the system says.
import type { Language } from '../contract/language'

export function languageOf(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  systemLocale: string
): Language {
  if (flag === 'ja' || flag === 'en') return flag
  // an empty variable counts as unset; C and POSIX name no language
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG'], env['LANGUAGE']?.split(':')[0]].find(
    (value) => value !== undefined && value !== '' && !/^(C|POSIX)(\.|$)/i.test(value)
  )
  return (named ?? systemLocale).toLowerCase().startsWith('ja') ? 'ja' : 'en'
}
