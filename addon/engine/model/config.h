// A model as the computation needs it: sizes, switches and the names of its tensors. A family
// (families/) fills it in from config.json; the code behind reads it and asks for no family.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backend/operations.h"
#include "model/rope.h"

namespace neiro {

// What the tensors are called in the files, by their part in the computation; those of a layer
// stand behind "model.layers.N.". A part without a name is one that the model does not have.
struct TensorNames {
  std::string embedding = "model.embed_tokens";
  std::string positions;          // learnt vectors of positions, added to the embeddings
  std::string types;              // of token types, of which a single text has the first
  std::string embedding_norm;     // of the sum of these
  std::string embedding_project;  // from the embeddings' width to the model's
  std::string distances;          // learnt vectors of distances (RelativeConfig)
  std::string distance_norm;
  std::string layers = "model.layers";
  std::string attention_norm = "input_layernorm";
  std::string qkv;  // q, k and v in one matrix, instead of the next three
  std::string q = "self_attn.q_proj";
  std::string k = "self_attn.k_proj";
  std::string v = "self_attn.v_proj";
  std::string o = "self_attn.o_proj";
  std::string conv_in;  // of a short convolution (Mixer::kShortConv)
  std::string conv;
  std::string conv_out;
  std::string delta_qkv;  // of a gated delta rule (Mixer::kDeltaRule)
  std::string delta_gate;
  std::string delta_learn;
  std::string delta_decay;
  std::string delta_conv;
  std::string delta_rate;
  std::string delta_shift;
  std::string delta_norm;
  std::string delta_out;
  std::string q_norm;  // of queries and keys before the rotation (ModelConfig::whole_qk_norm)
  std::string k_norm;
  std::string sinks;               // of attention (AttentionShape)
  std::string attention_out_norm;  // of what the block adds to the residual stream
  std::string mlp_norm = "post_attention_layernorm";
  std::string gate_up;                 // gate and up in one matrix, instead of the next two
  std::string gate = "mlp.gate_proj";  // without it and gate_up the block has no gate: down(f(up))
  std::string up = "mlp.up_proj";
  std::string down = "mlp.down_proj";
  std::string router;   // of experts (ExpertConfig)
  std::string experts;  // behind it the expert's number, and one of the next three
  std::string expert_gate = "gate_proj";
  std::string expert_up = "up_proj";
  std::string expert_down = "down_proj";
  std::string mlp_out_norm;
  // Of experts beside the one block (ExpertConfig::beside).
  std::string router_norm;     // the weight itself, without a last word
  std::string expert_scale;    // [count] what the weight of each is multiplied by; likewise
  std::string block_out_norm;  // of what the one block gives
  std::string experts_norm;    // of what experts read
  std::string experts_out_norm;
  // Of vectors that each layer has of each token (Gemma 4): the table of all of them, what adds to
  // it from the embeddings, and what a layer makes of its own.
  std::string token_table;
  std::string input_project;
  std::string input_norm;
  std::string input_gate;
  std::string input_out;
  std::string input_out_norm;
  std::string layer_scale;  // one number, that a layer's result is multiplied by
  std::string final_norm = "model.norm";
  std::string score_dense;  // of a score head, before its last layer; with the norm behind it
  std::string score_norm;
  std::string head = "lm_head";
  std::string score = "score";  // is the head, where the model scores
  // Beginnings of names in files of the family that belong to other heads than a score head.
  std::vector<std::string> other_heads;
};

// How the scores of a score head are learnt (problem_type in Transformers): one label of several is
// right, each is right or not, or each is a number.
enum class ScoreProblem { kSingleLabel, kMultiLabel, kRegression };

// Which hidden states are scored: those of an example's last token that is no padding, of its
// first, or their mean over all tokens after the final norm.
enum class Pooling { kLast, kFirst, kMean };

// A head for classification, rewards and numbers, instead of the language head.
struct ScoreConfig {
  int64_t labels = 0;  // scores that it gives; 0 = the model has a language head
  ScoreProblem problem = ScoreProblem::kSingleLabel;
  int32_t pad_token = -1;  // not looked at where an example ends in it; -1 = none
  Pooling pooling = Pooling::kLast;
  Activation activation = Activation::kTanh;  // of what TensorNames::score_dense gives
  bool dense_bias = true;
  bool bias = false;     // of the last layer
  double spread = 0.02;  // standard deviation of the first values of a new head
  bool of_file = true;   // false: a head is asked for that the file need not have
};

// Learnt vectors of distances between tokens (DeBERTa-v2).
struct RelativeConfig {
  int64_t span = 0;  // vectors on either side of 0; 0 = there are none
  // Distances up to half of the buckets have a vector each, those beyond share in logarithmic
  // steps up to `farthest`; 0 = each has its own.
  int64_t buckets = 0;
  int64_t farthest = 0;
  bool keys = true;     // queries meet them through the projection of keys
  bool queries = true;  // keys meet them through that of queries

