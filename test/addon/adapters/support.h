// A tiny model with an adapter in memory, for tests of this layer.
#pragma once

#include <memory>

#include "adapters/adapter.h"
#include "backend/backend.h"
#include "model/families/families.h"
#include "model/weights.h"
#include "tiny_model.h"

struct Adapted {
  Adapted(const TempFolder& folder, const neiro::LoraConfig& lora,
          neiro::BaseQuantization quantization = neiro::BaseQuantization::kNone)
      : files(folder.path()),
        model(neiro::parse_config(files.config())),
        stored(neiro::find_weights(model, files)),
        adapter(model, lora),
        pool(2) {
    neiro::Arena counting;
    place(counting, quantization);
    arena = std::make_unique<neiro::Arena>(counting.capacity());
    place(*arena, quantization);
    neiro::load_weights(pool, model, stored, scratch);
    adapter.initialise(5);
    device.ops = &neiro::cpu_backend("scalar");
    device.pool = &pool;
  }

  void place(neiro::Arena& target, neiro::BaseQuantization quantization) {
    neiro::place_weights(target, model, stored, quantization);
    adapter.place_values(target);
    adapter.place_scratch(target, 16);
    scratch = neiro::place_load_scratch(target, model, stored, quantization);
    device.scratch = target.take<unsigned char>(
        neiro::MemoryCategory::kWorkspace,
        neiro::cpu_backend("scalar").scratch_bytes(2, 64, static_cast<int>(model.config.head_dim)));
  }

  // B is zero at first: give it values, so that the adapter does something.
  void stir() {
    uint64_t number = 0;
    for (const neiro::TensorSlot& slot : adapter.slots()) {
      neiro::fill_normal(slot.values(), slot.elements(), 0.2f, {77, number++});
    }
  }

  neiro::ModelFiles files;
  neiro::Model model;
  neiro::StoredWeights stored;
  neiro::Adapter adapter;
  neiro::ThreadPool pool;
  neiro::LoadScratch scratch;
  std::unique_ptr<neiro::Arena> arena;
  neiro::Device device;
};

inline neiro::LoraConfig small_lora() {
  neiro::LoraConfig c;
  c.rank = 3;
  c.alpha = 6;
  c.target_modules = {"q_proj", "down_proj"};
  return c;
}
