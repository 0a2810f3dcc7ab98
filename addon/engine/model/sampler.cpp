// Each processor works on scores in place; minus infinity means cut off.
#include "model/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/error.h"
#include "core/option.h"
#include "core/random.h"

namespace neiro {
namespace {

constexpr float kCut = -std::numeric_limits<float>::infinity();
constexpr uint64_t kSamplingStream = 0x5a3b1e;

// A token's score is lowered once, however often it stands in the text.
void penalise(float* scores, int32_t* order, const int32_t* previous, int64_t count,
              float penalty) {
  std::copy(previous, previous + count, order);
  std::sort(order, order + count);
  const int32_t* end = std::unique(order, order + count);
  for (const int32_t* token = order; token != end; ++token) {
    float& score = scores[*token];
    score = score < 0 ? score * penalty : score / penalty;
  }
}

// By how often the answer holds a token already.
void take_off(float* scores, int32_t* order, const int32_t* answer, int64_t count, float presence,
              float frequency) {
  std::copy(answer, answer + count, order);
  std::sort(order, order + count);
  for (int64_t i = 0; i < count;) {
    int64_t end = i;
    while (end < count && order[end] == order[i]) ++end;
    scores[order[i]] -= presence + frequency * static_cast<float>(end - i);
    i = end;
  }
}

// Keeps the k highest and what equals the lowest of them.
void keep_top_k(float* scores, int32_t* order, int64_t vocab, int64_t k) {
  if (k >= vocab) return;
  for (int64_t i = 0; i < vocab; ++i) order[i] = static_cast<int32_t>(i);
  std::nth_element(order, order + (k - 1), order + vocab,
                   [&](int32_t a, int32_t b) { return scores[a] > scores[b]; });
  const float lowest = scores[order[k - 1]];
  for (int64_t i = 0; i < vocab; ++i) {
    if (scores[i] < lowest) scores[i] = kCut;
  }
}

// exp(score) summed over what is left; the highest score is 0.
double exponential_sum(const float* scores, int64_t vocab) {
  double sum = 0;
  for (int64_t i = 0; i < vocab; ++i) {
    if (scores[i] != kCut) sum += std::exp(static_cast<double>(scores[i]));
  }
  return sum;
}

// Cuts the tail that holds at most 1 - top_p of the probability; the likeliest always stays.
void keep_top_p(float* scores, int32_t* order, int64_t vocab, float top_p) {
  int64_t n = 0;
  for (int64_t i = 0; i < vocab; ++i) {
    if (scores[i] != kCut) order[n++] = static_cast<int32_t>(i);
  }
  std::sort(order, order + n, [&](int32_t a, int32_t b) {
    return scores[a] != scores[b] ? scores[a] < scores[b] : a < b;
  });
  const double total = exponential_sum(scores, vocab);
  double tail = 0;
  for (int64_t i = 0; i + 1 < n; ++i) {
    tail += std::exp(static_cast<double>(scores[order[i]])) / total;
    if (tail > 1.0 - static_cast<double>(top_p)) break;
    scores[order[i]] = kCut;
  }
}

// Whatever would end a run of n tokens that stands in the text already.
void cut_repetition(float* scores, const int32_t* previous, int64_t count, int64_t n) {
  const int32_t* begin = previous + count - (n - 1);  // what the next token would end
  if (count < n) return;
  for (int64_t i = 0; i + n <= count; ++i) {
    if (std::equal(begin, previous + count, previous + i)) scores[previous[i + n - 1]] = kCut;
  }
}

// Keeps what says about as much as is to be expected, -log p next to the entropy, until it holds
// `mass` of the probability. The highest score is 0.
void keep_typical(float* scores, int32_t* order, int64_t vocab, float mass) {
  const double log_total = std::log(exponential_sum(scores, vocab));
  int64_t n = 0;
  double entropy = 0;
  for (int64_t i = 0; i < vocab; ++i) {
    if (scores[i] == kCut) continue;
    order[n++] = static_cast<int32_t>(i);
    const double log_p = static_cast<double>(scores[i]) - log_total;
    entropy -= std::exp(log_p) * log_p;
  }
  const auto apart = [&](int32_t token) {
    return std::fabs(log_total - static_cast<double>(scores[token]) - entropy);
  };
  std::sort(order, order + n, [&](int32_t a, int32_t b) {
    const double of_a = apart(a), of_b = apart(b);
    return of_a != of_b ? of_a < of_b : a < b;
  });
  double held = 0;
  int64_t last = 0;
  for (; last + 1 < n; ++last) {
    held += std::exp(static_cast<double>(scores[order[last]]) - log_total);
    if (held >= static_cast<double>(mass)) break;
  }
  const double furthest = apart(order[last]);
  while (n > 0 && apart(order[n - 1]) > furthest) scores[order[--n]] = kCut;
}

// Cuts what is less likely than min_p times the likeliest.
void keep_min_p(float* scores, int64_t vocab, float min_p) {
  for (int64_t i = 0; i < vocab; ++i) {
    if (std::exp(static_cast<double>(scores[i])) < min_p) scores[i] = kCut;
  }
}

}  // namespace

void check_sampling(const Sampling& s) {
  require_option(std::isfinite(s.temperature) && s.temperature >= 0, "temperature", s.temperature,
                 "0 or more");
  require_option(s.top_k >= 0, "topK", s.top_k, "0 or more");
  require_option(s.top_p > 0 && s.top_p <= 1, "topP", s.top_p, "more than 0 and at most 1");
  require_option(s.min_p >= 0 && s.min_p <= 1, "minP", s.min_p, "a number from 0 to 1");
  require_option(std::isfinite(s.repetition_penalty) && s.repetition_penalty > 0,
                 "repetitionPenalty", s.repetition_penalty, "more than 0");
  require_option(s.typical_p > 0 && s.typical_p <= 1, "typicalP", s.typical_p,
                 "more than 0 and at most 1");
  require_option(s.no_repeat >= 0, "noRepeat", s.no_repeat, "0 or more");
  require_option(s.least >= 0, "least", s.least, "0 or more");
  require_option(s.presence_penalty >= -2 && s.presence_penalty <= 2, "presencePenalty",
                 s.presence_penalty, "a number from -2 to 2");
  require_option(s.frequency_penalty >= -2 && s.frequency_penalty <= 2, "frequencyPenalty",
                 s.frequency_penalty, "a number from -2 to 2");
}

SamplerBuffers place_sampler_buffers(PlannedMemory& memory, int64_t vocab, int64_t max_tokens) {
  SamplerBuffers buffers;
  buffers.scores = memory.take_host<float>(MemoryCategory::kWorkspace, vocab);
  buffers.order =
      memory.take_host<int32_t>(MemoryCategory::kWorkspace, std::max(vocab, max_tokens));
  return buffers;
}

void sampling_distribution(float* scores, int32_t* order, int64_t vocab, const int32_t* previous,
                           int64_t count, int64_t answered, const Sampling& sampling) {
  for (int64_t i = 0; i < vocab; ++i) {
    if (!std::isfinite(scores[i])) {
      throw Error("NOT_FINITE_LOGITS");
    }
  }
  if (sampling.repetition_penalty != 1.0f) {
    penalise(scores, order, previous, count, sampling.repetition_penalty);
  }
  if (sampling.presence_penalty != 0.0f || sampling.frequency_penalty != 0.0f) {
    take_off(scores, order, previous + count - answered, answered, sampling.presence_penalty,
             sampling.frequency_penalty);
  }
  if (sampling.no_repeat > 0) cut_repetition(scores, previous, count, sampling.no_repeat);
  if (answered < sampling.least) {
    for (const int32_t stop : sampling.stops) {
      if (stop >= 0 && stop < vocab) scores[stop] = kCut;
    }
  }
  // Nothing may come any more: the rules are broken rather than the answer.
  if (std::all_of(scores, scores + vocab, [](float score) { return score == kCut; })) {
    std::fill(scores, scores + vocab, 0.0f);
  }
  const int64_t top = std::max_element(scores, scores + vocab) - scores;  // the first of equals
  if (sampling.temperature == 0.0f) {
    std::fill(scores, scores + vocab, 0.0f);
    scores[top] = 1.0f;
    return;
  }
  // Measured from the highest, which is then 0: no temperature can overflow.
  const float highest = scores[top];
  for (int64_t i = 0; i < vocab; ++i) scores[i] = (scores[i] - highest) / sampling.temperature;
  if (sampling.top_k > 0) keep_top_k(scores, order, vocab, sampling.top_k);
  if (sampling.top_p < 1.0f) keep_top_p(scores, order, vocab, sampling.top_p);
  if (sampling.min_p > 0.0f) keep_min_p(scores, vocab, sampling.min_p);
  if (sampling.typical_p < 1.0f) keep_typical(scores, order, vocab, sampling.typical_p);
  const double total = exponential_sum(scores, vocab);
  for (int64_t i = 0; i < vocab; ++i) {
    const double weight = scores[i] == kCut ? 0.0 : std::exp(static_cast<double>(scores[i]));
    scores[i] = static_cast<float>(weight / total);
  }
}

double log_sum_of(const float* logits, int64_t vocab) {
  const double highest = *std::max_element(logits, logits + vocab);
  double sum = 0;
  for (int64_t i = 0; i < vocab; ++i) sum += std::exp(static_cast<double>(logits[i]) - highest);
  if (!std::isfinite(sum)) throw Error("NOT_FINITE_LOGITS");
  return highest + std::log(sum);
}

std::vector<TokenScore> likeliest(const float* logits, int32_t* order, int64_t vocab, int64_t n,
                                  double log_sum) {
  n = std::min(n, vocab);
  for (int64_t i = 0; i < vocab; ++i) order[i] = static_cast<int32_t>(i);
  std::partial_sort(order, order + n, order + vocab, [&](int32_t a, int32_t b) {
    return logits[a] != logits[b] ? logits[a] > logits[b] : a < b;
  });
  std::vector<TokenScore> best;
  for (int64_t i = 0; i < n; ++i) {
    best.push_back({order[i], static_cast<float>(logits[order[i]] - log_sum)});
  }
  return best;
}

int32_t draw(const float* probabilities, int64_t vocab, uint64_t seed, int64_t position) {
  const double u = uniform({seed, kSamplingStream}, static_cast<uint64_t>(position));
  double sum = 0;
  int32_t last = 0;
  for (int64_t i = 0; i < vocab; ++i) {
    if (probabilities[i] <= 0) continue;
    sum += probabilities[i];
    last = static_cast<int32_t>(i);
    if (u < sum) return last;
  }
  return last;  // rounding left a little below 1
}

}  // namespace neiro
