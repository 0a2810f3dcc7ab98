// What opening a model with given options will hold, by purpose, without opening it; and what a
// model folder contains.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "session/session_memory.h"

namespace neiro {

struct MemoryPlan {
  int64_t weights = 0;  // with the mapped weights that passes touch
  int64_t adapter = 0;
  int64_t gradients = 0;
  int64_t optimizer = 0;
  int64_t activations = 0;
  int64_t workspace = 0;
  int64_t runtime = 0;  // what the process held when the plan was made
  int64_t total() const;
};
// Places nothing. The errors are those of opening.
MemoryPlan plan_memory(const OpenOptions& options);
// The same from a layout that was run over `placed`.
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
