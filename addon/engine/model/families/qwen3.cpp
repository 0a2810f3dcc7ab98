// Qwen3, dense: queries and keys are normed; windows on some layers.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kQwen3 = {"qwen3", "Qwen3ForCausalLM",
                              [](const Fields& fields) {
                                ModelConfig config = read_decoder(
                                    fields, {.kv_heads = 32, .head_dim = 128, .positions = 32768});
                                config.names.q_norm = "self_attn.q_norm";
                                config.names.k_norm = "self_attn.k_norm";
                                config.qkv_bias = config.o_bias =
                                    fields.flag("attention_bias", false);
                                config.windows = read_switched_windows(fields, config.layers);
                                return config;
                              },
                              "qwen3"};

}  // namespace neiro