  bool exists() const { return span > 0; }
};

// What brings a layer's tokens together: attention; gates around a convolution over a few tokens
// (LFM2); or a state that each token changes a little (Qwen3.5).
enum class Mixer { kAttention, kShortConv, kDeltaRule };

// Feed-forward blocks of which each token goes through a few (Shazeer et al. 2017).
struct ExpertConfig {
  int64_t count = 0;              // of a layer; 0 = no layer has such
  int64_t chosen = 0;             // by each token
  int64_t intermediate_size = 0;  // of each
  bool alone = true;              // the weights of the chosen sum to 1
  bool biases = false;            // of the router and of each
  ClampedGate gate = {};          // in place of the model's activation, where it has a limit
  std::vector<bool> layers;       // [layers] which have experts in place of the one block
  // Beside it instead: both are normed, and their sum is what the block gives (Gemma 4). The router
  // is a linear layer then, which an adapter may stand around.
  bool beside = false;

  bool exists() const { return count > 0; }
};

// Of a layer whose heads are not as the others'.
struct LayerHeads {
  int head_dim = 0;
  int kv_heads = 0;
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
  float norm_epsilon = 1e-6f;
  float norm_base = 0;  // norms multiply by norm_base + w
  int window_rotary =
      0;           // of layers with a window, where their heads are of another size; 0 = alike
  int rotary = 0;  // values of a head that are rotated, from its first on
  bool interleaved_rotary = false;  // in pairs of neighbours (RopeShape)
  RopeConfig rope;
  std::optional<RopeConfig> window_rope;  // of layers with a window, where it is another
  float embedding_scale = 1;
  float embedding_noise = 0;  // of training, no family says it: NEFTune's alpha

  float residual_scale = 1;      // of what each block adds
  float logit_scale = 1;         // before the soft cap
  float attention_scale = 0;     // of the scores: usually 1 / sqrt(head_dim)
  float attention_soft_cap = 0;  // 0 = none
  float logit_soft_cap = 0;
  Activation activation = Activation::kSilu;
  bool qkv_bias = false;
  bool o_bias = false;
  bool mlp_bias = false;
  std::vector<LayerHeads> layer_heads;      // [layers]; empty = all alike
  std::vector<int64_t> layer_intermediate;  // [layers]; likewise
  // [layers] whose keys and values a layer attends to, an earlier one's or its own; empty = its
  // own.
  std::vector<size_t> key_sources;
  bool keys_are_values = false;  // of layers without a window: values are what k gives, unnormed
  bool value_norm = false;       // values are normed by the head, without a weight
  int64_t input_size = 0;        // width of the vectors that each layer has of each token; 0 = none
  bool attention_gate = false;   // q holds, head by head, what attention's result is gated with
  std::vector<Mixer> mixers;     // [layers]; empty = all attend
  int conv_kernel = 0;           // tokens that a convolution sees
  bool conv_bias = false;
  DeltaShape delta;
  ExpertConfig experts;
  bool tied_head = false;        // lm_head is the embedding
  bool causal = true;            // false: every token sees those behind it, too
  bool whole_qk_norm = false;    // q and k are normed over all their heads together; else each head
  std::vector<int64_t> windows;  // [layers] sliding window; 0 = full attention
  std::vector<bool> rotates;     // [layers] whether positions turn queries and keys there
  bool layer_norm = false;       // norms are layer norms; else RMS norms
  bool norm_bias = false;        // with a bias
  bool norm_behind_sum =
      false;               // norm(x + block(x)), as the first transformers; else x + block(norm(x))
  bool first_norm = true;  // false: the first layer's attention reads the embeddings as they are
  int64_t embedding_size = 0;  // width of the embeddings; 0 = hidden_size
  int64_t position_rows = 0;   // vectors of positions,
  int64_t first_position = 0;  // of which the first token has this one
  int64_t token_types = 0;
  RelativeConfig relative;
  ScoreConfig score;
  TensorNames names;

