// Linear layers: plain against finite differences, fast against plain, thread counts against each
// other, for every stored type.
#include <bit>

#include "support.h"

using namespace neiro;

namespace {

struct Shape {
  int64_t T, in, out;
};

std::string name_of(const char* op, DType dtype, const Shape& s) {
  return std::string(op) + " " + std::string(dtype_name(dtype)) + " T=" + std::to_string(s.T) +
         " in=" + std::to_string(s.in) + " out=" + std::to_string(s.out);
}

// Every awkward size in every place, mixed so that the number of cases stays small.
std::vector<Shape> awkward_shapes() {
  std::vector<Shape> shapes;
  const size_t n = kAwkward.size();
  for (size_t turn = 0; turn < 5; ++turn) {
    for (size_t i = 0; i < n; ++i) {
      shapes.push_back({kAwkward[i], kAwkward[(5 * i + 3 + 4 * turn) % n],
                        kAwkward[(9 * i + 1 + 5 * turn) % n]});
    }
  }
  shapes.push_back({6, 192, 128});  // whole NF4 blocks in every row
  shapes.push_back({40, 960, 70});  // several blocks of K
  shapes.push_back({9, 70, 1100});  // several blocks of columns
  shapes.push_back({300, 66, 16});  // thin, as a LoRA product
  return shapes;
}

// The variants that callers use: plain, scaled and added, with bias.
struct Variant {
  float alpha;
  bool accumulate, bias;
};
const Variant kVariants[] = {{1.0f, false, false}, {0.5f, true, false}, {2.0f, true, true}};

Run forward(const Shape& s, const Stored& w, Variant variant) {
  return [=, &w](const Machine& machine) {
    const Values x = Values::normal(s.T * s.in, 1);
    const Values bias = Values::normal(s.out, 2);
    Outputs y = {Values::normal(s.T * s.out, 3)};
    machine.ops.linear_forward(machine.workers, y[0].data(), x.data(), w.matrix,
                               variant.bias ? bias.data() : nullptr, s.T, variant.alpha,
                               variant.accumulate);
    return y;
  };
}

Run backward_input(const Shape& s, const Stored& w, Variant variant) {
  return [=, &w](const Machine& machine) {
    const Values dy = Values::normal(s.T * s.out, 4);
    Outputs dx = {Values::normal(s.T * s.in, 5)};
    machine.ops.linear_backward_input(machine.workers, dx[0].data(), dy.data(), w.matrix, s.T,
                                      variant.alpha, variant.accumulate);
    return dx;
  };
}

Run backward_weight(const Shape& s) {
  return [=](const Machine& machine) {
    const Values dy = Values::normal(s.T * s.out, 6);
    const Values x = Values::normal(s.T * s.in, 7);
    Outputs out = {Values::normal(s.out * s.in, 8), Values::normal(s.out, 9)};
    machine.ops.linear_backward_weight(machine.workers, out[0].data(), dy.data(), x.data(), s.T,
                                       s.out, s.in, 0.25f);
    machine.ops.linear_backward_bias(machine.workers, out[1].data(), dy.data(), s.T, s.out);
    return out;
  };
}

}  // namespace

TEST(linear_forward_is_the_sum_of_products) {
  for (const DType dtype : kDTypes) {
    const Shape s = {3, 67, 5};
    const Stored w(dtype, s.out, s.in, 11);
    const Values x = Values::normal(s.T * s.in, 1);
    const Values bias = Values::normal(s.out, 2);
    const Values y0 = Values::normal(s.T * s.out, 3);
    Values expected(s.T * s.out);
    for (int64_t t = 0; t < s.T; ++t) {
      for (int64_t o = 0; o < s.out; ++o) {
        double sum = 0;
        for (int64_t i = 0; i < s.in; ++i) {
          sum += static_cast<double>(x[t * s.in + i]) * w.values[o * s.in + i];
        }
        const int64_t at = t * s.out + o;
        expected[at] = static_cast<float>(2.0 * sum + y0[at] + bias[o]);
      }
    }
    check_close(name_of("linear_forward", dtype, s),
                forward(s, w, kVariants[2])(Machine("scalar"))[0], expected, 1e-6);
  }
}

