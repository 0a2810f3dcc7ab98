// Softmax cross entropy; formulas in scalar/cross_entropy.cpp.
#pragma once

#include <cmath>

#include "backend/cpu/simd/exp.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
float row_top(const float* z, int64_t n) {
  constexpr int L = F::kLanes;
  float top = z[0];
  int64_t j = 0;
  if (n >= L) {
    typename F::Reg tops = F::load(z);
    for (; j + L <= n; j += L) tops = F::max(tops, F::load(z + j));
    top = F::top(tops);
  }
  for (; j < n; ++j) top = z[j] > top ? z[j] : top;
  return top;
}

// sum_j exp(z_j - top). Lanes are emptied into a double every 1024 vectors, so that a vocabulary of
// 150,000 does not lose bits.
template <class F>
double row_sum_of_exp(const float* z, int64_t n, float top) {
  using Reg = typename F::Reg;
  constexpr int64_t L = F::kLanes;
  const Reg shift = F::set(top);
  double total = 0;
  for (int64_t start = 0; start < n; start += 1024 * L) {
    const int64_t end = smaller(n, start + 1024 * L);
    Reg sum = F::zero();
    int64_t j = start;
    for (; j + L <= end; j += L) {
      sum = F::add(sum, exponential<F>(F::sub(F::load(z + j), shift)));
    }
    if (j < end) {
      alignas(64) float tail[L];
      F::store(tail, exponential<F>(F::sub(F::load_n(z + j, end - j), shift)));
      sum = F::add(sum, F::load_n(tail, end - j));
    }
    total += F::sum(sum);
  }
  return total;
}

template <class F>
void cross_entropy(const Workers& workers, float* nll, float* logits, const int32_t* labels,
                   const float* coefficients, int64_t rows, int64_t vocab) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      float* z = logits + r * vocab;
      if (labels[r] < 0) {  // -100: not learnt
        nll[r] = 0.0f;
        if (coefficients != nullptr) {
          for (int64_t j = 0; j < vocab; ++j) z[j] = 0.0f;
        }
        continue;
      }
      const float top = row_top<F>(z, vocab);
      const double log_sum = ::log(row_sum_of_exp<F>(z, vocab, top));
      const double label_shift = static_cast<double>(z[labels[r]]) - top - log_sum;
      nll[r] = static_cast<float>(-label_shift);
      if (coefficients == nullptr) continue;
      const Reg shift = F::set(top);
      const Reg rest = F::set(static_cast<float>(log_sum));
      const Reg coefficient = F::set(coefficients[r]);
      for (int64_t j = 0; j < vocab; j += L) {
        const int64_t n = smaller(L, vocab - j);
        const Reg exponent = F::sub(F::sub(load_up_to<F>(z + j, n), shift), rest);
        F::store_n(z + j, F::mul(exponential<F>(exponent), coefficient), n);
      }
      z[labels[r]] = static_cast<float>(::expm1(label_shift) * coefficients[r]);
    }
  });
}

}  // namespace neiro::simd
