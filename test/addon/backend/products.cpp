// Products in other number types: packing and micro-kernel with steps that take two BF16 or four
// INT8 of k at a time, on a vector type of four plain lanes, against sums that are exact. The
// numbers are small and whole, so every type holds them and any wrong cell shows.
#include <bit>
#include <cstring>

#include "backend/cpu/simd/linear.h"
#include "formats/matrix.h"
#include "support.h"

using namespace neiro;

namespace {

// A vector type as common.h wants it, of plain C++.
struct FourLanes {
  static constexpr int kLanes = 4, kTileRows = 3, kTileVectors = 2;
  struct Reg {
    float lane[kLanes];
  };
  template <class Make>
  static Reg each(Make make) {
    Reg r;
    for (int i = 0; i < kLanes; ++i) r.lane[i] = make(i);
    return r;
  }
  static Reg zero() { return set(0); }
  static Reg set(float x) {
    return each([&](int) { return x; });
  }
  static Reg load_n(const float* p, int64_t n) {
    return each([&](int i) { return i < n ? p[i] : 0.0f; });
  }
  static Reg load(const float* p) { return load_n(p, kLanes); }
  static void store_n(float* p, const Reg& x, int64_t n) {
    for (int i = 0; i < n && i < kLanes; ++i) p[i] = x.lane[i];
  }
  static void store(float* p, const Reg& x) { store_n(p, x, kLanes); }
  static Reg add(const Reg& a, const Reg& b) {
    return each([&](int i) { return a.lane[i] + b.lane[i]; });
  }
  static Reg mul(const Reg& a, const Reg& b) {
    return each([&](int i) { return a.lane[i] * b.lane[i]; });
  }
  static Reg fma(const Reg& a, const Reg& b, const Reg& c) { return add(mul(a, b), c); }
  static float sum(const Reg& a) { return a.lane[0] + a.lane[1] + a.lane[2] + a.lane[3]; }
  static Reg load_bf16(const uint16_t* p) {
    return each([&](int i) { return bf16_to_float(p[i]); });
  }
  static Reg load_f16(const uint16_t* p) {
    return each([&](int i) { return f16_to_float(p[i]); });
  }
  static Reg lookup_nibbles(const uint8_t* p, const float* table) {
    return each([&](int i) { return table[i % 2 == 0 ? p[i / 2] >> 4 : p[i / 2] & 15]; });
  }
  static void transpose(Reg (&r)[kLanes]) {
    for (int i = 0; i < kLanes; ++i) {
      for (int j = 0; j < i; ++j) std::swap(r[i].lane[j], r[j].lane[i]);
    }
  }
};

// What steps of other number types share: cells are filled value by value. Element has `sizeof
// 4 / kDepth` bytes.
template <class Element, int Depth>
struct PlainStep : simd::Unscaled<FourLanes> {
  using Vector = FourLanes;
  using Reg = FourLanes::Reg;
  static constexpr int kDepth = Depth;
  static constexpr bool kInPlace = false;
  static_assert(sizeof(Element) * Depth == sizeof(float));

  struct Cell {
    Element value[Depth];
  };
  static Cell cell_of(float bits) { return std::bit_cast<Cell>(bits); }

