// What DoRA (Liu et al. 2024) multiplies rows with, without making the weights it is of.
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// With V = W + s B A and row b of B:
//   |V_o|^2 = |W_o|^2 + 2 s sum_r b_r (A W^T)[r, o] + s^2 sum_rq b_r (A A^T)[r, q] b_q
//   inverse_norm = 1 / |V_o|,  factor = m_o / |V_o|,  less_one = factor - 1
void dora_factors(const Workers& workers, float* inverse_norm, float* factor, float* less_one,
                  const float* magnitude, const float* squares, const float* b, const float* across,
                  const float* gram, float scale, int64_t out, int64_t rank) {
  workers.pool->parallel_for(out, [&](int64_t begin, int64_t end, int) {
    for (int64_t o = begin; o < end; ++o) {
      const float* row = b + o * rank;
      double linear = 0, quadratic = 0;
      for (int64_t r = 0; r < rank; ++r) {
        linear += static_cast<double>(row[r]) * across[r * out + o];
        double sum = 0;
        for (int64_t q = 0; q < rank; ++q) sum += static_cast<double>(gram[r * rank + q]) * row[q];
        quadratic += row[r] * sum;
      }
      const double s = scale;
      const double norm = std::sqrt(squares[o] + 2 * s * linear + s * s * quadratic);
      inverse_norm[o] = static_cast<float>(1 / norm);
      factor[o] = static_cast<float>(magnitude[o] / norm);
      less_one[o] = static_cast<float>(magnitude[o] / norm - 1);
    }
  });
}

}  // namespace neiro::scalar
