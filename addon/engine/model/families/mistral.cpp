// Mistral 7B (Jiang et al. 2023): Llama with a sliding window on every layer, no biases.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kMistral = {
    "mistral", "MistralForCausalLM", [](const Fields& fields) {
      ModelConfig config = read_decoder(fields, {.kv_heads = 8, .positions = 131072});
      // Its own default is 4096; only an explicit null means full attention.
      config.windows.assign(config.windows.size(), read_window(fields, 4096));
      return config;
    }};

}  // namespace neiro
