// Every size is checked here, so that nothing behind has to doubt one.
#include "model/families/decoder.h"

#include <cmath>

#include "core/error.h"

namespace neiro {
namespace {

constexpr int64_t kUsualWindow = 4096;

void read_heads(const Fields& fields, const Defaults& defaults, ModelConfig& config) {
  config.heads = static_cast<int>(fields.required("num_attention_heads", 1, kMaxHeads));
  // An explicit null is as many as heads; silence is the family's own number.
  const bool silent = !fields.mentions("num_key_value_heads") && defaults.kv_heads > 0;
  config.kv_heads = static_cast<int>(fields.integer("num_key_value_heads", 1, kMaxHeads)
                                         .value_or(silent ? defaults.kv_heads : config.heads));
  if (config.heads % config.kv_heads != 0) {
    bad_config("num_key_value_heads", std::to_string(config.kv_heads),
               "a divisor of num_attention_heads = " + std::to_string(config.heads));
  }
  std::optional<int64_t> head_dim = fields.integer("head_dim", 2, kMaxHeadDim);
  if (!fields.mentions("head_dim") && defaults.head_dim > 0) head_dim = defaults.head_dim;
  if (!head_dim && config.hidden_size % config.heads != 0) {
    bad_config("hidden_size", std::to_string(config.hidden_size),
               "a multiple of num_attention_heads = " + std::to_string(config.heads));
  }
  config.head_dim = static_cast<int>(head_dim.value_or(config.hidden_size / config.heads));
  if (config.head_dim % 2 != 0) {
    bad_config("head_dim", std::to_string(config.head_dim), "an even number");
  }
}

// The older word comes first where both say something, as in Transformers 5.
const Json* find_rope(const Fields& fields) {
  for (const char* name : {"rope_scaling", "rope_parameters"}) {
    const Json* json = fields.find(name);
    if (json == nullptr) continue;
    if (json->object() == nullptr) bad_config(name, json->text(), "an object");
    if (!json->object()->empty()) return json;
  }
  return nullptr;
}

// A part of every head is rotated: partial_rotary_factor, inside of rope_parameters or beside it.
int read_rotary(const Fields& fields, int head_dim, double fallback) {
  double factor = fields.positive("partial_rotary_factor", fallback);
  if (const Json* rope = find_rope(fields)) {
    factor = Fields(*rope).positive("partial_rotary_factor", factor);
  }
  const int rotary = factor <= 1 ? static_cast<int>(head_dim * factor) : 0;
  if (rotary < 2 || rotary % 2 != 0) {
    bad_config("partial_rotary_factor", std::to_string(factor),
               "an even number of the " + std::to_string(head_dim) + " values of a head");
  }
  return rotary;
}

// Beside the rotation, in it, or what the model was made for.
int64_t original_positions(const Fields& rope, const Fields& fields, const ModelConfig& model) {
  constexpr const char* kName = "original_max_position_embeddings";
  return fields.integer(kName, 2, kMaxPositions)
      .value_or(rope.integer(kName, 2, kMaxPositions).value_or(model.max_position_embeddings));
}

void read_llama3(const Fields& rope, RopeConfig& config) {
  config.kind = RopeConfig::Kind::kLlama3;
  config.low_freq_factor = rope.positive("low_freq_factor", 1.0);
  config.high_freq_factor = rope.positive("high_freq_factor", 4.0);
  if (config.high_freq_factor <= config.low_freq_factor) {
    bad_config("high_freq_factor", std::to_string(config.high_freq_factor),
               "more than low_freq_factor");
  }
}

// YaRN (Peng et al. 2023): attention is sharpened by 0.1 ln(factor) + 1, half of it on either side.
void read_yarn(const Fields& rope, const ModelConfig& model, RopeConfig& config) {
  config.kind = RopeConfig::Kind::kYarn;
  const double original = static_cast<double>(config.original_max_position_embeddings);
  if (!rope.find("factor")) {
    config.factor = static_cast<double>(model.max_position_embeddings) / original;
  }
  const auto sharper = [&](double scale) {
    return config.factor > 1 ? 0.1 * scale * std::log(config.factor) + 1.0 : 1.0;
  };
  const double one = rope.zero_or_more("mscale", 0), all = rope.zero_or_more("mscale_all_dim", 0);
  const double usual = one > 0 && all > 0 ? sharper(one) / sharper(all) : sharper(1);
  config.attention_factor = rope.positive("attention_factor", usual);
  config.beta_fast = rope.positive("beta_fast", 32.0);
  config.beta_slow = rope.positive("beta_slow", 1.0);
  config.truncate = rope.flag("truncate", true);
}

// LongRoPE (Ding et al. 2024): wavelengths times a factor each. Attention is sharpened by
// sqrt(1 + ln(longest / original) / ln(original)), half of it on either side of the scores.
void read_longrope(const Fields& rope, const Fields& fields, const ModelConfig& model,
                   RopeConfig& config) {
  config.kind = RopeConfig::Kind::kLongRope;
  const size_t half = static_cast<size_t>(model.rotary / 2);
  config.short_factors = rope.positives("short_factor", half);
  config.long_factors = rope.positives("long_factor", half);
  const std::optional<int64_t> own =
      fields.integer("original_max_position_embeddings", 2, kMaxPositions);
  const double original = static_cast<double>(config.original_max_position_embeddings);
  const double longer = own ? static_cast<double>(model.max_position_embeddings) / original
                            : rope.positive("factor", 1.0);
  const double usual = longer > 1 ? std::sqrt(1 + std::log(longer) / std::log(original)) : 1.0;
  config.attention_factor = rope.positive("attention_factor", usual);
}

}  // namespace

RopeConfig read_rope_of(const Fields& rope, const Fields& fields, const ModelConfig& config,
                        double theta) {
  RopeConfig read;
  read.theta = rope.positive("rope_theta", theta);
  const std::string type = rope.text("rope_type", rope.text("type", "default"));
  if (type == "default") return read;
  // Beyond the positions of the config it would stretch; no pass goes there.
  if (type == "dynamic") return read;
  // Without a factor these two mean nothing; Transformers refuses them as well.
  if ((type == "linear" || type == "llama3") && !rope.find("factor")) {
    bad_config("factor", "", "a number above 0");
  }
  read.factor = rope.positive("factor", 1.0);
  read.original_max_position_embeddings = original_positions(rope, fields, config);
  if (type == "linear") {
    read.kind = RopeConfig::Kind::kLinear;
  } else if (type == "llama3") {
    read_llama3(rope, read);
  } else if (type == "proportional") {
    read.kind = RopeConfig::Kind::kProportional;
    read.turned = rope.positive("partial_rotary_factor", 1.0);
    if (read.turned > 1) {
      bad_config("partial_rotary_factor", std::to_string(read.turned), "at most 1");
    }
  } else if (type == "yarn") {
    read_yarn(rope, config, read);
  } else if (type == "longrope" || type == "su") {  // its name in the first configs
    read_longrope(rope, fields, config, read);
  } else {
    throw Error("UNSUPPORTED_ROPE", {{"rope", type}});
  }
  return read;
}

RopeConfig read_rope(const Fields& fields, const ModelConfig& config, double theta) {
  RopeConfig plain;
  plain.theta = fields.positive("rope_theta", theta);
  const Json* json = find_rope(fields);
  return json == nullptr ? plain : read_rope_of(Fields(*json), fields, config, plain.theta);
}

Activation read_activation(const Fields& fields, const char* name, const char* fallback) {
  const std::string text = fields.text(name, fallback);
  if (text == "silu" || text == "swish") return Activation::kSilu;
  if (text == "gelu") return Activation::kGelu;
  if (text == "gelu_pytorch_tanh" || text == "gelu_new" || text == "gelu_fast")
    return Activation::kGeluTanh;
  if (text == "relu") return Activation::kRelu;
  if (text == "tanh") return Activation::kTanh;
  unsupported_model(name, text);
}

ModelConfig read_decoder(const Fields& fields, const Defaults& defaults) {
  ModelConfig config;
  config.hidden_size = fields.required("hidden_size", 1, kMaxHidden);
  config.intermediate_size = fields.required("intermediate_size", 1, kMaxIntermediate);
  config.layers = fields.required("num_hidden_layers", 1, kMaxLayers);
  config.vocab_size = fields.required("vocab_size", 1, kMaxVocab);
  config.max_position_embeddings =
      fields.integer("max_position_embeddings", 1, kMaxPositions).value_or(defaults.positions);
  read_heads(fields, defaults, config);
  config.attention_scale = 1.0f / std::sqrt(static_cast<float>(config.head_dim));
  config.norm_epsilon = static_cast<float>(fields.positive("rms_norm_eps", defaults.rms_norm_eps));
  config.activation = read_activation(fields, "hidden_act", "silu");
  config.rotary = read_rotary(fields, config.head_dim, defaults.partial_rotary);
  config.rope = read_rope(fields, config, defaults.rope_theta);
  config.tied_head = fields.flag("tie_word_embeddings", defaults.tied_head);
  config.windows.assign(static_cast<size_t>(config.layers), 0);
  config.rotates.assign(static_cast<size_t>(config.layers), true);
  return config;
}

std::optional<std::vector<bool>> read_full_attention(const Fields& fields, int64_t layers,
                                                     const std::string& other) {
  const Json* types = fields.find("layer_types");
  if (types == nullptr) return std::nullopt;
  if (types->array() == nullptr || static_cast<int64_t>(types->array()->size()) != layers) {
    bad_config("layer_types", types->text(), std::to_string(layers) + " names");
  }
  std::vector<bool> full;
  for (const Json& type : *types->array()) {
    const std::string* name = type.string();
    full.push_back(name != nullptr && *name == "full_attention");
    if (!full.back() && (name == nullptr || *name != other)) {
      bad_config("layer_types", type.text(), other + " or full_attention");
    }
  }
  return full;
}

std::vector<int64_t> read_layer_types(const Fields& fields, int64_t layers, int64_t window) {
  const std::optional<std::vector<bool>> full =
      read_full_attention(fields, layers, "sliding_attention");
  if (!full) return {};
  std::vector<int64_t> windows;
  for (const bool sees_all : *full) windows.push_back(sees_all ? 0 : window);
  return windows;
}

void read_typed_ropes(const Fields& fields, ModelConfig& config, double theta,
                      double window_theta) {
  RopeConfig windowed;
  windowed.theta = window_theta;
  config.window_rope = windowed;
  const Json* json = fields.find("rope_parameters");
  if (json == nullptr) return;
  const Fields types(*json);
  if (const Json* own = types.find("full_attention")) {
    config.rope = read_rope_of(Fields(*own), fields, config, theta);
  }
  if (const Json* own = types.find("sliding_attention")) {
    config.window_rope = read_rope_of(Fields(*own), fields, config, window_theta);
  }
}

int64_t read_window(const Fields& fields, int64_t fallback) {
  return fields.integer("sliding_window", 1, kMaxPositions)
      .value_or(fields.mentions("sliding_window") ? 0 : fallback);
}

std::vector<int64_t> read_windows(const Fields& fields, int64_t layers, int64_t window,
                                  int64_t period) {
  std::vector<int64_t> windows = read_layer_types(fields, layers, window);
  if (!windows.empty()) return windows;
  for (int64_t i = 0; i < layers; ++i) windows.push_back((i + 1) % period != 0 ? window : 0);
  return windows;
}

std::vector<int64_t> read_switched_windows(const Fields& fields, int64_t layers) {
  std::vector<int64_t> windows(static_cast<size_t>(layers), 0);
  // Switched off, whatever else is said of it means nothing (some write 0).
  if (!fields.flag("use_sliding_window", false)) return windows;
  std::optional<int64_t> window = fields.integer("sliding_window", 1, kMaxPositions);
  if (!fields.mentions("sliding_window")) window = kUsualWindow;
  if (!window) return windows;
  const std::vector<int64_t> typed = read_layer_types(fields, layers, *window);
  if (!typed.empty()) return typed;
  const int64_t first = fields.integer("max_window_layers", 0, kMaxLayers).value_or(28);
  for (int64_t i = first; i < layers; ++i) windows[static_cast<size_t>(i)] = *window;
  return windows;
}

}  // namespace neiro
