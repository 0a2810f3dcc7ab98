// What a model can read, less what an adapter puts before each text: the room that is the text's own. Pure.
import { NeiroError } from '../../contract/errors'
import { settingRows } from '../../contract/settings'

/** Throws NO_ROOM_FOR_TEXT where less is left than the shortest limit that somebody may set. */
export function textRoom(positions: number, virtualTokens: number): number {
  const room = positions - virtualTokens
  if (virtualTokens > 0 && room < settingRows.maxSeqLength.min)
    throw new NeiroError('NO_ROOM_FOR_TEXT', {
      virtual: String(virtualTokens),
      positions: String(positions)
    })
  return room
}

/** Tokens of all of these, with what stands before each. */
export const readTokens = (lengths: readonly number[], virtualTokens: number): number =>
  lengths.reduce((total, length) => total + length + virtualTokens, 0)