  template <class At>
  static const float* fill(int64_t cells, float* buffer, At at) {
    for (int64_t i = 0; i < cells; ++i) {
      Cell cell;
      for (int s = 0; s < Depth; ++s) cell.value[s] = Element(at(i, s));
      std::memcpy(buffer + i, &cell, sizeof cell);
    }
    return buffer;
  }
  static const float* cells_along(const float* values, int64_t n, float* buffer) {
    return fill((n + Depth - 1) / Depth, buffer,
                [&](int64_t i, int s) { return i * Depth + s < n ? values[i * Depth + s] : 0.0f; });
  }
  static const float* cells_across(const float* const* rows, int64_t n, float* buffer) {
    return fill(n, buffer, [&](int64_t i, int s) { return rows[s][i]; });
  }
  static Reg broadcast(const float* cell) { return FourLanes::set(*cell); }
  static Reg load(const float* cells) { return FourLanes::load(cells); }
};

struct Bf16 {
  Bf16() = default;
  explicit Bf16(float value) : bits(float_to_bf16(value)) {}
  float value() const { return bf16_to_float(bits); }
  uint16_t bits;
};
struct Bf16Step : PlainStep<Bf16, 2> {
  using Sum = Reg;
  static Sum zero() { return FourLanes::zero(); }
  static Sum multiply(const Reg& left, const Reg& right, Sum sum) {
    for (int i = 0; i < FourLanes::kLanes; ++i) {
      const Cell a = cell_of(left.lane[i]), b = cell_of(right.lane[i]);
      for (int s = 0; s < kDepth; ++s) sum.lane[i] += a.value[s].value() * b.value[s].value();
    }
    return sum;
  }
};

struct Int8Step : PlainStep<int8_t, 4> {
  struct Sum {
    int32_t lane[FourLanes::kLanes];
  };
  static Sum zero() { return {}; }
  static Sum multiply(const Reg& left, const Reg& right, Sum sum) {
    for (int i = 0; i < FourLanes::kLanes; ++i) {
      const Cell a = cell_of(left.lane[i]), b = cell_of(right.lane[i]);
      for (int s = 0; s < kDepth; ++s) sum.lane[i] += a.value[s] * b.value[s];
    }
    return sum;
  }
  static Reg result(const Sum& sum) {
    return FourLanes::each([&](int i) { return static_cast<float>(sum.lane[i]); });
  }
};

// Whole numbers from -7 to 7.
Values whole(int64_t n, uint64_t seed) {
  Values values(n);
  for (int64_t i = 0; i < n; ++i) {
    values[i] =
        static_cast<float>(static_cast<int>(uniform({seed, 3}, static_cast<uint64_t>(i)) * 15) - 7);
  }
  return values;
}

struct Sizes {
  int64_t T, in, out;
};
// Depths that fill no cell, no run of 64 and more than one block of 384 steps; tiles with tails.
const Sizes kSizes[] = {{1, 1, 1},    {2, 3, 5},    {3, 4, 8},    {5, 7, 9},  {7, 65, 17},
                        {4, 130, 33}, {9, 257, 12}, {2, 1601, 3}, {131, 6, 5}};

// c[m, n] = sum over k of left(m, k) * right(k, n), exactly.
template <class Left, class Right>
Values exact(int64_t M, int64_t N, int64_t K, Left left, Right right) {
  Values c(M * N);
  for (int64_t m = 0; m < M; ++m) {
    for (int64_t n = 0; n < N; ++n) {
      double sum = 0;
      for (int64_t k = 0; k < K; ++k) sum += static_cast<double>(left(m, k)) * right(k, n);
      c[m * N + n] = static_cast<float>(sum);
    }
  }
  return c;
}

template <class P>
void check_products(const char* name, int threads) {
  ThreadPool pool(threads);
  std::vector<float> scratch(static_cast<size_t>(threads * simd::Blocks<P>::kWorkerBytes / 4 + 16));
  Workers workers;
  workers.pool = &pool;
  workers.scratch = reinterpret_cast<unsigned char*>(scratch.data());
  for (const Sizes& s : kSizes) {
    const std::string what = std::string(name) + " T=" + std::to_string(s.T) +
                             " in=" + std::to_string(s.in) + " out=" + std::to_string(s.out);
    const Values x = whole(s.T * s.in, 1), w = whole(s.out * s.in, 2), dy = whole(s.T * s.out, 3);
    const HostMatrix matrix = {DType::kF32, s.out, s.in, w.data(), {}};
    Values y(s.T * s.out), dx(s.T * s.in), dw(s.out * s.in);
    simd::product_forward<P>(workers, y.data(), x.data(), matrix, nullptr, s.T, 1, false);
    simd::product_backward_input<P>(workers, dx.data(), dy.data(), matrix, s.T, 1, false);
    simd::product_backward_weight<P>(workers, dw.data(), dy.data(), x.data(), s.T, s.out, s.in, 1);
    const auto X = [&](int64_t t, int64_t i) { return x[t * s.in + i]; };
    const auto W = [&](int64_t o, int64_t i) { return w[o * s.in + i]; };
    const auto D = [&](int64_t t, int64_t o) { return dy[t * s.out + o]; };
    check_close(what + " forward", y,
                exact(s.T, s.out, s.in, X, [&](int64_t i, int64_t o) { return W(o, i); }), 0);
    check_close(what + " backward input", dx, exact(s.T, s.in, s.out, D, W), 0);
    check_close(what + " backward weight", dw,
                exact(
                    s.out, s.in, s.T, [&](int64_t o, int64_t t) { return D(t, o); }, X),
                0);
  }
}

}  // namespace

TEST(products_in_steps_of_one_f32) { check_products<simd::F32Step<FourLanes>>("f32", 1); }
TEST(products_in_steps_of_two_bf16) { check_products<Bf16Step>("bf16", 1); }
TEST(products_in_steps_of_four_int8) {
  check_products<Int8Step>("int8", 1);
  check_products<Int8Step>("int8 by three threads", 3);
}

// A stored matrix is decoded on the way into cells, in both directions.
TEST(products_in_other_steps_read_stored_formats) {
  ThreadPool pool(1);
  std::vector<float> scratch(static_cast<size_t>(simd::Blocks<Bf16Step>::kWorkerBytes / 4 + 16));
  const Workers workers = {&pool, reinterpret_cast<unsigned char*>(scratch.data())};
  const Values x = whole(5 * 70, 4);
  const Values w = whole(9 * 70, 5);
  std::vector<uint16_t> halves(9 * 70);
  for (int64_t i = 0; i < 9 * 70; ++i) halves[i] = float_to_bf16(w[i]);
  const HostMatrix plain = {DType::kF32, 9, 70, w.data(), {}};
  const HostMatrix stored = {DType::kBF16, 9, 70, halves.data(), {}};
  Values expected(5 * 9), got(5 * 9);
  simd::product_forward<Bf16Step>(workers, expected.data(), x.data(), plain, nullptr, 5, 1, false);
  simd::product_forward<Bf16Step>(workers, got.data(), x.data(), stored, nullptr, 5, 1, false);
  CHECK(got.same_bits(expected));
}
