// LoRA's fields of adapter_config.json, both ways.
#include "adapters/lora_config.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "adapters/module_choice.h"
#include "core/error.h"
#include "core/option.h"

namespace neiro {
namespace {

constexpr int64_t kMaxRank = 4096;

// 16, not 16.0, as PEFT writes it.
Json number_of(double value) {
  if (value == std::floor(value) && std::fabs(value) < 1e15) return static_cast<int64_t>(value);
  return value;
}

// The key as PEFT takes it (get_pattern_key): the last words of a path, or an expression for them.
std::optional<Pattern> pattern_of(const std::string& key) {
  return Pattern::read("(.*\\.)?(" + key + ")");
}

template <class Value>
Value at_path(const std::vector<std::pair<std::string, Value>>& pattern, const std::string& path,
              Value otherwise) {
  for (const auto& [key, value] : pattern) {
    const std::optional<Pattern> found = pattern_of(key);
    if (found && found->matches(path)) return value;
  }
  return otherwise;
}

template <class Value>
Json::Object pattern_object(const std::vector<std::pair<std::string, Value>>& pattern) {
  Json::Object object;
  for (const auto& [key, value] : pattern) {
    object.emplace_back(key, number_of(static_cast<double>(value)));
  }
  return object;
}

void check_rank(int64_t rank) {
  require_option(rank >= 1 && rank <= kMaxRank, "rank", rank, "a whole number from 1 to 4096");
}

void check_alpha(double alpha) {
  require_option(std::isfinite(alpha) && alpha > 0, "alpha", alpha, "a number above 0");
}

const char* name_of(LoraConfig::Start start) {
  return start == LoraConfig::Start::kPrincipal ? "pissa" : "olora";
}

const char* name_of(LoraConfig::Bias bias) {
  if (bias == LoraConfig::Bias::kNone) return "none";
  return bias == LoraConfig::Bias::kOwn ? "lora_only" : "all";
}

Json::Array list(const std::vector<int64_t>& numbers) { return {numbers.begin(), numbers.end()}; }

LoraConfig::Bias read_bias(PeftFields& fields) {
  const std::string text = fields.text("bias", "none");
  for (const auto bias :
       {LoraConfig::Bias::kNone, LoraConfig::Bias::kOwn, LoraConfig::Bias::kAll}) {
    if (text == name_of(bias)) return bias;
  }
  throw Error("UNSUPPORTED_ADAPTER", {{"field", "bias"}, {"value", text}});
}

bool each_once(std::vector<int64_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end();
}

// A list, for the embedding; or PEFT's object of lists by module, where it names the embedding
// alone.
std::vector<int64_t> read_tokens(PeftFields& fields) {
  const std::vector<int64_t> tokens =
      fields.integers("trainable_token_indices", {"embed_tokens", "word_embeddings"});
  if (!each_once(tokens)) {
    throw Error("UNSUPPORTED_ADAPTER",
                {{"field", "trainable_token_indices"}, {"value", Json(list(tokens)).text()}});
  }
  return tokens;
}

void refuse_unknown(const char* field, const std::string& key) {
  if (!pattern_of(key)) throw Error("UNSUPPORTED_ADAPTER", {{"field", field}, {"value", key}});
}

void check_key(const char* option, const std::string& key) {
  require_option(pattern_of(key).has_value(), option, key,
                 "ends of module names, or expressions without references and look-around");
}

}  // namespace

LoraConfig LoraConfig::at(const std::string& path) const {
  LoraConfig config = *this;
  config.rank = at_path(rank_pattern, path, rank);
  config.alpha = at_path(alpha_pattern, path, alpha);
  config.rank_pattern.clear();
  config.alpha_pattern.clear();
  return config;
}

std::string LoraConfig::unused_key(const std::function<bool(const Pattern&)>& used) const {
  const auto find = [&](const auto& pattern) -> std::string {
    for (const auto& [key, value] : pattern) {
      const std::optional<Pattern> found = pattern_of(key);
      if (!found || !used(*found)) return key;
    }
    return "";
  };
  const std::string rank_key = find(rank_pattern);
  return rank_key.empty() ? find(alpha_pattern) : rank_key;
}

LoraConfig LoraConfig::plain() const {
  if (start == Start::kNoise) return *this;
  LoraConfig config = *this;
  config.start = Start::kNoise;
  const double more = rs_lora ? std::sqrt(2.0) : 2.0;  // the scale stays
  config.rank *= 2;
  config.alpha *= more;
  for (auto& [key, value] : config.rank_pattern) value *= 2;
  for (auto& [key, value] : config.alpha_pattern) value *= more;
  return config;
}

float LoraConfig::scale() const {
  const double r = static_cast<double>(rank);
  return static_cast<float>(alpha / (rs_lora ? std::sqrt(r) : r));
}

void check_config(const LoraConfig& config, const std::vector<std::string>&) {
  check_rank(config.rank);
  check_alpha(config.alpha);
  for (const auto& [key, rank] : config.rank_pattern) {
    check_key("rankPattern", key);
    check_rank(rank);
  }
  for (const auto& [key, alpha] : config.alpha_pattern) {
    check_key("alphaPattern", key);
    check_alpha(alpha);
  }
  require_option(config.start == LoraConfig::Start::kNoise || !config.dora, "dora", "true",
                 "false with a start from the base,");
  require_option(config.bias == LoraConfig::Bias::kNone || !config.dora, "bias", "trained",
                 "none with dora,");
  require_option(each_once(config.tokens), "trainTokens", Json(list(config.tokens)).text(),
                 "ids of tokens, each once");
  require_option(config.parameters.empty() || config.dropout == 0, "dropout", config.dropout,
                 "0 where weights of experts learn,");
  require_option(
      config.parameters.empty() || (!config.dora && config.start == LoraConfig::Start::kNoise),
      "dora, start", "other ways", "plain LoRA where weights of experts learn,");
  require_option(config.dropout >= 0 && config.dropout < 1, "dropout", config.dropout,
                 "a number from 0 to below 1");
}

std::string describe(const LoraConfig& config) {
  return std::string(config.dora ? "LORA with DoRA" : "LORA") + ", r " +
         std::to_string(config.rank) + ", scale " + Json(config.scale()).text() +
         (config.start == LoraConfig::Start::kNoise ? ""
                                                    : std::string(", ") + name_of(config.start)) +
         (config.bias == LoraConfig::Bias::kNone ? ""
                                                 : std::string(", bias ") + name_of(config.bias)) +
         (config.parameters.empty() ? "" : ", experts' " + list_of(config.parameters)) +
         (config.tokens.empty() ? "" : ", tokens " + Json(list(config.tokens)).text());
}

LoraConfig read_lora_config(PeftFields& fields) {
  LoraConfig config;
  config.rank = fields.integer("r");
  config.alpha = fields.number("lora_alpha");
  config.rs_lora = fields.flag("use_rslora", false);
  config.dora = fields.flag("use_dora", false);
  config.dropout = fields.number("lora_dropout", 0.0);
  for (const auto& [key, rank] : fields.numbers("rank_pattern")) {
    if (rank != std::floor(rank)) throw Error("BAD_ADAPTER_CONFIG", {{"field", "rank_pattern"}});
    config.rank_pattern.emplace_back(key, static_cast<int64_t>(rank));
  }
  config.alpha_pattern = fields.numbers("alpha_pattern");
  for (const auto& [key, rank] : config.rank_pattern) refuse_unknown("rank_pattern", key);
  for (const auto& [key, alpha] : config.alpha_pattern) refuse_unknown("alpha_pattern", key);
  config.bias = read_bias(fields);
  config.tokens = read_tokens(fields);
  config.parameters = fields.names("target_parameters");
  for (const std::string& name : config.parameters) {
    if (names_path("gate_up_proj", name) || names_path("down_proj", name)) continue;
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "target_parameters"}, {"value", name}});
  }
  // Beside those of Start, ways to begin that leave the base as it is. Others (loftq, pissa's quick
  // one) take from the base what cannot be known here: beside it such an adapter is wrong.
  const std::optional<std::string> start = fields.text_alone("init_lora_weights");
  if (start == name_of(LoraConfig::Start::kPrincipal)) {
    config.start = LoraConfig::Start::kPrincipal;
  } else if (start == name_of(LoraConfig::Start::kOrthogonal)) {
    config.start = LoraConfig::Start::kOrthogonal;
  } else {
    fields.one_of("init_lora_weights", {true, false, "gaussian", "eva", "orthogonal"});
  }
  return config;
}

