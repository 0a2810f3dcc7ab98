// Attaching, naming and first values.
#include "adapters/adapter.h"

#include <algorithm>
#include <utility>

#include "adapters/biased_linear.h"
#include "adapters/decomposed_linear.h"
#include "adapters/dora_linear.h"
#include "adapters/encoded_tokens.h"
#include "adapters/ia3_linear.h"
#include "adapters/lora_linear.h"
#include "adapters/virtual_tokens.h"
#include "adapters/whole_embedding.h"
#include "adapters/whole_linear.h"
#include "backend/transfer.h"
#include "core/error.h"
#include "core/option.h"
#include "core/random.h"

namespace neiro {
namespace {

// The one place that makes a kind from its settings, at a linear layer. `id` counts all linear
// layers of the model.
struct LayerMaker {
  const LinearLayer& place;
  uint64_t id;
  const VeraPair* shared;

  std::unique_ptr<LayerAdapter> operator()(const LoraConfig& config) const {
    const LoraConfig own = config.at(place.path);
    if (own.dora) return std::make_unique<DoraLinear>(*place.linear, own, id);
    if (own.start != LoraConfig::Start::kNoise) {
      return std::make_unique<DecomposedLinear>(*place.linear, own, id);
    }
    return std::make_unique<LoraLinear>(*place.linear, own, id);
  }
  std::unique_ptr<LayerAdapter> operator()(const Ia3Config& config) const {
    if (config.scales_input(place.path)) return std::make_unique<Ia3Input>(*place.linear);
    return std::make_unique<Ia3Output>(*place.linear);
  }
  std::unique_ptr<LayerAdapter> operator()(const VeraConfig& config) const {
    return std::make_unique<VeraLinear>(*place.linear, config, *shared, id);
  }
  std::unique_ptr<LayerAdapter> operator()(const VirtualTokensConfig&) const { return nullptr; }
};

// The same of a kind before the first layer.
std::unique_ptr<InputAdapter> make_inputs(const ModelConfig& model,
                                          const VirtualTokensConfig& config, bool trains) {
  using Kind = VirtualTokensConfig::Kind;
  if (config.kind == Kind::kPrefix) return std::make_unique<PrefixTokens>(model, config.tokens);
  if (config.kind == Kind::kEncoded && trains) {
    return std::make_unique<EncodedTokens>(model, config);
  }
  return std::make_unique<PromptTokens>(model, config.tokens);
}

// One with the embedding, a part trained whole would part from it.
void refuse_tied(const Model& model, const std::string& module) {
  if (!model.config.tied_head) return;
  throw Error("UNSUPPORTED_ADAPTER", {{"field", "modules_to_save"}, {"value", module}});
}

// PEFT's "all" trains those of norms, too.
void require_biases_of_layers(Model& model) {
  const std::vector<LinearLayer> places = linear_layers(model);
  for (const TensorSlot& slot : tensor_slots(model)) {
    if (!slot.name.ends_with(".bias")) continue;
    const bool of_layer = std::any_of(places.begin(), places.end(), [&](const LinearLayer& place) {
      return slot.vector == &place.linear->bias;
    });
    if (!of_layer) throw Error("UNSUPPORTED_ADAPTER", {{"field", "bias"}, {"value", slot.name}});
  }
}

}  // namespace

std::vector<ModuleName> module_names(Model& model) {
  std::vector<ModuleName> names;
  for (const LinearLayer& place : linear_layers(model)) {
    names.push_back({place.module, place.path, place.layer});
  }
  return names;
}

std::vector<std::string> whole_names(Model& model) {
  return {head_layer(model).module, embedding_module(model)};
}

std::vector<std::string> whole_paths(Model& model) {
  std::vector<std::string> paths;
  for (const LinearLayer& layer : head_layers(model)) paths.push_back(layer.path);
  paths.push_back(model.config.names.embedding);
  return paths;
}

namespace {

constexpr const char* kGateUp = "gate_up_proj";
constexpr const char* kDown = "down_proj";

bool learns(const LoraConfig& config, const std::string& path) {
  return std::any_of(config.parameters.begin(), config.parameters.end(),
                     [&](const std::string& name) { return names_path(name, path); });
}

}  // namespace

std::vector<std::string> expert_weights(Model& model, const AdapterConfig& config) {
  const auto* lora = std::get_if<LoraConfig>(&config.kind);
  std::vector<std::string> all, chosen;
  if (lora == nullptr) return chosen;
  for (const ExpertsPlace& place : experts_places(model)) {
    // gpt-oss has their weights the other way round, which PEFT's files follow.
    if (model.config.experts.biases) continue;
    for (const char* part : {kGateUp, kDown}) all.push_back(place.path + "." + part);
  }
  for (const std::string& name : lora->parameters) {
    const auto named = [&](const std::string& path) { return names_path(name, path); };
    require_option(!all.empty(), "targetParameters", name, "none for a model without experts,");
    require_option(std::any_of(all.begin(), all.end(), named), "targetParameters", name,
                   "gate_up_proj or down_proj");
  }
  for (const std::string& path : all) {
    if (learns(*lora, path)) chosen.push_back(path);
  }
  return chosen;
}

Adapter::Adapter(Model& model, const AdapterConfig& config, bool trains)
    : config_(with_modules(config, module_names(model), whole_paths(model))),
      scores_(model.config.has_score_head()) {
  check_adapter_config(config_);
  if (auto* kind = std::get_if<VirtualTokensConfig>(&config_.kind)) {
    kind->take_sizes(model.config);
    inputs_ = make_inputs(model.config, *kind, trains);
    model.inputs = inputs_.get();
    return;
  }
  attach_layers(model);
  attach_experts(model);
  attach_embedding(model);
}

// PEFT wraps the experts once for each weight: the one that was wrapped first stands within.
void Adapter::attach_experts(Model& model) {
  const std::vector<std::string> chosen = expert_weights(model, config_);
  if (chosen.empty()) return;
  const auto& lora = std::get<LoraConfig>(config_.kind);
  const auto is_chosen = [&](const std::string& path) {
    return std::find(chosen.begin(), chosen.end(), path) != chosen.end();
  };
  for (const ExpertsPlace& place : experts_places(model)) {
    const std::string gate_up = place.path + "." + kGateUp, down = place.path + "." + kDown;
    const auto attach = [&](const std::string& path, ExpertStack::Part part, const char* within) {
      if (!is_chosen(path)) return;
      stacks_.push_back({place.path + within,
                         std::make_unique<ExpertStack>(*place.experts, part, lora.at(path))});
    };
    attach(gate_up, ExpertStack::Part::kGateUp, is_chosen(down) ? ".base_layer" : "");
    attach(down, ExpertStack::Part::kDown, "");
  }
}

void Adapter::attach_layers(Model& model) {
  const auto takes = [&](const LinearLayer& place) {
    return config_.modules.takes(place.path, place.layer) && !config_.trains_whole(place.path);
  };
  const std::vector<LinearLayer> places = linear_layers(model);
  if (const auto* vera = std::get_if<VeraConfig>(&config_.kind)) {
    shared_ = std::make_unique<VeraPair>(vera->rank);
    for (const LinearLayer& place : places) {
      if (takes(place)) shared_->include(*place.linear);
    }
  }
  const auto* lora = std::get_if<LoraConfig>(&config_.kind);
  const LoraConfig::Bias bias = lora != nullptr ? lora->bias : LoraConfig::Bias::kNone;
  if (bias == LoraConfig::Bias::kAll) require_biases_of_layers(model);
  // Counted through all linear layers: the dropout masks of one do not depend on which others are
  // targeted.
  uint64_t id = 0;
  for (const LinearLayer& place : places) {
    const uint64_t own = id++;
    if (config_.trains_whole(place.path)) continue;  // PEFT puts no adapter inside of these
    std::unique_ptr<LayerAdapter> layer;
    if (takes(place)) layer = std::visit(LayerMaker{place, own, shared_.get()}, config_.kind);
    const bool biased = layer ? bias != LoraConfig::Bias::kNone : bias == LoraConfig::Bias::kAll;
    if (biased && has_bias(model, *place.linear)) {
      layer = std::make_unique<BiasedLinear>(*place.linear, std::move(layer));
    }
    if (layer) attach(place, std::move(layer));
  }
  for (const LinearLayer& head : head_layers(model)) {
    if (!config_.trains_whole(head.path)) continue;
    refuse_tied(model, head.module);
    attach(head, std::make_unique<WholeLinear>(*head.linear, has_bias(model, *head.linear)));
  }
}

void Adapter::attach_embedding(Model& model) {
  embedding_name_ = model.config.names.embedding;
  const auto* lora = std::get_if<LoraConfig>(&config_.kind);
  if (config_.trains_whole(embedding_name_)) {
    refuse_tied(model, embedding_module(model));
    embedding_ = std::make_unique<WholeEmbedding>(model);
  }
  if (lora != nullptr && !lora->tokens.empty()) {
    require_option(!embedding_, "trainTokens", "some",
                   "none where the embedding is trained whole,");
    for (const int64_t token : lora->tokens) {
      require_option(token >= 0 && token < model.config.vocab_size, "trainTokens", token,
                     "ids below the size of the vocabulary");
    }
    auto tokens = std::make_unique<TrainedTokens>(model, lora->tokens);
    if (model.config.tied_head) {
      token_head_ = std::make_unique<TokenHead>(*tokens);
      model.head.adapter = token_head_.get();
    }
    embedding_ = std::move(tokens);
  }
  if (embedding_) model.embedding_adapter = embedding_.get();
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
  for (Stack& one : stacks_) {
    for (TensorSlot& slot : one.stack->slots()) {
      slot.name = "base_model.model." + one.name + slot.name;
      slots.push_back(std::move(slot));
    }
  }
  if (shared_) {
    for (TensorSlot& slot : shared_->slots()) slots.push_back(std::move(slot));
  }
  if (embedding_) {
    for (TensorSlot& slot : embedding_->slots()) {
      slot.name = "base_model.model." + embedding_name_ + slot.name;
      slots.push_back(std::move(slot));
    }
  }
  if (inputs_) {
    for (TensorSlot& slot : inputs_->slots()) slots.push_back(std::move(slot));
  }
  return slots;
}

std::vector<TensorSlot> Adapter::parameters() {
  if (inputs_) return inputs_->parameters();
  std::vector<TensorSlot> all = slots();
  std::erase_if(all, [](const TensorSlot& slot) { return slot.gradient == nullptr; });
  return all;
}

std::vector<SavedValues> Adapter::converted(const Device& device) {
  std::vector<SavedValues> all;
  for (Site& site : sites_) {
    for (SavedValues& one : site.layer->saved(device)) {
      one.name = "base_model.model." + site.name + one.name;
      all.push_back(std::move(one));
    }
  }
  for (Stack& one : stacks_) {
    for (const TensorSlot& slot : one.stack->slots()) {
      if (slot.matrix != &one.stack->b()) continue;
      const std::vector<float> values =
          downloaded(device, DevicePtr<const float>(slot.values()), slot.elements());
      all.push_back(
          {"base_model.model." + one.name + slot.name, slot.shape(), one.stack->to_file(values)});
    }
  }
  return all;
}

void Adapter::into_file_order(const std::string& name, std::vector<float>& values) const {
  for (const Stack& one : stacks_) {
    if (name == "base_model.model." + one.name + ".lora_B.weight")
      values = one.stack->to_file(values);
  }
}

void Adapter::from_file_order(const Device& device) {
  for (Stack& one : stacks_) one.stack->from_file(device);
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

void Adapter::place_frozen(PlannedMemory& memory) {
  for (const TensorSlot& slot : slots()) {
    if (slot.gradient != nullptr) continue;
    slot.set_values(memory.take<float>(MemoryCategory::kAdapter, slot.elements()));
  }
}

void Adapter::place(PlannedMemory& memory) {
  if (shared_) shared_->place(memory);
  for (Site& site : sites_) site.layer->place(memory);
  if (inputs_) inputs_->place(memory);
}

int64_t Adapter::scratch_values(int64_t T) const {
  int64_t most = 0;
  for (const Site& site : sites_) most = std::max(most, site.layer->scratch_values(T));
  for (const Stack& one : stacks_) most = std::max(most, one.stack->scratch_values(T));
  return most;
}

void Adapter::set_scratch(const Matrix& scratch) {
  for (Site& site : sites_) site.layer->set_scratch(scratch);
  for (Stack& one : stacks_) one.stack->set_scratch(scratch);
}

void Adapter::place_head_scratch(PlannedMemory& memory, int64_t R) {
  if (token_head_) token_head_->place(memory, R);
}

void Adapter::base_loaded(const Device& device, const Model& model) {
  if (embedding_) embedding_->base_loaded(device, model);
  for (Site& site : sites_) site.layer->base_loaded(device, *site.base);
}

void Adapter::values_changed(const Device& device) {
  if (shared_ && !shared_loaded_) shared_->loaded(device);
  shared_loaded_ = true;
  for (Site& site : sites_) site.layer->values_changed(device, *site.base);
  if (inputs_) inputs_->values_changed(device);
}

void Adapter::initialise(const Device& device, uint64_t seed) {
  if (shared_) shared_->initialise(device, {seed, stream_of("vera")});
  for (Site& site : sites_) site.layer->initialise(device, {seed, stream_of(site.name)});
  for (Stack& one : stacks_) one.stack->initialise(device, {seed, stream_of(one.name)});
  if (inputs_) inputs_->initialise(device, {seed, stream_of("prompt_embeddings")});
}

}  // namespace neiro
