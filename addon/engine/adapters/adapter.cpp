// Attaching, naming and first values.
#include "adapters/adapter.h"

#include <algorithm>
#include <cmath>

#include "core/random.h"

namespace neiro {
namespace {

// FNV-1a: a tensor's first values depend on its name, not on which others are targeted.
uint64_t hash_name(const std::string& name) {
  uint64_t hash = 14695981039346656037ull;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

}  // namespace

Adapter::Adapter(Model& model, const LoraConfig& config)
    : config_(with_modules(config, linear_modules(model))) {
  check_lora_config(config_);
  // Counted through all linear layers: the dropout masks of one do not depend on which others are
  // targeted.
  uint64_t id = 0;
  for (const LinearLayer& place : linear_layers(model)) {
    const uint64_t own = id++;
    if (!config_.targets(place.module)) continue;
    Linear& linear = *place.linear;
    Site site;
    site.name = place.path;
    site.lora =
        std::make_unique<LoraLinear>(linear.out(), linear.in(), config_.rank, config_.scale(),
                                     static_cast<float>(config_.dropout), own);
    linear.adapter = site.lora.get();
    sites_.push_back(std::move(site));
  }
}

std::vector<TensorSlot> Adapter::slots() {
  std::vector<TensorSlot> slots;
  const auto add = [&](std::string name, Matrix& matrix, DevicePtr<float>& gradient) {
    TensorSlot slot{std::move(name), TensorSlot::Kind::kAdapter, matrix.rows, matrix.cols};
    slot.matrix = &matrix;
    slot.gradient = &gradient;
    slots.push_back(std::move(slot));
  };
  for (Site& site : sites_) {
    const std::string prefix = "base_model.model." + site.name;
    add(prefix + ".lora_A.weight", site.lora->a, site.lora->da);
    add(prefix + ".lora_B.weight", site.lora->b, site.lora->db);
  }
  return slots;
}

void Adapter::place_values(PlannedMemory& memory) {
  for (const TensorSlot& slot : slots()) {
    slot.set_values(memory.take<float>(MemoryCategory::kAdapter, slot.elements()));
  }
}

void Adapter::place_scratch(PlannedMemory& memory, int64_t T) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  LoraScratch scratch;
  scratch.d_kept = memory.take_matrix(kCategory, T, config_.rank);
  if (config_.dropout > 0) {
    int64_t widest = 0;
    for (const Site& site : sites_) widest = std::max(widest, site.lora->a.cols);
    scratch.dropped = memory.take_matrix(kCategory, T, widest);
  }
  for (Site& site : sites_) site.lora->scratch = scratch;
}

void Adapter::initialise(const Device& device, uint64_t seed) {
  for (Site& site : sites_) {
    const Matrix& a = site.lora->a;
    const Matrix& b = site.lora->b;
    const float bound = 1.0f / std::sqrt(static_cast<float>(a.cols));
    std::vector<float> first(static_cast<size_t>(a.elements()));
    fill_uniform(first.data(), a.elements(), -bound, bound, {seed, hash_name(site.name)});
    device.upload(a.floats(), first.data(), a.elements());
    device.zero(b.floats(), b.elements());
  }
}

}  // namespace neiro
