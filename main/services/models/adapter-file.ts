// What an adapter folder in PEFT's form says of itself, as far as whoever opens it must know; what it computes is the engine's.
import { readJsonFile } from './model-files'

/** Tokens that it puts before each example; 0 where it stands around layers. */
export async function virtualTokensIn(adapterDir: string): Promise<number> {
  const said = (await readJsonFile(adapterDir, 'adapter_config.json'))?.['num_virtual_tokens']
  return typeof said === 'number' && Number.isSafeInteger(said) && said > 0 ? said : 0
}
