// What the operations of every device ask of their arguments before they begin: number types,
// shapes that belong together, and the addresses behind device pointers. For backend/ alone.
#pragma once

#include <cstdint>
#include <string>

#include "backend/operations.h"
#include "core/error.h"

namespace neiro {

inline void expect(bool good, const char* operation) {
  if (good) return;
  throw Error("INTERNAL", {{"reason", std::string("shapes of ") + operation}});
}

inline bool same_shape(const Matrix& a, const Matrix& b) {
  return a.rows == b.rows && a.cols == b.cols;
}

template <class T>
T* at(DevicePtr<T> pointer) {
  return device_address(pointer);
}

// The values of an activation. Other number types than F32 get their kernels, and their branch,
// here.
inline float* floats(const Matrix& matrix) {
  if (matrix.dtype != DType::kF32) {
    throw Error("INTERNAL",
                {{"reason", "activations of type " + std::string(dtype_name(matrix.dtype))}});
  }
  return device_address(matrix.floats());
}

inline int heads_of(const Matrix& x, int head_dim, const char* operation) {
  expect(head_dim > 0 && x.cols % head_dim == 0, operation);
  return static_cast<int>(x.cols / head_dim);
}

inline bool rope_fits(const RopeShape& shape) {
  return shape.rotary <= shape.head_dim && shape.rotary % 2 == 0;
}

inline bool attention_fits(const Matrix& q, const Matrix& k, const Matrix& v,
                           const AttentionShape& shape) {
  return q.cols == int64_t{shape.heads} * shape.head_dim && same_shape(k, v) &&
         k.cols == int64_t{shape.kv_heads} * shape.head_dim;
}

inline bool relative_fits(const Matrix& q, const RelativeTerms& terms, const Sequences& sequences,
                          const AttentionShape& shape) {
  const auto fits = [&](const Matrix& x) { return !x.data || x.cols == q.cols; };
  return shape.heads == shape.kv_heads && !shape.causal && shape.window == 0 && fits(terms.keys) &&
         fits(terms.queries) && sequences.longest <= terms.reach;
}

inline bool delta_fits(const Matrix& out, const DeltaInputs& in, const DeltaShape& shape) {
  return out.cols == shape.value_size() && same_shape(out, in.v) && same_shape(in.q, in.k) &&
         in.q.cols == shape.key_size() && in.q.rows == out.rows && in.decay.rows == out.rows &&
         in.decay.cols == shape.value_heads && same_shape(in.decay, in.learn) &&
         shape.value_heads % shape.key_heads == 0 && shape.key_dim <= 256 && shape.value_dim <= 256;
}

}  // namespace neiro
