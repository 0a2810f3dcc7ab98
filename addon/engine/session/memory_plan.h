// What opening a model with given options will hold, by purpose, without opening it; and what a
// model folder contains.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "session/session_memory.h"

namespace neiro {

// Bytes by purpose.
struct MemoryParts {
  int64_t weights = 0;  // with the mapped weights that passes touch
  int64_t adapter = 0;
  int64_t gradients = 0;
  int64_t optimizer = 0;
  int64_t activations = 0;
  int64_t workspace = 0;
  int64_t runtime =
      0;  // what the process held when the plan was made, and what entering a GPU takes
  int64_t total() const;
};

// Host and device together.
struct MemoryPlan : MemoryParts {
  MemoryParts on_gpu;  // of it; all 0 on the CPU
  // Why it is not on the GPU where that was left open: GpuView::why_not, or GPU_MEMORY with what it
  // would take there. Empty: it is there, or was never asked for.
  std::string not_on_gpu;
  int64_t gpu_wanted = 0;
  // Of the GPU that was looked at; empty and 0 where none was.
  std::string gpu_name;
  int64_t gpu_free = 0;
  int64_t gpu_total = 0;
};
MemoryParts parts_of(const MemoryTotals& totals);
// From a layout that was run over `placed`, on whatever device. (A plan for given options:
// chosen_device.h.)
MemoryPlan plan_of(const PlannedMemory& placed, const SessionMemory& memory);

struct ModelInfo {
  std::string family;
  int64_t parameters = 0;
  int64_t trainable_parameters = 0;
  int64_t layers = 0;
  int64_t hidden_size = 0;
  int64_t vocab_size = 0;
  bool encoder = false;
  int64_t labels = 0;  // of a score head; 0 = a language head
  int64_t max_position_embeddings = 0;
  std::string stored_dtype;
  int64_t linear_parameters = 0;  // of the linear layers and the head
  std::vector<std::string> linear_modules;
  std::vector<std::string> unread_tensors;  // in the files, and asked for by nothing
};
ModelInfo inspect_model(const std::string& dir);
ModelInfo describe(Model& model, const StoredWeights& stored);

}  // namespace neiro
