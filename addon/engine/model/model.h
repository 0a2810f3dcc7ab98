// A model in memory: its layers, and the lists of what is in it by name (the family's, config.h):
// every tensor, for loading, full training, merging and counting; every linear layer, for adapters.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/blocks/layer.h"
#include "model/blocks/norm.h"
#include "model/config.h"

namespace neiro {

class EmbeddingAdapter;
class InputRows;

struct Model {
  explicit Model(ModelConfig config);

  ModelConfig config;
  Matrix embedding;              // [vocab, C]
  DevicePtr<float> d_embedding;  // null = frozen; a tied head adds to it too
  // What some models add to the embeddings and make of the sum; without rows = not there. E = their
  // width.
  Matrix positions;  // [position_rows, E]
  DevicePtr<float> d_positions;
  Matrix types;  // [token_types, E]
  DevicePtr<float> d_types;
  Norm embedding_norm;
  Linear embedding_project;  // [C, E]
  // Of the vectors that each layer has of each token, where there are any; P = input_size.
  Matrix token_table;  // [vocab, layers * P]
  DevicePtr<float> d_token_table;
  Linear input_project;  // [layers * P, C]
  Norm input_norm;       // of P
  Matrix distances;      // [2 * span, C] (RelativeConfig)
  DevicePtr<float> d_distances;
  Norm distance_norm;
  std::vector<DecoderLayer> layers;
  Norm final_norm;
  // Of a score head: between the hidden states and its last layer (head.h).
  Linear score_dense;  // [C, C]
  Norm score_norm;
  Linear head;  // [config.outputs(), C]; the embedding where tied
  const EmbeddingAdapter* embedding_adapter = nullptr;  // null = none (adapters/ sets it)
  const InputRows* inputs = nullptr;  // rows before each example; null = none (adapters/ sets it)
  // Linear layers of a score head that the files do not hold, by path.
  std::vector<std::string> new_parts;
  // Ids without a token whose rows of the embedding or the head hold no numbers, ascending: never
  // initialised. They count as rows of zeros, and no batch may hold one.
  std::vector<int32_t> void_tokens;
};

// Where one tensor of a file belongs. Exactly one of matrix and vector is set; the pointers point
// into the model (or into its adapter, see adapters/adapter.h).
struct TensorSlot {
  // kHead: rows are of tokens, as the embedding's are; kScore: of a score head; kTable: of
  // positions, token types or distances; kConstant: never trained.
  enum class Kind {
    kEmbedding,
    kTable,
    kHead,
    kScore,
    kLinear,
    kExpert,
    kBias,
    kNorm,
    kConstant,
    kAdapter
  };
  std::string name;  // as in the file: "model.layers.0.self_attn.q_proj.weight"
  Kind kind;
  int64_t rows = 0;
  int64_t cols = 0;  // 0 for a vector
  std::vector<int64_t> dims =
      {};  // as in the file, where it is neither a vector nor a matrix there
  Matrix* matrix = nullptr;
  DevicePtr<float>* vector = nullptr;
  DevicePtr<float>* gradient = nullptr;

  std::vector<int64_t> shape() const;
  int64_t elements() const { return cols == 0 ? rows : rows * cols; }
  // The values, where they lie as F32 (vectors, adapters, full training); and says that they lie
  // there.
  DevicePtr<float> values() const;
  void set_values(DevicePtr<float> values) const;
};
// Every tensor of the model, in the order of the computation. A tied head has no slot of its own.
std::vector<TensorSlot> tensor_slots(Model& model);
// The head takes the embedding's matrix and gradient where they are one; after either moved.
void tie_head(Model& model);

// A linear layer of a decoder layer, where an adapter may attach.
struct LinearLayer {
  std::string module;  // "q_proj": the word of target_modules
  std::string path;    // "model.layers.0.self_attn.q_proj"
  Linear* linear;
  int64_t layer = -1;  // number of the decoder layer; -1 = it stands in none
};
// All of them, in the order of the computation.
std::vector<LinearLayer> linear_layers(Model& model);
// Every layer of experts, and what the weights of all of them are called together:
// "model.layers.1.mlp.experts".
struct ExpertsPlace {
  std::string path;
  Experts* experts;
};
std::vector<ExpertsPlace> experts_places(Model& model);
// The head, where an adapter may take its place. Not among linear_layers: all-linear leaves it out.
LinearLayer head_layer(Model& model);
// Every linear layer of the head, the head itself last: what is trained whole with a new head.
std::vector<LinearLayer> head_layers(Model& model);
// The last word of the embedding's name.
std::string embedding_module(const Model& model);
// Whether this layer has a bias, also before there is memory for it.
bool has_bias(Model& model, const Linear& linear);
// The modules of linear_layers, each once.
std::vector<std::string> linear_modules(Model& model);

}  // namespace neiro
