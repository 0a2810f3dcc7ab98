// Every size is checked here, so that nothing behind has to doubt one.
#include "model/families/decoder.h"

#include "core/error.h"

namespace neiro {
namespace {

constexpr int64_t kMaxHidden = 1 << 16;
constexpr int64_t kMaxIntermediate = 1 << 20;
constexpr int64_t kMaxHeads = 1 << 10;
constexpr int64_t kMaxHeadDim = 1 << 10;
constexpr int64_t kMaxVocab = 1 << 22;

void read_heads(const Fields& fields, ModelConfig& config) {
  config.heads = static_cast<int>(fields.required("num_attention_heads", 1, kMaxHeads));
  config.kv_heads =
      static_cast<int>(fields.integer("num_key_value_heads", 1, kMaxHeads).value_or(config.heads));
  if (config.heads % config.kv_heads != 0) {
    bad_config("num_key_value_heads", std::to_string(config.kv_heads),
               "a divisor of num_attention_heads = " + std::to_string(config.heads));
  }
  const std::optional<int64_t> head_dim = fields.integer("head_dim", 2, kMaxHeadDim);
  if (!head_dim && config.hidden_size % config.heads != 0) {
    bad_config("hidden_size", std::to_string(config.hidden_size),
               "a multiple of num_attention_heads = " + std::to_string(config.heads));
  }
  config.head_dim = static_cast<int>(head_dim.value_or(config.hidden_size / config.heads));
  if (config.head_dim % 2 != 0) {
    bad_config("head_dim", std::to_string(config.head_dim), "an even number");
  }
}

}  // namespace

// Transformers 5 writes rope_parameters with the theta inside; 4 writes rope_theta and
// rope_scaling.
RopeConfig read_rope(const Fields& fields) {
  RopeConfig rope;
  rope.theta = fields.positive("rope_theta", 10000.0);
  const char* name = fields.find("rope_parameters") ? "rope_parameters" : "rope_scaling";
  const Json* json = fields.find(name);
  if (json == nullptr) return rope;
  if (json->object() == nullptr) bad_config(name, json->text(), "an object");
  const Fields inner(*json);
  rope.theta = inner.positive("rope_theta", rope.theta);
  const std::string type = inner.text("rope_type", inner.text("type", "default"));
  const double partial = inner.positive("partial_rotary_factor", 1.0);
  if (partial != 1.0) unsupported_model("partial_rotary_factor", json->text());
  if (type == "default") return rope;
  rope.factor = inner.positive("factor", 1.0);
  if (type == "linear") {
    rope.kind = RopeConfig::Kind::kLinear;
  } else if (type == "llama3") {
    rope.kind = RopeConfig::Kind::kLlama3;
    rope.low_freq_factor = inner.positive("low_freq_factor", 1.0);
    rope.high_freq_factor = inner.positive("high_freq_factor", 4.0);
    rope.original_max_position_embeddings =
        inner.required("original_max_position_embeddings", 1, kMaxPositions);
    if (rope.high_freq_factor <= rope.low_freq_factor) {
      bad_config("high_freq_factor", json->text(), "more than low_freq_factor");
    }
  } else {
    throw Error("UNSUPPORTED_ROPE", {{"rope", type}});
  }
  return rope;
}

ModelConfig read_decoder(const Fields& fields) {
  const std::string activation = fields.text("hidden_act", "silu");
  if (activation != "silu") unsupported_model("hidden_act", activation);
  ModelConfig config;
  config.hidden_size = fields.required("hidden_size", 1, kMaxHidden);
  config.intermediate_size = fields.required("intermediate_size", 1, kMaxIntermediate);
  config.layers = fields.required("num_hidden_layers", 1, kMaxLayers);
  config.vocab_size = fields.required("vocab_size", 1, kMaxVocab);
  config.max_position_embeddings =
      fields.integer("max_position_embeddings", 1, kMaxPositions).value_or(2048);
  read_heads(fields, config);
  config.rms_norm_eps = static_cast<float>(fields.positive("rms_norm_eps", 1e-6));
  config.rope = read_rope(fields);
  config.tied_head = fields.flag("tie_word_embeddings", false);
  config.windows.assign(static_cast<size_t>(config.layers), 0);
  return config;
}

std::vector<int64_t> read_layer_types(const Fields& fields, int64_t layers, int64_t window) {
  const Json* types = fields.find("layer_types");
  if (types == nullptr) return {};
  if (types->array() == nullptr || static_cast<int64_t>(types->array()->size()) != layers) {
    bad_config("layer_types", types->text(), std::to_string(layers) + " names");
  }
  std::vector<int64_t> windows;
  for (const Json& type : *types->array()) {
    const std::string* name = type.string();
    const bool slides = name != nullptr && *name == "sliding_attention";
    if (!slides && (name == nullptr || *name != "full_attention")) {
      bad_config("layer_types", type.text(), "sliding_attention or full_attention");
    }
    windows.push_back(slides ? window : 0);
  }
  return windows;
}

std::vector<int64_t> read_switched_windows(const Fields& fields, int64_t layers) {
  std::vector<int64_t> windows(static_cast<size_t>(layers), 0);
  const std::optional<int64_t> window = fields.integer("sliding_window", 1, kMaxPositions);
  if (!fields.flag("use_sliding_window", false) || !window) return windows;
  const std::vector<int64_t> typed = read_layer_types(fields, layers, *window);
  if (!typed.empty()) return typed;
  const int64_t first = fields.integer("max_window_layers", 0, kMaxLayers).value_or(layers);
  for (int64_t i = first; i < layers; ++i) windows[static_cast<size_t>(i)] = *window;
  return windows;
}

}  // namespace neiro
