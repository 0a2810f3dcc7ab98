// Operations on rows: norms, rotation, embedding and cross entropy.
#include <tuple>

#include "support.h"

using namespace neiro;

namespace {

Run rms_norm(int64_t R, int64_t C, bool accumulate, float base = 0) {
  return [=](const Machine& machine) {
    const Values x = Values::normal(R * C, 1);
    const Values w = Values::normal(C, 2);
    const Values dy = Values::normal(R * C, 3);
    Outputs out = {Values(R * C), Values(R), Values::normal(R * C, 4), Values::normal(C, 5)};
    machine.ops.rms_norm_forward(machine.workers, out[0].data(), out[1].data(), x.data(), w.data(),
                                 base, R, C, 1e-6f);
    machine.ops.rms_norm_backward(machine.workers, out[2].data(), out[3].data(), dy.data(),
                                  x.data(), w.data(), base, out[1].data(), R, C, accumulate);
    return out;
  };
}

// Angles of a few positions, and positions that repeat and jump.
struct Rotation {
  Rotation(int64_t T, int head_dim) : cosine(64 * head_dim / 2), sine(64 * head_dim / 2) {
    for (int64_t i = 0; i < cosine.size(); ++i) {
      cosine[i] = std::cos(0.37f * static_cast<float>(i));
      sine[i] = std::sin(0.37f * static_cast<float>(i));
    }
    for (int64_t t = 0; t < T; ++t) positions.push_back(static_cast<int32_t>(t * 5 % 64));
  }
  Values cosine, sine;
  std::vector<int32_t> positions;
};

Run rope(int64_t T, int heads, const RopeShape& shape, bool backward) {
  return [=](const Machine& machine) {
    const int head_dim = shape.head_dim;
    const Rotation r(T, shape.rotary);
    Outputs x = {Values::normal(T * heads * head_dim, 6)};
    const auto op = backward ? machine.ops.rope_backward : machine.ops.rope_forward;
    op(machine.workers, x[0].data(), r.positions.data(), r.cosine.data(), r.sine.data(), T, heads,
       shape);
    return x;
  };
}

std::vector<int32_t> labels_of(int64_t rows, int64_t vocab) {
  std::vector<int32_t> labels;
  for (int64_t r = 0; r < rows; ++r) {
    labels.push_back(r % 3 == 1 ? -100 : static_cast<int32_t>((r * 7 + vocab - 1) % vocab));
  }
  return labels;
}

Run cross_entropy(int64_t rows, int64_t vocab, bool way_back) {
  return [=](const Machine& machine) {
    Outputs out = {Values(rows), Values::normal(rows * vocab, 7, 4.0f)};
    const Values coefficients = Values::normal(rows, 8);
    machine.ops.cross_entropy(machine.workers, out[0].data(), out[1].data(),
                              labels_of(rows, vocab).data(),
                              way_back ? coefficients.data() : nullptr, rows, vocab);
    return out;
  };
}

}  // namespace

TEST(rms_norm_backward_matches_finite_differences) {
  const Machine machine("scalar");
  for (const auto& [R, C, base] : {std::tuple{1, 1, 0.0f}, {2, 3, 1.0f}, {3, 13, 0.0f}}) {
    Values x = Values::normal(R * C, 11);
    Values w = Values::normal(C, 12);
    const Values dy = Values::normal(R * C, 13);
    Values y(R * C), rstd(R), dx(R * C), dw(C);
    const auto loss = [&, R = R, C = C, base = base] {
      machine.ops.rms_norm_forward(machine.workers, y.data(), rstd.data(), x.data(), w.data(), base,
                                   R, C, 0.1f);
      return weighted_sum(y, dy);
    };
    loss();
    machine.ops.rms_norm_backward(machine.workers, dx.data(), dw.data(), dy.data(), x.data(),
                                  w.data(), base, rstd.data(), R, C, false);
    check_gradient("dx", x, dx, loss);
    check_gradient("dw", w, dw, loss);
  }
}

TEST(rms_norm_fast_equals_plain) {
  for (size_t i = 0; i < kAwkward.size(); ++i) {
    const int R = kAwkward[(i * 3 + 2) % kAwkward.size()];
    check_against_scalar("rms_norm", rms_norm(R, kAwkward[i], i % 2 == 0));
    check_against_scalar("rms_norm of 1 + w", rms_norm(R, kAwkward[i], i % 2 == 1, 1.0f));
  }
}

