// Opening, and one short function per call: check, then hand on.
#include "session/session.h"

#include <utility>

#include "adapters/adapter_files.h"
#include "core/error.h"
#include "core/option.h"
#include "export/gguf_adapter.h"
#include "export/gguf_model.h"
#include "export/merge.h"
#include "io/atomic_file.h"

namespace neiro {

class Session::Reference {
 public:
  Reference(SessionMemory& memory, bool adapter)
      : memory_(memory), here_(!adapter && memory.reference) {
    if (here_) swap();
  }
  ~Reference() {
    if (here_) swap();
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  // Whether adapters count in a pass that was asked for with or without them.
  bool counts(bool adapter) const { return adapter || here_; }

 private:
  void swap() {
    AdapterPlaces now = take_adapter(memory_.model);
    hang_adapter(memory_.model, memory_.reference_places);
    memory_.reference_places = std::move(now);
  }

  SessionMemory& memory_;
  const bool here_;
};

Session::Session(const OpenOptions& options)
    : memory_(std::make_unique<SessionMemory>(options)),
      pool_(std::make_unique<ThreadPool>(memory_->threads())),
      chosen_(choose_device(options)),
      device_(open_chosen(chosen_, *pool_)) {
  // The layout runs again: what was counted is what it then gets.
  planned_ = std::make_unique<PlannedMemory>(*device_, chosen_.size);
  memory_->place(*planned_, *device_);
  device_->use_scratch(memory_->workspace.scratch);
  memory_->load(*device_, *pool_);
  info_ = describe(memory_->model, memory_->stored);
  info_.trainable_parameters = memory_->trainable_parameters();
  const Workspace& workspace = memory_->workspace;
  objective_ = make_objective(memory_->model, workspace.head, workspace.loss);
  if (memory_->trains()) {
    trainer_ = std::make_unique<Trainer>(pass(true), memory_->model, memory_->parameters,
                                         memory_->adapter.get(), workspace, *objective_);
  }
  generator_ = std::make_unique<Generator>(memory_->model, memory_->generator, workspace.rows,
                                           workspace.layer, workspace.head);
  if (options.conversations > 0) {
    Conversations::Inputs inputs;
    if (memory_->trains()) inputs.push_back(memory_->model.inputs);
    for (int i = 0; i < memory_->adapters.count(); ++i) {
      inputs.push_back(memory_->adapters.inputs(i));
    }
    conversations_ =
        std::make_unique<Conversations>(memory_->model, memory_->conversations, workspace.rows,
                                        workspace.layer, workspace.head, *pool_, std::move(inputs));
  }
}

Pass Session::pass(bool adapter) const {
  Pass pass;
  pass.device = device_.get();
  pass.config = &memory_->model.config;
  pass.ropes = &memory_->ropes;
  pass.adapter = adapter;
  pass.inputs = memory_->model.inputs;
  pass.random.seed = memory_->options.seed;
  pass.cancelled = &cancelled_;
  return pass;
}

void Session::require_training() const {
  if (trainer_) return;
  throw Error("NOT_TRAINABLE");
}

void Session::check_positions(const Batch& batch) const {
  const ModelConfig& config = memory_->model.config;
  if (config.position_rows == 0) return;
  for (const int32_t length : batch.lengths) {
    if (length <= config.max_position_embeddings) continue;
    throw Error("EXAMPLE_TOO_LONG", {{"tokens", std::to_string(length)},
                                     {"limit", std::to_string(config.max_position_embeddings)}});
  }
}

void Session::check(const std::vector<Batch>& micro_batches) const {
  for (const Batch& batch : micro_batches) {
    check_positions(batch);
    objective_->check(batch, max_tokens(batch, true));
    check_readable(memory_->model, memory_->stored, batch.tokens);
  }
}

int64_t Session::max_tokens(const Batch& batch, bool adapter) const {
  const int64_t before = pass(adapter).rows_before();
  return memory_->options.max_tokens - before * static_cast<int64_t>(batch.lengths.size());
}

StepResult Session::step(const std::vector<Batch>& micro_batches, const StepOptions& options) {
  require_training();
  check_step_options(options);
  check(micro_batches);
  const StepResult result = trainer_->step(micro_batches, options);
  last_step_ = options.step;
  return result;
}

StepResult Session::gradients(const std::vector<Batch>& micro_batches) {
  require_training();
  check(micro_batches);
  return trainer_->gradients(micro_batches);
}

const HeadValues& Session::head_of(const std::string& name) const {
  if (name.empty()) return *objective_;
  return head_named(memory_->heads, name);
}

void Session::check_read(const HeadValues& head, const Batch& batch, bool adapter) const {
  head.check_read(batch, max_tokens(batch, adapter));
  check_readable(memory_->model, memory_->stored, batch.tokens);
}

void Session::forget() {
  if (trainer_) trainer_->forget();
}

void Session::forward(const Batch& batch, int64_t step, const std::string& head, float* out) {
  require_training();
  require_option(step >= 1, "step", step, "1 or more");
  const HeadValues& through = head_of(head);
  check_read(through, batch, true);
  trainer_->forward(through, batch, step, out);
}

void Session::backward(const std::vector<float>& gradient) {
  require_training();
  trainer_->backward(gradient);
}

StepResult Session::update(double loss, const StepOptions& options) {
  require_training();
  check_step_options(options);
  const StepResult result = trainer_->update(loss, options);
  last_step_ = options.step;
  return result;
}

Pruned Session::prune(const Pruning& pruning) {
  require_training();
  require_option(memory_->options.keep_zeros, "train", "without keepZeros", "full with keepZeros");
  forget();
  const Pruned pruned = neiro::prune(*device_, memory_->parameters.all(), pruning);
  memory_->parameters.look_for_zeros(*device_);
  return pruned;
}

void Session::log_probabilities(const Batch& batch, bool adapter, float* out) {
  const Reference reference(*memory_, adapter);
  adapter = reference.counts(adapter);
  if (memory_->model.config.has_score_head()) throw Error("NO_LANGUAGE_HEAD");
  check_read(*objective_, batch, adapter);
  forget();
  head_values(pass(adapter), memory_->model, memory_->workspace, *objective_, batch, out);
}

void Session::head_scores(const Batch& batch, const std::string& head, float* out) {
  const HeadValues& through = head_of(head);
  check_positions(batch);
  check_read(through, batch, true);
  forget();
  head_values(pass(true), memory_->model, memory_->workspace, through, batch, out);
}

void Session::save_heads(const std::string& path) const {
  save_side_heads(*device_, memory_->heads, path);
}

void Session::save_state(const std::string& path) const {
  require_training();
  neiro::save_state(*device_, memory_->parameters, {last_step_, device_->arithmetic()}, path);
}

StateInfo Session::load_state(const std::string& path) {
  require_training();
  StateInfo info = neiro::load_state(*device_, memory_->parameters, path);
  info.here = device_->arithmetic();
  last_step_ = info.step;
  if (memory_->adapter) memory_->adapter->values_changed(*device_);
  memory_->parameters.look_for_zeros(*device_);
  return info;
}

EvaluateResult Session::evaluate(const Batch& batch, bool adapter, ExampleLoss* examples) {
  const Reference reference(*memory_, adapter);
  adapter = reference.counts(adapter);
  check_positions(batch);
  objective_->check(batch, max_tokens(batch, adapter));
  check_readable(memory_->model, memory_->stored, batch.tokens);
  forget();
  EvaluateResult result;
  result.nll_sum = neiro::evaluate(pass(adapter), memory_->model, memory_->workspace, *objective_,
                                   batch, examples);
  result.learnt_tokens = objective_->count(batch);
  return result;
}

int64_t Session::logits_size(const Batch& batch, bool adapter) const {
  const ModelConfig& config = memory_->model.config;
  const int64_t examples = static_cast<int64_t>(batch.lengths.size());
  return (config.has_score_head() ? examples : rows_of(batch, adapter)) * config.outputs();
}

int64_t Session::rows_of(const Batch& batch, bool adapter) const {
  const int64_t examples = static_cast<int64_t>(batch.lengths.size());
  return batch.size() + examples * pass(adapter || memory_->reference).rows_before();
}

void Session::check_text(const Batch& batch, bool adapter) const {
  check_positions(batch);
  check_tokens(batch.tokens, batch.lengths, info_.vocab_size, max_tokens(batch, adapter));
  check_readable(memory_->model, memory_->stored, batch.tokens);
}

int64_t Session::hidden_size(const Batch& batch, bool adapter) const {
  return rows_of(batch, adapter) * memory_->model.config.hidden_size;
}

void Session::hidden_states(const Batch& batch, bool adapter, float* out) {
  const Reference reference(*memory_, adapter);
  adapter = reference.counts(adapter);
  check_text(batch, adapter);
  forget();
  neiro::hidden_states(pass(adapter), memory_->model, memory_->workspace, batch, out);
}

void Session::logits(const Batch& batch, bool adapter, float* out) {
  const Reference reference(*memory_, adapter);
  adapter = reference.counts(adapter);
  check_text(batch, adapter);
  forget();
  if (memory_->model.config.has_score_head()) {
    head_values(pass(adapter), memory_->model, memory_->workspace, *objective_, batch, out);
  } else {
    all_logits(pass(adapter), memory_->model, memory_->workspace, batch, out);
  }
}

void Session::check_prompt(const std::vector<int32_t>& prompt,
                           const std::vector<int32_t>& stops) const {
  for (const std::vector<int32_t>* tokens : {&prompt, &stops}) {
    if (tokens->empty()) continue;
    check_tokens(*tokens, {static_cast<int32_t>(tokens->size())}, info_.vocab_size,
                 static_cast<int64_t>(tokens->size()));
  }
  check_readable(memory_->model, memory_->stored, prompt);
}

void Session::generate_begin(const GenerateOptions& options) {
  check_prompt(options.prompt, options.stop_tokens);
  forget();
  generator_->begin(pass(options.adapter), options);
}

Finished Session::generate_next(int64_t count, int32_t* out, int64_t* written) {
  forget();
  return generator_->next(pass(true), count, out, written);
}

Conversations& Session::conversations() const {
  if (!conversations_) throw Error("NO_CONVERSATIONS");
  return *conversations_;
}

int64_t Session::begin_conversation(const ConversationOptions& options) {
  check_prompt(options.prompt, options.stop_tokens);
  require_option(!memory_->trains() || options.adapter == 0, "adapter", options.adapter,
                 "0, for what is trained,");
  return conversations().begin(options);
}

std::vector<Said> Session::advance() {
  forget();
  return conversations().advance(pass(true));
}

void Session::end_conversation(int64_t place) { conversations().end(place); }

Adapter& Session::adapter() const {
  if (!memory_->adapter) {
    throw Error("NO_ADAPTER");
  }
  return *memory_->adapter;
}

void Session::save_adapter(const std::string& dir, const std::string& base_model_name) const {
  neiro::save_adapter(*device_, adapter(), dir, base_model_name);
}

void Session::save_merged(const std::string& dir, DType type) const {
  neiro::save_merged(*device_, memory_->model, dir, type, &cancelled_);
  const ModelFiles& files = memory_->files;
  if (files.in_folder()) return;
  write_file_atomically(dir + "/config.json", files.config().text(2) + "\n");
}

void Session::save_gguf(const std::string& file, GgufKind kind,
                        const std::vector<GgufEntry>& entries) {
  neiro::save_gguf(*device_, *pool_, memory_->model, file, kind, entries, &cancelled_);
}

void Session::save_gguf_adapter(const std::string& file, const std::vector<GgufEntry>& entries) {
  neiro::save_gguf_adapter(*device_, memory_->model, adapter(), file, entries);
}

GgufCheck Session::check_gguf(const std::string& file) {
  return neiro::check_gguf(*device_, memory_->model, file, &cancelled_);
}

GgufCheck Session::check_gguf_adapter(const std::string& file) {
  return neiro::check_gguf_adapter(*device_, memory_->model, adapter(), file);
}

int64_t Session::gguf_bytes(GgufKind kind) const { return neiro::gguf_bytes(memory_->model, kind); }

}  // namespace neiro
