// Operations on single values: activation, soft cap, addition, dropout, the norm of gradients,
// AdamW; and the choice of the table.
#include <cstdlib>

#include "support.h"

using namespace neiro;

namespace {

constexpr Activation kActivations[] = {Activation::kSilu, Activation::kGelu, Activation::kGeluTanh,
                                       Activation::kTanh, Activation::kRelu};

Run gated(int64_t n, float spread, Activation f) {
  return [=](const Machine& machine) {
    const Values gate = Values::normal(n, 1, spread);
    const Values up = Values::normal(n, 2);
    const Values dy = Values::normal(n, 3);
    Outputs out = {Values(n), gate, up};  // the gradients in place
    machine.ops.gated_forward(machine.workers, out[0].data(), gate.data(), up.data(), n, f);
    machine.ops.gated_backward(machine.workers, out[1].data(), out[2].data(), dy.data(),
                               out[1].data(), out[2].data(), n, f);
    return out;
  };
}

// y, and the gradient in the place of dy.
Run activation(int64_t n, float spread, Activation f) {
  return [=](const Machine& machine) {
    const Values x = Values::normal(n, 31, spread);
    Outputs out = {Values(n), Values::normal(n, 32)};
    machine.ops.activation_forward(machine.workers, out[0].data(), x.data(), n, f);
    machine.ops.activation_backward(machine.workers, out[1].data(), out[1].data(), x.data(), n, f);
    return out;
  };
}

Run dropout(int64_t n) {
  return [=](const Machine& machine) {
    const Values x = Values::normal(n, 4);
    Outputs y = {Values(n)};
    machine.ops.dropout(machine.workers, y[0].data(), x.data(), n, 0.3f, {5, 6});
    return y;
  };
}

// y, slope, and a gradient on its way back.
Run soft_cap(int64_t n, float spread, float cap) {
  return [=](const Machine& machine) {
    Outputs out = {Values::normal(n, 11, spread), Values(n), Values::normal(n, 12)};
    machine.ops.soft_cap_forward(machine.workers, out[0].data(), out[1].data(), n, cap);
    machine.ops.soft_cap_backward(machine.workers, out[2].data(), out[1].data(), n);
    return out;
  };
}

Run scale(int64_t n) {
  return [=](const Machine& machine) {
    Outputs y = {Values::normal(n, 13)};
    machine.ops.scale(machine.workers, y[0].data(), n, 0.3f);
    return y;
  };
}

Run add(int64_t n) {
  return [=](const Machine& machine) {
    const Values x = Values::normal(n, 7);
    Outputs y = {Values::normal(n, 8)};
    machine.ops.add(machine.workers, y[0].data(), x.data(), n);
    return y;
  };
}

// Three updates; param, m and v.
Run adamw(int64_t n) {
  return [=](const Machine& machine) {
    Outputs out = {Values::normal(n, 9), Values(n), Values(n)};
    for (int64_t step = 1; step <= 3; ++step) {
      const Values grad = Values::normal(n, 10 + static_cast<uint64_t>(step));
      machine.ops.adamw(machine.workers, out[0].data(), out[1].data(), out[2].data(), grad.data(),
                        n, {1e-2f, 0.9f, 0.999f, 1e-8f, 0.1f, step}, 0.5f);
    }
    return out;
  };
}

}  // namespace

TEST(gated_backward_matches_finite_differences) {
  const Machine machine("scalar");
  const int64_t n = 13;
  for (const Activation f : kActivations) {
    Values gate = Values::normal(n, 21, 2.0f);
    Values up = Values::normal(n, 22);
    const Values dy = Values::normal(n, 23);
    Values y(n), dgate(n), dup(n);
    machine.ops.gated_backward(machine.workers, dgate.data(), dup.data(), dy.data(), gate.data(),
                               up.data(), n, f);
    const auto loss = [&] {
      machine.ops.gated_forward(machine.workers, y.data(), gate.data(), up.data(), n, f);
      return weighted_sum(y, dy);
    };
    check_gradient("dgate", gate, dgate, loss);
    check_gradient("dup", up, dup, loss);
  }
}

