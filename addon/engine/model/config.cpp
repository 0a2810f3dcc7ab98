// Reading config.json: every field is checked here, so that nothing behind has to doubt a size.
#include "model/config.h"

#include <cmath>
#include <optional>

#include "core/error.h"

namespace neiro {
namespace {

constexpr int64_t kMaxHidden = 1 << 16;
constexpr int64_t kMaxIntermediate = 1 << 20;
constexpr int64_t kMaxLayers = 1 << 10;
constexpr int64_t kMaxHeads = 1 << 10;
constexpr int64_t kMaxHeadDim = 1 << 10;
constexpr int64_t kMaxVocab = 1 << 22;
constexpr int64_t kMaxPositions = 1 << 26;

// What a family fixes where the config is silent.
struct Family {
  const char* model_type;
  const char* architecture;
  bool qkv_bias;  // whatever the config says
  bool reads_attention_bias;
  bool reads_mlp_bias;
  bool qk_norm;
  enum class Window { kNone, kAllLayers, kSomeLayers } window;
};
constexpr Family kFamilies[] = {
    {"llama", "LlamaForCausalLM", false, true, true, false, Family::Window::kNone},
    {"mistral", "MistralForCausalLM", false, false, false, false, Family::Window::kAllLayers},
    {"qwen2", "Qwen2ForCausalLM", true, false, false, false, Family::Window::kSomeLayers},
    {"qwen3", "Qwen3ForCausalLM", false, true, false, true, Family::Window::kSomeLayers},
};

std::string list_of_families() {
  std::string list;
  for (const Family& family : kFamilies) {
    if (!list.empty()) list += ", ";
    list += family.model_type;
  }
  return list;
}

[[noreturn]] void unknown_architecture(const std::string& name) {
  throw Error("UNKNOWN_ARCHITECTURE", {{"architecture", name}, {"known", list_of_families()}});
}

[[noreturn]] void unsupported(const std::string& field, const std::string& value) {
  throw Error("UNSUPPORTED_MODEL", {{"field", field}, {"value", value}});
}

[[noreturn]] void bad_config(const std::string& field, const std::string& value,
                             const std::string& expected) {
  throw Error("BAD_CONFIG", {{"field", field}, {"value", value}, {"expected", expected}});
}

// Fields of an object, by kind and range. null counts as absent.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  bool mentions(const char* name) const { return json_.find(name) != nullptr; }
  const Json* find(const char* name) const {
    const Json* value = json_.find(name);
    return value != nullptr && !value->is_null() ? value : nullptr;
  }
  std::optional<int64_t> integer(const char* name, int64_t low, int64_t high) const {
    const Json* value = find(name);
    if (value == nullptr) return std::nullopt;
    const std::optional<int64_t> number = value->integer();
    if (!number || *number < low || *number > high) {
      bad_config(name, value->text(),
                 "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return number;
  }
  int64_t required(const char* name, int64_t low, int64_t high) const {
    const std::optional<int64_t> value = integer(name, low, high);
    if (!value) bad_config(name, "nothing", "a whole number");
    return *value;
  }
  double positive(const char* name, double fallback) const {
    const Json* value = find(name);
    if (value == nullptr) return fallback;
    const std::optional<double> number = value->number();
    if (!number || !std::isfinite(*number) || *number <= 0) {
      bad_config(name, value->text(), "a number above 0");
    }
    return *number;
  }
  bool flag(const char* name, bool fallback) const {
    const Json* value = find(name);
    if (value == nullptr) return fallback;
    if (!value->boolean()) bad_config(name, value->text(), "true or false");
    return *value->boolean();
  }
  std::string text(const char* name, const std::string& fallback) const {
    const Json* value = find(name);
    if (value == nullptr) return fallback;
    if (value->string() == nullptr) bad_config(name, value->text(), "a text");
    return *value->string();
  }

 private:
  const Json& json_;
};

const Family& find_family(const Fields& fields) {
  const std::string model_type = fields.text("model_type", "");
  std::string architecture;
  if (const Json* list = fields.find("architectures")) {
    if (list->array() == nullptr || list->array()->size() != 1 ||
        list->array()->front().string() == nullptr) {
      bad_config("architectures", list->text(), "a list of one name");
    }
    architecture = *list->array()->front().string();
  }
  for (const Family& family : kFamilies) {
    if (model_type.empty() ? architecture == family.architecture
                           : model_type == family.model_type) {
      if (!architecture.empty() && architecture != family.architecture) break;
      return family;
    }
  }
  unknown_architecture(!architecture.empty() ? architecture
                                             : (model_type.empty() ? "unnamed" : model_type));
}

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
  if (partial != 1.0) unsupported("partial_rotary_factor", json->text());
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

std::vector<int64_t> read_windows(const Fields& fields, const Family& family, int64_t layers) {
  std::vector<int64_t> windows(static_cast<size_t>(layers), 0);
  if (family.window == Family::Window::kNone) return windows;
  const std::optional<int64_t> window = fields.integer("sliding_window", 1, kMaxPositions);
  if (family.window == Family::Window::kAllLayers) {
    // Mistral's own default is 4096; only an explicit null means full attention.
    const bool silent = !fields.mentions("sliding_window");
    if (window || silent) windows.assign(windows.size(), window.value_or(4096));
    return windows;
  }
  if (!fields.flag("use_sliding_window", false) || !window) return windows;
  const Json* types = fields.find("layer_types");
  if (types != nullptr) {
    if (types->array() == nullptr || types->array()->size() != windows.size()) {
      bad_config("layer_types", types->text(), std::to_string(layers) + " names");
    }
    for (size_t i = 0; i < windows.size(); ++i) {
      const std::string* type = (*types->array())[i].string();
      if (type != nullptr && *type == "sliding_attention") {
        windows[i] = *window;
      } else if (type == nullptr || *type != "full_attention") {
        bad_config("layer_types", (*types->array())[i].text(),
                   "sliding_attention or full_attention");
      }
    }
    return windows;
  }
  const int64_t first = fields.integer("max_window_layers", 0, kMaxLayers).value_or(layers);
  for (int64_t i = first; i < layers; ++i) windows[static_cast<size_t>(i)] = *window;
  return windows;
}

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

const std::vector<std::string>& known_families() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Family& family : kFamilies) list.emplace_back(family.model_type);
    return list;
  }();
  return names;
}

