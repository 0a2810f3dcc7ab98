// Where a model's weights lie and how they get there: mapped as the file holds them (also in blocks
// of GGUF), copied into planned memory as F32 or BF16, or quantised to INT8 or
// NF4. Every shape is checked
// against the config, and every value is looked at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "backend/planned_memory.h"
#include "core/thread_pool.h"
#include "formats/nf4.h"
#include "io/model_files.h"
#include "model/model.h"

namespace neiro {

enum class BaseQuantization { kNone, kF32, kBF16, kInt8, kNF4 };

inline constexpr int64_t kEveryToken = INT64_MAX;

// What the file must hold for this model, and the type most of it has. Throws Error TENSOR_MISSING,
// TENSOR_SHAPE {tensor, expected, actual} or UNSUPPORTED_DTYPE {tensor, dtype}.
// The files are believed beside the config: a head that is said to be the embedding but stands
// there as another matrix makes the model one with a head of its own; an embedding that is missing
// beside such a head is the head; names may lack their first word "model." or "bert." (a folder
// saved from the model without its head). Where a score head is asked for (ScoreConfig::of_file),
// what the files lack of it, or hold for other labels, is new.
struct StoredWeights {
  // One per tensor slot, in the same order; null = part of a new score head.
  std::vector<const Tensor*> tensors;
  DType type = DType::kF32;  // of most of its bytes
  // Those that have a size and that nothing asks for, by name.
  std::vector<std::string> unread;
  int64_t tokens = kEveryToken;  // rows of the vocabulary from here on may hold no numbers
  // What was read in place of a tensor, and stays as long as the model (load_weights).
  std::vector<std::unique_ptr<unsigned char[]>> copies;
  uint64_t seed = 0;  // of the first values of a new head

  bool is_new(size_t slot) const { return tensors[slot] == nullptr; }
};
StoredWeights find_weights(Model& model, const ModelFiles& files);

// Room for whatever is not used where it is mapped; matrices that the device can read in the mapped
// file are pointed at it here. Sets every matrix but no value. Returns the bytes that stay mapped.
int64_t place_weights(PlannedMemory& memory, const Device& device, Model& model,
                      const StoredWeights& stored, BaseQuantization quantization);
// Whether any layer multiplies with a matrix that will be held as something else than F32.
bool multiplies_stored(Model& model, const StoredWeights& stored, BaseQuantization quantization);
// Scratch for load_weights, on the host: quantising is done there. May share its place with
// whatever is used only afterwards. Sizes are those of the largest matrix to be quantised.
struct LoadScratch {
  float* values = nullptr;  // as F32, unless stored so
  Nf4Buffers blocks;        // what is uploaded, and the exact maxima
  int8_t* codes = nullptr;  // of INT8
  float* row_absmax = nullptr;
};
LoadScratch place_load_scratch(PlannedMemory& memory, Model& model, const StoredWeights& stored,
                               BaseQuantization quantization);
// Reads, checks and converts. Throws Error NOT_FINITE_WEIGHTS {tensor}, but for rows of embedding
// and head from stored.tokens on: see Model::void_tokens.
void load_weights(const Device& device, ThreadPool& pool, Model& model, StoredWeights& stored,
                  const LoadScratch& scratch);
// The same of full training, all as F32.
void load_as_float(const Device& device, ThreadPool& pool, Model& model, StoredWeights& stored);
// Throws Error NOT_FINITE_WEIGHTS {tensor, file, index} for a token of Model::void_tokens.
void check_readable(const Model& model, const StoredWeights& stored,
                    const std::vector<int32_t>& tokens);

// Throws Error UNSUPPORTED_DTYPE {tensor, file, dtype} unless it is stored as F32, BF16 or F16.
// The numbers that layers' results are multiplied by, to the host; once they are there.
void read_layer_scales(const Device& device, Model& model);

void check_float_tensor(const Tensor& tensor);

// Uploads a tensor as F32 and checks it; gives its pages back. For full training and adapters.
void upload_as_float(const Device& device, ThreadPool& pool, const Tensor& tensor,
                     DevicePtr<float> out);

}  // namespace neiro
