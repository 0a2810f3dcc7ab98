// Linear layers: which kernel multiplies, by number type, direction and shape.
#include "backend/cuda/arguments.h"
#include "backend/cuda/few_rows.h"
#include "backend/cuda/product_bf16.h"
#include "backend/cuda/product_f32.h"

namespace neiro::cuda {
namespace {

dim3 tiles(int64_t M, int64_t N, int m, int n) {
  return {static_cast<uint32_t>((M + m - 1) / m), static_cast<uint32_t>((N + n - 1) / n), 1};
}

// result = the parts added in their order.
KERNEL(kElementThreads)
sum_parts_kernel(const float* parts, int count, Result result) {
  const int64_t n = result.M * result.N;
  const uint32_t cols = static_cast<uint32_t>(result.N);
  for (int64_t i = first_element(); i < n; i += element_step()) {
    float sum = 0;
    for (int part = 0; part < count; ++part) sum += parts[part * n + i];
    const uint32_t row = static_cast<uint32_t>(i) / cols;
    result.put(row, static_cast<uint32_t>(i) - row * cols, sum);
  }
}

// In how many parts k is summed: as many as give each processor two blocks, of four tiles of k at
// least, whose sums have room in the scratch. Of the shape and the GPU alone: the same bits.
template <class Tile>
int64_t parts_of(const CudaDevice& device, const Result& result) {
  const dim3 grid = tiles(result.M, result.N, Tile::kM, Tile::kN);
  const int64_t blocks = static_cast<int64_t>(grid.x) * grid.y;
  const int64_t wanted = 2 * device.gpu().processors / blocks;
  const int64_t deep = result.K / (4 * Tile::kK);
  const int64_t room = kScratchBytes / static_cast<int64_t>(sizeof(float)) / (result.M * result.N);
  return std::max<int64_t>(1, std::min({wanted, deep, room}));
}

template <class Tile, class A, class B>
void launch_bf16(const CudaDevice& device, const char* name, const A& a, const B& b,
                 const Result& result) {
  dim3 grid = tiles(result.M, result.N, Tile::kM, Tile::kN);
  const int64_t parts = parts_of<Tile>(device, result);
  const int64_t step = (result.K + parts * Tile::kK - 1) / (parts * Tile::kK) * Tile::kK;
  grid.z = static_cast<uint32_t>(
      std::max<int64_t>(1, (result.K + step - 1) / std::max<int64_t>(1, step)));
  float* sums = grid.z > 1 ? reinterpret_cast<float*>(device.scratch()) : nullptr;
  launch({name, grid, Tile::kThreads, sizeof(Bf16Shared<Tile, A, B>)},
         product_bf16_kernel<Tile, A, B>, a, b, result, {step, sums});
  if (sums == nullptr) return;
  launch(over_elements(name, result.M * result.N), sum_parts_kernel, sums, static_cast<int>(grid.z),
         result);
}

// On tensor cores, in the tiles that fit the shape.
template <class A, class B>
void multiply_bf16_tiles(const CudaDevice& device, const char* name, const A& a, const B& b,
                         const Result& result) {
  constexpr int64_t kFew = 64;
  if (result.N <= NarrowTile::kN && result.M > kFew) {
    launch_bf16<NarrowTile>(device, name, a, b, result);
  } else if (result.M <= FlatTile::kM && result.N > kFew) {
    launch_bf16<FlatTile>(device, name, a, b, result);
  } else if (result.M > kFew && result.N > kFew) {
    launch_bf16<LargeTile>(device, name, a, b, result);
  } else {
    launch_bf16<SmallTile>(device, name, a, b, result);
  }
}

template <class A, class B>
void multiply_f32_tiles(const char* name, const A& a, const B& b, const Result& result) {
  launch({name, tiles(result.M, result.N, F32Tile::kM, F32Tile::kN), F32Tile::kThreads,
          sizeof(F32Tile::Shared)},
         product_f32_kernel<A, B>, a, b, result);
}

template <Format f>
struct FormatTag {
  static constexpr Format kValue = f;
};

// Calls use(FormatTag) for a matrix that can be read in eights.
template <class Use>
void with_fast_format(Format f, Use use) {
  switch (f) {
    case Format::kF32:
      return use(FormatTag<Format::kF32>{});
    case Format::kBf16:
      return use(FormatTag<Format::kBf16>{});
    case Format::kF16:
      return use(FormatTag<Format::kF16>{});
    case Format::kNf4:
      return use(FormatTag<Format::kNf4>{});
    case Format::kAny:
      break;
  }
}
template <class Use>
void with_format(Format f, Use use) {
  if (f == Format::kAny) return use(FormatTag<Format::kAny>{});
  with_fast_format(f, use);
}

// c = a b with a's rows along k (kLeft) or not, and b's.
template <bool kLeft, bool kRight>
void multiply(const Device& device, const char* name, const Stored& a, const Stored& b,
              const Result& result) {
  if (result.M == 0 || result.N == 0) return;
  const CudaDevice& gpu = cuda_device(device);
  const bool exact = gpu.compute() == Compute::kF32;
  const Format left = format_of(a), right = format_of(b);
  const bool slow = left != Format::kF32 || right == Format::kAny;
  if (exact) {
    // Few of these: what is stored in another type than F32 is read value by value.
    if (slow || right != Format::kF32) {
      return multiply_f32_tiles(name, Operand<Format::kAny, kLeft>{a},
                                Operand<Format::kAny, kRight>{b}, result);
    }
    return multiply_f32_tiles(name, Operand<Format::kF32, kLeft>{a},
                              Operand<Format::kF32, kRight>{b}, result);
  }
  if (slow) {
    return launch_bf16<SmallTile>(gpu, name, Operand<Format::kAny, kLeft>{a},
                                  Operand<Format::kAny, kRight>{b}, result);
  }
  // Of a weight's gradient both factors are activations.
  if constexpr (!kLeft) {
    multiply_bf16_tiles(gpu, name, Operand<Format::kF32, kLeft>{a},
                        Operand<Format::kF32, kRight>{b}, result);
  } else {
    with_fast_format(right, [&](auto tag) {
      multiply_bf16_tiles(gpu, name, Operand<Format::kF32, kLeft>{a},
                          Operand<decltype(tag)::kValue, kRight>{b}, result);
    });
  }
}

Stored activation(const Device& device, const Matrix& x) {
  floats(x);  // or it throws
  return stored(device, x);
}

constexpr int kBiasThreads = 128;

// A block each 32 columns: four rows of them at a time, then the four parts in order.
KERNEL(kBiasThreads)
linear_backward_bias_kernel(float* dbias, const float* dy, int64_t T, int64_t out) {
  constexpr int kParts = kBiasThreads / kWarp;
  using Room = float[kParts][kWarp];
  Room& room = shared<Room>();
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int part = static_cast<int>(threadIdx.x) / kWarp;
  const int64_t column = static_cast<int64_t>(blockIdx.x) * kWarp + lane;
  float sum = 0;
  if (column < out) {
    for (int64_t t = part; t < T; t += kParts) sum += dy[t * out + column];
  }
  room[part][lane] = sum;
  sync_block();
  if (part != 0 || column >= out) return;
  for (int i = 1; i < kParts; ++i) sum += room[i][lane];
  dbias[column] += sum;
}

}  // namespace

void linear_forward(const Device& device, const Matrix& y, const Matrix& x, const Matrix& w,
                    DevicePtr<const float> bias, float alpha, bool accumulate) {
  if (x.rows <= kFewTokens) {
    return linear_forward_apart(device, y, x, w, bias, alpha, accumulate);
  }
  expect(y.rows == x.rows && y.cols == w.rows && x.cols == w.cols, "linear_forward");
  multiply<true, true>(device, "linear_forward", activation(device, x), stored(device, w),
                       {floats(y), x.rows, w.rows, w.cols, alpha, accumulate, at(bias)});
}

void linear_forward_apart(const Device& device, const Matrix& y, const Matrix& x, const Matrix& w,
                          DevicePtr<const float> bias, float alpha, bool accumulate) {
  expect(y.rows == x.rows && y.cols == w.rows && x.cols == w.cols, "linear_forward_apart");
  if (x.rows == 0 || w.rows == 0) return;
  const Stored left = activation(device, x), right = stored(device, w);
  const Result result = {floats(y), x.rows, w.rows, w.cols, alpha, accumulate, at(bias)};
  const Format format = format_of(left) == Format::kF32 ? format_of(right) : Format::kAny;
  with_format(format, [&](auto tag) {
    launch(over_blocks("linear_forward_apart", (w.rows + kFewWarps - 1) / kFewWarps,
                       kFewWarps * kWarp, sizeof(FewShared)),
           few_rows_kernel<decltype(tag)::kValue>, floats(x), right, result);
  });
}

void linear_backward_input(const Device& device, const Matrix& dx, const Matrix& dy,
                           const Matrix& w, float alpha, bool accumulate) {
  expect(dx.rows == dy.rows && dx.cols == w.cols && dy.cols == w.rows, "linear_backward_input");
  multiply<true, false>(device, "linear_backward_input", activation(device, dy), stored(device, w),
                        {floats(dx), dy.rows, w.cols, w.rows, alpha, accumulate, nullptr});
}

void linear_backward_weight(const Device& device, DevicePtr<float> dw, const Matrix& dy,
                            const Matrix& x, float alpha) {
  expect(dy.rows == x.rows, "linear_backward_weight");
  multiply<false, false>(device, "linear_backward_weight", activation(device, dy),
                         activation(device, x),
                         {at(dw), dy.cols, x.cols, x.rows, alpha, true, nullptr});
}

void linear_backward_bias(const Device&, DevicePtr<float> dbias, const Matrix& dy) {
  if (dy.cols == 0) return;
  launch(over_blocks("linear_backward_bias", (dy.cols + kWarp - 1) / kWarp, kBiasThreads,
                     kBiasThreads * sizeof(float)),
         linear_backward_bias_kernel, at(dbias), floats(dy), dy.rows, dy.cols);
}

}  // namespace neiro::cuda