TEST(linear_backward_matches_finite_differences) {
  const Machine machine("scalar");
  const Kernels& ops = machine.ops;
  for (const Shape& s : {Shape{1, 1, 1}, Shape{3, 5, 7}, Shape{5, 13, 2}}) {
    Stored w(DType::kF32, s.out, s.in, 21);
    Values weight = w.values;
    w.matrix.data = weight.data();
    Values x = Values::normal(s.T * s.in, 22);
    Values bias = Values::normal(s.out, 23);
    const Values dy = Values::normal(s.T * s.out, 24);
    Values dx(s.T * s.in);
    Values dw(s.out * s.in);
    Values dbias(s.out);
    ops.linear_backward_input(machine.workers, dx.data(), dy.data(), w.matrix, s.T, 0.5f, false);
    ops.linear_backward_weight(machine.workers, dw.data(), dy.data(), x.data(), s.T, s.out, s.in,
                               0.5f);
    ops.linear_backward_bias(machine.workers, dbias.data(), dy.data(), s.T, s.out);
    const auto loss = [&] {
      Values y(s.T * s.out);
      ops.linear_forward(machine.workers, y.data(), x.data(), w.matrix, bias.data(), s.T, 0.5f,
                         false);
      return weighted_sum(y, dy);
    };
    check_gradient(name_of("dx", DType::kF32, s), x, dx, loss);
    check_gradient(name_of("dw", DType::kF32, s), weight, dw, loss);
    check_gradient(name_of("dbias", DType::kF32, s), bias, dbias, loss);
  }
}

TEST(linear_forward_fast_equals_plain) {
  int turn = 0;
  for (const Shape& s : awkward_shapes()) {
    for (const DType dtype : kDTypes) {
      const Stored w(dtype, s.out, s.in, 31);
      check_against_scalar(name_of("linear_forward", dtype, s),
                           forward(s, w, kVariants[turn++ % 3]));
    }
  }
}

TEST(linear_forward_of_few_tokens_equals_plain) {
  for (int64_t T = 1; T <= 5; ++T) {
    for (const int64_t in : {1, 7, 33, 64, 176, 257, 320}) {
      for (const DType dtype : kDTypes) {
        const Shape s = {T, in, 9};
        const Stored w(dtype, s.out, s.in, 32);
        for (const Variant& variant : kVariants) {
          check_against_scalar(name_of("linear_forward", dtype, s), forward(s, w, variant));
        }
      }
    }
  }
}

// A row's bits are those that it has alone, whatever stands beside it.
TEST(linear_forward_apart_has_the_bits_of_each_row_alone) {
  for (const int64_t T : {1, 2, 3, 4, 5, 7, 8, 13, 33}) {
    for (const int64_t in : {7, 64, 176, 257}) {
      for (const DType dtype : kDTypes) {
        const Stored w(dtype, 19, in, 35);
        const Values x = Values::normal(T * in, 36);
        const Values bias = Values::normal(19, 37);
        for (const char* isa : all_tables()) {
          const Machine machine(isa, 2);
          Values together = Values::normal(T * 19, 38), each = together;
          machine.ops.linear_forward_apart(machine.workers, together.data(), x.data(), w.matrix,
                                           bias.data(), T, 0.5f, true);
          for (int64_t t = 0; t < T; ++t) {
            machine.ops.linear_forward(machine.workers, each.data() + t * 19, x.data() + t * in,
                                       w.matrix, bias.data(), 1, 0.5f, true);
          }
          CHECK(std::equal(together.data(), together.data() + T * 19, each.data()));
        }
      }
    }
  }
}

TEST(linear_backward_input_fast_equals_plain) {
  int turn = 0;
  for (const Shape& s : awkward_shapes()) {
    for (const DType dtype : kDTypes) {
      const Stored w(dtype, s.out, s.in, 33);
      check_against_scalar(name_of("linear_backward_input", dtype, s),
                           backward_input(s, w, kVariants[turn++ % 2]));
    }
  }
}

TEST(linear_backward_weight_fast_equals_plain) {
  for (const Shape& s : awkward_shapes()) {
    check_against_scalar(name_of("linear_backward_weight", DType::kF32, s), backward_weight(s));
  }
}

