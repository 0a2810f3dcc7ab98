// Products in groups of bytes (Compute::kInt8): plain against their definition and against exact
// products, fast against plain, thread counts against each other, and what must not be lost in
// them.
#include <bit>

#include "core/processor.h"
#include "support.h"

using namespace neiro;

#if defined(__x86_64__)
namespace neiro::avx_vnni_by_avx512 {
Kernels over(const Kernels& others);
}
#endif

namespace {

struct Shape {
  int64_t T, in, out;
};
// Part of a group, a whole one, several with a rest; odd everywhere.
const Shape kShapes[] = {{1, 1, 1},     {5, 3, 7},      {6, 64, 33},    {7, 257, 5},
                         {14, 255, 16}, {15, 256, 17},  {33, 600, 70},  {65, 130, 257},
                         {3, 1100, 31}, {29, 77, 1100}, {300, 320, 513}};
const DType kStored[] = {DType::kNF4, DType::kInt8, DType::kBF16, DType::kF16};

std::string name_of(const char* op, DType dtype, const Shape& s) {
  return std::string(op) + " " + std::string(dtype_name(dtype)) + " T=" + std::to_string(s.T) +
         " in=" + std::to_string(s.in) + " out=" + std::to_string(s.out);
}

Outputs products(const Kernels& ops, const Workers& workers, const Shape& s, const Stored& w) {
  const Values x = Values::normal(s.T * s.in, 1);
  const Values dy = Values::normal(s.T * s.out, 2);
  const Values bias = Values::normal(s.out, 3);
  Outputs out = {Values::normal(s.T * s.out, 4), Values::normal(s.T * s.in, 5)};
  ops.stored_forward(workers, out[0].data(), x.data(), w.matrix, bias.data(), s.T, 0.5f, true);
  ops.stored_backward_input(workers, out[1].data(), dy.data(), w.matrix, s.T, 2.0f, false);
  return out;
}

Run products(const Shape& s, const Stored& w) {
  return [=, &w](const Machine& machine) { return products(machine.ops, machine.workers, s, w); };
}

// What a value of a group becomes whose largest is `most`.
double rounded(double value, double most) {
  const float inverse = 127.0f / static_cast<float>(most);
  return std::nearbyint(static_cast<float>(value) * inverse) * (static_cast<float>(most) / 127.0f);
}

}  // namespace

// y = x W^T, both rounded to their group's bytes, in double.
TEST(int8_forward_is_what_it_says) {
  const Shape s = {3, 300, 5};
  const Stored w(DType::kBF16, s.out, s.in, 51);
  const Values x = Values::normal(s.T * s.in, 1);
  const auto most = [](const float* p, int64_t n) {
    double top = 0;
    for (int64_t i = 0; i < n; ++i) top = std::max(top, std::fabs(static_cast<double>(p[i])));
    return top;
  };
  Values expected(s.T * s.out);
  for (int64_t t = 0; t < s.T; ++t) {
    for (int64_t o = 0; o < s.out; ++o) {
      double sum = 0;
      for (int64_t i0 = 0; i0 < s.in; i0 += kInt8Group) {
        const int64_t n = std::min(kInt8Group, s.in - i0);
        const float* left = x.data() + t * s.in + i0;
        const float* right = w.values.data() + o * s.in + i0;
        const double left_most = most(left, n), right_most = most(right, n);
        for (int64_t i = 0; i < n; ++i) {
          sum += rounded(left[i], left_most) * rounded(right[i], right_most);
        }
      }
      expected[t * s.out + o] = static_cast<float>(sum);
    }
  }
  for (const char* isa : all_tables(Compute::kInt8)) {
    const Machine machine(isa, 1, Compute::kInt8);
    Values y(s.T * s.out);
    machine.ops.stored_forward(machine.workers, y.data(), x.data(), w.matrix, nullptr, s.T, 1.0f,
                               false);
    check_close(isa, y, expected, 2e-6);
  }
}

