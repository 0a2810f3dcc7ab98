// What gpt-oss adds to attention and to a gate: sinks, whose softmax is that of one key more, and
// values that are cut off.
#include "backend/open_device.h"
#include "support.h"

using namespace neiro;

namespace {

constexpr ClampedGate kShape{1.702f, 1.5f};

Run clamped(int64_t n) {
  return [=](const Machine& machine) {
    const Values dy = Values::normal(n, 3);
    Outputs out = {Values(n), Values::normal(n, 1, 2.0f), Values::normal(n, 2, 2.0f)};
    machine.ops.clamped_gate_forward(machine.workers, out[0].data(), out[1].data(), out[2].data(),
                                     n, kShape);
    machine.ops.clamped_gate_backward(machine.workers, out[1].data(), out[2].data(), dy.data(),
                                      out[1].data(), out[2].data(), n, kShape);
    return out;
  };
}

}  // namespace

// g = 1.5 of 3: 1.5 * sigmoid(2.553); u = -1.5 of -2.
TEST(clamped_gate_cuts_off) {
  const Machine machine("scalar");
  Values gate(2), up(2), y(2);
  gate[0] = 3, up[0] = 0.5f, gate[1] = -4, up[1] = -2;
  machine.ops.clamped_gate_forward(machine.workers, y.data(), gate.data(), up.data(), 2, kShape);
  CHECK_NEAR(y[0], 1.5 / (1 + std::exp(-1.702 * 1.5)) * 1.5, 1e-6);
  CHECK_NEAR(y[1], -4 / (1 + std::exp(1.702 * 4)) * -0.5, 1e-6);
}

TEST(clamped_gate_backward_matches_finite_differences) {
  const Machine machine("scalar");
  const int64_t n = 23;
  Values gate = Values::normal(n, 21, 2.0f), up = Values::normal(n, 22, 2.0f);
  const Values dy = Values::normal(n, 23);
  Values y(n), dgate(n), dup(n);
  machine.ops.clamped_gate_backward(machine.workers, dgate.data(), dup.data(), dy.data(),
                                    gate.data(), up.data(), n, kShape);
  const auto loss = [&] {
    machine.ops.clamped_gate_forward(machine.workers, y.data(), gate.data(), up.data(), n, kShape);
    return weighted_sum(y, dy);
  };
  check_gradient("dgate", gate, dgate, loss);
  check_gradient("dup", up, dup, loss);
}

TEST(clamped_gate_of_every_table) {
  for (const int n : {1, 15, 300}) check_against_scalar("clamped", clamped(n), 2e-6);
  check_same_bits("clamped", clamped(333));
}

// Of one key more with score s and no value the rest keeps 1 / (1 + exp(s - lse)).
TEST(attention_sinks_take_their_part) {
  const int heads = 4, D = 10;
  const int32_t T = 75;
  const std::vector<int32_t> offsets = {0, 20, T};
  const Values q = Values::normal(int64_t{T} * heads * D, 1);
  const Values k = Values::normal(int64_t{T} * 2 * D, 2), v = Values::normal(int64_t{T} * 2 * D, 3);
  Values sinks = Values::normal(heads, 4, 3.0f);
  AttentionShape plain{heads, 2, D, 30, 0.3f};
  AttentionShape with = plain;
  ThreadPool pool(1);
  with.sinks = open_device(pool)->adopt(sinks.data()).as<const float>();
  for (const char* isa : all_tables()) {
    const Machine machine(isa, 2);
    const auto attend = [&](const AttentionShape& shape) {
      Outputs out = {Values(q.size()), Values(int64_t{T} * heads)};
      machine.ops.attention_forward(machine.workers, out[0].data(), out[1].data(), q.data(),
                                    k.data(), v.data(), {offsets.data(), 2}, shape);
      return out;
    };
    Outputs expected = attend(plain);
    const Outputs got = attend(with);
    for (int64_t row = 0; row < int64_t{T} * heads; ++row) {
      const double lse = expected[1][row], sink = sinks[row % heads];
      const double share = 1 / (1 + std::exp(sink - lse));
      for (int d = 0; d < D; ++d) {
        expected[0][row * D + d] = static_cast<float>(expected[0][row * D + d] * share);
      }
      expected[1][row] = static_cast<float>(lse - std::log(share));
    }
    check_close(std::string("out ") + isa, got[0], expected[0], 2e-6);
    check_close(std::string("lse ") + isa, got[1], expected[1], 2e-6);
  }
}
