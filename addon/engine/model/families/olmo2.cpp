// OLMo 2, and the reader that the third builds on.
#include "model/families/family.h"
#include "model/families/olmo.h"

namespace neiro {

ModelConfig read_olmo(const Fields& fields, double theta) {
  ModelConfig config = read_decoder(fields, {.rms_norm_eps = 1e-5, .rope_theta = theta});
  config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
  config.names.attention_norm.clear();
  config.names.mlp_norm.clear();
  config.names.attention_out_norm = "post_attention_layernorm";
  config.names.mlp_out_norm = "post_feedforward_layernorm";
  config.names.q_norm = "self_attn.q_norm";
  config.names.k_norm = "self_attn.k_norm";
  config.whole_qk_norm = true;
  return config;
}

extern const Family kOlmo2 = {"olmo2",
                              "Olmo2ForCausalLM",
                              [](const Fields& fields) { return read_olmo(fields, 10000); },
                              "olmo2",
                              {},
                              [](FromGguf& from) {
                                // OLMo 3 under the same name
                                if (from.integer("attention.sliding_window", 1, kMaxPositions)) {
                                  unsupported_model("olmo2.attention.sliding_window", "set");
                                }
                              }};

}  // namespace neiro
