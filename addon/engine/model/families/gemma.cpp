// Gemma 1, and the readers that the later ones build on.
#include "model/families/gemma.h"

#include <cmath>

#include "model/families/family.h"

namespace neiro {
namespace {

// An explicit null is none; silence is the family's own.
float read_cap(const Fields& fields, const char* name, double fallback) {
  return static_cast<float>(fields.positive(name, fields.mentions(name) ? 0 : fallback));
}

// All of them: what the later ones leave as it is. The activation stands under another word later.
ModelConfig read_any_gemma(const Fields& fields, const Defaults& defaults, const char* activation) {
  ModelConfig config = read_decoder(fields, defaults);
  config.norm_base = 1;
  config.embedding_scale = std::sqrt(static_cast<float>(config.hidden_size));
  config.activation = read_activation(fields, activation, "gelu_pytorch_tanh");
  config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
  // Transformers 4 leaves it out where it is true.
  config.tied_head = fields.flag("tie_word_embeddings", true);
  if (fields.flag("use_bidirectional_attention", false)) {
    unsupported_model("use_bidirectional_attention", "true");
  }
  return config;
}

// The first configs said gelu and meant its approximation.
ModelConfig read_gemma(const Fields& fields) {
  ModelConfig config =
      read_any_gemma(fields, {.kv_heads = 16, .head_dim = 256, .positions = 8192}, "hidden_act");
  if (config.activation == Activation::kGelu) config.activation = Activation::kGeluTanh;
  return config;
}

}  // namespace

ModelConfig read_later_gemma(const Fields& fields, double attention_cap, double logit_cap,
                             int64_t positions, int64_t period) {
  ModelConfig config = read_any_gemma(
      fields, {.kv_heads = 4, .head_dim = 256, .positions = positions}, "hidden_activation");
  config.names.attention_out_norm = "post_attention_layernorm";
  config.names.mlp_norm = "pre_feedforward_layernorm";
  config.names.mlp_out_norm = "post_feedforward_layernorm";
  config.attention_scale =
      1.0f / std::sqrt(static_cast<float>(fields.positive("query_pre_attn_scalar", 256)));
  config.attention_soft_cap = read_cap(fields, "attn_logit_softcapping", attention_cap);
  config.logit_soft_cap = read_cap(fields, "final_logit_softcapping", logit_cap);
  const int64_t window = fields.integer("sliding_window", 1, kMaxPositions).value_or(4096);
  config.windows = read_windows(fields, config.layers, window, period);
  return config;
}

void read_later_gemma_gguf(FromGguf& from, int64_t layers_of_largest) {
  const bool largest = from.layers() == layers_of_largest;
  from.set("query_pre_attn_scalar", largest ? from.hidden_size() / from.heads() : from.head_dim());
  if (const auto window = from.integer("attention.sliding_window", 1, kMaxPositions)) {
    from.set("sliding_window", *window);
  }
  for (const auto& [name, from_key] :
       {std::pair{"attn_logit_softcapping", "attn_logit_softcapping"},
        std::pair{"final_logit_softcapping", "final_logit_softcapping"}}) {
    if (const auto cap = from.positive(from_key)) from.set(name, *cap);
  }
}

extern const Family kGemma = {
    "gemma", "GemmaForCausalLM", read_gemma, "gemma", {.norms_above = true}};

}  // namespace neiro
