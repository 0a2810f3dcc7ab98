// Counting, never placing.
#include "session/memory_plan.h"

#include "core/memory.h"
#include "model/families/families.h"

namespace neiro {

MemoryParts parts_of(const MemoryTotals& totals) {
  const auto bytes = [&](MemoryCategory category) {
    return totals.bytes[static_cast<int>(category)];
  };
  MemoryParts parts;
  parts.weights = bytes(MemoryCategory::kWeights);
  parts.adapter = bytes(MemoryCategory::kAdapter);
  parts.gradients = bytes(MemoryCategory::kGradients);
  parts.optimizer = bytes(MemoryCategory::kOptimizer);
  parts.activations = bytes(MemoryCategory::kActivations);
  parts.workspace = bytes(MemoryCategory::kWorkspace);
  return parts;
}

int64_t MemoryParts::total() const {
  return weights + adapter + gradients + optimizer + activations + workspace + runtime;
}

MemoryPlan plan_of(const PlannedMemory& placed, const SessionMemory& memory) {
  MemoryPlan plan;
  static_cast<MemoryParts&>(plan) = parts_of(placed.totals());
  plan.weights += memory.mapped_bytes;
  plan.runtime = resident_bytes();
  return plan;
}

ModelInfo inspect_model(const std::string& dir) {
  const ModelFiles files = open_model_files(dir);
  Model model(parse_config(files.config()));
  return describe(model, find_weights(model, files));
}

ModelInfo describe(Model& model, const StoredWeights& stored) {
  const ModelConfig& config = model.config;
  ModelInfo info;
  info.family = config.family;
  info.layers = config.layers;
  info.hidden_size = config.hidden_size;
  info.vocab_size = config.vocab_size;
  info.labels = config.score.labels;
  info.encoder = !config.causal;
  info.max_position_embeddings = config.max_position_embeddings;
  info.stored_dtype = dtype_name(stored.type);
  info.linear_parameters = config.outputs() * config.hidden_size;  // the head, tied or not
  for (const TensorSlot& slot : tensor_slots(model)) {
    info.parameters += slot.elements();
    if (slot.kind == TensorSlot::Kind::kLinear) info.linear_parameters += slot.elements();
    // A token goes through a few of them.
    if (slot.kind == TensorSlot::Kind::kExpert) {
      info.linear_parameters +=
          slot.elements() * model.config.experts.chosen / model.config.experts.count;
    }
  }
  info.linear_modules = linear_modules(model);
  info.unread_tensors = stored.unread;
  return info;
}

}  // namespace neiro
