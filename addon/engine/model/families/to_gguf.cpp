// The table of families, and the checks of what it cannot say.
#include "model/families/to_gguf.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/error.h"
#include "core/option.h"

namespace neiro {
namespace {

constexpr GgufFamily kFamilies[] = {
    {.family = "llama",
     .architecture = "llama",
     .activation = Activation::kSilu,
     .pairs_rows = true,
     .biases = true},
    {.family = "mistral",
     .architecture = "llama",
     .activation = Activation::kSilu,
     .pairs_rows = true},
    {.family = "qwen2",
     .architecture = "qwen2",
     .activation = Activation::kSilu,
     .qkv_biases = true},
    {.family = "qwen3", .architecture = "qwen3", .activation = Activation::kSilu},
    {.family = "gemma",
     .architecture = "gemma",
     .activation = Activation::kGeluTanh,
     .untied = false},
    {.family = "gemma2",
     .architecture = "gemma2",
     .activation = Activation::kGeluTanh,
     .untied = false,
     .window_period = 2},
    {.family = "gemma3_text",
     .architecture = "gemma3",
     .activation = Activation::kGeluTanh,
     .window_period = 6},
    {.family = "phi3", .architecture = "phi3", .activation = Activation::kSilu, .partial = true},
    {.family = "granite",
     .architecture = "granite",
     .activation = Activation::kSilu,
     .pairs_rows = true,
     .biases = true,
     .scales = true},
    {.family = "olmo2",
     .architecture = "olmo2",
     .activation = Activation::kSilu,
     .tied = false,
     .whole_norms = true},
    // Known there as OLMo 2 with windows, whose rotation is the plain one.
    {.family = "olmo3",
     .architecture = "olmo2",
     .activation = Activation::kSilu,
     .window_period = 4,
     .tied = false,
     .whole_norms = true},
    {.family = "ministral3",
     .architecture = "mistral3",
     .activation = Activation::kSilu,
     .pairs_rows = true,
     .queries_grow = true},
    {.family = "lfm2", .architecture = "lfm2", .activation = Activation::kSilu, .convolves = true},
    {.family = "qwen3_5_text",
     .architecture = "qwen35",
     .activation = Activation::kSilu,
     .partial = true,
     .delta = true},
    {.family = "smollm3",
     .architecture = "smollm3",
     .activation = Activation::kSilu,
     .pairs_rows = true,
     .unrotated_period = 4},
    {.family = "glm4",
     .architecture = "glm4",
     .activation = Activation::kSilu,
     .qkv_biases = true,
     .pairs_rotate = true,
     .partial = true},
    {.family = "exaone4", .architecture = "exaone4", .activation = Activation::kSilu}};

[[noreturn]] void otherwise(const std::string& field, const std::string& value) {
  throw Error("GGUF_OTHERWISE", {{"field", field}, {"value", value}});
}

int64_t longest_window(const ModelConfig& config) {
  return config.windows.empty() ? 0
                                : *std::max_element(config.windows.begin(), config.windows.end());
}

// A window as long as any text is none.
int64_t effective(int64_t window, const ModelConfig& config) {
  return window >= config.max_position_embeddings ? 0 : window;
}

void check_windows(const GgufFamily& family, const ModelConfig& config) {
  if (family.window_period == 0) return;  // gguf_context
  const int64_t window = longest_window(config);
  for (size_t i = 0; i < config.windows.size(); ++i) {
    const bool sees_all = (i + 1) % static_cast<size_t>(family.window_period) == 0;
    const int64_t there = sees_all ? 0 : window;
    if (effective(there, config) != effective(config.windows[i], config)) {
      otherwise("layer_types", std::to_string(config.windows[i]));
    }
  }
}

bool is_near(double a, double b) { return std::fabs(a - b) < 1e-6; }

// Attention under YaRN: sharpened as its paper has it, or left as it is.
bool is_sharpened(const RopeConfig& rope) {
  return is_near(rope.attention_factor, rope.factor > 1 ? 0.1 * std::log(rope.factor) + 1 : 1);
}
bool is_unsharpened(const RopeConfig& rope) { return is_near(rope.attention_factor, 1); }

void check_rope(const GgufFamily& family, const ModelConfig& config) {
  using Kind = RopeConfig::Kind;
  const std::string architecture = family.architecture;
  const RopeConfig& rope = config.rope;
  if (config.rotary != config.head_dim && !family.partial) {
    otherwise("partial_rotary_factor", std::to_string(config.rotary));
  }
  if ((rope.kind == Kind::kLongRope) != (architecture == "phi3" && rope.kind != Kind::kDefault)) {
    otherwise("rope_scaling", architecture == "phi3" ? "not longrope" : "longrope");
  }
  if (rope.kind == Kind::kLlama3 && architecture != "llama" && architecture != "exaone4") {
    otherwise("rope_scaling", "llama3");
  }
  if (rope.kind == Kind::kYarn) {
    const bool plain = rope.beta_fast == 32 && rope.beta_slow == 1 && rope.truncate &&
                       (is_sharpened(rope) || (family.queries_grow && is_unsharpened(rope)));
    if (!plain || architecture == "gemma3") otherwise("rope_scaling", "yarn");
  }
  if (rope.query_growth > 0 && !(family.queries_grow && rope.kind == Kind::kYarn)) {
    otherwise("llama_4_scaling_beta", std::to_string(rope.query_growth));
  }
  if (config.window_rope && effective(longest_window(config), config) > 0) {
    if (config.window_rope->kind != Kind::kDefault)
      otherwise("rope_parameters", "sliding_attention");
    // There is one base for all layers.
    if (architecture == "olmo2" && config.window_rope->theta != rope.theta)
      otherwise("rope_theta", "sliding_attention");
  }
}

// Every so-manieth layer attends; 0 = they are spread in another way.
int64_t attending_period(const ModelConfig& config) {
  const auto attends = [](Mixer mixer) { return mixer == Mixer::kAttention; };
  const auto first = std::find_if(config.mixers.begin(), config.mixers.end(), attends);
  if (first == config.mixers.end()) return 0;
  const int64_t period = first - config.mixers.begin() + 1;
  for (size_t i = 0; i < config.mixers.size(); ++i) {
    if (attends(config.mixers[i]) != ((i + 1) % static_cast<size_t>(period) == 0)) return 0;
  }
  return period;
}

// What only families have that are not in the table.
void check_switches(const GgufFamily& family, const ModelConfig& config) {
  const bool gemma = family.activation == Activation::kGeluTanh;
  const float scale = gemma ? std::sqrt(static_cast<float>(config.hidden_size)) : 1.0f;
  if (!family.scales) {
    if (config.embedding_scale != scale) otherwise("embedding_multiplier", "another one");
    if (config.residual_scale != 1) otherwise("residual_multiplier", "another than 1");
    if (config.logit_scale != 1) otherwise("logits_scaling", "another than 1");
  }
  if (config.interleaved_rotary != family.pairs_rotate) {
    otherwise("rope_interleave", config.interleaved_rotary ? "true" : "false");
  }
  if (config.attention_gate != family.delta) otherwise("attn_output_gate", "another one");
  if (family.delta && attending_period(config) == 0) otherwise("layer_types", "others");
  if (config.whole_qk_norm != family.whole_norms) {
    otherwise("qk_norm", config.whole_qk_norm ? "over all heads" : "of each head");
  }
  for (size_t i = 0; i < config.rotates.size(); ++i) {
    const auto period = static_cast<size_t>(family.unrotated_period);
    const bool there = period == 0 || (i + 1) % period != 0;
    if (config.rotates[i] != there) otherwise("no_rope_layers", "others");
  }
}

void check_shape(const GgufFamily& family, const ModelConfig& config) {
  if (config.has_score_head()) throw Error("NO_LANGUAGE_HEAD");
  if (config.conv_bias) otherwise("conv_bias", "true");
  if (!config.causal) otherwise("is_causal", "false");
  if (!config.gated()) otherwise("hidden_act", "without a gate");
  check_switches(family, config);
  if (config.activation != family.activation) otherwise("hidden_act", "another one");
  if (!config.tied_head && !family.untied) otherwise("tie_word_embeddings", "false");
  if (config.tied_head && !family.tied) otherwise("tie_word_embeddings", "true");
  const bool others = config.o_bias || config.mlp_bias;
  if (others && !family.biases) otherwise("attention_bias", "true");
  if (config.qkv_bias && !family.biases && !family.qkv_biases) otherwise("attention_bias", "true");
  // gemma2 and gemma3 say their scale by query_pre_attn_scalar; llama.cpp goes by the head's size.
  const float usual = 1.0f / std::sqrt(static_cast<float>(config.head_dim));
  if (!family.scales && std::fabs(config.attention_scale - usual) > 1e-6f * usual) {
    const float scalar = 1.0f / (config.attention_scale * config.attention_scale);
    otherwise("query_pre_attn_scalar", std::to_string(std::lround(scalar)));
  }
  const bool caps = std::string_view(family.architecture) == "gemma2";
  if (caps != (config.attention_soft_cap > 0)) {
    otherwise("attn_logit_softcapping", std::to_string(config.attention_soft_cap));
  }
  if (caps && !(config.logit_soft_cap > 0)) otherwise("final_logit_softcapping", "null");
  const bool gemma3 = std::string_view(family.architecture) == "gemma3";
  if (!caps && !gemma3 && config.logit_soft_cap > 0) {
    otherwise("final_logit_softcapping", std::to_string(config.logit_soft_cap));
  }
}

uint32_t whole(int64_t number) { return static_cast<uint32_t>(number); }
float real(double number) { return static_cast<float>(number); }

// Of keys and values: one number, or one for each layer, 0 where it does not attend.
GgufEntry::Value heads_of_layers(const GgufFamily& family, const ModelConfig& config) {
  if (!family.convolves) return whole(config.kv_heads);
  std::vector<int32_t> heads(static_cast<size_t>(config.layers), config.kv_heads);
  for (size_t i = 0; i < config.mixers.size(); ++i) {
    if (config.mixers[i] != Mixer::kAttention) heads[i] = 0;
  }
  return heads;
}

void add_rope(const GgufFamily& family, const ModelConfig& config, const std::string& prefix,
              std::vector<GgufEntry>& entries) {
  using Kind = RopeConfig::Kind;
  const RopeConfig& rope = config.rope;
  entries.push_back({prefix + "rope.dimension_count", whole(config.rotary)});
  entries.push_back({prefix + "rope.freq_base", real(rope.theta)});
  if (config.window_rope && family.window_period > 0) {
    entries.push_back({prefix + "rope.freq_base_swa", real(config.window_rope->theta)});
  }
  const std::string scaling = prefix + "rope.scaling.";
  if (rope.kind == Kind::kLinear || rope.kind == Kind::kYarn) {
    const std::string type = rope.kind == Kind::kLinear ? "linear" : "yarn";
    entries.push_back({scaling + "type", type});
    entries.push_back({scaling + "factor", real(rope.factor)});
  }
  if (rope.kind == Kind::kYarn || rope.kind == Kind::kLongRope) {
    entries.push_back(
        {scaling + "original_context_length", whole(rope.original_max_position_embeddings)});
  }
  if (rope.kind == Kind::kYarn && !is_sharpened(rope)) {
    entries.push_back({scaling + "yarn_log_multiplier", real(1)});
  }
  if (rope.query_growth > 0) {
    entries.push_back({prefix + "attention.temperature_scale", real(rope.query_growth)});
  }
  if (rope.kind == Kind::kLongRope) {
    entries.push_back({scaling + "attn_factor", real(rope.attention_factor)});
  }
}

// llama.cpp's words for state space models serve delta nets, too. Of a picture the rotated pairs go
// by three positions in turn; of text all three are the same, but each pair must have one of them.
void add_delta(const ModelConfig& config, const std::string& prefix,
               std::vector<GgufEntry>& entries) {
  const DeltaShape& delta = config.delta;
  const int32_t pairs = static_cast<int32_t>(config.rotary / 2);
  entries.push_back({prefix + "rope.dimension_sections",
                     std::vector<int32_t>{(pairs + 2) / 3, (pairs + 1) / 3, pairs / 3, 0}});
  entries.push_back({prefix + "full_attention_interval", whole(attending_period(config))});
  entries.push_back({prefix + "ssm.conv_kernel", whole(config.conv_kernel)});
  entries.push_back({prefix + "ssm.state_size", whole(delta.key_dim)});
  entries.push_back({prefix + "ssm.group_count", whole(delta.key_heads)});
  entries.push_back({prefix + "ssm.time_step_rank", whole(delta.value_heads)});
  entries.push_back({prefix + "ssm.inner_size", whole(delta.value_heads * delta.value_dim)});
}

}  // namespace

const GgufFamily& gguf_family(const ModelConfig& config) {
  const auto* found =
      std::find_if(std::begin(kFamilies), std::end(kFamilies),
                   [&](const GgufFamily& family) { return config.family == family.family; });
  if (found == std::end(kFamilies)) {
    std::vector<std::string> known;
    for (const GgufFamily& family : kFamilies) known.emplace_back(family.family);
    throw Error("GGUF_FAMILY", {{"family", config.family}, {"known", list_of(known)}});
  }
  check_shape(*found, config);
  check_windows(*found, config);
  check_rope(*found, config);
  return *found;
}

int64_t gguf_context(const GgufFamily& family, const ModelConfig& config) {
  int64_t context = config.max_position_embeddings;
  if (family.window_period > 0) return context;
  for (const int64_t window : config.windows) {
    if (window > 0) context = std::min(context, window);
  }
  return context;
}

std::vector<GgufEntry> gguf_architecture(const GgufFamily& family, const ModelConfig& config) {
  const std::string prefix = std::string(family.architecture) + ".";
  const std::string attention = prefix + "attention.";
  std::vector<GgufEntry> entries = {
      {prefix + "context_length", whole(gguf_context(family, config))},
      {prefix + "embedding_length", whole(config.hidden_size)},
      {prefix + "block_count", whole(config.layers)},
      {prefix + "feed_forward_length", whole(config.intermediate_size)},
      {prefix + "vocab_size", whole(config.vocab_size)},
      {attention + "head_count", whole(config.heads)},
      {attention + "head_count_kv", heads_of_layers(family, config)},
      {attention + "key_length", whole(config.head_dim)},
      {attention + "value_length", whole(config.head_dim)},
      {attention + "layer_norm_rms_epsilon", config.norm_epsilon}};
  add_rope(family, config, prefix, entries);
  if (family.convolves)
    entries.push_back({prefix + "shortconv.l_cache", whole(config.conv_kernel)});
  if (family.delta) add_delta(config, prefix, entries);
  const int64_t window = longest_window(config);
  if (family.window_period > 0 && window > 0) {
    entries.push_back({attention + "sliding_window", whole(window)});
  }
  if (family.scales) {
    entries.push_back({attention + "scale", config.attention_scale});
    entries.push_back({prefix + "embedding_scale", config.embedding_scale});
    entries.push_back({prefix + "residual_scale", config.residual_scale});
    // There logits are divided by it.
    entries.push_back({prefix + "logit_scale", 1 / config.logit_scale});
  }
  if (config.attention_soft_cap > 0) {
    entries.push_back({prefix + "attn_logit_softcapping", config.attention_soft_cap});
  }
  if (config.logit_soft_cap > 0) {
    entries.push_back({prefix + "final_logit_softcapping", config.logit_soft_cap});
  }
  return entries;
}

std::vector<int64_t> gguf_shape(const TensorSlot& slot) {
  if (slot.dims.size() != 3 || slot.dims[1] != 1) return slot.shape();
  return {slot.dims[0], slot.dims[2]};
}

std::vector<GgufFactors> gguf_rope_factors(const ModelConfig& config) {
  const RopeConfig& rope = config.rope;
  if (rope.kind == RopeConfig::Kind::kLongRope) {
    const auto floats = [](const std::vector<double>& from) {
      return std::vector<float>(from.begin(), from.end());
    };
    return {{"rope_factors_long.weight", floats(rope.long_factors)},
            {"rope_factors_short.weight", floats(rope.short_factors)}};
  }
  if (rope.kind != RopeConfig::Kind::kLlama3) return {};
  RopeConfig plain;
  plain.theta = rope.theta;
  const std::vector<float> scaled = rope_frequencies(rope, config.rotary);
  std::vector<float> factors = rope_frequencies(plain, config.rotary);
  for (size_t i = 0; i < factors.size(); ++i) factors[i] /= scaled[i];
  return {{"rope_freqs.weight", std::move(factors)}};
}

}  // namespace neiro
