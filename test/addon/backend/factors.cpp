// Factors on columns and rows, and what DoRA makes its factors of.
#include <cmath>
#include <string>

#include "support.h"

using namespace neiro;

namespace {

// y, y added to, the gradient of the factors, and rows scaled in place.
Run scales(int64_t R, int64_t C) {
  return [=](const Machine& machine) {
    const Values x = Values::normal(R * C, 1), dy = Values::normal(R * C, 2);
    const Values scale = Values::normal(C, 3), bias = Values::normal(C, 4);
    const Values rows = Values::normal(R, 5);
    Outputs out = {Values(R * C), Values::normal(R * C, 6), Values::normal(C, 7),
                   Values::normal(R * C, 8)};
    const Workers& workers = machine.workers;
    machine.ops.scale_columns(workers, out[0].data(), x.data(), scale.data(), bias.data(), R, C,
                              false);
    machine.ops.scale_columns(workers, out[1].data(), x.data(), scale.data(), nullptr, R, C, true);
    machine.ops.scale_columns_backward(workers, out[2].data(), dy.data(), x.data(), R, C);
    machine.ops.scale_rows(workers, out[3].data(), out[3].data(), rows.data(), R, C);
    return out;
  };
}

// A small DoRA layer: V = W + s B A in double, as it is written.
struct Dora {
  Dora(int64_t out_rows, int64_t in_cols, int64_t low, DType dtype)
      : out(out_rows), in(in_cols), rank(low), w(dtype, out, in, 11) {}

  double v(int64_t o, int64_t i) const {
    double sum = w.values[o * in + i];
    for (int64_t r = 0; r < rank; ++r) {
      sum += static_cast<double>(scale) * b[o * rank + r] * a[r * in + i];
    }
    return sum;
  }

  // inverse norm, factor, factor less one, by way of the operations.
  Outputs run(const Machine& machine) const {
    const Workers& workers = machine.workers;
    Values squares(out), across(rank * out), gram(rank * rank);
    const HostMatrix low{DType::kF32, rank, in, a.data(), {}};
    machine.ops.row_squares(workers, squares.data(), w.matrix);
    machine.ops.linear_forward(workers, across.data(), a.data(), w.matrix, nullptr, rank, 1, false);
    machine.ops.linear_forward(workers, gram.data(), a.data(), low, nullptr, rank, 1, false);
    Outputs made = {Values(out), Values(out), Values(out), squares};
    machine.ops.dora_factors(workers, made[0].data(), made[1].data(), made[2].data(),
                             magnitude.data(), squares.data(), b.data(), across.data(), gram.data(),
                             scale, out, rank);
    return made;
  }

  int64_t out, in, rank;
  float scale = 0.7f;
  Stored w;
  Values a = Values::normal(rank * in, 12), b = Values::normal(out * rank, 13);
  Values magnitude = Values::normal(out, 14);
};

}  // namespace

TEST(scale_columns_is_its_formula) {
  const Machine machine("scalar");
  const int64_t R = 3, C = 5;
  const Values x = Values::normal(R * C, 1), scale = Values::normal(C, 3);
  const Outputs out = scales(R, C)(machine);
  const Values bias = Values::normal(C, 4), start = Values::normal(R * C, 6);
  Values plain(R * C), added(R * C);
  for (int64_t i = 0; i < R * C; ++i) {
    plain[i] = scale[i % C] * x[i] + bias[i % C];
    added[i] = start[i] + scale[i % C] * x[i];
  }
  check_close("scale_columns", out[0], plain, 1e-7);
  check_close("scale_columns added", out[1], added, 1e-7);
}

TEST(scale_columns_backward_matches_finite_differences) {
  const Machine machine("scalar");
  for (const auto& [R, C] : {std::pair{1, 1}, {2, 3}, {5, 13}}) {
    const Values x = Values::normal(R * C, 21), dy = Values::normal(R * C, 22);
    Values scale = Values::normal(C, 23), input = x, y(R * C), dscale(C), dx(R * C);
    const auto loss = [&, R = R, C = C] {
      machine.ops.scale_columns(machine.workers, y.data(), input.data(), scale.data(), nullptr, R,
                                C, false);
      return weighted_sum(y, dy);
    };
    machine.ops.scale_columns_backward(machine.workers, dscale.data(), dy.data(), x.data(), R, C);
    check_gradient("dscale", scale, dscale, loss);
    machine.ops.scale_columns(machine.workers, dx.data(), dy.data(), scale.data(), nullptr, R, C,
                              false);
    check_gradient("dx", input, dx, loss);
  }
}

TEST(scale_rows_is_its_formula) {
  const int64_t R = 4, C = 7;
  const Values start = Values::normal(R * C, 8), rows = Values::normal(R, 5);
  const Outputs out = scales(R, C)(Machine("scalar"));
  for (int64_t i = 0; i < R * C; ++i) CHECK(out[3][i] == rows[i / C] * start[i]);
}

TEST(factors_fast_equals_plain) {
  for (const int C : kAwkward) {
    check_against_scalar("scales of " + std::to_string(C), scales(7, C));
  }
}

// |V| by row, without V, for every stored form of W.
TEST(dora_factors_are_those_of_the_sum) {
  for (const DType dtype : {DType::kF32, DType::kBF16, DType::kNF4}) {
    for (const auto& [out, in, rank] : {std::tuple{1, 1, 1}, {5, 13, 3}, {33, 65, 8}}) {
      const Dora dora(out, in, rank, dtype);
      Values inverse(out), factor(out), less_one(out), squares(out);
      for (int64_t o = 0; o < out; ++o) {
        double v = 0, w = 0;
        for (int64_t i = 0; i < in; ++i) {
          v += dora.v(o, i) * dora.v(o, i);
          w += static_cast<double>(dora.w.values[o * in + i]) * dora.w.values[o * in + i];
        }
        inverse[o] = static_cast<float>(1 / std::sqrt(v));
        factor[o] = static_cast<float>(dora.magnitude[o] / std::sqrt(v));
        less_one[o] = factor[o] - 1;
        squares[o] = static_cast<float>(w);
      }
      const Outputs got = dora.run(Machine("scalar"));
      check_close("inverse norm", got[0], inverse, 2e-6);
      check_close("factor", got[1], factor, 2e-6);
      check_close("factor less one", got[2], less_one, 2e-6);
      check_close("squares", got[3], squares, 1e-6);
    }
  }
}

TEST(factors_have_the_same_bits_for_any_number_of_threads) {
  check_same_bits("scales", scales(17, 33));
  check_same_bits("dora_factors",
                  [](const Machine& machine) { return Dora(33, 65, 8, DType::kNF4).run(machine); });
}
