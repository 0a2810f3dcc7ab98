// The adapter of a whole model: one low-rank pair for each targeted linear layer of every layer,
// with PEFT's names. Where its values lie is decided by whoever places them (train/ or an
// inference).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/lora_config.h"
#include "adapters/lora_linear.h"
#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

class Adapter {
 public:
  // Attaches itself to the model's linear layers; the model must outlive it.
  Adapter(Model& model, const LoraConfig& config);
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;

  const LoraConfig& config() const { return config_; }
  // Every tensor with its name in adapter_model.safetensors:
  // base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight
  std::vector<TensorSlot> slots();

  // Memory for values only, for inference.
  void place_values(PlannedMemory& memory);
  // Scratch for passes of up to T tokens; may share its place with what lives outside of layers.
  void place_scratch(PlannedMemory& memory, int64_t T);

  // First values as PEFT's: A uniform in +-1/sqrt(in) (Kaiming with a = sqrt(5)), B zero.
  void initialise(const Device& device, uint64_t seed);

 private:
  struct Site {
    std::string name;  // "model.layers.0.self_attn.q_proj"
    std::unique_ptr<LoraLinear> lora;
  };
  LoraConfig config_;
  std::vector<Site> sites_;
};

}  // namespace neiro
