// OLMo 2, and the reader that the third builds on.
#include <utility>

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

// A GGUF file calls OLMo 3 by the name of OLMo 2: it is the one with windows, whose layers are
// rotated plainly.
void read_as_olmo3(FromGguf& from, int64_t window) {
  from.set("model_type", "olmo3");
  from.set("architectures", Json(Json::Array(1, Json("Olmo3ForCausalLM"))));
  from.set("sliding_window", window);
  Json::Object plain, by_layer;
  plain.emplace_back("rope_type", "default");
  plain.emplace_back("rope_theta", from.positive("rope.freq_base").value_or(10000.0));
  by_layer.emplace_back("sliding_attention", std::move(plain));
  from.set("rope_parameters", Json(std::move(by_layer)));
}

extern const Family kOlmo2 = {"olmo2",
                              "Olmo2ForCausalLM",
                              [](const Fields& fields) { return read_olmo(fields, 10000); },
                              "olmo2",
                              {},
                              [](FromGguf& from) {
                                const auto window =
                                    from.integer("attention.sliding_window", 1, kMaxPositions);
                                if (window) read_as_olmo3(from, *window);
                              }};

}  // namespace neiro