// A hundredth of the result, about: what 8 bits of both factors leave over hundreds of products.
TEST(int8_products_are_near_the_exact_ones) {
  for (const DType dtype : kStored) {
    const Shape s = {40, 600, 300};
    const Stored w(dtype, s.out, s.in, 52);
    const Outputs got = products(s, w)(Machine("scalar", 1, Compute::kInt8));
    const Values x = Values::normal(s.T * s.in, 1), dy = Values::normal(s.T * s.out, 2);
    const Values bias = Values::normal(s.out, 3);
    const Machine exact("scalar");
    Outputs expected = {Values::normal(s.T * s.out, 4), Values::normal(s.T * s.in, 5)};
    exact.ops.linear_forward(exact.workers, expected[0].data(), x.data(), w.matrix, bias.data(),
                             s.T, 0.5f, true);
    exact.ops.linear_backward_input(exact.workers, expected[1].data(), dy.data(), w.matrix, s.T,
                                    2.0f, false);
    for (size_t i = 0; i < 2; ++i) {
      double off = 0, all = 0;
      for (int64_t j = 0; j < expected[i].size(); ++j) {
        off += std::pow(static_cast<double>(got[i][j]) - expected[i][j], 2);
        all += std::pow(static_cast<double>(expected[i][j]), 2);
      }
      const double share = std::sqrt(off / all);
      if (share > 0.015 || share < 1e-4) {
        check::fail(
            __FILE__, __LINE__,
            name_of("int8", dtype, s) + ": off by " + std::to_string(share) + " of the whole");
      }
    }
  }
}

TEST(int8_products_fast_equal_plain) {
  for (const Shape& s : kShapes) {
    for (const DType dtype : kStored) {
      const Stored w(dtype, s.out, s.in, 53);
      check_against_scalar(name_of("int8", dtype, s), products(s, w), 1e-5, Compute::kInt8);
#if defined(__x86_64__)
      if (!has_avx512_vnni()) continue;
      const Machine machine("avx2", 1, Compute::kBf16);
      const Outputs got = products(avx_vnni_by_avx512::over(machine.ops), machine.workers, s, w);
      const Outputs expected = products(s, w)(Machine("scalar", 1, Compute::kInt8));
      for (size_t i = 0; i < 2; ++i) {
        check_close(name_of("int8 avx-vnni", dtype, s), got[i], expected[i]);
      }
      CHECK(machine.guarded());
#endif
    }
  }
}

TEST(int8_products_have_the_same_bits_for_any_number_of_threads) {
  for (const Shape& s : {Shape{33, 600, 70}, Shape{65, 130, 257}, Shape{300, 320, 513}}) {
    for (const DType dtype : kStored) {
      const Stored w(dtype, s.out, s.in, 54);
      check_same_bits(name_of("int8", dtype, s), products(s, w), Compute::kInt8);
    }
  }
}

// One large value costs its own group its fineness, and no other.
TEST(an_outlier_spoils_its_group_alone) {
  const int64_t in = 4 * kInt8Group;
  const Stored w(DType::kBF16, 8, in, 55);
  for (const char* isa : all_tables(Compute::kInt8)) {
    const Machine machine(isa, 1, Compute::kInt8);
    const auto distance = [&](float outlier) {
      Values x = Values::normal(6 * in, 1);
      for (int64_t t = 0; t < 6; ++t) x[t * in] = outlier;
      Values y(6 * 8), exact(6 * 8);
      machine.ops.stored_forward(machine.workers, y.data(), x.data(), w.matrix, nullptr, 6, 1,
                                 false);
      const Machine plain("scalar");
      plain.ops.linear_forward(plain.workers, exact.data(), x.data(), w.matrix, nullptr, 6, 1,
                               false);
      double worst = 0;
      for (int64_t i = 0; i < y.size(); ++i) {
        worst = std::max(worst, std::fabs(static_cast<double>(y[i]) - exact[i]));
      }
      return worst;
    };
    // one group of normal values lost altogether is 8 (the root of 64) or so
    CHECK(distance(1.0f) < 3);
    CHECK(distance(1000.0f) < 40);
  }
}

// What is no number is seen in what it was multiplied with, and nowhere else; zeros stay zeros.
TEST(int8_products_keep_what_is_no_number) {
  const Shape s = {6, 300, 2};
  const Stored w(DType::kBF16, s.out, s.in, 56);
  for (const float bad : {std::nanf(""), INFINITY, -INFINITY}) {
    for (const int64_t at : {int64_t{0}, s.in - 1}) {
      for (const char* isa : all_tables(Compute::kInt8)) {
        const Machine machine(isa, 1, Compute::kInt8);
        Values x = Values::normal(s.T * s.in, 1), y(s.T * s.out);
        for (int64_t i = 0; i < s.in; ++i) x[2 * s.in + i] = 0.0f;
        x[at] = bad;
        machine.ops.stored_forward(machine.workers, y.data(), x.data(), w.matrix, nullptr, s.T, 1,
                                   false);
        CHECK(!std::isfinite(y[0]) && !std::isfinite(y[1]));
        for (int64_t i = s.out; i < y.size(); ++i) CHECK(std::isfinite(y[i]));
        CHECK(y[2 * s.out] == 0.0f && y[2 * s.out + 1] == 0.0f);
      }
    }
  }
}
