// Sums over all gradients, what they are clipped by, and AdamW. Nothing here is looked at by the
// host.
#include <cmath>

#include "backend/adamw_factors.h"
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

constexpr int kThreads = 256;
constexpr int kParts = 512;  // partial sums: one block each, then one block over them
static_assert(kParts * sizeof(double) <= kScratchBytes);
using Room = double[kThreads / kWarp];

// Each block its equal part, whatever the GPU: the same bits on every one.
template <bool kSquares>
KERNEL(kThreads)
partial_sums_kernel(double* parts, const float* x, int64_t n) {
  const int64_t size = (n + kParts - 1) / kParts;
  const int64_t begin = blockIdx.x * size, end = begin + size < n ? begin + size : n;
  double sum = 0;
  for (int64_t i = begin + threadIdx.x; i < end; i += kThreads) {
    const double value = x[i];
    sum += kSquares ? value * value : value;
  }
  sum = block_sum<kThreads>(sum, shared<Room>());
  if (threadIdx.x == 0) parts[blockIdx.x] = sum;
}

KERNEL(kThreads) add_parts_kernel(double* total, const double* parts) {
  double sum = 0;
  for (int i = static_cast<int>(threadIdx.x); i < kParts; i += kThreads) sum += parts[i];
  sum = block_sum<kThreads>(sum, shared<Room>());
  if (threadIdx.x == 0) *total += sum;
}

KERNEL(kWarp)
clip_scale_kernel(float* scale, const double* squares, const double* loss, double max_norm) {
  if (threadIdx.x > 0) return;
  const double norm = sqrt(*squares);
  float result = 1.0f;
  if (max_norm > 0) {
    const double less = max_norm / (norm + 1e-6);
    if (less < 1) result = static_cast<float>(less);
  }
  // x - x is 0 of what is finite alone.
  if (!(norm - norm == 0) || !(*loss - *loss == 0)) result = NAN;
  *scale = result;
}

KERNEL(kThreads)
adamw_kernel(float* param, float* m, float* v, const float* grad, int64_t n, AdamWFactors f,
             const float* grad_scale) {
  const float scale = *grad_scale;
  if (scale != scale) return;  // there is to be no update
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const float g = grad[i] * scale;
    const float moment = m[i] + f.mix1 * (g - m[i]);
    const float square = v[i] * f.beta2 + f.mix2 * g * g;
    m[i] = moment;
    v[i] = square;
    param[i] = param[i] * f.decay - f.step_size * moment / (sqrtf(square) / f.root2 + f.epsilon);
  }
}

// The nearest of 256 rising codes; the upper one of two that are equally near.
DEVICE uint8_t nearest_code(const float* codes, float x) {
  int low = 0, high = 255;  // the nearest is among these
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (codes[middle] <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return static_cast<uint8_t>(x - codes[low] < codes[high] - x ? low : high);
}

// A block of threads for each block of moments.
struct ByteMomentsAt {
  uint8_t *m, *v;
  float *m_absmax, *v_absmax;
};
KERNEL(kThreads)
adamw_8bit_kernel(float* param, ByteMomentsAt moments, const float* grad, int64_t n, AdamWFactors f,
                  const float* grad_scale, const float* codes) {
  const float scale = *grad_scale;
  if (scale != scale) return;  // there is to be no update
  using MaxRoom = float[kThreads / kWarp];
  MaxRoom& room = shared<MaxRoom>();
  const float* unsigned_codes = codes + 256;
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kThreads + threadIdx.x;
  const bool inside = i < n;
  float m = 0, v = 0;
  if (inside) {
    const float g = grad[i] * scale;
    m = codes[moments.m[i]] * moments.m_absmax[blockIdx.x] * f.beta1 + f.mix1 * g;
    v = unsigned_codes[moments.v[i]] * moments.v_absmax[blockIdx.x] * f.beta2 + f.mix2 * g * g;
    param[i] = param[i] * f.decay - f.step_size * m / (sqrtf(v) / f.root2 + f.epsilon);
  }
  const float m_most = block_max<kThreads>(fabsf(m), room);
  const float v_most = block_max<kThreads>(v, room);
  if (inside) {
    moments.m[i] = nearest_code(codes, m_most > 0 ? m / m_most : 0.0f);
    moments.v[i] = nearest_code(unsigned_codes, v_most > 0 ? v / v_most : 0.0f);
  }
  if (threadIdx.x == 0) {
    moments.m_absmax[blockIdx.x] = m_most;
    moments.v_absmax[blockIdx.x] = v_most;
  }
}

template <bool kSquares>
void add_sum(const Device& device, const char* name, DevicePtr<double> total,
             DevicePtr<const float> x, int64_t n) {
  double* parts = reinterpret_cast<double*>(cuda_device(device).scratch());
  launch(over_blocks(name, kParts, kThreads, sizeof(Room)), partial_sums_kernel<kSquares>, parts,
         at(x), n);
  launch(over_blocks(name, 1, kThreads, sizeof(Room)), add_parts_kernel, at(total), parts);
}

}  // namespace

void sum(const Device& device, DevicePtr<double> total, DevicePtr<const float> x, int64_t n) {
  add_sum<false>(device, "sum", total, x, n);
}

void sum_of_squares(const Device& device, DevicePtr<double> total, DevicePtr<const float> x,
                    int64_t n) {
  add_sum<true>(device, "sum_of_squares", total, x, n);
}

void clip_scale(const Device&, DevicePtr<float> scale, DevicePtr<const double> squares,
                DevicePtr<const double> loss, double max_norm) {
  launch(over_blocks("clip_scale", 1, kWarp), clip_scale_kernel, at(scale), at(squares), at(loss),
         max_norm);
}

void adamw(const Device&, DevicePtr<float> param, DevicePtr<float> m, DevicePtr<float> v,
           DevicePtr<const float> grad, int64_t n, const AdamW& o,
           DevicePtr<const float> grad_scale) {
  if (n == 0) return;
  launch(over_elements("adamw", n), adamw_kernel, at(param), at(m), at(v), at(grad), n,
         factors_of(o), at(grad_scale));
}

void adamw_8bit(const Device& device, DevicePtr<float> param, const ByteMoments& moments,
                DevicePtr<const float> grad, int64_t n, const AdamW& o,
                DevicePtr<const float> grad_scale) {
  static_assert(kMomentBlock == kThreads);
  if (n == 0) return;
  const ByteMomentsAt here{at(moments.m), at(moments.v), at(moments.m_absmax),
                           at(moments.v_absmax)};
  launch(over_blocks("adamw_8bit", moment_blocks(n), kThreads, sizeof(float[kThreads / kWarp])),
         adamw_8bit_kernel, at(param), here, at(grad), n, factors_of(o), at(grad_scale),
         cuda_device(device).codes() + 16);
}

}  // namespace neiro::cuda