// Values of torch.nn.functional's silu, gelu and gelu(approximate="tanh").
TEST(gated_forward_is_the_activation_times_up) {
  const Machine machine("scalar");
  Values gate(2), up(2, 2.0f), y(2);
  gate[0] = 1.5f;
  gate[1] = -0.7f;
  const double expected[][2] = {
      {1.22636171, -0.23226856}, {1.39978920, -0.16937456}, {1.39957158, -0.16942987}};
  for (int i = 0; i < 3; ++i) {
    machine.ops.gated_forward(machine.workers, y.data(), gate.data(), up.data(), 2,
                              kActivations[i]);
    for (int j = 0; j < 2; ++j) CHECK_NEAR(y[j], 2 * expected[i][j], 1e-6);
  }
}

TEST(gated_fast_equals_plain) {
  for (const Activation f : kActivations) {
    for (const int n : kAwkward) {
      check_against_scalar("gated", gated(n, 2.0f, f), 2e-6);
      check_against_scalar("gated of large gates", gated(n, 60.0f, f), 2e-6);
    }
  }
}

TEST(activation_backward_matches_finite_differences) {
  const int64_t n = 13;
  for (const char* isa : all_tables()) {
    const Machine machine(isa);
    for (const Activation f : kActivations) {
      Values x = Values::normal(n, 33, 2.0f);
      const Values dy = Values::normal(n, 34);
      Values y(n), dx(n);
      machine.ops.activation_backward(machine.workers, dx.data(), dy.data(), x.data(), n, f);
      check_gradient(std::string("activation ") + isa, x, dx, [&] {
        machine.ops.activation_forward(machine.workers, y.data(), x.data(), n, f);
        return weighted_sum(y, dy);
      });
    }
  }
}

// A gate before an up of ones is the activation alone, to the bit.
TEST(activation_is_a_gate_without_an_up) {
  for (const char* isa : all_tables()) {
    const Machine machine(isa);
    for (const Activation f : kActivations) {
      const int64_t n = 65;
      const Values x = Values::normal(n, 35, 3.0f), ones(n, 1.0f), dy = Values::normal(n, 36);
      Values alone(n), gated(n), dx(n), dgate(n), dup(n);
      machine.ops.activation_forward(machine.workers, alone.data(), x.data(), n, f);
      machine.ops.gated_forward(machine.workers, gated.data(), x.data(), ones.data(), n, f);
      CHECK(alone.same_bits(gated));
      machine.ops.activation_backward(machine.workers, dx.data(), dy.data(), x.data(), n, f);
      machine.ops.gated_backward(machine.workers, dgate.data(), dup.data(), dy.data(), x.data(),
                                 ones.data(), n, f);
      CHECK(dx.same_bits(dgate));
    }
  }
}

TEST(activation_fast_equals_plain_in_place_and_on_any_thread) {
  for (const Activation f : kActivations) {
    for (const int n : kAwkward) {
      check_against_scalar("activation", activation(n, 2.0f, f), 2e-6);
      check_against_scalar("activation of large values", activation(n, 60.0f, f), 2e-6);
    }
    check_same_bits("activation", activation(1000, 2.0f, f));
  }
}

TEST(soft_cap_backward_matches_finite_differences) {
  const Machine machine("scalar");
  const int64_t n = 13;
  const float cap = 1.5f;
  Values x = Values::normal(n, 24, 2.0f);
  const Values dy = Values::normal(n, 25);
  Values dx = dy, y = x, slope(n);
  machine.ops.soft_cap_forward(machine.workers, y.data(), slope.data(), n, cap);
  machine.ops.soft_cap_backward(machine.workers, dx.data(), slope.data(), n);
  check_gradient("dx", x, dx, [&] {
    y = x;
    machine.ops.soft_cap_forward(machine.workers, y.data(), nullptr, n, cap);
    for (int64_t i = 0; i < n; ++i) CHECK(std::fabs(y[i]) < cap);
    return weighted_sum(y, dy);
  });
}

