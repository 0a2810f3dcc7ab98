// From logits to the next token: penalties, n-grams, least length, temperature, top-k, top-p,
// min-p, typical-p in that order, as Transformers' logits processors; then a draw that depends only
// on (seed, position).
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"

namespace neiro {

struct Sampling {
  float temperature = 1.0f;         // 0 = greedy
  int64_t top_k = 0;                // 0 = off
  float top_p = 1.0f;               // 1 = off
  float min_p = 0.0f;               // 0 = off
  float repetition_penalty = 1.0f;  // 1 = off (Keskar et al. 2019)
  float presence_penalty = 0.0f;    // taken off the score of what the answer holds already; 0 = off
  float frequency_penalty = 0.0f;   // the same for every time that it is there
  int64_t no_repeat = 0;            // no so many tokens come twice in a row; 0 = off
  int64_t least = 0;                // tokens of the answer before one of `stops` may come
  std::vector<int32_t> stops;       // read where least > 0
  float typical_p = 1.0f;           // 1 = off (Meister et al. 2022)
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
// the last `answered` of them are the answer's, which presence and frequency go by; order is
// scratch. Throws Error NOT_FINITE_LOGITS.
void sampling_distribution(float* scores, int32_t* order, int64_t vocab, const int32_t* previous,
                           int64_t count, int64_t answered, const Sampling& sampling);

struct TokenScore {
  int32_t token = 0;
  float log_probability = 0;
};
// Of logits as the model gives them, before anything is cut or penalised: the logarithm of the sum
// of their exponentials, and the n likeliest tokens, the first of equals first. order is scratch,
// [vocab]. Throws Error NOT_FINITE_LOGITS.
double log_sum_of(const float* logits, int64_t vocab);
std::vector<TokenScore> likeliest(const float* logits, int32_t* order, int64_t vocab, int64_t n,
                                  double log_sum);

// Draws from probabilities[vocab] with the number that belongs to (seed, position).
int32_t draw(const float* probabilities, int64_t vocab, uint64_t seed, int64_t position);

}  // namespace neiro