TEST(rms_norm_backward_works_in_place_and_without_weights) {
  const int64_t R = 5, C = 33;
  for (const char* isa : all_tables()) {
    const Machine machine(isa);
    const Values x = Values::normal(R * C, 1);
    const Values w = Values::normal(C, 2);
    Values dy = Values::normal(R * C, 3);
    Values y(R * C), rstd(R), dx(R * C), dw(C);
    machine.ops.rms_norm_forward(machine.workers, y.data(), rstd.data(), x.data(), w.data(), 0.0f,
                                 R, C, 1e-6f);
    machine.ops.rms_norm_backward(machine.workers, dx.data(), dw.data(), dy.data(), x.data(),
                                  w.data(), 0.0f, rstd.data(), R, C, false);
    machine.ops.rms_norm_backward(machine.workers, dy.data(), nullptr, dy.data(), x.data(),
                                  w.data(), 0.0f, rstd.data(), R, C, false);
    CHECK(dx.same_bits(dy));
  }
}

TEST(rope_turns_a_pair_by_its_angle) {
  const Machine machine("scalar");
  Values x(4);
  for (int i = 0; i < 4; ++i) x[i] = static_cast<float>(i + 1);
  const float cosine[] = {1, 1, 0, 0.6f}, sine[] = {0, 0, 1, 0.8f};
  const int32_t position = 1;
  machine.ops.rope_forward(machine.workers, x.data(), &position, cosine, sine, 1, 1, {4, 4});
  CHECK_NEAR(x[0], -3.0, 1e-6);  // 1 * 0 - 3 * 1
  CHECK_NEAR(x[2], 1.0, 1e-6);   // 3 * 0 + 1 * 1
  CHECK_NEAR(x[1], 2 * 0.6 - 4 * 0.8, 1e-6);
  CHECK_NEAR(x[3], 4 * 0.6 + 2 * 0.8, 1e-6);
  for (int i = 0; i < 4; ++i) x[i] = static_cast<float>(i + 1);
  machine.ops.rope_forward(machine.workers, x.data(), &position, cosine, sine, 1, 1, {4, 4, true});
  CHECK_NEAR(x[0], -2.0, 1e-6);  // 1 * 0 - 2 * 1: beside one another
  CHECK_NEAR(x[1], 1.0, 1e-6);
  CHECK_NEAR(x[2], 3 * 0.6 - 4 * 0.8, 1e-6);
  CHECK_NEAR(x[3], 4 * 0.6 + 3 * 0.8, 1e-6);
}

// The rotation is linear, so <R x, y> = <x, R^T y> is the gradient check; and it keeps lengths.
void check_transpose(const char* isa, bool interleaved) {
  const Machine machine(isa);
  const int64_t T = 7;
  const int heads = 3, head_dim = 10, rotary = 6;
  const RopeShape shape = {head_dim, rotary, interleaved};
  const Rotation r(T, rotary);
  const Values x = Values::normal(T * heads * head_dim, 21);
  const Values y = Values::normal(T * heads * head_dim, 22);
  Values rx = x, ry = y;
  machine.ops.rope_forward(machine.workers, rx.data(), r.positions.data(), r.cosine.data(),
                           r.sine.data(), T, heads, shape);
  machine.ops.rope_backward(machine.workers, ry.data(), r.positions.data(), r.cosine.data(),
                            r.sine.data(), T, heads, shape);
  for (int64_t i = 0; i < x.size(); ++i) {  // what is not rotated stays
    if (i % head_dim >= rotary) CHECK(rx[i] == x[i] && ry[i] == y[i]);
  }
  CHECK_NEAR(weighted_sum(rx, y), weighted_sum(x, ry), 1e-4);
  CHECK_NEAR(weighted_sum(rx, rx), weighted_sum(x, x), 1e-3);
}

TEST(rope_backward_is_the_transpose_of_forward) {
  for (const char* isa : all_tables()) {
    check_transpose(isa, false);
    check_transpose(isa, true);
  }
}

