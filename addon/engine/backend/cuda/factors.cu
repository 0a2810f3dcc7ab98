// What DoRA multiplies rows with, and the routing of tokens to experts: a thread each row.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

// As cpu/scalar/dora_factors.cpp has it; in double, since what is small is the difference of norms.
KERNEL(kElementThreads)
dora_factors_kernel(float* inverse_norm, float* factor, float* less_one, const float* magnitude,
                    const float* squares, const float* b, const float* across, const float* gram,
                    float scale, int64_t out, int64_t rank) {
  for (int64_t o = first_element(); o < out; o += element_step()) {
    const float* row = b + o * rank;
    double linear = 0, quadratic = 0;
    for (int64_t r = 0; r < rank; ++r) {
      linear += static_cast<double>(row[r]) * across[r * out + o];
      double sum = 0;
      for (int64_t q = 0; q < rank; ++q) sum += static_cast<double>(gram[r * rank + q]) * row[q];
      quadratic += row[r] * sum;
    }
    const double s = scale;
    const double norm = sqrt(squares[o] + 2 * s * linear + s * s * quadratic);
    inverse_norm[o] = static_cast<float>(1 / norm);
    factor[o] = static_cast<float>(magnitude[o] / norm);
    less_one[o] = static_cast<float>(magnitude[o] / norm - 1);
  }
}

// Of a row of logits: the largest, and the sum of e^(z - largest) over all.
struct Softmax {
  float largest, sum;
  DEVICE Softmax(const float* z, int64_t n) : largest(z[0]), sum(0) {
    for (int64_t e = 1; e < n; ++e) largest = fmaxf(largest, z[e]);
    for (int64_t e = 0; e < n; ++e) sum += expf(z[e] - largest);
  }
  DEVICE float of(float z) const { return expf(z - largest) / sum; }
};

// The number of the largest that stands behind `before`: less, or as large and later.
DEVICE int64_t next_largest(const float* z, int64_t n, int64_t before) {
  int64_t best = -1;
  for (int64_t e = 0; e < n; ++e) {
    const bool behind = before < 0 || z[e] < z[before] || (z[e] == z[before] && e > before);
    if (behind && (best < 0 || z[e] > z[best])) best = e;
  }
  return best < 0 ? 0 : best;
}

KERNEL(kElementThreads)
route_forward_kernel(float* weights, int32_t* chosen, const float* logits, int64_t T, int64_t E,
                     int64_t k, bool alone) {
  for (int64_t t = first_element(); t < T; t += element_step()) {
    const float* z = logits + t * E;
    const Softmax softmax(z, E);
    float sum = 0;
    int64_t before = -1;
    for (int64_t j = 0; j < k; ++j) {
      before = next_largest(z, E, before);
      chosen[t * k + j] = static_cast<int32_t>(before);
      weights[t * k + j] = softmax.of(z[before]);
      sum += weights[t * k + j];
    }
    if (!alone) continue;
    for (int64_t j = 0; j < k; ++j) weights[t * k + j] /= sum;
  }
}

KERNEL(kElementThreads)
route_backward_kernel(float* d_logits, const float* d_weights, const float* weights,
                      const int32_t* chosen, const float* logits, int64_t T, int64_t E, int64_t k,
                      bool alone) {
  for (int64_t t = first_element(); t < T; t += element_step()) {
    const float* z = logits + t * E;
    float* dz = d_logits + t * E;
    float along = 0;
    for (int64_t j = t * k; j < (t + 1) * k; ++j) along += weights[j] * d_weights[j];
    const Softmax softmax(z, E);
    for (int64_t e = 0; e < E; ++e) dz[e] = alone ? 0.0f : -softmax.of(z[e]) * along;
    for (int64_t j = t * k; j < (t + 1) * k; ++j) {
      dz[chosen[j]] = weights[j] * (d_weights[j] - along);
    }
  }
}

}  // namespace

void dora_factors(const Device&, const DoraRows& rows, DevicePtr<const float> magnitude,
                  DevicePtr<const float> squares, const Matrix& b, const Matrix& across,
                  const Matrix& gram, float scale) {
  expect(
      across.rows == b.cols && across.cols == b.rows && gram.rows == b.cols && gram.cols == b.cols,
      "dora_factors");
  launch(over_elements("dora_factors", b.rows), dora_factors_kernel, at(rows.inverse_norm),
         at(rows.factor), at(rows.less_one), at(magnitude), at(squares), floats(b), floats(across),
         floats(gram), scale, b.rows, b.cols);
}

void route_forward(const Device&, const Matrix& weights, DevicePtr<int32_t> chosen,
                   const Matrix& logits, bool alone) {
  expect(weights.rows == logits.rows && weights.cols <= logits.cols, "route_forward");
  launch(over_elements("route_forward", logits.rows), route_forward_kernel, floats(weights),
         at(chosen), floats(logits), logits.rows, logits.cols, weights.cols, alone);
}

void route_backward(const Device&, const Matrix& d_logits, const Matrix& d_weights,
                    const Matrix& weights, DevicePtr<const int32_t> chosen, const Matrix& logits,
                    bool alone) {
  expect(
      same_shape(d_logits, logits) && same_shape(d_weights, weights) && weights.rows == logits.rows,
      "route_backward");
  launch(over_elements("route_backward", logits.rows), route_backward_kernel, floats(d_logits),
         floats(d_weights), floats(weights), at(chosen), floats(logits), logits.rows, logits.cols,
         weights.cols, alone);
}

}  // namespace neiro::cuda
