// A model as the computation needs it: sizes, switches and the names of its tensors. A family
// (families/) fills it in from config.json; the code behind reads it and asks for no family.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/rope.h"

namespace neiro {

// What the tensors are called in the files, by their part in the computation; those of a layer
// stand behind "model.layers.N.".
struct TensorNames {
  std::string embedding = "model.embed_tokens";
  std::string layers = "model.layers";
  std::string attention_norm = "input_layernorm";
  std::string q = "self_attn.q_proj";
  std::string k = "self_attn.k_proj";
  std::string v = "self_attn.v_proj";
  std::string o = "self_attn.o_proj";
  std::string q_norm = "self_attn.q_norm";
  std::string k_norm = "self_attn.k_norm";
  std::string mlp_norm = "post_attention_layernorm";
  std::string gate = "mlp.gate_proj";
  std::string up = "mlp.up_proj";
  std::string down = "mlp.down_proj";
  std::string final_norm = "model.norm";
  std::string head = "lm_head";
};

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
  bool qk_norm = false;          // RMS norm over head_dim on queries and keys
  bool tied_head = false;        // lm_head is the embedding
  std::vector<int64_t> windows;  // [layers] sliding window; 0 = full attention
  TensorNames names;

  int64_t query_size() const { return static_cast<int64_t>(heads) * head_dim; }
  int64_t kv_size() const { return static_cast<int64_t>(kv_heads) * head_dim; }
};

}  // namespace neiro
