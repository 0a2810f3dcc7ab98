// Prompt in chunks, answer one by one; the logits of a token are made only when the next is asked
// for.
#include "model/generator.h"

#include <algorithm>
#include <string>

#include "core/error.h"
#include "model/input_rows.h"

namespace neiro {

GeneratorBuffers place_generator_buffers(PlannedMemory& memory, const ModelConfig& config,
                                         int64_t max_context) {
  GeneratorBuffers buffers;
  if (max_context == 0) return buffers;
  buffers.cache = place_kv_cache(memory, config, 1, max_context);
  buffers.tokens = memory.take_host<int32_t>(MemoryCategory::kWorkspace, max_context);
  buffers.logits = memory.take_host<float>(MemoryCategory::kWorkspace, config.vocab_size);
  buffers.sampler = place_sampler_buffers(memory, config.vocab_size, max_context);
  return buffers;
}

Generator::Generator(const Model& model, const GeneratorBuffers& own,
                     const TransformerBuffers& rows, const LayerScratch& scratch,
                     const HeadBuffers& head)
    : model_(model), own_(own), rows_(rows), scratch_(scratch), head_(head) {}

void Generator::begin(Pass pass, const GenerateOptions& options) {
  const int64_t prompt = static_cast<int64_t>(options.prompt.size());
  if (model_.config.has_score_head() || !model_.config.causal) throw Error("NO_LANGUAGE_HEAD");
  before_ = options.adapter && model_.inputs != nullptr ? model_.inputs->count() : 0;
  const int64_t capacity = own_.cache.capacity - before_;
  if (own_.cache.capacity == 0) throw Error("NO_CONTEXT");
  if (prompt == 0) throw Error("EMPTY_PROMPT");
  if (prompt >= capacity) {
    throw Error("PROMPT_TOO_LONG",
                {{"tokens", std::to_string(prompt)}, {"limit", std::to_string(capacity)}});
  }
  check_sampling(options.sampling);
  active_ = false;
  sampling_ = options.sampling;
  stop_tokens_ = options.stop_tokens;
  adapter_ = options.adapter;
  new_left_ = options.max_new_tokens;
  length_ = prompt_ = prompt;
  std::copy(options.prompt.begin(), options.prompt.end(), own_.tokens);
  read_ = 0;
  own_.cache.begin(*pass.device, 0);
  if (before_ > 0) read(pass, nullptr, before_);
  for (int64_t at = 0; at < prompt;) {
    const int64_t n = std::min({kPromptChunk, rows_.T, prompt - at});
    read(pass, own_.tokens + at, n);
    at += n;
    if (at == prompt) make_logits(pass, n);
  }
  active_ = true;
}

Finished Generator::next(Pass pass, int64_t count, int32_t* out, int64_t* written) {
  *written = 0;
  if (!active_) {
    throw Error("NOTHING_STARTED");
  }
  active_ = false;  // until this call ends well
  while (*written < count) {
    if (new_left_ == 0 || length_ + before_ == own_.cache.capacity) return Finished::kLength;
    if (!logits_ready_) {
      read(pass, own_.tokens + length_ - 1, 1);
      make_logits(pass, 1);
    }
    const int32_t token = sample();
    logits_ready_ = false;
    own_.tokens[length_++] = token;
    --new_left_;
    out[(*written)++] = token;
    if (std::find(stop_tokens_.begin(), stop_tokens_.end(), token) != stop_tokens_.end()) {
      return Finished::kStop;
    }
    if (new_left_ == 0 || length_ + before_ == own_.cache.capacity) return Finished::kLength;
  }
  active_ = true;
  return Finished::kNo;
}

// Runs n tokens that follow those in the cache; without tokens the rows that the adapter puts
// before them.
void Generator::read(Pass& pass, const int32_t* tokens, int64_t n) {
  const KvCache& cache = own_.cache;
  pass.adapter = adapter_;
  pass.dropout = false;
  pass.inputs = model_.inputs;
  pass.rows = tokens == nullptr ? lay_rows_before(*pass.device, rows_, n)
                                : lay_more_rows(*pass.device, rows_, tokens, n, read_);
  pass.rows.sequences.longest = static_cast<int32_t>(before_ + length_);
  transformer_cached(pass, model_, rows_, scratch_,
                     [&](size_t i) { return cache.of(i, 0, read_); });
  cache.read(0);
  read_ += n;
}

// After the last of the n tokens just read; the sampler works on the host.
void Generator::make_logits(const Pass& pass, int64_t n) {
  const Matrix logits = head_forward(pass, model_, head_, rows_.hidden[0].slice(n - 1, 1));
  pass.device->download(own_.logits, logits.floats(), model_.config.vocab_size);
  logits_ready_ = true;
}

int32_t Generator::sample() {
  const int64_t vocab = model_.config.vocab_size;
  float* scores = own_.sampler.scores;
  std::copy(own_.logits, own_.logits + vocab, scores);
  sampling_distribution(scores, own_.sampler.order, vocab, own_.tokens, length_, length_ - prompt_,
                        sampling_);
  return draw(scores, vocab, sampling_.seed, length_);
}

}  // namespace neiro