TEST(soft_cap_fast_equals_plain) {
  for (const int n : kAwkward) {
    check_against_scalar("soft_cap", soft_cap(n, 1.0f, 30.0f), 1e-6);
    check_against_scalar("soft_cap of large values", soft_cap(n, 90.0f, 30.0f), 1e-6);
  }
}

// Over its whole range, both branches and their seam.
TEST(fast_tangent_is_within_a_few_units_of_the_last_place) {
  std::vector<float> points = {-INFINITY, INFINITY, 0.0f, 0.625f, 0.62500006f, -0.625f, 1e-20f};
  for (float x = -12.0f; x < 12.0f; x += 0.00317f) points.push_back(x);
  const int64_t n = static_cast<int64_t>(points.size());
  for (const char* isa : fast_tables()) {
    const Machine machine(isa);
    Values y(n);
    std::copy(points.begin(), points.end(), y.data());
    machine.ops.soft_cap_forward(machine.workers, y.data(), nullptr, n, 1.0f);
    double worst = 0;
    for (int64_t i = 0; i < n; ++i) {
      const double expected = std::tanh(static_cast<double>(points[i]));
      const double distance = std::fabs(y[i] - expected);
      worst = std::max(worst, expected == 0 ? distance : distance / std::fabs(expected));
    }
    CHECK_NEAR(worst, 0.0, 4 * 6e-8);
  }
}

TEST(copy_columns_takes_parts_and_leaves_the_rest) {
  const int64_t T = 5;
  for (const char* isa : all_tables()) {
    const Machine machine(isa, 2);
    const Values x = Values::normal(T * 7, 26);
    Values y(T * 10, 0.5f);
    machine.ops.copy_columns(machine.workers, y.data() + 2, 10, x.data() + 4, 7, T, 3);
    for (int64_t t = 0; t < T; ++t) {
      for (int64_t c = 0; c < 10; ++c) {
        CHECK(y[t * 10 + c] == (c >= 2 && c < 5 ? x[t * 7 + 4 + c - 2] : 0.5f));
      }
    }
    CHECK(y.guarded());
  }
}

// silu(z) * (1 + e^-z) = z gives e^-z back, and so holds the fast exponential to a few units in
// the last place where 1 + e^-z is sensitive to it.
TEST(fast_exponential_is_within_a_few_units_of_the_last_place) {
  for (const char* isa : fast_tables()) {
    const Machine machine(isa);
    std::vector<float> points;
    for (float x = -86.0f; x < 88.0f; x += 0.0113f) points.push_back(x);
    const int64_t n = static_cast<int64_t>(points.size());
    // Cross entropy of two logits (0, x) with label 0: dlogit_1 = e^x / (1 + e^x).
    Values logits(2 * n), nll(n);
    std::vector<int32_t> labels(n, 0);
    for (int64_t i = 0; i < n; ++i) logits[2 * i + 1] = points[i];
    const Values ones(n, 1.0f);
    machine.ops.cross_entropy(machine.workers, nll.data(), logits.data(), labels.data(),
                              ones.data(), n, 2);
    double worst = 0;
    for (int64_t i = 0; i < n; ++i) {
      const double x = points[i];
      const double expected = x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
      worst = std::max(worst, std::fabs(logits[2 * i + 1] / expected - 1));
    }
    // 2 ulp of the exponential, and the rounding of its argument x - lse: half an ulp of |x|.
    CHECK_NEAR(worst, 0.0, 4 * 6e-8 + 86 * 6e-8);
  }
}

TEST(add_scale_and_dropout_fast_equal_plain) {
  for (const int n : kAwkward) {
    check_against_scalar("scale", scale(n), 0.0);
    check_against_scalar("add", add(n), 0.0);
    check_against_scalar("dropout", dropout(n), 0.0);
  }
}

