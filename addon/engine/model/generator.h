// Continues a prompt token by token with a KV cache. One generation at a time: begin, then next
// until it says finished. Text, stop strings and streaming are the caller's.
#pragma once

#include <cstdint>
#include <vector>

#include "model/head.h"
#include "model/kv_cache.h"
#include "model/sampler.h"
#include "model/transformer.h"

namespace neiro {

inline constexpr int64_t kPromptChunk = 256;  // tokens that are read in one pass at most

struct GenerateOptions {
  std::vector<int32_t> prompt;
  int64_t max_new_tokens = 0;
  std::vector<int32_t> stop_tokens;
  Sampling sampling;
  bool adapter = true;
};

enum class Finished { kNo, kStop, kLength };

// Planned memory of its own; layers and head are read with buffers shared with training.
struct GeneratorBuffers {
  KvCache cache;
  int32_t* tokens = nullptr;  // [capacity] on the host: prompt and answer so far
  float* logits = nullptr;    // [vocab] on the host: after the last token
  SamplerBuffers sampler;
};
GeneratorBuffers place_generator_buffers(PlannedMemory& memory, const ModelConfig& config,
                                         int64_t max_context);

class Generator {
 public:
  // Everything handed over must outlive it.
  Generator(const Model& model, const GeneratorBuffers& own, const TransformerBuffers& rows,
            const LayerScratch& scratch, const HeadBuffers& head);

  // Reads the prompt. Throws Error PROMPT_TOO_LONG {tokens, limit}, EMPTY_PROMPT, BAD_TOKEN,
  // BAD_OPTION, NO_CONTEXT (opened with maxContext 0), NO_LANGUAGE_HEAD (a model that scores) or
  // CANCELLED.
  void begin(Pass pass, const GenerateOptions& options);
  // Writes at most `count` tokens to out and their number to *written. A stop token is written too.
  // Throws Error NOTHING_STARTED, NOT_FINITE_LOGITS or CANCELLED; all end the generation.
  Finished next(Pass pass, int64_t count, int32_t* out, int64_t* written);

 private:
  void read(Pass& pass, const int32_t* tokens, int64_t n);
  void make_logits(const Pass& pass, int64_t n);
  int32_t sample();

  const Model& model_;
  GeneratorBuffers own_;
  const TransformerBuffers& rows_;
  const LayerScratch& scratch_;
  const HeadBuffers& head_;

  bool active_ = false;
  bool logits_ready_ = false;
  int64_t read_ = 0;      // positions in the cache
  int64_t length_ = 0;    // tokens in own_.tokens
  int64_t prompt_ = 0;    // of these the prompt's
  int64_t new_left_ = 0;  // of max_new_tokens
  int64_t before_ = 0;    // rows of the adapter in the cache, before the tokens
  bool adapter_ = true;
  Sampling sampling_;
  std::vector<int32_t> stop_tokens_;
};

}  // namespace neiro
