// Qwen2 and Qwen2.5: biases on q, k and v whatever the config says; windows on some layers.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kQwen2 = {"qwen2", "Qwen2ForCausalLM",
                              [](const Fields& fields) {
                                ModelConfig config =
                                    read_decoder(fields, {.kv_heads = 32, .positions = 32768});
                                config.qkv_bias = true;
                                config.windows = read_switched_windows(fields, config.layers);
                                return config;
                              },
                              "qwen2"};

}  // namespace neiro