TEST(dropout_keeps_what_its_numbers_say) {
  const int64_t n = 1003;
  const float p = 0.3f;
  const PhiloxKey key = {5, 6};
  const Values x = Values::normal(n, 4);
  const Values y = dropout(n)(Machine("scalar"))[0];
  int64_t kept = 0;
  for (int64_t i = 0; i < n; ++i) {
    const bool keep = uniform_float(philox(key, static_cast<uint64_t>(i / 4))[i % 4]) >= p;
    CHECK_NEAR(y[i], keep ? x[i] / (1 - p) : 0.0f, 1e-6);
    kept += keep;
  }
  CHECK(kept > 650 && kept < 750);
}

TEST(sum_of_squares_is_exact_to_double) {
  for (const int n : {1, 2, 17, 257, 1000, 70001}) {
    const Values x = Values::normal(n, 31);
    double expected = 0;
    for (int64_t i = 0; i < n; ++i) expected += static_cast<double>(x[i]) * x[i];
    for (const char* isa : all_tables()) {
      const double one = Machine(isa, 1).ops.sum_of_squares(Machine(isa, 1).workers, x.data(), n);
      const Machine machine(isa, 3);
      const double three = machine.ops.sum_of_squares(machine.workers, x.data(), n);
      CHECK(one == three);
      CHECK_NEAR(one / expected, 1.0, 1e-13);
    }
  }
}

// Three steps of torch.optim.AdamW's rule in double.
TEST(adamw_follows_its_rule) {
  const int64_t n = 17;
  const Outputs got = adamw(n)(Machine("scalar"));
  const Values start = Values::normal(n, 9);
  Values expected(n);
  for (int64_t i = 0; i < n; ++i) {
    double p = start[i], m = 0, v = 0;
    for (int step = 1; step <= 3; ++step) {
      const double g = 0.5 * Values::normal(n, 10 + static_cast<uint64_t>(step))[i];
      p *= 1 - 1e-2 * 0.1;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      p -= 1e-2 * (m / (1 - std::pow(0.9, step))) /
           (std::sqrt(v / (1 - std::pow(0.999, step))) + 1e-8);
    }
    expected[i] = static_cast<float>(p);
  }
  check_close("param", got[0], expected, 1e-6);
}

TEST(adamw_fast_equals_plain_to_the_bit) {
  for (const int n : kAwkward) check_against_scalar("adamw", adamw(n), 0.0);
}

TEST(element_operations_have_the_same_bits_for_any_number_of_threads) {
  for (const Activation f : kActivations) check_same_bits("gated", gated(333, 2.0f, f));
  check_same_bits("soft_cap", soft_cap(333, 40.0f, 30.0f));
  check_same_bits("scale", scale(333));
  check_same_bits("add", add(333));
  check_same_bits("dropout", dropout(333));
  check_same_bits("adamw", adamw(333));
}

TEST(cpu_kernels_are_chosen_by_name_and_by_environment) {
  CHECK(std::string(cpu_kernels("scalar").name) == "scalar");
  CHECK_ERROR("UNKNOWN_BACKEND", cpu_kernels("abacus"));
  const std::vector<const char*> fast = fast_tables();
#if !defined(_WIN32)
  const char* before = std::getenv("NEIRO_ISA");
  const std::string kept = before != nullptr ? before : "";
  unsetenv("NEIRO_ISA");
  CHECK(std::string(cpu_kernels().name) == (fast.empty() ? "scalar" : fast.back()));
  setenv("NEIRO_ISA", "scalar", 1);
  CHECK(std::string(cpu_kernels().name) == "scalar");
  setenv("NEIRO_ISA", "abacus", 1);
  CHECK_ERROR("UNKNOWN_BACKEND", cpu_kernels());
  kept.empty() ? unsetenv("NEIRO_ISA") : setenv("NEIRO_ISA", kept.c_str(), 1);
#endif
}
