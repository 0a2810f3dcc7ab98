// Attaching, naming and first values.
#include "adapters/adapter.h"

#include <algorithm>
#include <utility>

#include "adapters/dora_linear.h"
#include "adapters/ia3_linear.h"
#include "adapters/lora_linear.h"
#include "adapters/virtual_tokens.h"
#include "adapters/whole_linear.h"
#include "core/error.h"
#include "core/random.h"

namespace neiro {
namespace {

// FNV-1a: a tensor's first values depend on its name, not on which others are targeted.
uint64_t hash_name(const std::string& name) {
  uint64_t hash = 14695981039346656037ull;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

// The one place that makes a kind from its settings, at a linear layer. `id` counts all linear
// layers of the model.
struct LayerMaker {
  const LinearLayer& place;
  uint64_t id;

  std::unique_ptr<LayerAdapter> operator()(const LoraConfig& config) const {
    const LoraConfig own = config.at(place.path);
    if (own.dora) return std::make_unique<DoraLinear>(*place.linear, own, id);
    return std::make_unique<LoraLinear>(*place.linear, own, id);
  }
  std::unique_ptr<LayerAdapter> operator()(const Ia3Config& config) const {
    if (config.scales_input(place.path)) return std::make_unique<Ia3Input>(*place.linear);
    return std::make_unique<Ia3Output>(*place.linear);
  }
  std::unique_ptr<LayerAdapter> operator()(const VirtualTokensConfig&) const { return nullptr; }
};

// The same of a kind before the first layer.
std::unique_ptr<InputAdapter> make_inputs(const ModelConfig& model,
                                          const VirtualTokensConfig& config) {
  if (config.kind == VirtualTokensConfig::Kind::kPrompt) {
    return std::make_unique<PromptTokens>(model, config.tokens);
  }
  return std::make_unique<PrefixTokens>(model, config.tokens);
}

}  // namespace

std::vector<ModuleName> module_names(Model& model) {
  std::vector<ModuleName> names;
  for (const LinearLayer& place : linear_layers(model)) {
    names.push_back({place.module, place.path, place.layer});
  }
  return names;
}

Adapter::Adapter(Model& model, const AdapterConfig& config)
    : config_(with_modules(config, module_names(model), head_layer(model).module)),
      scores_(model.config.has_score_head()) {
  check_adapter_config(config_);
  if (auto* kind = std::get_if<VirtualTokensConfig>(&config_.kind)) {
    kind->take_sizes(model.config);
    inputs_ = make_inputs(model.config, *kind);
    model.inputs = inputs_.get();
  }
  // Counted through all linear layers: the dropout masks of one do not depend on which others are
  // targeted.
  uint64_t id = 0;
  for (const LinearLayer& place : linear_layers(model)) {
    const uint64_t own = id++;
    if (inputs_ || !config_.modules.takes(place.path, place.layer)) continue;
    attach(place, std::visit(LayerMaker{place, own}, config_.kind));
  }
  const LinearLayer head = head_layer(model);
  if (config_.trains_whole(head.module)) {
    // One with the embedding, it would part from it.
    if (model.config.tied_head) {
      throw Error("UNSUPPORTED_ADAPTER", {{"field", "modules_to_save"}, {"value", head.module}});
    }
    attach(head, std::make_unique<WholeLinear>(*head.linear));
  }
}

void Adapter::attach(const LinearLayer& place, std::unique_ptr<LayerAdapter> layer) {
  place.linear->adapter = layer.get();
  sites_.push_back({place.path, place.linear, std::move(layer)});
}

std::vector<TensorSlot> Adapter::slots() {
  std::vector<TensorSlot> slots;
  for (Site& site : sites_) {
    for (TensorSlot& slot : site.layer->slots()) {
      slot.name = "base_model.model." + site.name + slot.name;
      slots.push_back(std::move(slot));
    }
  }
  if (inputs_) {
    for (TensorSlot& slot : inputs_->slots()) slots.push_back(std::move(slot));
  }
  return slots;
}

std::vector<Adapter::LayerPlace> Adapter::layers() const {
  std::vector<LayerPlace> places;
  for (const Site& site : sites_) places.push_back({site.name, site.layer.get()});
  return places;
}

void Adapter::place_values(PlannedMemory& memory) {
  for (const TensorSlot& slot : slots()) {
    slot.set_values(memory.take<float>(MemoryCategory::kAdapter, slot.elements()));
  }
}

void Adapter::place(PlannedMemory& memory) {
  for (Site& site : sites_) site.layer->place(memory);
  if (inputs_) inputs_->place(memory);
}

int64_t Adapter::scratch_values(int64_t T) const {
  int64_t most = 0;
  for (const Site& site : sites_) most = std::max(most, site.layer->scratch_values(T));
  return most;
}

void Adapter::set_scratch(const Matrix& scratch) {
  for (Site& site : sites_) site.layer->set_scratch(scratch);
}

void Adapter::base_loaded(const Device& device) {
  for (Site& site : sites_) site.layer->base_loaded(device, *site.base);
}

void Adapter::values_changed(const Device& device) {
  for (Site& site : sites_) site.layer->values_changed(device, *site.base);
}

void Adapter::initialise(const Device& device, uint64_t seed) {
  for (Site& site : sites_) site.layer->initialise(device, {seed, hash_name(site.name)});
  if (inputs_) inputs_->initialise(device, {seed, hash_name("prompt_embeddings")});
}

}  // namespace neiro