ModelConfig parse_config(const Json& json) {
  const Fields fields(json);
  const Family& family = find_family(fields);
  const std::string activation = fields.text("hidden_act", "silu");
  if (activation != "silu") unsupported("hidden_act", activation);
  if (fields.find("quantization_config")) unsupported("quantization_config", "set");

  ModelConfig config;
  config.family = family.model_type;
  config.hidden_size = fields.required("hidden_size", 1, kMaxHidden);
  config.intermediate_size = fields.required("intermediate_size", 1, kMaxIntermediate);
  config.layers = fields.required("num_hidden_layers", 1, kMaxLayers);
  config.vocab_size = fields.required("vocab_size", 1, kMaxVocab);
  config.max_position_embeddings =
      fields.integer("max_position_embeddings", 1, kMaxPositions).value_or(2048);
  read_heads(fields, config);
  config.rms_norm_eps = static_cast<float>(fields.positive("rms_norm_eps", 1e-6));
  config.rope = read_rope(fields);
  const bool attention_bias = family.reads_attention_bias && fields.flag("attention_bias", false);
  config.qkv_bias = family.qkv_bias || attention_bias;
  config.o_bias = attention_bias;
  config.mlp_bias = family.reads_mlp_bias && fields.flag("mlp_bias", false);
  config.qk_norm = family.qk_norm;
  config.tied_head = fields.flag("tie_word_embeddings", false);
  config.windows = read_windows(fields, family, config.layers);
  return config;
}

}  // namespace neiro
