// Which architecture of llama.cpp computes what a model of ours computes, and what
// of a config it would compute otherwise, which is refused here rather than written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/gguf_writer.h"
#include "model/model.h"

namespace neiro {

struct GgufFamily {
  const char* family;  // model_type
  const char* architecture;
  Activation activation;
  // Rows of q and k stand pair by pair of what is rotated together, not half by half.
  bool pairs_rows = false;
  bool biases = false;        // of any linear layer
  bool qkv_biases = false;    // of q, k and v
  bool untied = true;         // may have a head of its own
  int window_period = 0;      // all layers but every so-manieth see a window; 0 = none does
  bool tied = true;           // may share its head with the embedding
  bool scales = false;        // says multipliers of embedding, attention, residuals and logits
  bool pairs_rotate = false;  // neighbours are rotated together, also in the folder
  bool partial = false;       // may rotate a part of each head
  bool whole_norms = false;   // q and k are normed over all heads
  bool convolves = false;     // says which layers attend and how far the others reach
  bool delta =
      false;  // of every so many layers one attends, with a gate; the others have delta nets
  bool queries_grow = false;  // says how queries grow with their positions
  int unrotated_period = 0;   // every so-manieth layer is not rotated; 0 = all are
};

// Throws Error GGUF_FAMILY {family, known} for one that llama.cpp does not know or that is not
// written yet, GGUF_OTHERWISE {field, value} for a config that it would compute otherwise.
const GgufFamily& gguf_family(const ModelConfig& config);

// Most tokens that are computed as here: what the model was made for, or a window that llama.cpp
// does not have.
int64_t gguf_context(const GgufFamily& family, const ModelConfig& config);

// What the architecture needs to know: sizes, rotation, windows, caps.
std::vector<GgufEntry> gguf_architecture(const GgufFamily& family, const ModelConfig& config);

// Of a tensor in the file: a convolution's [values, 1, tokens] stand there without the 1.
std::vector<int64_t> gguf_shape(const TensorSlot& slot);

// Factors of the rotation that stand in tensors, [rotary / 2] each.
struct GgufFactors {
  std::string name;
  std::vector<float> values;
};
std::vector<GgufFactors> gguf_rope_factors(const ModelConfig& config);

}  // namespace neiro