// Products in BF16: the factors rounded, the sums not. Against the definition, in double.
TEST(products_in_bf16_round_their_factors_alone) {
  const Shape s = {7, 67, 5};
  const Stored w(DType::kF32, s.out, s.in, 41);
  const Values x = Values::normal(s.T * s.in, 1);
  const Values y0 = Values::normal(s.T * s.out, 3);
  const auto rounded = [](float v) { return static_cast<double>(bf16_to_float(float_to_bf16(v))); };
  Values expected(s.T * s.out);
  for (int64_t t = 0; t < s.T; ++t) {
    for (int64_t o = 0; o < s.out; ++o) {
      double sum = 0;
      for (int64_t i = 0; i < s.in; ++i) {
        sum += rounded(x[t * s.in + i]) * rounded(w.values[o * s.in + i]);
      }
      expected[t * s.out + o] = static_cast<float>(0.5 * sum + y0[t * s.out + o]);
    }
  }
  for (const char* isa : all_tables(Compute::kBf16)) {
    check_close(isa, forward(s, w, kVariants[1])(Machine(isa, 1, Compute::kBf16))[0], expected,
                1e-6);
  }
}

TEST(products_in_bf16_fast_equal_plain) {
  int turn = 0;
  for (const Shape& s : awkward_shapes()) {
    for (const DType dtype : kDTypes) {
      const Stored w(dtype, s.out, s.in, 42);
      check_against_scalar(name_of("bf16 forward", dtype, s), forward(s, w, kVariants[turn++ % 3]),
                           1e-5, Compute::kBf16);
      check_against_scalar(name_of("bf16 backward_input", dtype, s),
                           backward_input(s, w, kVariants[turn % 2]), 1e-5, Compute::kBf16);
    }
    check_against_scalar(name_of("bf16 backward_weight", DType::kF32, s), backward_weight(s), 1e-5,
                         Compute::kBf16);
  }
}

// What is no number stays none, and what overflows stays infinite.
TEST(products_in_bf16_keep_what_is_no_number) {
  const Shape s = {6, 3, 2};
  const Stored w(DType::kF32, s.out, s.in, 43);
  for (const float bad : {std::nanf(""), std::bit_cast<float>(0x7fffffffu), INFINITY}) {
    for (const char* isa : all_tables(Compute::kBf16)) {
      const Machine machine(isa, 1, Compute::kBf16);
      Values x = Values::normal(s.T * s.in, 1);
      x[0] = bad;
      Values y(s.T * s.out);
      machine.ops.linear_forward(machine.workers, y.data(), x.data(), w.matrix, nullptr, s.T, 1.0f,
                                 false);
      CHECK(!std::isfinite(y[0]));
      CHECK(std::isfinite(y[s.out]));
    }
  }
}

TEST(linear_has_the_same_bits_for_any_number_of_threads) {
  const Shape shapes[] = {{1, 65, 33},   {3, 176, 127}, {33, 31, 5},   {65, 130, 257},
                          {257, 63, 16}, {17, 450, 40}, {64, 16, 300}, {5, 7, 1100}};
  for (const Shape& s : shapes) {
    for (const Compute compute : {Compute::kF32, Compute::kBf16}) {
      for (const DType dtype : kDTypes) {
        const Stored w(dtype, s.out, s.in, 34);
        check_same_bits(name_of("linear_forward", dtype, s), forward(s, w, kVariants[2]), compute);
        check_same_bits(name_of("linear_backward_input", dtype, s),
                        backward_input(s, w, kVariants[1]), compute);
      }
      check_same_bits(name_of("linear_backward_weight", DType::kF32, s), backward_weight(s),
                      compute);
    }
  }
}

TEST(linear_of_ggml_blocks_equals_plain) {
  for (const Shape& s : {Shape{1, 256, 9}, Shape{4, 512, 33}, Shape{7, 768, 70}, Shape{33, 256, 5},
                         Shape{9, 1280, 17}}) {
    for (const DType dtype : kGgmlDTypes) {
      const Stored w(dtype, s.out, s.in, 35);
      check_against_scalar(name_of("linear_forward", dtype, s), forward(s, w, kVariants[2]));
      check_against_scalar(name_of("linear_backward_input", dtype, s),
                           backward_input(s, w, kVariants[1]));
      check_same_bits(name_of("linear_forward", dtype, s), forward(s, w, kVariants[0]));
    }
  }
}

TEST(linear_of_short_blocks_takes_any_width_of_whole_ones) {
  for (const int64_t in : {32, 96, 160, 576}) {
    const Shape s = {6, in, 21};
    for (const DType dtype : {DType::kQ4_0, DType::kQ5_1, DType::kQ8_0}) {
      const Stored w(dtype, s.out, s.in, 36);
      check_against_scalar(name_of("linear_forward", dtype, s), forward(s, w, kVariants[0]));
      check_against_scalar(name_of("linear_backward_input", dtype, s),
                           backward_input(s, w, kVariants[0]));
    }
  }
}
