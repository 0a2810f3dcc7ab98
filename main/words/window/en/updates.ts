// New versions.
import type { UpdateWords } from '../ja/updates'

export const updates: UpdateWords = {
  title: 'New version',
  closed: {
    'not-installed':
      'This Neiro was not installed by an installer, so it cannot be updated from here. Update it the way you got it.',
    'no-address':
      'This Neiro knows no place for new versions. Get the new installer and run it over this one.',
    forbidden: 'Your office has its administrator install new versions.'
  },
  asks: (address) => `Asks ${address} whether there is a new version. Nothing else is sent.`,
  look: 'Look for a new version',
  looking: 'Looking',
  current: 'This is the newest version.',
  found: (version, size) => `${version} is available${size === '' ? '' : ` (${size})`}.`,
  notes: 'What has changed',
  fetch: 'Download',
  fetching: (version) => `Downloading ${version}`,
  part: (done, all) => `${done} of ${all}`,
  ready: (version) => `${version} is ready to install. Your data, trainings and settings stay.`,
  install: 'Install and reopen',
  installing: 'Installing. Neiro closes for a moment.',
  always: 'Look each time Neiro opens'
}
