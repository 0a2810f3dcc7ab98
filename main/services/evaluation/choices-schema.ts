// What a vote may say, checked where it comes in: from the window, from a file, from the folder.
import { z } from 'zod'
import { voteChoices } from '../../contract/votes'

const choice = z.enum(voteChoices)
export const choicesSchema = z.strictObject({
  terms: choice,
  context: choice,
  consistent: choice,
  culture: choice
})