TEST(rope_fast_equals_plain) {
  for (const int head_dim : {2, 6, 16, 32, 34, 64, 80, 128}) {
    check_against_scalar("rope_forward", rope(5, 3, {head_dim, head_dim}, false));
    check_against_scalar("rope_backward", rope(13, 2, {head_dim, head_dim / 4 * 2 + 2}, true));
    check_against_scalar("rope_forward", rope(5, 2, {head_dim, head_dim, true}, false));
  }
}

TEST(embedding_picks_rows_and_adds_gradients_back) {
  const std::vector<int32_t> tokens = {3, 0, 3, 6, 3};
  const int64_t T = 5, vocab = 7, cols = 13;
  for (const char* isa : all_tables()) {
    for (const DType dtype : kDTypes) {
      const Machine machine(isa, 2);
      const Stored table(dtype, vocab, cols, 31);
      const Values dy = Values::normal(T * cols, 32);
      Values y(T * cols), dtable(vocab * cols, 1.0f), expected(vocab * cols, 1.0f);
      machine.ops.embedding_forward(machine.workers, y.data(), table.matrix, tokens.data(), T);
      machine.ops.embedding_backward(machine.workers, dtable.data(), dy.data(), tokens.data(), T,
                                     vocab, cols);
      for (int64_t t = 0; t < T; ++t) {
        for (int64_t c = 0; c < cols; ++c) {
          CHECK(y[t * cols + c] == table.values[tokens[t] * cols + c]);
          expected[tokens[t] * cols + c] += dy[t * cols + c];
        }
      }
      check_close("dtable", dtable, expected, 1e-6);
    }
  }
}

TEST(cross_entropy_matches_finite_differences) {
  const Machine machine("scalar");
  for (const int64_t vocab : {1, 3, 13}) {
    const int64_t rows = 4;
    const std::vector<int32_t> labels = labels_of(rows, vocab);
    Values logits = Values::normal(rows * vocab, 41);
    Values gradient = logits;
    Values nll(rows);
    const Values coefficients = Values::normal(rows, 43);
    const auto loss = [&] {
      Values kept = logits;  // without coefficients the logits are left alone
      machine.ops.cross_entropy(machine.workers, nll.data(), logits.data(), labels.data(), nullptr,
                                rows, vocab);
      CHECK(logits.same_bits(kept));
      return weighted_sum(nll, coefficients);
    };
    machine.ops.cross_entropy(machine.workers, nll.data(), gradient.data(), labels.data(),
                              coefficients.data(), rows, vocab);
    for (int64_t c = 0; c < vocab; ++c) CHECK(gradient[vocab + c] == 0.0f);  // row 1: not learnt
    CHECK(nll[1] == 0.0f);
    check_gradient("dlogits", logits, gradient, loss);
  }
}

TEST(cross_entropy_fast_equals_plain) {
  for (const int vocab : kAwkward) {
    for (const bool way_back : {false, true}) {
      check_against_scalar("cross_entropy vocab " + std::to_string(vocab),
                           cross_entropy(7, vocab, way_back));
    }
  }
  check_against_scalar("cross_entropy of a large vocabulary", cross_entropy(3, 151936, true));
}

TEST(cross_entropy_shows_numbers_that_are_not_finite) {
  for (const char* isa : all_tables()) {
    const Machine machine(isa);
    for (const float bad : {NAN, INFINITY}) {
      for (const int64_t at : {0, 5, 36}) {  // in a whole vector and in the tail
        Values logits = Values::normal(37, 42);
        logits[at] = bad;
        Values nll(1);
        const int32_t label = 7;
        const float coefficient = 1;
        machine.ops.cross_entropy(machine.workers, nll.data(), logits.data(), &label, &coefficient,
                                  1, 37);
        CHECK(!std::isfinite(nll[0]));
      }
    }
  }
}

TEST(row_operations_have_the_same_bits_for_any_number_of_threads) {
  check_same_bits("rms_norm", rms_norm(33, 65, true));
  check_same_bits("rope_forward", rope(17, 3, {20, 12}, false));
  check_same_bits("rope_backward", rope(17, 3, {20, 20}, true));
  check_same_bits("cross_entropy", cross_entropy(13, 1000, true));
}
