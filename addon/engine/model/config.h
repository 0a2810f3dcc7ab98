// A model as its config.json describes it, reduced to what the computation needs. The only place
// that knows families by name: the code behind reads sizes and switches, never a family.
// Where other families will differ: norms of 1 + w, scaled embeddings and soft caps (Gemma), fused
// projections (Phi-3), bidirectional attention and learnt positions (BERT); none of it is here yet.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/json.h"
#include "model/rope.h"

namespace neiro {

struct ModelConfig {
  std::string family;  // model_type
  int64_t hidden_size = 0;
  int64_t intermediate_size = 0;
  int64_t layers = 0;
  int heads = 0;
  int kv_heads = 0;
  int head_dim = 0;
  int64_t vocab_size = 0;
  int64_t max_position_embeddings = 0;
  float rms_norm_eps = 1e-6f;
  RopeConfig rope;
  bool qkv_bias = false;
  bool o_bias = false;
  bool mlp_bias = false;
  bool qk_norm = false;          // RMS norm over head_dim on queries and keys (Qwen3)
  bool tied_head = false;        // lm_head is the embedding
  std::vector<int64_t> windows;  // [layers] sliding window; 0 = full attention

  int64_t query_size() const { return static_cast<int64_t>(heads) * head_dim; }
  int64_t kv_size() const { return static_cast<int64_t>(kv_heads) * head_dim; }
};

// model_type of every family the engine knows.
const std::vector<std::string>& known_families();

// From config.json of Transformers 4 or 5. Throws Error UNKNOWN_ARCHITECTURE, UNSUPPORTED_ROPE,
// UNSUPPORTED_MODEL (a switch that is not implemented) or BAD_CONFIG {field, value, expected}.
ModelConfig parse_config(const Json& json);

}  // namespace neiro
