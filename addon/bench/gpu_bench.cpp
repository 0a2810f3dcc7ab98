// How fast the GPU of this machine does the products and the attention of one layer, for shapes
// from 135M to 8B: one line of JSON each, with the copy that this GPU reaches beside. The CPU's
// clock around work that was waited for; a warm-up first, then the best of five.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "backend/cuda/cuda_device.h"
#include "core/random.h"
#include "formats/nf4.h"

using namespace neiro;

namespace {

struct Shape {
  const char* model;
  int64_t hidden, kv, inner;
  int heads, kv_heads, head_dim;
};
constexpr Shape kShapes[] = {{"135M", 576, 192, 1536, 9, 3, 64},
                             {"0.5B", 896, 128, 4864, 14, 2, 64},
                             {"1.7B", 2048, 1024, 6144, 16, 8, 128},
                             {"8B", 4096, 1024, 14336, 32, 8, 128}};

double best_seconds(const Device& device, const std::function<void()>& work) {
  work();
  device.synchronise();
  double best = 1e30;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    device.synchronise();
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

// Memory that lives as long as the program.
Matrix matrix(Device& device, int64_t rows, int64_t cols) {
  const int64_t n = rows * cols;
  std::vector<float> values(static_cast<size_t>(std::min<int64_t>(n, 1 << 20)));
  fill_normal(values.data(), static_cast<int64_t>(values.size()), 0.02f, {1, 2});
  Matrix made{DType::kF32, rows, cols, device.allocate(n * 4), {}};
  for (int64_t at = 0; at < n; at += static_cast<int64_t>(values.size())) {
    device.upload(made.floats() + at, values.data(),
                  std::min<int64_t>(n - at, static_cast<int64_t>(values.size())));
  }
  return made;
}

Matrix nf4(Device& device, int64_t rows, int64_t cols) {
  const int64_t n = rows * cols;
  Matrix made{DType::kNF4, rows, cols, device.allocate((n + 1) / 2), {}};
  made.nf4.absmax_q = device.allocate(nf4_blocks(n)).as<uint8_t>();
  made.nf4.absmax2 = device.allocate(4 * nf4_scale_blocks(n)).as<float>();
  made.nf4.offset = 0.05f;
  return made;
}

void report(const Shape& shape, int64_t T, const char* what, double flops, double seconds) {
  std::printf("{\"model\":\"%s\",\"tokens\":%lld,\"what\":\"%s\",\"ms\":%.3f,\"tflops\":%.2f}\n",
              shape.model, static_cast<long long>(T), what, seconds * 1e3, flops / seconds / 1e12);
  std::fflush(stdout);
}

void layer(Device& device, const Shape& s, int64_t T) {
  const Operations& ops = device.ops();
  const Matrix x = matrix(device, T, s.hidden), inner = matrix(device, T, s.inner);
  const Matrix q = matrix(device, T, s.hidden), k = matrix(device, T, s.kv);
  const Matrix v = matrix(device, T, s.kv), out = matrix(device, T, s.hidden);
  const double flops = 2.0 * static_cast<double>(T * s.hidden * s.inner);
  for (const auto& [name, w] : {std::pair{"nf4", nf4(device, s.inner, s.hidden)},
                                std::pair{"f32", matrix(device, s.inner, s.hidden)}}) {
    const std::string stored = name;
    report(s, T, (stored + " product forward").c_str(), flops, best_seconds(device, [&] {
             ops.linear_forward(device, inner, x, w, nullptr, 1, false);
           }));
    report(s, T, (stored + " product backward").c_str(), flops,
           best_seconds(device, [&] { ops.linear_backward_input(device, x, inner, w, 1, false); }));
  }
  const Matrix a = matrix(device, 16, s.hidden), kept = matrix(device, T, 16);
  const DevicePtr<float> da = device.allocate(16 * s.hidden * 4).as<float>();
  const double thin = 2.0 * static_cast<double>(T * s.hidden * 16);
  report(s, T, "LoRA down", thin,
         best_seconds(device, [&] { ops.linear_forward(device, kept, x, a, nullptr, 1, false); }));
  report(s, T, "LoRA gradient", thin,
         best_seconds(device, [&] { ops.linear_backward_weight(device, da, kept, x, 1); }));
  const std::vector<int32_t> offsets = {0, static_cast<int32_t>(T)};
  const DevicePtr<int32_t> on_device = device.allocate(8).as<int32_t>();
  device.upload(on_device, offsets.data(), 2);
  const Sequences sequences = {on_device, 1, static_cast<int32_t>(T)};
  const AttentionShape shape = {s.heads, s.kv_heads, s.head_dim, 0, 0.1f, 0, true};
  const DevicePtr<float> lse = device.allocate(T * s.heads * 4).as<float>();
  const DevicePtr<float> delta = device.allocate(T * s.heads * 4).as<float>();
  const double scores = 2.0 * static_cast<double>(T * T) * s.heads * s.head_dim;
  report(s, T, "attention forward", scores, best_seconds(device, [&] {
           ops.attention_forward(device, out, lse, q, k, v, sequences, shape);
         }));
  report(s, T, "attention backward", 2.5 * scores, best_seconds(device, [&] {
           ops.attention_backward(device, x, k, v, delta, out, out, lse, q, k, v, sequences, shape);
         }));
}

}  // namespace

int main() {
  std::string why;
  std::unique_ptr<Device> first = cuda::open_cuda(Compute::kBf16, why);
  if (!first) {
    std::printf("{\"error\":\"%s\"}\n", why.c_str());
    return 3;
  }
  constexpr int64_t kCopy = int64_t{1} << 28;
  const DevicePtr<std::byte> a = first->allocate(kCopy), b = first->allocate(kCopy);
  const double seconds = best_seconds(*first, [&] { first->copy(a, b, kCopy); });
  std::printf("{\"gpu\":\"%s\",\"copy_gbps\":%.0f}\n", cuda::cuda_device(*first).gpu().name.c_str(),
              2 * kCopy / seconds / 1e9);
  first.reset();
  for (const Shape& shape : kShapes) {
    for (const int64_t T : {int64_t{512}, int64_t{2048}, int64_t{8192}}) {
      // A device each: what one shape took is given back with it.
      const std::unique_ptr<Device> device = cuda::open_cuda(Compute::kBf16, why);
      device->use_scratch(device->allocate(device->scratch_bytes(1, T, shape.head_dim)));
      layer(*device, shape, T);
    }
  }
  return 0;
}
