// Which keys a query sees, and what becomes of a score: the same for every kernel of attention.
#pragma once

#include "backend/cuda/device_code.h"
#include "backend/operations.h"

namespace neiro::cuda {

// Queries i and keys j count within their example of `length` keys.
struct Mask {
  int window;
  bool causal;

  DEVICE bool sees(int64_t i, int64_t j, int64_t length) const {
    if (i >= length || j >= length || j < 0) return false;
    if (causal && j > i) return false;
    if (window > 0 && (j + window <= i || i + window <= j)) return false;
    return true;
  }
  // Keys [first, end) hold all that queries [i, i + n) see.
  DEVICE int64_t first_key(int64_t i) const {
    return window > 0 && i - window + 1 > 0 ? i - window + 1 : 0;
  }
  DEVICE int64_t end_key(int64_t i, int64_t n, int64_t length) const {
    int64_t end = length;
    if (causal && i + n < end) end = i + n;
    if (!causal && window > 0 && i + n - 1 + window < end) end = i + n - 1 + window;
    return end;
  }
  // Queries [first, end) hold all that see keys [j, j + n).
  DEVICE int64_t first_query(int64_t j) const {
    if (causal) return j;
    return first_key(j);
  }
  DEVICE int64_t end_query(int64_t j, int64_t n, int64_t length) const {
    return window > 0 && j + n - 1 + window < length ? j + n - 1 + window : length;
  }
};

// From q.k to the score, and the slope there from the score: cap * tanh(scale x / cap).
struct Score {
  float scale, cap, inverse_cap;  // no division: it would be a call
  const float* sinks;             // [heads]; null = none

  DEVICE float of(float product) const {
    const float s = scale * product;
    return cap > 0 ? cap * tanhf(s * inverse_cap) : s;
  }
  DEVICE float slope(float score) const {
    const float t = score * inverse_cap;
    return 1.0f - t * t;
  }
  // The sink of a head beside the others, of which `top` is the largest and `sum` that of their
  // exponentials: both count it now. Returns what was summed before is worth.
  DEVICE float meet_sink(int head, float& top, float& sum) const {
    if (sinks == nullptr) return 1.0f;
    const float largest = fmaxf(top, sinks[head]);
    const float worth = expf(top - largest);
    sum = sum * worth + expf(sinks[head] - largest);
    top = largest;
    return worth;
  }
};

inline Mask mask_of(const AttentionShape& shape) { return {shape.window, shape.causal}; }
inline Score score_of(const AttentionShape& shape) {
  return {shape.scale, shape.soft_cap, shape.soft_cap > 0 ? 1.0f / shape.soft_cap : 0.0f,
          device_address(shape.sinks)};
}

}  // namespace neiro::cuda
