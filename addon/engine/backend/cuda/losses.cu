// Losses with their gradients: cross entropy over rows of logits, a block each row, and the losses
// of a score head, a thread each value.
#include "backend/cuda/activation_points.h"
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

constexpr int kThreads = 512;
using Room = float[kThreads / kWarp];

// lse = log sum_j exp(z_j),  nll = lse - z_label,  dz_j = (exp(z_j - lse) - [j = label]) *
// coefficient. The largest and the sum in one pass over the row: each thread scales down its own
// sum when its largest rises (Milakov & Gimelshein 2018).
KERNEL(kThreads)
cross_entropy_kernel(float* nll, float* logits, const int32_t* labels, const float* coefficients,
                     int64_t vocab) {
  Room& room = shared<Room>();
  const int64_t r = blockIdx.x;
  float* z = logits + r * vocab;
  const int32_t label = labels[r];
  if (label < 0) {  // -100: not learnt
    if (threadIdx.x == 0) nll[r] = 0;
    if (coefficients == nullptr) return;
    for (int64_t j = threadIdx.x; j < vocab; j += kThreads) z[j] = 0;
    return;
  }
  float top = -INFINITY, sum = 0;
  for (int64_t j = threadIdx.x; j < vocab; j += kThreads) {
    const float value = z[j];
    if (value > top) {
      sum *= expf(top - value);
      top = value;
    }
    sum += expf(value - top);
  }
  const float all = block_max<kThreads>(top, room);
  sum = block_sum<kThreads>(top == -INFINITY ? sum : sum * expf(top - all), room);
  const float log_sum = logf(sum);
  if (threadIdx.x == 0) nll[r] = all - z[label] + log_sum;
  if (coefficients == nullptr) return;
  sync_block();  // z[label] is read above and written below
  const float coefficient = coefficients[r], inverse = 1.0f / sum;
  for (int64_t j = threadIdx.x; j < vocab; j += kThreads) {
    const float p = expf(z[j] - all) * inverse;
    z[j] = (j == label ? p - 1.0f : p) * coefficient;
  }
}

KERNEL(kElementThreads)
squared_error_kernel(float* losses, float* scores, const float* targets, const float* coefficients,
                     int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const float d = scores[i] - targets[i];
    losses[i] = d * d;
    if (coefficients != nullptr) scores[i] = 2 * d * coefficients[i];
  }
}

KERNEL(kElementThreads)
binary_cross_entropy_kernel(float* losses, float* scores, const float* targets,
                            const float* coefficients, int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const float z = scores[i], t = targets[i];
    losses[i] = fmaxf(z, 0.0f) + log1pf(expf(-fabsf(z))) - t * z;
    if (coefficients != nullptr) scores[i] = (sigmoid(z) - t) * coefficients[i];
  }
}

}  // namespace

void cross_entropy(const Device&, DevicePtr<float> nll, const Matrix& logits,
                   DevicePtr<const int32_t> labels, DevicePtr<const float> coefficients) {
  if (logits.rows == 0) return;
  launch(over_blocks("cross_entropy", logits.rows, kThreads, sizeof(Room)), cross_entropy_kernel,
         at(nll), floats(logits), at(labels), at(coefficients), logits.cols);
}

void squared_error(const Device&, DevicePtr<float> losses, const Matrix& scores,
                   DevicePtr<const float> targets, DevicePtr<const float> coefficients) {
  const int64_t n = scores.elements();
  if (n == 0) return;
  launch(over_elements("squared_error", n), squared_error_kernel, at(losses), floats(scores),
         at(targets), at(coefficients), n);
}

void binary_cross_entropy(const Device&, DevicePtr<float> losses, const Matrix& scores,
                          DevicePtr<const float> targets, DevicePtr<const float> coefficients) {
  const int64_t n = scores.elements();
  if (n == 0) return;
  launch(over_elements("binary_cross_entropy", n), binary_cross_entropy_kernel, at(losses),
         floats(scores), at(targets), at(coefficients), n);
}

}  // namespace neiro::cuda
