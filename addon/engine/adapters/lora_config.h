// The settings of low-rank adaptation (Hu et al. 2021), with its variants rsLoRA and DoRA.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/peft_fields.h"
#include "core/pattern.h"
#include "io/json.h"

namespace neiro {

struct LoraConfig {
  // What A and B are at first: noise and zero; or a part of the base, which is then taken off it
  // (DecomposedLinear): its strongest directions (PiSSA), or its first columns made orthonormal
  // (OLoRA).
  enum class Start { kNoise, kPrincipal, kOrthogonal };
  // Which biases are trained, too: none, those of the layers that it stands around, or every one.
  enum class Bias { kNone, kOwn, kAll };

  int64_t rank = 0;
  double alpha = 0;
  bool rs_lora = false;
  bool dora = false;   // direction by A and B, magnitude learnt beside them (Liu et al. 2024)
  double dropout = 0;  // on the input of A, while training
  Start start = Start::kNoise;
  Bias bias = Bias::kNone;
  // Weights of experts that learn, too, by the ends of their names: "gate_up_proj", "down_proj"
  // (PEFT's target_parameters).
  std::vector<std::string> parameters;
  std::vector<int64_t> tokens;  // whose rows of the embedding are trained, each once
  // Other ranks and alphas for some layers: the first key counts that is an end of the layer's path
  // or an expression for one (PEFT's rank_pattern and alpha_pattern).
  std::vector<std::pair<std::string, int64_t>> rank_pattern;
  std::vector<std::pair<std::string, double>> alpha_pattern;

  // alpha / rank, or alpha / sqrt(rank) with rsLoRA (Kalajdzievski 2023).
  float scale() const;
  // The first key of either pattern that `used` does not take; empty where there is none.
  std::string unused_key(const std::function<bool(const Pattern&)>& used) const;
  // As a plain LoRA for the untouched base, of twice the rank, which says the same: what is stored
  // of one that starts from a part of it.
  LoraConfig plain() const;
  // As it is at the layer of that path: with its own rank and alpha, and without patterns.
  LoraConfig at(const std::string& path) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_config(const LoraConfig& config, const std::vector<std::string>& targets);
// "LORA, r 8, scale 2"
std::string describe(const LoraConfig& config);
// What LORA's adapter_config.json says of it, and the keys that PEFT writes for it.
LoraConfig read_lora_config(PeftFields& fields);
Json::Object peft_fields(const LoraConfig& config);

}  // namespace neiro
