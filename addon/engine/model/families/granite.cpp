// Granite, dense (IBM 2024): Llama with multipliers of its own on embeddings, attention, residuals
// and logits.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kGranite = {
    "granite", "GraniteForCausalLM", [](const Fields& fields) {
      ModelConfig config = read_decoder(fields, {});
      config.embedding_scale = static_cast<float>(fields.positive("embedding_multiplier", 1.0));
      config.attention_scale = static_cast<float>(fields.positive("attention_multiplier", 1.0));
      config.residual_scale = static_cast<float>(fields.positive("residual_multiplier", 1.0));
      config.logit_scale = static_cast<float>(1 / fields.positive("logits_scaling", 1.0));
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
      config.mlp_bias = fields.flag("mlp_bias", false);
      return config;
    }};

}  // namespace neiro
