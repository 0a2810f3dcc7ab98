// EXAONE 4 (LG AI Research 2025): norms behind both blocks and on queries and keys; where some
// layers have a window, only these are rotated.
#include <string>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

namespace {

// sliding_window_pattern: every such layer sees all; or a word of L and G that is repeated, of
// local and global layers, the last of which is global whatever it says.
std::vector<int64_t> read_pattern(const Fields& fields, int64_t layers, int64_t window) {
  const Json* pattern = fields.find("sliding_window_pattern");
  const std::string* word = pattern == nullptr ? nullptr : pattern->string();
  if (word == nullptr) {
    const int64_t period = fields.integer("sliding_window_pattern", 1, kMaxLayers).value_or(4);
    return read_windows(fields, layers, window, period);
  }
  if (word->empty() || word->find_first_not_of("LG") != std::string::npos) {
    bad_config("sliding_window_pattern", *word, "letters L and G");
  }
  std::vector<int64_t> windows;
  for (int64_t i = 0; i < layers; ++i) {
    const bool local = (*word)[static_cast<size_t>(i) % word->size()] == 'L' && i + 1 < layers;
    windows.push_back(local ? window : 0);
  }
  return windows;
}

}  // namespace

extern const Family kExaone4 = {
    "exaone4",
    "Exaone4ForCausalLM",
    [](const Fields& fields) {
      ModelConfig config =
          read_decoder(fields, {.kv_heads = 32, .positions = 2048, .rms_norm_eps = 1e-5});
      config.names.attention_norm.clear();
      config.names.mlp_norm.clear();
      config.names.attention_out_norm = "post_attention_layernorm";
      config.names.mlp_out_norm = "post_feedforward_layernorm";
      config.names.q_norm = "self_attn.q_norm";
      config.names.k_norm = "self_attn.k_norm";
      const int64_t window = read_window(fields, 4096);
      if (window == 0) return config;
      config.windows = read_layer_types(fields, config.layers, window);
      if (config.windows.empty()) config.windows = read_pattern(fields, config.layers, window);
      for (size_t i = 0; i < config.windows.size(); ++i) config.rotates[i] = config.windows[i] > 0;
      return config;
    },
    "exaone4",
    {},
    [](FromGguf& from) {
      const auto window = from.integer("attention.sliding_window", 1, kMaxPositions);
      from.set("sliding_window", window ? Json(*window) : Json());
    }};

}  // namespace neiro
