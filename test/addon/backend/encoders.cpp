// What encoders ask for beside the decoders' operations: layer norm, means over examples, attention
// that knows distances.
#include <tuple>

#include "support.h"

using namespace neiro;

namespace {

Run layer_norm(int64_t R, int64_t C, bool accumulate, bool bias) {
  return [=](const Machine& machine) {
    const Values x = Values::normal(R * C, 1), w = Values::normal(C, 2);
    const Values b = Values::normal(C, 3), dy = Values::normal(R * C, 4);
    Outputs out = {Values(R * C), Values(R), Values::normal(R * C, 5), Values::normal(C, 6),
                   Values::normal(C, 7)};
    machine.ops.layer_norm_forward(machine.workers, out[0].data(), out[1].data(), x.data(),
                                   w.data(), bias ? b.data() : nullptr, R, C, 1e-12f);
    machine.ops.layer_norm_backward(machine.workers, out[2].data(), out[3].data(),
                                    bias ? out[4].data() : nullptr, dy.data(), x.data(), w.data(),
                                    out[1].data(), R, C, accumulate);
    return out;
  };
}

const std::vector<int32_t> kOffsets = {0, 1, 4, 9};

Run mean_rows(int64_t C) {
  return [=](const Machine& machine) {
    const int64_t n = static_cast<int64_t>(kOffsets.size()) - 1, T = kOffsets.back();
    const Values x = Values::normal(T * C, 1), dy = Values::normal(n * C, 2);
    Outputs out = {Values(n * C), Values::normal(T * C, 3)};
    machine.ops.mean_rows(machine.workers, out[0].data(), x.data(), kOffsets.data(), n, C);
    machine.ops.mean_rows_backward(machine.workers, out[1].data(), dy.data(), kOffsets.data(), n,
                                   C);
    return out;
  };
}

// Examples of 1, 3 and 5 tokens, 2 heads of 3 values, distances limited to 4 rows.
struct Relative {
  static constexpr int64_t kTokens = 9, kHeads = 2, kDim = 3, kDistances = 4, kReach = 6;
  static constexpr int64_t kWidth = kHeads * kDim;
  explicit Relative(bool with_keys = true, bool with_queries = true)
      : q(Values::normal(kTokens * kWidth, 1)),
        k(Values::normal(kTokens * kWidth, 2)),
        v(Values::normal(kTokens * kWidth, 3)),
        keys(Values::normal(kDistances * kWidth, 4)),
        queries(Values::normal(kDistances * kWidth, 5)),
        dout(Values::normal(kTokens * kWidth, 6)) {
    for (int64_t d = 1 - kReach; d < kReach; ++d) {
      rows.push_back(static_cast<int32_t>(std::min<int64_t>(std::max<int64_t>(d + 2, 0), 3)));
    }
    terms = {with_keys ? keys.data() : nullptr, with_queries ? queries.data() : nullptr,
             rows.data(), kReach, kDistances};
    shape.heads = shape.kv_heads = kHeads;
    shape.head_dim = kDim;
    shape.scale = 0.4f;
    shape.causal = false;
  }
  Relative(const Relative&) = delete;
  Relative& operator=(const Relative&) = delete;

  HostSequences sequences() const {
    return {kOffsets.data(), static_cast<int32_t>(kOffsets.size()) - 1};
  }
  void forward(const Machine& machine, Values& out, Values& lse) const {
    machine.ops.relative_attention_forward(machine.workers, out.data(), lse.data(), q.data(),
                                           k.data(), v.data(), terms, sequences(), shape);
  }
  // dq, dk, dv, d_keys, d_queries
  Outputs backward(const Machine& machine, const Values& out, const Values& lse) const {
    Outputs d = {Values(kTokens * kWidth, 9), Values(kTokens * kWidth, 9),
                 Values(kTokens * kWidth, 9), Values(kDistances * kWidth, 9),
                 Values(kDistances * kWidth, 9)};
    machine.ops.relative_attention_backward(machine.workers, d[0].data(), d[1].data(), d[2].data(),
                                            d[3].data(), d[4].data(), dout.data(), out.data(),
                                            lse.data(), q.data(), k.data(), v.data(), terms,
                                            sequences(), shape);
    return d;
  }

  Values q, k, v, keys, queries, dout;
  std::vector<int32_t> rows;
  HostRelative terms;
  AttentionShape shape;
};

Run relative_attention() {
  return [](const Machine& machine) {
    const Relative r;
    Outputs out = {Values(r.q.size()), Values(Relative::kTokens * Relative::kHeads)};
    r.forward(machine, out[0], out[1]);
    for (Values& gradient : r.backward(machine, out[0], out[1])) out.push_back(gradient);
    return out;
  };
}

}  // namespace