  int64_t embedding_width() const { return embedding_size > 0 ? embedding_size : hidden_size; }
  bool reads_both_ways() const { return !causal; }
  bool has_score_head() const { return score.labels > 0; }
  int64_t outputs() const { return has_score_head() ? score.labels : vocab_size; }  // of the head
  bool gated() const { return !names.gate.empty() || !names.gate_up.empty(); }
  LayerHeads heads_of(size_t layer) const {
    return layer_heads.empty() ? LayerHeads{head_dim, kv_heads} : layer_heads[layer];
  }
  int64_t intermediate_of(size_t layer) const {
    return layer_intermediate.empty() ? intermediate_size : layer_intermediate[layer];
  }
  size_t key_source(size_t layer) const { return key_sources.empty() ? layer : key_sources[layer]; }
  // Of the widest layer.
  int widest_head() const {
    int widest = head_dim;
    for (const LayerHeads& own : layer_heads) widest = std::max(widest, own.head_dim);
    return widest;
  }
  int64_t widest_intermediate() const {
    int64_t widest = intermediate_size;
    for (const int64_t own : layer_intermediate) widest = std::max(widest, own);
    return widest;
  }
  int most_kv_heads() const {
    int most = kv_heads;
    for (const LayerHeads& own : layer_heads) most = std::max(most, own.kv_heads);
    return most;
  }
  int64_t query_size() const { return static_cast<int64_t>(heads) * widest_head(); }
  int64_t kv_size() const {
    int64_t widest = static_cast<int64_t>(kv_heads) * head_dim;
    for (const LayerHeads& own : layer_heads) {
      widest = std::max(widest, static_cast<int64_t>(own.kv_heads) * own.head_dim);
    }
    return widest;
  }
  bool qk_norm() const { return !names.q_norm.empty(); }
  Mixer mixer(size_t layer) const { return mixers.empty() ? Mixer::kAttention : mixers[layer]; }
  bool mixes(Mixer kind) const {
    return std::find(mixers.begin(), mixers.end(), kind) != mixers.end();
  }
  bool has_experts(size_t layer) const { return experts.exists() && experts.layers[layer]; }
  int64_t delta_size() const { return 2 * delta.key_size() + delta.value_size(); }
  // Columns of the widest fused projection; 0 where none is fused.
  int64_t fused_size() const {
    const int64_t qkv = names.qkv.empty() ? 0 : query_size() + 2 * kv_size();
    return std::max({qkv, names.gate_up.empty() ? 0 : 2 * intermediate_size,
                     attention_gate ? 2 * query_size() : 0,
                     mixes(Mixer::kShortConv) ? 3 * hidden_size : 0,
                     mixes(Mixer::kDeltaRule) ? delta_size() : 0});
  }
};

}  // namespace neiro
