// What a batch must be before anything is computed from it.
#include "objectives/batch.h"

#include <string>

#include "core/error.h"

namespace neiro {
namespace {

[[noreturn]] void bad_token(int32_t value, size_t position, int64_t vocab) {
  throw Error("BAD_TOKEN", {{"token", std::to_string(value)},
                            {"position", std::to_string(position)},
                            {"limit", std::to_string(vocab)}});
}

}  // namespace

void check_tokens(const std::vector<int32_t>& tokens, const std::vector<int32_t>& lengths,
                  int64_t vocab, int64_t max_tokens) {
  const int64_t count = static_cast<int64_t>(tokens.size());
  if (count == 0) throw Error("EMPTY_BATCH");
  if (count > max_tokens) {
    throw Error("BATCH_TOO_LARGE",
                {{"tokens", std::to_string(count)}, {"limit", std::to_string(max_tokens)}});
  }
  int64_t sum = 0;
  for (const int32_t length : lengths) {
    sum = length < 1 || sum > count ? -1 : sum + length;
    if (sum < 0) break;
  }
  if (sum != count) {
    throw Error("BAD_LENGTHS", {{"tokens", std::to_string(count)}});
  }
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] < 0 || tokens[i] >= vocab) bad_token(tokens[i], i, vocab);
  }
}

void check_batch(const Batch& batch, int64_t vocab, int64_t max_tokens) {
  check_tokens(batch.tokens, batch.lengths, vocab, max_tokens);
  if (batch.labels.size() != batch.tokens.size()) {
    throw Error("BAD_LENGTHS", {{"tokens", std::to_string(batch.size())}});
  }
  for (size_t i = 0; i < batch.labels.size(); ++i) {
    const int32_t label = batch.labels[i];
    if (label != kNotLearnt && (label < 0 || label >= vocab)) bad_token(label, i, vocab);
  }
}

int64_t count_learnt(const Batch& batch) {
  int64_t learnt = 0;
  size_t at = 0;
  for (const int32_t length : batch.lengths) {
    for (size_t i = at + 1; i < at + static_cast<size_t>(length); ++i) {
      learnt += batch.labels[i] != kNotLearnt;
    }
    at += static_cast<size_t>(length);
  }
  return learnt;
}

}  // namespace neiro
