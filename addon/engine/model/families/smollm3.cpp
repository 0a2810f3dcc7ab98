// SmolLM3 (Bakouch et al. 2025): Llama with every fourth layer unrotated.
#include <string>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

namespace {

// no_rope_layers says 1 for a layer that is rotated; without it every fourth is not.
std::vector<bool> read_rotating(const Fields& fields, int64_t layers) {
  std::vector<bool> rotates;
  const Json* list = fields.find("no_rope_layers");
  const int64_t period = fields.integer("no_rope_layer_interval", 1, kMaxLayers).value_or(4);
  if (list == nullptr) {
    for (int64_t i = 0; i < layers; ++i) rotates.push_back((i + 1) % period != 0);
    return rotates;
  }
  if (list->array() == nullptr || static_cast<int64_t>(list->array()->size()) < layers) {
    bad_config("no_rope_layers", list->text(), std::to_string(layers) + " times 0 or 1");
  }
  for (int64_t i = 0; i < layers; ++i) {
    rotates.push_back((*list->array())[static_cast<size_t>(i)].text() != "0");
  }
  return rotates;
}

}  // namespace

extern const Family kSmolLm3 = {
    "smollm3",
    "SmolLM3ForCausalLM",
    [](const Fields& fields) {
      ModelConfig config = read_decoder(
          fields, {.kv_heads = 4, .positions = 32768, .rope_theta = 2e6, .tied_head = true});
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
      config.mlp_bias = fields.flag("mlp_bias", false);
      config.rotates = read_rotating(fields, config.layers);
      // A window, where one is switched on, is of the layers without rotation.
      if (!fields.flag("use_sliding_window", false)) return config;
      const int64_t window = read_window(fields, 0);
      config.windows = read_layer_types(fields, config.layers, window);
      if (!config.windows.empty()) return config;
      for (const bool rotates : config.rotates) config.windows.push_back(rotates ? 0 : window);
      return config;
    },
    "smollm3",
    {.interleaved_heads = true}};

}  // namespace neiro
