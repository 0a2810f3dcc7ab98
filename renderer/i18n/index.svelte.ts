// The language in use and its dictionary. One owner; pages read i18n.words.<room>.
import type { Language } from '../../main/contract/language'
import { windowWords, type WindowWords } from '../../main/words/window'

/** as the browser, or the system, has it */
export const placeLanguage: Language = navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en'

class I18n {
  #language = $state<Language>(placeLanguage)

  get language(): Language {
    return this.#language
  }

  get words(): WindowWords {
    return windowWords[this.#language]
  }

  use(language: Language): void {
    this.#language = language
    document.documentElement.lang = language
  }
}

export const i18n = new I18n()
