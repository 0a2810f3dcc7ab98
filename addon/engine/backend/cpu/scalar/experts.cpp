// Routing of tokens to experts, and what brings their results together.
#include <algorithm>
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// Of a row of logits: the largest, and the sum of e^(z - largest) over all.
struct Softmax {
  double largest, sum;

  Softmax(const float* z, int64_t n) : largest(z[0]), sum(0) {
    for (int64_t e = 1; e < n; ++e) largest = std::max(largest, static_cast<double>(z[e]));
    for (int64_t e = 0; e < n; ++e) sum += std::exp(z[e] - largest);
  }
  double of(float z) const { return std::exp(z - largest) / sum; }
};

// The number of the largest that stands behind `before`: less, or as large and later.
int64_t next_largest(const float* z, int64_t n, int64_t before) {
  int64_t best = -1;
  for (int64_t e = 0; e < n; ++e) {
    const bool behind = before < 0 || z[e] < z[before] || (z[e] == z[before] && e > before);
    if (behind && (best < 0 || z[e] > z[best])) best = e;
  }
  return best < 0 ? 0 : best;  // only of what is not a number
}

}  // namespace

void route_forward(const Workers& workers, float* weights, int32_t* chosen, const float* logits,
                   int64_t T, int64_t E, int64_t k, bool alone) {
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      const float* z = logits + t * E;
      const Softmax softmax(z, E);
      double sum = 0;
      int64_t before = -1;
      for (int64_t j = 0; j < k; ++j) {
        before = next_largest(z, E, before);
        chosen[t * k + j] = static_cast<int32_t>(before);
        sum += softmax.of(z[before]);
      }
      for (int64_t j = 0; j < k; ++j) {
        weights[t * k + j] =
            static_cast<float>(softmax.of(z[chosen[t * k + j]]) / (alone ? sum : 1.0));
      }
    }
  });
}

// dz_e = p_e (dw_e - sum over the chosen of p dw), dw = 0 of what was not chosen; alone, p is the
// softmax over the chosen, and the others have no part in it.
void route_backward(const Workers& workers, float* d_logits, const float* d_weights,
                    const float* weights, const int32_t* chosen, const float* logits, int64_t T,
                    int64_t E, int64_t k, bool alone) {
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      const float* z = logits + t * E;
      float* dz = d_logits + t * E;
      double along = 0;
      for (int64_t j = t * k; j < (t + 1) * k; ++j) {
        along += static_cast<double>(weights[j]) * d_weights[j];
      }
      const Softmax softmax(z, E);
      for (int64_t e = 0; e < E; ++e) {
        dz[e] = alone ? 0.0f : static_cast<float>(-softmax.of(z[e]) * along);
      }
      for (int64_t j = t * k; j < (t + 1) * k; ++j) {
        dz[chosen[j]] = static_cast<float>(weights[j] * (d_weights[j] - along));
      }
    }
  });
}

void sum_rows(const Workers& workers, float* y, const float* x, const int32_t* places, int64_t T,
              int64_t k, int64_t C, bool accumulate) {
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      if (!accumulate) std::fill_n(y + t * C, C, 0.0f);
      for (int64_t j = 0; j < k; ++j) {
        const float* row = x + int64_t{places[t * k + j]} * C;
        for (int64_t c = 0; c < C; ++c) y[t * C + c] += row[c];
      }
    }
  });
}

void row_products(const Workers& workers, float* products, const float* a, const float* b,
                  int64_t R, int64_t C) {
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      double sum = 0;
      for (int64_t c = 0; c < C; ++c) sum += static_cast<double>(a[r * C + c]) * b[r * C + c];
      products[r] = static_cast<float>(sum);
    }
  });
}

}  // namespace neiro::scalar
