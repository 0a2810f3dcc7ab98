// Medians of a few runs of one product.
#include "backend/calibration.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "backend/cpu/peak.h"
#include "backend/gpu_view.h"
#include "backend/open_device.h"
#include "backend/planned_memory.h"
#include "core/processor.h"
#include "core/random.h"
#include "formats/int8_rows.h"
#include "formats/nf4.h"

namespace neiro {
namespace {

// A layer, and a micro-batch for it.
struct Shape {
  int64_t tokens, in, out;
};
// Of a model of half a billion parameters.
constexpr Shape kOfCpu = {256, 1024, 2048};
// A GPU is not filled by less; its emulator takes a minute for a millisecond of it.
#if defined(NEIRO_CUDA_EMULATED)
constexpr Shape kOfGpu = {32, 64, 64};
#else
constexpr Shape kOfGpu = {2048, 2048, 4096};
#endif
constexpr int kRuns = 5;

double product_gflops(const Device& device, const Matrix& y, const Matrix& x, const Matrix& w) {
  const double operations = 2.0 * static_cast<double>(y.rows * y.cols * x.cols);
  std::array<double, kRuns> seconds;
  for (double& run : seconds) {
    const auto start = std::chrono::steady_clock::now();
    device.ops().linear_forward(device, y, x, w, nullptr, 1.0f, false);
    device.synchronise();
    run = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  std::nth_element(seconds.begin(), seconds.begin() + kRuns / 2, seconds.end());
  return operations / seconds[kRuns / 2] / 1e9;
}

// What the products read and write.
struct Operands {
  Matrix x, y, f32, nf4, int8;
  DevicePtr<std::byte> scratch;
};

Operands place(PlannedMemory& memory, const Device& device, const Shape& shape, int threads) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const int64_t values = shape.in * shape.out;
  Operands operands;
  operands.x = memory.take_matrix(kCategory, shape.tokens, shape.in);
  operands.y = memory.take_matrix(kCategory, shape.tokens, shape.out);
  operands.f32 = memory.take_matrix(kCategory, shape.out, shape.in);
  operands.nf4 = operands.f32;
  operands.nf4.dtype = DType::kNF4;
  operands.nf4.data = memory.take<std::byte>(kCategory, values / 2);
  operands.nf4.nf4.absmax_q = memory.take<uint8_t>(kCategory, nf4_blocks(values));
  operands.nf4.nf4.absmax2 = memory.take<float>(kCategory, nf4_scale_blocks(values));
  operands.int8 = operands.f32;
  operands.int8.dtype = DType::kInt8;
  operands.int8.data = memory.take<std::byte>(kCategory, values);
  operands.int8.row_absmax = memory.take<float>(kCategory, shape.out);
  operands.scratch =
      memory.take<std::byte>(kCategory, device.scratch_bytes(threads, shape.tokens, 64));
  return operands;
}

void fill(const Device& device, ThreadPool& pool, Operands& operands) {
  const int64_t n = operands.f32.rows * operands.f32.cols;
  const int64_t of_x = operands.x.rows * operands.x.cols;
  std::vector<float> values(n), x(of_x);
  fill_normal(values.data(), n, 0.02f, {1, 0});
  fill_normal(x.data(), of_x, 1.0f, {1, 1});
  std::vector<uint8_t> packed(n / 2), absmax_q(nf4_blocks(n));
  std::vector<float> absmax(nf4_blocks(n)), absmax2(nf4_scale_blocks(n));
  operands.nf4.nf4.offset = quantize_nf4(
      pool, values.data(), n, {packed.data(), absmax_q.data(), absmax2.data(), absmax.data()});
  std::vector<int8_t> codes(n);
  std::vector<float> row_absmax(operands.f32.rows);
  quantize_int8(pool, values.data(), operands.f32.rows, operands.f32.cols, codes.data(),
                row_absmax.data());
  device.upload(operands.int8.data.as<int8_t>(), codes.data(), n);
  device.upload(operands.int8.row_absmax, row_absmax.data(), operands.f32.rows);
  device.upload(operands.x.floats(), x.data(), of_x);
  device.upload(operands.f32.floats(), values.data(), n);
  device.upload(operands.nf4.data.as<uint8_t>(), packed.data(), n / 2);
  device.upload(operands.nf4.nf4.absmax_q, absmax_q.data(), nf4_blocks(n));
  device.upload(operands.nf4.nf4.absmax2, absmax2.data(), nf4_scale_blocks(n));
}

struct Speeds {
  double f32 = 0, nf4 = 0, int8 = 0;  // by how the weights are stored
};
Speeds speeds_of(Compute compute, ThreadPool& pool, DeviceChoice choice) {
  const Shape& shape = choice == DeviceChoice::kCuda ? kOfGpu : kOfCpu;
  const std::unique_ptr<Device> device = open_device(pool, compute, choice);
  PlannedMemory counting(*device);
  place(counting, *device, shape, pool.size());
  PlannedMemory memory(*device, counting.size());
  Operands operands = place(memory, *device, shape, pool.size());
  device->use_scratch(operands.scratch);
  fill(*device, pool, operands);
  return {product_gflops(*device, operands.y, operands.x, operands.f32),
          product_gflops(*device, operands.y, operands.x, operands.nf4),
          product_gflops(*device, operands.y, operands.x, operands.int8)};
}

}  // namespace

Calibration calibrate(int threads, DeviceChoice choice) {
  ThreadPool pool(threads > 0 ? threads : available_processors());
  Calibration result;
  if (choice == DeviceChoice::kCuda) {
    usable_gpu();
  } else {
    result.peak_gflops = register_product_gflops(nullptr, Compute::kF32, pool);
    result.peak_gflops_bf16 = register_product_gflops(nullptr, Compute::kBf16, pool);
    result.copy_gbps = copy_gbps(pool);
  }
  const Speeds f32 = speeds_of(Compute::kF32, pool, choice);
  const Speeds bf16 = speeds_of(Compute::kBf16, pool, choice);
  result.product_gflops_f32 = f32.f32;
  result.product_gflops_nf4 = f32.nf4;
  result.product_gflops_bf16 = bf16.f32;
  result.product_gflops_nf4_bf16 = bf16.nf4;
  result.product_gflops_int8 = f32.int8;
  result.product_gflops_int8_bf16 = bf16.int8;
  if (choice != DeviceChoice::kCuda && cpu_has_int8()) {
    result.peak_gflops_int8 = register_product_gflops(nullptr, Compute::kInt8, pool);
    result.product_gflops_in_int8 = speeds_of(Compute::kInt8, pool, choice).nf4;
  }
  return result;
}

}  // namespace neiro