TEST(layer_norm_backward_matches_finite_differences) {
  const Machine machine("scalar");
  for (const auto& [R, C] : {std::tuple{1, 2}, {2, 3}, {3, 13}}) {
    Values x = Values::normal(R * C, 11), w = Values::normal(C, 12), b = Values::normal(C, 13);
    const Values dy = Values::normal(R * C, 14);
    Values y(R * C), rstd(R), dx(R * C), dw(C), db(C);
    const auto loss = [&, R = R, C = C] {
      machine.ops.layer_norm_forward(machine.workers, y.data(), rstd.data(), x.data(), w.data(),
                                     b.data(), R, C, 0.1f);
      return weighted_sum(y, dy);
    };
    loss();
    machine.ops.layer_norm_backward(machine.workers, dx.data(), dw.data(), db.data(), dy.data(),
                                    x.data(), w.data(), rstd.data(), R, C, false);
    check_gradient("dx", x, dx, loss);
    check_gradient("dw", w, dw, loss);
    check_gradient("dbias", b, db, loss);
    // in place, and without weights
    Values in_place = dy;
    machine.ops.layer_norm_backward(machine.workers, in_place.data(), nullptr, nullptr,
                                    in_place.data(), x.data(), w.data(), rstd.data(), R, C, false);
    CHECK(in_place.same_bits(dx));
  }
}

TEST(layer_norm_takes_mean_and_variance_off) {
  const Machine machine("scalar");
  const Values x = Values::normal(64, 1, 5.0f);
  Values y(64), rstd(1), w(64, 1.0f);
  machine.ops.layer_norm_forward(machine.workers, y.data(), rstd.data(), x.data(), w.data(),
                                 nullptr, 1, 64, 1e-12f);
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < 64; ++i) {
    sum += y[i];
    squares += static_cast<double>(y[i]) * y[i];
  }
  CHECK_NEAR(sum / 64, 0, 1e-6);
  CHECK_NEAR(squares / 64, 1, 1e-6);
}

TEST(mean_rows_matches_finite_differences) {
  const Machine machine("scalar");
  const int64_t C = 5, n = static_cast<int64_t>(kOffsets.size()) - 1, T = kOffsets.back();
  Values x = Values::normal(T * C, 1);
  const Values dy = Values::normal(n * C, 2);
  Values y(n * C), dx(T * C);
  machine.ops.mean_rows_backward(machine.workers, dx.data(), dy.data(), kOffsets.data(), n, C);
  check_gradient("dx", x, dx, [&] {
    machine.ops.mean_rows(machine.workers, y.data(), x.data(), kOffsets.data(), n, C);
    return weighted_sum(y, dy);
  });
}

TEST(relative_attention_matches_finite_differences) {
  const Machine machine("scalar");
  for (const auto& [with_keys, with_queries] :
       {std::tuple{true, true}, {true, false}, {false, true}}) {
    Relative r(with_keys, with_queries);
    Values out(r.q.size()), lse(Relative::kTokens * Relative::kHeads);
    const auto loss = [&] {
      r.forward(machine, out, lse);
      return weighted_sum(out, r.dout);
    };
    loss();
    const Outputs d = r.backward(machine, out, lse);
    check_gradient("dq", r.q, d[0], loss);
    check_gradient("dk", r.k, d[1], loss);
    check_gradient("dv", r.v, d[2], loss);
    check_gradient("d_keys", r.keys, d[3], loss);
    check_gradient("d_queries", r.queries, d[4], loss);
  }
}

// Without terms it is attention both ways.
TEST(relative_attention_without_distances_is_attention) {
  const Machine machine("scalar");
  const Relative r(false, false);
  Values out(r.q.size()), lse(Relative::kTokens * Relative::kHeads);
  r.forward(machine, out, lse);
  Values plain(r.q.size()), plain_lse(lse.size());
  machine.ops.attention_forward(machine.workers, plain.data(), plain_lse.data(), r.q.data(),
                                r.k.data(), r.v.data(), r.sequences(), r.shape);
  check_close("out", out, plain);
  check_close("lse", lse, plain_lse);
}

TEST(operations_of_encoders_are_alike_on_every_table) {
  for (const int C : kAwkward) {
    check_against_scalar("layer_norm", layer_norm(3, C, C % 2 == 0, C % 3 != 0));
    check_against_scalar("mean_rows", mean_rows(C));
  }
  check_against_scalar("relative_attention", relative_attention());
  check_same_bits("layer_norm", layer_norm(5, 33, true, true));
  check_same_bits("mean_rows", mean_rows(33));
  check_same_bits("relative_attention", relative_attention());
}