Json::Object peft_fields(const LoraConfig& config) {
  const bool noise = config.start == LoraConfig::Start::kNoise;
  const Json start = noise ? Json(true) : Json(name_of(config.start));
  return {
      {"alora_invocation_tokens", nullptr},
      {"alpha_pattern", pattern_object(config.alpha_pattern)},
      {"arrow_config", nullptr},
      {"bias", name_of(config.bias)},
      {"corda_config", nullptr},
      {"ensure_weight_tying", false},
      {"eva_config", nullptr},
      {"init_lora_weights", start},
      {"kasa_config", nullptr},
      {"layer_replication", nullptr},
      {"loftq_config", Json::Object{}},
      {"lora_alpha", number_of(config.alpha)},
      {"lora_bias", false},
      {"lora_dropout", config.dropout},
      {"lora_ga_config", nullptr},
      {"megatron_config", nullptr},
      {"megatron_core", "megatron.core"},
      {"monteclora_config", nullptr},
      {"peft_type", "LORA"},
      {"qalora_group_size", 16},
      {"r", config.rank},
      {"rank_pattern", pattern_object(config.rank_pattern)},
      {"target_parameters", config.parameters.empty() ? Json()
                                                      : Json(Json::Array(config.parameters.begin(),
                                                                         config.parameters.end()))},
      {"trainable_token_indices", config.tokens.empty() ? Json() : Json(list(config.tokens))},
      {"use_bdlora", nullptr},
      {"use_dora", config.dora},
      {"use_qalora", false},
      {"use_rslora", config.rs_lora},
      {"velora_config", nullptr},
  };
}

}  // namespace neiro
