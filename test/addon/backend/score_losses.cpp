// The losses of a score head: against closed forms, their gradients against finite differences,
// where exponentials would overflow, and with no way back.
#include "support.h"

using namespace neiro;

namespace {

using Loss = void (*)(const Workers&, float*, float*, const float*, const float*, int64_t);

struct Named {
  const char* name;
  Loss Kernels::*loss;
  double (*form)(double z, double t);  // the closed form, as a textbook has it
};
const Named kLosses[] = {
    {"squared_error", &Kernels::squared_error,
     [](double z, double t) { return (z - t) * (z - t); }},
    {"binary_cross_entropy", &Kernels::binary_cross_entropy,
     [](double z, double t) {
       const double p = 1 / (1 + std::exp(-z));
       return -t * std::log(p) - (1 - t) * std::log(1 - p);
     }},
};

// Targets from 0 to 1, with both ends among them.
Values targets_of(int64_t n) {
  Values targets(n);
  for (int64_t i = 0; i < n; ++i) targets[i] = static_cast<float>(i % 5) / 4;
  return targets;
}

}  // namespace

TEST(score_losses_are_their_closed_forms) {
  for (const char* isa : all_tables()) {
    const Machine machine(isa, 2);
    for (const Named& named : kLosses) {
      for (const int n : kAwkward) {
        const Values z = Values::normal(n, 41, 3.0f), t = targets_of(n);
        Values scores = z, losses(n, NAN);
        (machine.ops.*named.loss)(machine.workers, losses.data(), scores.data(), t.data(), nullptr,
                                  n);
        Values expected(n);
        for (int i = 0; i < n; ++i) expected[i] = static_cast<float>(named.form(z[i], t[i]));
        check_close(named.name, losses, expected, 1e-6);
        CHECK(scores.same_bits(z));  // without coefficients the scores stay
      }
    }
  }
}

TEST(score_losses_leave_their_gradient) {
  for (const char* isa : all_tables()) {
    const Machine machine(isa);
    for (const Named& named : kLosses) {
      const int64_t n = 17;
      Values z = Values::normal(n, 42, 2.0f);
      const Values t = targets_of(n), coefficients = Values::normal(n, 43);
      const auto run = [&](Values& losses, const float* c) {
        Values scores = z;
        (machine.ops.*named.loss)(machine.workers, losses.data(), scores.data(), t.data(), c, n);
        return scores;
      };
      Values losses(n), with(n);
      const Values gradient = run(with, coefficients.data());
      run(losses, nullptr);
      CHECK(losses.same_bits(with));  // the loss itself is the same with a way back
      check_gradient(named.name, z, gradient, [&] {
        run(losses, nullptr);
        return weighted_sum(losses, coefficients);
      });
    }
  }
}

TEST(binary_cross_entropy_survives_scores_that_are_sure) {
  const Machine machine("scalar");
  const float z[] = {1000.0f, 1000.0f, -1000.0f, -1000.0f, 1e30f};
  const float t[] = {1.0f, 0.0f, 0.0f, 1.0f, 1.0f};
  const double losses_expected[] = {0, 1000, 0, 1000, 0};
  const double gradient_expected[] = {0, 1, 0, -1, 0};
  float losses[5], scores[5], ones[5] = {1, 1, 1, 1, 1};
  std::copy(std::begin(z), std::end(z), scores);
  machine.ops.binary_cross_entropy(machine.workers, losses, scores, t, ones, 5);
  for (int i = 0; i < 5; ++i) {
    CHECK_NEAR(losses[i], losses_expected[i], 1e-3);
    CHECK_NEAR(scores[i], gradient_expected[i], 1e-6);
  }
}
