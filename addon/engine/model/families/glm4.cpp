// GLM-4 of 2025 (glm4; Zhipu AI): norms before and behind both blocks, pairs of neighbours are
// rotated in one half of each head, gate and up are one matrix.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kGlm4 = {
    "glm4",
    "Glm4ForCausalLM",
    [](const Fields& fields) {
      ModelConfig config = read_decoder(fields, {.kv_heads = 2,
                                                 .head_dim = 128,
                                                 .positions = 131072,
                                                 .rms_norm_eps = 1.5625e-7,
                                                 .partial_rotary = 0.5});
      config.interleaved_rotary = true;
      config.qkv_bias = fields.flag("attention_bias", true);
      config.names.attention_out_norm = "post_self_attn_layernorm";
      config.names.mlp_out_norm = "post_mlp_layernorm";
      config.names.gate_up = "mlp.gate_up_proj";
      return config;
    },
    "glm4",
    {},
    [](FromGguf& from) {
      const int64_t whole = from.head_dim();
      const int64_t part = from.integer("rope.dimension_count", 1, whole).value_or(whole);
      from.set("partial_rotary_factor", static_cast<double>(part) / static_cast<double>(whole));
      from.set("attention_bias", from.has("blk.0.attn_q.bias"));
    }};

}  // namespace neiro
