// An opened model: what the binding hands to JavaScript, without JavaScript. One call at a time
// (the binding sees to it); only cancel() may come from another thread.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "backend/planned_memory.h"
#include "core/thread_pool.h"
#include "export/gguf_check.h"
#include "export/gguf_mix.h"
#include "io/gguf_writer.h"
#include "session/chosen_device.h"
#include "session/evaluation.h"
#include "session/session_memory.h"
#include "train/pruning.h"
#include "train/state_file.h"
#include "train/trainer.h"

namespace neiro {

struct EvaluateResult {
  double nll_sum = 0;         // with a score head of its losses
  int64_t learnt_tokens = 0;  // terms of the loss: with a score head examples, or values
};

class Session {
 public:
  // Throws whatever may be wrong with options, files, shapes, values or memory.
  explicit Session(const OpenOptions& options);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const ModelInfo& info() const { return info_; }
  const MemoryPlan& plan() const { return chosen_.plan; }
  const PlannedMemory& memory() const { return *planned_; }
  const Device& device() const { return *device_; }

  // Training. Throws Error NOT_TRAINABLE when the session was opened without `train`.
  StepResult step(const std::vector<Batch>& micro_batches, const StepOptions& options);
  StepResult gradients(const std::vector<Batch>& micro_batches);
  // An update by hand: train/trainer.h. Only tokens, labels and lengths of the batch are read; of
  // a score head not the labels. Any call between forward and backward that reads text forgets what
  // was kept.
  // `head`: the name of one beside the model's own; empty = the model's.
  void forward(const Batch& batch, int64_t step, const std::string& head, float* out);
  void backward(const std::vector<float>& gradient);
  StepResult update(double loss, const StepOptions& options);
  // Of a model that is trained whole with keep_zeros: train/pruning.h.
  Pruned prune(const Pruning& pruning);
  const std::vector<Parameter>& parameters() const { return memory_->parameters.all(); }
  void save_state(const std::string& path) const;
  StateInfo load_state(const std::string& path);

  // Reading. Without the adapter: with the reference, where there is one.
  // examples [batch.lengths.size()] must be zeroed.
  EvaluateResult evaluate(const Batch& batch, bool adapter, ExampleLoss* examples);
  // out[rows, vocab] of a language head, rows = the tokens and what the adapter puts before each
  // example; [examples, labels] of a score head. Only tokens and lengths of the batch are read.
  void logits(const Batch& batch, bool adapter, float* out);
  int64_t logits_size(const Batch& batch, bool adapter) const;  // values of out
  // out[rows, hidden size], rows as those of a language head: the states after the last layer and
  // the final norm, whatever head there is. Only tokens and lengths of the batch are read.
  void hidden_states(const Batch& batch, bool adapter, float* out);
  int64_t hidden_size(const Batch& batch, bool adapter) const;  // values of out
  // out[T] = log p of each learnt token in its place, 0 in the others. Throws Error
  // NO_LANGUAGE_HEAD.
  void log_probabilities(const Batch& batch, bool adapter, float* out);
  // Numbers that forward gives for the batch.
  int64_t value_count(const Batch& batch, const std::string& head) const {
    return head_of(head).value_count(batch);
  }
  // out[value_count(batch, head)] of a head beside the model's own; nothing is kept.
  void head_scores(const Batch& batch, const std::string& head, float* out);
  void save_heads(const std::string& path) const;
  void generate_begin(const GenerateOptions& options);
  Finished generate_next(int64_t count, int32_t* out, int64_t* written);

  // Many conversations at once, where it was opened for them: model/conversations.h.
  int64_t begin_conversation(const ConversationOptions& options);
  std::vector<Said> advance();
  void end_conversation(int64_t place);

  // The adapter. Throws Error NO_ADAPTER when there is none.
  Adapter& adapter() const;
  void save_adapter(const std::string& dir, const std::string& base_model_name) const;
  // The tuned model for other programs; errors: export/.
  void save_merged(const std::string& dir, DType type) const;
  void save_gguf(const std::string& file, GgufKind kind, const std::vector<GgufEntry>& entries);
  void save_gguf_adapter(const std::string& file, const std::vector<GgufEntry>& entries);
  GgufCheck check_gguf(const std::string& file);
  GgufCheck check_gguf_adapter(const std::string& file);
  int64_t gguf_bytes(GgufKind kind) const;

  // The running call ends with CANCELLED soon. Cleared by the next reset_cancel().
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  void reset_cancel() { cancelled_.store(false, std::memory_order_relaxed); }

 private:
  // While it lives, reading without the adapter is reading with the reference.
  class Reference;
  Pass pass(bool adapter) const;
  void require_training() const;
  void check_prompt(const std::vector<int32_t>& prompt, const std::vector<int32_t>& stops) const;
  Conversations& conversations() const;
  // Tokens that a batch of so many examples may hold, beside what the adapter puts before them.
  int64_t max_tokens(const Batch& batch, bool adapter) const;
  // Throws Error EXAMPLE_TOO_LONG {tokens, limit} where the model has no vector for a position.
  void check_positions(const Batch& batch) const;
  void check(const std::vector<Batch>& micro_batches) const;
  const HeadValues& head_of(const std::string& name) const;
  void check_read(const HeadValues& head, const Batch& batch, bool adapter) const;
  void check_text(const Batch& batch, bool adapter) const;
  // Of a pass that reads the batch.
  int64_t rows_of(const Batch& batch, bool adapter) const;
  // Before a pass that takes the place of what a forward by hand has kept.
  void forget();

  std::atomic<bool> cancelled_{false};
  int64_t last_step_ = 0;
  std::unique_ptr<SessionMemory> memory_;
  std::unique_ptr<ThreadPool> pool_;
  ChosenDevice chosen_;
  std::unique_ptr<Device> device_;
  std::unique_ptr<PlannedMemory> planned_;
  ModelInfo info_;
  std::unique_ptr<Objective> objective_;
  std::unique_ptr<Trainer> trainer_;
  std::unique_ptr<Generator> generator_;
  std::unique_ptr<Conversations> conversations_;
};

}  // namespace neiro
