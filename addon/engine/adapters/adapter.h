// The adapter of a whole model: one layer adapter around each targeted linear layer, or rows before
// each example; with PEFT's names. Where its values lie is decided by whoever places them (train/
// or an inference).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/adapter_config.h"
#include "adapters/input_adapter.h"
#include "adapters/layer_adapter.h"
#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

// The linear layers of a model by name.
std::vector<ModuleName> module_names(Model& model);

class Adapter {
 public:
  // Attaches itself to the model; the model must outlive it.
  Adapter(Model& model, const AdapterConfig& config);
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;

  const AdapterConfig& config() const { return config_; }
  // PEFT's task_type: what the model's head is for.
  const char* task() const { return scores_ ? kScoreTask : kLanguageTask; }
  // Rows that it puts before each example.
  int64_t rows_before() const { return inputs_ ? inputs_->count() : 0; }
  // Every tensor with its name in adapter_model.safetensors:
  // base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight
  std::vector<TensorSlot> slots();

  // The linear layers that it stands around: "model.layers.0.self_attn.q_proj".
  struct LayerPlace {
    std::string name;
    const LayerAdapter* layer;
  };
  std::vector<LayerPlace> layers() const;

  // Memory for values only, for inference; and for what is made of them, always.
  void place_values(PlannedMemory& memory);
  void place(PlannedMemory& memory);
  // Scratch for passes of up to T tokens, [values, 1]; may share its place with what lives outside
  // of layers, and with other adapters'.
  int64_t scratch_values(int64_t T) const;
  void set_scratch(const Matrix& scratch);

  // To be told when the base has its weights, and after every change of the adapter's values.
  void base_loaded(const Device& device);
  void values_changed(const Device& device);

  // First values as PEFT's, without a stored adapter.
  void initialise(const Device& device, uint64_t seed);

 private:
  struct Site {
    std::string name;  // "model.layers.0.self_attn.q_proj"
    const Linear* base;
    std::unique_ptr<LayerAdapter> layer;
  };
  void attach(const LinearLayer& place, std::unique_ptr<LayerAdapter> layer);

  AdapterConfig config_;
  bool scores_;
  std::vector<Site> sites_;
  std::unique_ptr<InputAdapter> inputs_;  // null = none
};

}  // namespace neiro
