// Where a model's weights lie and how they get there: mapped as the file holds them, copied into
// planned memory as F32 or BF16, or quantised to NF4. Every shape is checked against the config,
// and every value is looked at once.
#pragma once

#include <string>
#include <vector>

#include "core/arena.h"
#include "core/thread_pool.h"
#include "io/model_files.h"
#include "model/model.h"

namespace neiro {

enum class BaseQuantization { kNone, kF32, kBF16, kNF4 };

// What the file must hold for this model, and the type most of it has. Throws Error TENSOR_MISSING,
// TENSOR_SHAPE {tensor, expected, actual} or UNSUPPORTED_DTYPE {tensor, dtype}.
struct StoredWeights {
  std::vector<const Tensor*> tensors;  // one per tensor slot, in the same order
  TensorType type = TensorType::kF32;  // of the first matrix
};
StoredWeights find_weights(Model& model, const ModelFiles& files);

// Room for whatever is not used where it is mapped; mapped matrices are pointed at the file here.
// Sets every matrix but no value. Returns the bytes that stay mapped.
int64_t place_weights(Arena& arena, Model& model, const StoredWeights& stored,
                      BaseQuantization quantization);
// Scratch for load_weights; may share its place with whatever is used only afterwards.
struct LoadScratch {
  float* values = nullptr;  // the largest matrix to be quantised, as F32, unless stored so
  float* absmax = nullptr;  // its exact block maxima
};
LoadScratch place_load_scratch(Arena& arena, Model& model, const StoredWeights& stored,
                               BaseQuantization quantization);
// Reads, checks and converts. Throws Error NOT_FINITE_WEIGHTS {tensor}.
void load_weights(ThreadPool& pool, Model& model, const StoredWeights& stored,
                  const LoadScratch& scratch);

// Throws Error UNSUPPORTED_DTYPE {tensor, file, dtype} unless it is stored as F32, BF16 or F16.
void check_float_tensor(const Tensor& tensor);

// Copies a tensor as F32 and checks it; gives its pages back. For full training and adapters.
void copy_as_float(ThreadPool& pool, const Tensor& tensor, float* out);

}  // namespace neiro
