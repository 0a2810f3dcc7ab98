// The adapter of a whole model: one layer adapter around each targeted linear layer, or rows before
// each example; with PEFT's names. Where its values lie is decided by whoever places them (train/
// or an inference).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/adapter_config.h"
#include "adapters/embedding_part.h"
#include "adapters/expert_stack.h"
#include "adapters/input_adapter.h"
#include "adapters/layer_adapter.h"
#include "adapters/trained_tokens.h"
#include "adapters/vera_linear.h"
#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

// The linear layers of a model by name; and what may be trained whole beside them: by the words to
// ask for it, and by path, every layer of the head and the embedding.
std::vector<ModuleName> module_names(Model& model);
std::vector<std::string> whole_names(Model& model);
std::vector<std::string> whole_paths(Model& model);

// The weights of experts that learn, by path: "model.layers.1.mlp.experts.down_proj". Throws Error
// BAD_OPTION {option targetParameters, value, expected} for a name that no layer has.
std::vector<std::string> expert_weights(Model& model, const AdapterConfig& config);

class Adapter {
 public:
  // Attaches itself to the model; the model must outlive it.
  // `trains`: what is only needed to train stands there, too.
  Adapter(Model& model, const AdapterConfig& config, bool trains);
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
  // What is trained: most often those, less what is never trained.
  std::vector<TensorSlot> parameters();
  // Whether it is more than layers: a part behind the embedding, or rows before examples.
  bool only_layers() const { return !inputs_ && !embedding_ && stacks_.empty(); }

  // The linear layers that it stands around: "model.layers.0.self_attn.q_proj".
  struct LayerPlace {
    std::string name;
    const LayerAdapter* layer;
  };
  std::vector<LayerPlace> layers() const;

  // Memory for values only, for inference; for those that are never trained, while others are; and
  // for what is made of them, always.
  void place_values(PlannedMemory& memory);
  void place_frozen(PlannedMemory& memory);
  void place(PlannedMemory& memory);
  // Scratch for passes of up to T tokens, [values, 1]; may share its place with what lives outside
  // of layers, and with other adapters'.
  int64_t scratch_values(int64_t T) const;
  void set_scratch(const Matrix& scratch);
  // The same for chunks of up to R rows of logits; may share its place with what lives outside of
  // the head.
  void place_head_scratch(PlannedMemory& memory, int64_t R);

  // To be told when the base has its weights, and after every change of the adapter's values.
  void base_loaded(const Device& device, const Model& model);
  void values_changed(const Device& device);

  // Tensors of a file that are not the slots' values as they are; else none.
  std::vector<SavedValues> converted(const Device& device);

  // A tensor's values in a file's order, where that is another than here; by its slot's name.
  void into_file_order(const std::string& name, std::vector<float>& values) const;
  // After a file's values were taken as they stand in it.
  void from_file_order(const Device& device);

  // First values as PEFT's, without a stored adapter.
  void initialise(const Device& device, uint64_t seed);

 private:
  struct Site {
    std::string name;  // "model.layers.0.self_attn.q_proj"
    const Linear* base;
    std::unique_ptr<LayerAdapter> layer;
  };
  void attach(const LinearLayer& place, std::unique_ptr<LayerAdapter> layer);
  void attach_layers(Model& model);
  void attach_experts(Model& model);
  void attach_embedding(Model& model);

  AdapterConfig config_;
  bool scores_;
  struct Stack {
    std::string name;  // "model.layers.1.mlp.experts.base_layer"
    std::unique_ptr<ExpertStack> stack;
  };
  std::vector<Site> sites_;
  std::vector<Stack> stacks_;
  std::unique_ptr<VeraPair> shared_;          // null = none
  bool shared_loaded_ = false;                // its values never change after that
  std::unique_ptr<EmbeddingPart> embedding_;  // null = none
  std::string embedding_name_;
  std::unique_ptr<TokenHead> token_head_;  // null = the head is no embedding
  std::unique_ptr<InputAdapter> inputs_;   // null = none
};

}  // namespace neiro
