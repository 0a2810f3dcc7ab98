// What the tests of the CPU's kernels share: workers with guarded memory, seeded numbers, matrices
// of every stored type, and the comparisons. No tests here.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "backend/cpu/kernels.h"
#include "check.h"
#include "core/random.h"
#include "formats/ggml_blocks.h"
#include "formats/int8_rows.h"
#include "formats/matrix.h"
#include "formats/nf4.h"

namespace neiro {

// The sizes at which tails, tiles and blocks go wrong.
inline const std::vector<int> kAwkward = {1, 2, 3, 5, 7, 13, 17, 31, 33, 63, 65, 127, 176, 257};

// Values in planned memory: a guard behind them shows a write past the end.
class Values {
 public:
  explicit Values(int64_t n, float fill = 0.0f) : size_(n), data_(n + kGuard, fill) {
    std::fill(data_.begin() + n, data_.end(), kSentinel);
  }
  static Values normal(int64_t n, uint64_t seed, float stddev = 1.0f) {
    Values values(n);
    fill_normal(values.data(), n, stddev, {seed, 7});
    return values;
  }
  int64_t size() const { return size_; }
  float* data() { return data_.data(); }
  const float* data() const { return data_.data(); }
  float& operator[](int64_t i) { return data_[i]; }
  float operator[](int64_t i) const { return data_[i]; }
  bool guarded() const {
    return std::all_of(data_.begin() + size_, data_.end(), [](float x) { return x == kSentinel; });
  }
  bool same_bits(const Values& other) const {
    return size_ == other.size_ && !std::memcmp(data(), other.data(), size_ * sizeof(float));
  }

 private:
  static constexpr int64_t kGuard = 32;
  static constexpr float kSentinel = 12345.5f;
  int64_t size_;
  std::vector<float> data_;
};

// Workers of its own: a pool, and scratch of exactly the planned size, full of NaN.
class Machine {
 public:
  explicit Machine(const char* isa, int threads = 1, Compute compute = Compute::kF32,
                   int max_tokens = 300, int max_head_dim = 128)
      : pool_(threads), ops(cpu_kernels(isa, compute)) {
    bytes_ = ops.scratch_bytes(threads, max_tokens, max_head_dim);
    memory_.assign(bytes_ + 2 * kAlign, 0xff);
    const uintptr_t start = reinterpret_cast<uintptr_t>(memory_.data());
    workers.pool = &pool_;
    workers.scratch = memory_.data() + (kAlign - start % kAlign) % kAlign;
  }
  bool guarded() const {
    const unsigned char* end = memory_.data() + memory_.size();
    return std::all_of(static_cast<const unsigned char*>(workers.scratch) + bytes_, end,
                       [](unsigned char byte) { return byte == 0xff; });
  }

 private:
  static constexpr int64_t kAlign = 64;
  ThreadPool pool_;
  int64_t bytes_;
  std::vector<unsigned char> memory_;

