// Llama 2 and 3 (Touvron et al. 2023), and whoever saves in their form: SmolLM2, Sarashina2.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kLlama = {"llama",
                              "LlamaForCausalLM",
                              [](const Fields& fields) {
                                ModelConfig config = read_decoder(fields, {});
                                config.qkv_bias = config.o_bias =
                                    fields.flag("attention_bias", false);
                                config.mlp_bias = fields.flag("mlp_bias", false);
                                return config;
                              },
                              "llama",
                              {.interleaved_heads = true},
                              [](FromGguf& from) {
                                from.set("attention_bias", from.has("blk.0.attn_q.bias"));
                                from.set("mlp_bias", from.has("blk.0.ffn_down.bias"));
                              }};

}  // namespace neiro
