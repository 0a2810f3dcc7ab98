// Granite, dense (IBM 2024): Llama with multipliers of its own on embeddings, attention, residuals
// and logits.
#include <cmath>
#include <utility>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kGranite = {
    "granite",
    "GraniteForCausalLM",
    [](const Fields& fields) {
      ModelConfig config = read_decoder(fields, {});
      config.embedding_scale = static_cast<float>(fields.positive("embedding_multiplier", 1.0));
      config.attention_scale = static_cast<float>(fields.positive("attention_multiplier", 1.0));
      config.residual_scale = static_cast<float>(fields.positive("residual_multiplier", 1.0));
      config.logit_scale = static_cast<float>(1 / fields.positive("logits_scaling", 1.0));
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
      config.mlp_bias = fields.flag("mlp_bias", false);
      return config;
    },
    "granite",
    {.interleaved_heads = true},
    [](FromGguf& from) {
      for (const auto& [name, key] : {std::pair{"embedding_multiplier", "embedding_scale"},
                                      std::pair{"residual_multiplier", "residual_scale"},
                                      std::pair{"logits_scaling", "logit_scale"}}) {
        if (const auto scale = from.positive(key)) from.set(name, *scale);
      }
      const double usual = 1 / std::sqrt(static_cast<double>(from.head_dim()));
      from.set("attention_multiplier", from.positive("attention.scale").value_or(usual));
      from.set("attention_bias", from.has("blk.0.attn_q.bias"));
      from.set("mlp_bias", from.has("blk.0.ffn_down.bias"));
    }};

}  // namespace neiro
