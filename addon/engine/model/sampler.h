// From logits to the next token: repetition penalty, temperature, top-k, top-p, min-p in that
// order, as Transformers' logits processors; then a draw that depends only on (seed, position).
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"

namespace neiro {

struct Sampling {
  float temperature = 1.0f;         // 0 = greedy
  int64_t top_k = 0;                // 0 = off
  float top_p = 1.0f;               // 1 = off
  float min_p = 0.0f;               // 0 = off
  float repetition_penalty = 1.0f;  // 1 = off (Keskar et al. 2019)
  uint64_t seed = 0;
};
// Throws Error BAD_OPTION {option, value, expected}.
void check_sampling(const Sampling& sampling);

// Scratch of a sampler, on the host.
struct SamplerBuffers {
  float* scores = nullptr;   // [vocab]
  int32_t* order = nullptr;  // [max(vocab, tokens so far)]
};
SamplerBuffers place_sampler_buffers(PlannedMemory& memory, int64_t vocab, int64_t max_tokens);

// scores[vocab] come in as logits and leave as probabilities (0 for what is cut off; exactly one 1
// when greedy). previous[count] are all tokens so far, prompt and answer;
// order is scratch.
// Throws Error NOT_FINITE_LOGITS.
void sampling_distribution(float* scores, int32_t* order, int64_t vocab, const int32_t* previous,
                           int64_t count, const Sampling& sampling);

// Draws from probabilities[vocab] with the number that belongs to (seed, position).
int32_t draw(const float* probabilities, int64_t vocab, uint64_t seed, int64_t position);

}  // namespace neiro
