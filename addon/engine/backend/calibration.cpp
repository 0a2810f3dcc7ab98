// Medians of a few runs of one product.
#include "backend/calibration.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "backend/backend.h"
#include "backend/cpu/peak.h"
#include "core/arena.h"
#include "core/processor.h"
#include "formats/nf4.h"

namespace neiro {
namespace {

// A layer of a model of half a billion parameters, and a micro-batch for it.
constexpr int64_t kTokens = 256;
constexpr int64_t kIn = 1024;
constexpr int64_t kOut = 2048;
constexpr int kRuns = 5;

double product_gflops(const Device& device, const Matrix& w, const float* x, float* y) {
  std::array<double, kRuns> seconds;
  for (double& run : seconds) {
    const auto start = std::chrono::steady_clock::now();
    device.ops->linear_forward(device, y, x, w, nullptr, kTokens, 1.0f, false);
    run = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  std::nth_element(seconds.begin(), seconds.begin() + kRuns / 2, seconds.end());
  return 2.0 * kTokens * kIn * kOut / seconds[kRuns / 2] / 1e9;
}

}  // namespace

Calibration calibrate(int threads) {
  ThreadPool pool(threads > 0 ? threads : available_processors());
  const Backend& ops = cpu_backend();
  std::vector<float> values(kIn * kOut), x(kTokens * kIn), y(kTokens * kOut);
  fill_normal(values.data(), kIn * kOut, 0.02f, {1, 0});
  fill_normal(x.data(), kTokens * kIn, 1.0f, {1, 1});

  const int64_t n = kIn * kOut;
  std::vector<uint8_t> packed((n + 1) / 2), absmax_q(nf4_blocks(n));
  std::vector<float> absmax(nf4_blocks(n)), absmax2(nf4_scale_blocks(n));
  Matrix f32{DType::kF32, kOut, kIn, values.data(), {}};
  Matrix nf4{DType::kNF4, kOut, kIn, packed.data(), {absmax_q.data(), absmax2.data(), 0.0f}};
  nf4.nf4.offset = quantize_nf4(pool, values.data(), n,
                                {packed.data(), absmax_q.data(), absmax2.data(), absmax.data()});

  const int64_t scratch_bytes = ops.scratch_bytes(pool.size(), kTokens, 64);
  Arena scratch(scratch_bytes);
  Device device;
  device.ops = &ops;
  device.pool = &pool;
  device.scratch = scratch.take<unsigned char>(MemoryCategory::kWorkspace, scratch_bytes);

  Calibration result;
  result.peak_gflops = register_product_gflops(nullptr, pool);
  result.copy_gbps = copy_gbps(pool);
  result.product_gflops_f32 = product_gflops(device, f32, x.data(), y.data());
  result.product_gflops_nf4 = product_gflops(device, nf4, x.data(), y.data());
  return result;
}

}  // namespace neiro
