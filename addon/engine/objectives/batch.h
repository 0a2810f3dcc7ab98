// Examples as they come from outside, and the checks that let everything behind trust them.
#pragma once

#include <cstdint>
#include <vector>

namespace neiro {

inline constexpr int32_t kNotLearnt = -100;  // label of a position that is not learnt

// Examples laid end to end without padding. For a language head labels[i] is the id that position i
// itself holds when it is learnt, else kNotLearnt; the first token of an example is never
// predicted. For a score head `targets` says what is right for each example.
struct Batch {
  std::vector<int32_t> tokens;
  std::vector<int32_t> labels;
  std::vector<int32_t> lengths;
  // [examples] the number of the right label, or [examples, labels] whether each is right (0 to 1),
  // or the numbers themselves: by ScoreProblem.
  std::vector<float> targets;
  std::vector<float> weights;  // [examples] what each counts, of a score head; empty = 1 each

  int64_t size() const { return static_cast<int64_t>(tokens.size()); }
};

// Throw Error EMPTY_BATCH, BAD_LENGTHS, BATCH_TOO_LARGE {tokens, limit} or BAD_TOKEN
// {token, position, limit}.
void check_tokens(const std::vector<int32_t>& tokens, const std::vector<int32_t>& lengths,
                  int64_t vocab, int64_t max_tokens);
// The same and its labels, of a batch for a language head.
void check_batch(const Batch& batch, int64_t vocab, int64_t max_tokens);

// Positions whose token is predicted and learnt.
int64_t count_learnt(const Batch& batch);

}  // namespace neiro