 public:
  const Kernels& ops;
  Workers workers;
};

inline bool can_run(const char* isa, Compute compute = Compute::kF32) {
  try {
    cpu_kernels(isa, compute);
    return true;
  } catch (const Error&) {
    return false;
  }
}
// Only products in BF16 are done by instructions that AVX-512 or NEON alone has not.
inline std::vector<const char*> fast_tables(Compute compute = Compute::kF32) {
  std::vector<const char*> tables;
  for (const char* isa : {"avx2", "avx512", "avx512-bf16", "neon", "neon-bf16"}) {
    const bool own =
        compute == Compute::kBf16 || std::string(isa).find("-bf16") == std::string::npos;
    if (own && can_run(isa, compute)) tables.push_back(isa);
  }
  return tables;
}
inline std::vector<const char*> all_tables(Compute compute = Compute::kF32) {
  std::vector<const char*> tables = fast_tables(compute);
  tables.push_back("scalar");
  return tables;
}

// max |a - b| / max |expected| must be within the tolerance, and nothing written past the end.
// Inputs are of order 1, so what is all but zero (dq of a lone token) is measured against 0.1.
inline void check_close(const std::string& what, const Values& got, const Values& expected,
                        double tolerance = 1e-5) {
  double top = 0.1;
  double worst = 0;
  for (int64_t i = 0; i < expected.size(); ++i) {
    top = std::max(top, std::fabs(static_cast<double>(expected[i])));
    const double distance = std::fabs(static_cast<double>(got[i]) - expected[i]);
    worst = std::isnan(distance) ? INFINITY : std::max(worst, distance);
  }
  if (!got.guarded()) check::fail(__FILE__, __LINE__, what + ": written past the end");
  if (worst / top > tolerance) {
    check::fail(__FILE__, __LINE__,
                what + ": differs by " + std::to_string(worst / top * 1e6) + "e-6 of the largest");
  }
}

// An operation, run on a machine of its own with fresh outputs.
using Outputs = std::vector<Values>;
using Run = std::function<Outputs(const Machine&)>;

// The operation on every fast table against the plain one.
inline void check_against_scalar(const std::string& what, const Run& run, double tolerance = 1e-5,
                                 Compute compute = Compute::kF32) {
  const Outputs expected = run(Machine("scalar", 1, compute));
  for (const char* isa : fast_tables(compute)) {
    const Machine machine(isa, 1, compute);
    const Outputs got = run(machine);
    for (size_t i = 0; i < expected.size(); ++i) {
      check_close(what + " " + isa + " output " + std::to_string(i), got[i], expected[i],
                  tolerance);
    }
    CHECK(machine.guarded());
  }
}

// The same bits for 1, 2 and 3 threads, on every table.
inline void check_same_bits(const std::string& what, const Run& run,
                            Compute compute = Compute::kF32) {
  for (const char* isa : all_tables(compute)) {
    const Outputs expected = run(Machine(isa, 1, compute));
    for (int threads : {2, 3}) {
      const Outputs got = run(Machine(isa, threads, compute));
      for (size_t i = 0; i < expected.size(); ++i) {
        if (!got[i].same_bits(expected[i])) {
          check::fail(__FILE__, __LINE__,
                      what + " " + isa + " output " + std::to_string(i) + ": other bits with " +
                          std::to_string(threads) + " threads");
        }
      }
    }
  }
}

// Weighted sum of outputs: the scalar loss whose gradient is `weights`.
inline double weighted_sum(const Values& y, const Values& weights) {
  double sum = 0;
  for (int64_t i = 0; i < y.size(); ++i) sum += static_cast<double>(y[i]) * weights[i];
  return sum;
}

// gradient[i] against the fourth-order central difference of loss() in x[i].
inline void check_gradient(const std::string& what, Values& x, const Values& gradient,
                           const std::function<double()>& loss, double tolerance = 2e-4) {
  const float h = 1.0f / 64;
  Values numeric(x.size());
  for (int64_t i = 0; i < x.size(); ++i) {
    const float kept = x[i];
    double f[4];
    const float steps[4] = {-2 * h, -h, h, 2 * h};
    for (int s = 0; s < 4; ++s) {
      x[i] = kept + steps[s];
      f[s] = loss();
    }
    x[i] = kept;
    numeric[i] = static_cast<float>((8 * (f[2] - f[1]) - (f[3] - f[0])) / (12 * h));
  }
  check_close(what, gradient, numeric, tolerance);
}

// Blocks of GGUF files with any codes and scales, and halves (their common scales) of usual size.
inline std::vector<uint8_t> any_blocks(DType dtype, int64_t n, const Values& noise) {
  std::vector<uint8_t> bytes(static_cast<size_t>(stored_bytes(dtype, n)));
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(noise[i % n] * 99);
  const int64_t size = block_size(dtype).bytes;
  const auto half = [&](int64_t at) {
    const uint16_t bits = float_to_f16(0.01f * noise[at % n]);
    std::memcpy(bytes.data() + at, &bits, sizeof(bits));
  };
  for (int64_t block = 0; block < n / block_size(dtype).elements; ++block) {
    const BlockHalves halves = block_halves(dtype);
    for (int i = 0; i < halves.count; ++i) half(block * size + halves.at + 2 * i);
  }
  return bytes;
}

// A matrix that owns its stored form; `values` are what its elements decode to.
struct Stored {
  Stored(DType dtype, int64_t rows, int64_t cols, uint64_t seed) : values(rows * cols) {
    const int64_t n = rows * cols;
    Values plain = Values::normal(n, seed);
    matrix.dtype = dtype;
    matrix.rows = rows;
    matrix.cols = cols;
    if (dtype == DType::kF32) {
      bytes.resize(n * 4);
      std::memcpy(bytes.data(), plain.data(), n * 4);
    } else if (dtype == DType::kInt8) {
      bytes.resize(n);
      row_absmax.resize(rows);
      ThreadPool pool(1);
      quantize_int8(pool, plain.data(), rows, cols, reinterpret_cast<int8_t*>(bytes.data()),
                    row_absmax.data());
      matrix.row_absmax = row_absmax.data();
    } else if (dtype == DType::kNF4) {
      bytes.resize((n + 1) / 2);
      absmax_q.resize(nf4_blocks(n));
      absmax2.resize(nf4_scale_blocks(n));
      std::vector<float> absmax(nf4_blocks(n));
      ThreadPool pool(1);
      matrix.nf4.offset = quantize_nf4(
          pool, plain.data(), n, {bytes.data(), absmax_q.data(), absmax2.data(), absmax.data()});
      matrix.nf4.absmax_q = absmax_q.data();
      matrix.nf4.absmax2 = absmax2.data();
    } else if (ggml_blocks(dtype)) {
      bytes = any_blocks(dtype, n, plain);
    } else {
      bytes.resize(n * 2);
      for (int64_t i = 0; i < n; ++i) {
        const uint16_t half =
            dtype == DType::kBF16 ? float_to_bf16(plain[i]) : float_to_f16(plain[i]);
        std::memcpy(bytes.data() + 2 * i, &half, 2);
      }
    }
    matrix.data = bytes.data();
    for (int64_t r = 0; r < rows; ++r) matrix_row(matrix, r, 0, cols, values.data() + r * cols);
  }
  Stored(const Stored&) = delete;
  Stored& operator=(const Stored&) = delete;

  std::vector<uint8_t> bytes, absmax_q;
  std::vector<float> absmax2, row_absmax;
  Values values;
  HostMatrix matrix;
};

inline const DType kDTypes[] = {DType::kF32, DType::kBF16, DType::kF16, DType::kInt8, DType::kNF4};
// Their rows are whole blocks: widths are multiples of 256.
inline const DType kGgmlDTypes[] = {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1,
                                    DType::kQ8_0, DType::kQ2_K, DType::kQ3_K, DType::kQ4_K,
                                    DType::kQ5_K, DType::kQ6_K};

}  // namespace neiro
