// The settings of the adapters that put virtual tokens before each example: prompt tuning (Lester
// et al. 2021), which learns their embeddings, and prefix tuning (Li & Liang 2021), which learns
// their keys and values in every layer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/peft_fields.h"
#include "io/json.h"
#include "model/config.h"

namespace neiro {

struct VirtualTokensConfig {
  enum class Kind { kPrompt, kPrefix, kEncoded };  // the last is P-tuning
  Kind kind = Kind::kPrompt;
  int64_t tokens = 0;
  // Of P-tuning: how wide the network is that makes the embeddings, and what PEFT calls its kind.
  // In a file only what it gave is left.
  int64_t encoder_width = 0;
  std::string encoder = "MLP";
  // Of the model, as PEFT writes them into the file; for a prefix those of its keys.
  int64_t layers = 0;
  int64_t heads = 0;
  int64_t width = 0;

  void take_sizes(const ModelConfig& model);
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_config(const VirtualTokensConfig& config, const std::vector<std::string>& targets);
// "PROMPT_TUNING, 6 virtual tokens"
std::string describe(const VirtualTokensConfig& config);
// What the kind's adapter_config.json says of it, and the keys that PEFT writes for it.
VirtualTokensConfig read_virtual_tokens_config(PeftFields& fields, VirtualTokensConfig::Kind kind);
Json::Object peft_fields(const VirtualTokensConfig& config);

}  // namespace neiro
