// Softmax cross entropy over a chunk of rows, loss and gradient in one call.
#include <algorithm>
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// lse = log sum_j exp(z_j),  nll = lse - z_label,  dz_j = (exp(z_j - lse) - [j = label]) *
// coefficient
void cross_entropy(const Workers& workers, float* nll, float* logits, const int32_t* labels,
                   const float* coefficients, int64_t rows, int64_t vocab) {
  workers.pool->parallel_for(rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      float* z = logits + r * vocab;
      if (labels[r] < 0) {  // -100: not learnt
        nll[r] = 0.0f;
        if (coefficients != nullptr) std::fill(z, z + vocab, 0.0f);
        continue;
      }
      const double top = *std::max_element(z, z + vocab);
      double sum = 0;
      for (int64_t j = 0; j < vocab; ++j) sum += std::exp(z[j] - top);
      const double lse = top + std::log(sum);
      nll[r] = static_cast<float>(lse - z[labels[r]]);
      if (coefficients == nullptr) continue;
      for (int64_t j = 0; j < vocab; ++j) {
        const double onehot = j == labels[r] ? 1.0 : 0.0;
        z[j] = static_cast<float>((std::exp(z[j] - lse) - onehot) * coefficients[r]);
      }
    }
  });
}

}  // namespace neiro::scalar
