// A tiny model with an adapter in memory, for tests of this layer.
#pragma once

#include <memory>

#include "adapters/adapter.h"
#include "model/families/families.h"
#include "model/weights.h"
#include "on_device.h"
#include "tiny_model.h"

struct Adapted {
  Adapted(const TempFolder& folder, const neiro::AdapterConfig& config,
          neiro::BaseQuantization quantization = neiro::BaseQuantization::kNone)
      : files(folder.path()),
        model(neiro::parse_config(files.config())),
        stored(neiro::find_weights(model, files)),
        adapter(model, config, false) {
    neiro::PlannedMemory counting(device());
    place(counting, quantization);
    memory = std::make_unique<neiro::PlannedMemory>(device(), counting.size());
    place(*memory, quantization);
    neiro::load_weights(device(), on.pool, model, stored, scratch);
    adapter.base_loaded(device(), model);
    adapter.initialise(device(), 5);
    adapter.values_changed(device());
  }

  void place(neiro::PlannedMemory& target, neiro::BaseQuantization quantization) {
    neiro::place_weights(target, device(), model, stored, quantization);
    adapter.place_values(target);
    adapter.place(target);
    adapter.set_scratch(
        target.take_matrix(neiro::MemoryCategory::kWorkspace, adapter.scratch_values(16), 1));
    scratch = neiro::place_load_scratch(target, model, stored, quantization);
  }

  // B is zero at first: give it values, so that the adapter does something.
  void stir() {
    uint64_t number = 0;
    for (const neiro::TensorSlot& slot : adapter.slots()) {
      std::vector<float> values(static_cast<size_t>(slot.elements()));
      neiro::fill_normal(values.data(), slot.elements(), 0.2f, {77, number++});
      device().upload(slot.values(), values.data(), slot.elements());
    }
    adapter.values_changed(device());
  }

  neiro::Device& device() { return *on.device; }
  std::vector<float> values_of(const neiro::TensorSlot& slot) const {
    return on.read(slot.values(), slot.elements());
  }
  // Every tensor of the adapter.
  std::vector<std::vector<float>> values() {
    std::vector<std::vector<float>> all;
    for (const neiro::TensorSlot& slot : adapter.slots()) all.push_back(values_of(slot));
    return all;
  }

  OnDevice on;
  neiro::ModelFiles files;
  neiro::Model model;
  neiro::StoredWeights stored;
  neiro::Adapter adapter;
  neiro::LoadScratch scratch;
  std::unique_ptr<neiro::PlannedMemory> memory;
};

inline neiro::AdapterConfig small_lora(bool dora = false) {
  neiro::LoraConfig lora;
  lora.rank = 3;
  lora.alpha = 6;
  lora.dora = dora;
  return {lora, {"q_proj", "down_proj"}};
}

inline neiro::AdapterConfig small_ia3() {
  return {neiro::Ia3Config{{"down_proj"}}, {"q_proj", "down_proj"}};
}
