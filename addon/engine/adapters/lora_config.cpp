// LoRA's fields of adapter_config.json, both ways.
#include "adapters/lora_config.h"

#include <cmath>

#include "core/option.h"

namespace neiro {
namespace {

constexpr int64_t kMaxRank = 4096;

// 16, not 16.0, as PEFT writes it.
Json number_of(double value) {
  if (value == std::floor(value) && std::fabs(value) < 1e15) return static_cast<int64_t>(value);
  return value;
}

}  // namespace

float LoraConfig::scale() const {
  const double r = static_cast<double>(rank);
  return static_cast<float>(alpha / (rs_lora ? std::sqrt(r) : r));
}

void check_config(const LoraConfig& config, const std::vector<std::string>&) {
  require_option(config.rank >= 1 && config.rank <= kMaxRank, "rank", config.rank,
                 "a whole number from 1 to 4096");
  require_option(std::isfinite(config.alpha) && config.alpha > 0, "alpha", config.alpha,
                 "a number above 0");
  require_option(config.dropout >= 0 && config.dropout < 1, "dropout", config.dropout,
                 "a number from 0 to below 1");
}

std::string describe(const LoraConfig& config) {
  return std::string(config.dora ? "LORA with DoRA" : "LORA") + ", r " +
         std::to_string(config.rank) + ", scale " + Json(config.scale()).text();
}

LoraConfig read_lora_config(PeftFields& fields) {
  LoraConfig config;
  config.rank = fields.integer("r");
  config.alpha = fields.number("lora_alpha");
  config.rs_lora = fields.flag("use_rslora", false);
  config.dora = fields.flag("use_dora", false);
  config.dropout = fields.number("lora_dropout", 0.0);
  // Ways to begin that leave the base as it is. Others (pissa, olora, loftq) take from the base
  // what they put into A and B: beside the base as published such an adapter is wrong.
  fields.one_of("init_lora_weights", {true, false, "gaussian", "eva", "orthogonal"});
  return config;
}

Json::Object peft_fields(const LoraConfig& config) {
  return {
      {"alora_invocation_tokens", nullptr},
      {"alpha_pattern", Json::Object{}},
      {"arrow_config", nullptr},
      {"bias", "none"},
      {"corda_config", nullptr},
      {"ensure_weight_tying", false},
      {"eva_config", nullptr},
      {"init_lora_weights", true},
      {"kasa_config", nullptr},
      {"layer_replication", nullptr},
      {"layers_pattern", nullptr},
      {"layers_to_transform", nullptr},
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
      {"rank_pattern", Json::Object{}},
      {"target_parameters", nullptr},
      {"trainable_token_indices", nullptr},
      {"use_bdlora", nullptr},
      {"use_dora", config.dora},
      {"use_qalora", false},
      {"use_rslora", config.rs_lora},
      {"velora_config", nullptr},
  };
}

}  // namespace neiro
