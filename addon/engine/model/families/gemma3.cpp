// Gemma 3, its text model: queries and keys are normed, five layers of six see a window and rotate
// by a rope of their own.
#include "model/families/family.h"
#include "model/families/gemma.h"

namespace neiro {
namespace {

constexpr double kTheta = 1e6, kWindowTheta = 1e4;

}  // namespace

extern const Family kGemma3 = {
    "gemma3_text",
    "Gemma3ForCausalLM",
    [](const Fields& fields) {
      const int64_t period = fields.integer("sliding_window_pattern", 1, kMaxLayers).value_or(6);
      ModelConfig config = read_later_gemma(fields, 0, 0, 131072, period);
      config.names.q_norm = "self_attn.q_norm";
      config.names.k_norm = "self_attn.k_norm";
      read_typed_ropes(fields, config, kTheta,
                       fields.positive("rope_local_base_freq", kWindowTheta));
      return config;
    },
    "gemma3",
    {.norms_above = true},
    [](FromGguf& from) {
      read_later_gemma_gguf(from, 62);
      from.set("rope_local_base_freq", from.positive("rope.freq_base_swa").value_or(kWindowTheta));
    }};

}  // namespace neiro
