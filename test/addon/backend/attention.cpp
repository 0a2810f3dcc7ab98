// Attention: plain against finite differences and a matrix of scores, fast against plain, packed
// against separate examples, cached against whole.
#include "support.h"

using namespace neiro;

namespace {

struct Case {
  std::vector<int32_t> lengths;
  AttentionShape shape;
  std::string name;
};

AttentionShape shape_of(int heads, int kv_heads, int head_dim, int window = 0, float soft_cap = 0,
                        bool causal = true) {
  const float scale = 1.0f / std::sqrt(static_cast<float>(head_dim));
  return {heads, kv_heads, head_dim, window, scale, soft_cap, causal};
}

// Every token sees those behind it, too.
AttentionShape both_ways(int heads, int kv_heads, int head_dim, int window = 0,
                         float soft_cap = 0) {
  return shape_of(heads, kv_heads, head_dim, window, soft_cap, false);
}

Case make_case(std::vector<int32_t> lengths, AttentionShape shape) {
  std::ostringstream name;
  name << "heads " << shape.heads << "/" << shape.kv_heads << " D=" << shape.head_dim
       << (shape.causal ? "" : " both ways") << " window=" << shape.window
       << " cap=" << shape.soft_cap << " lengths";
  for (const int32_t length : lengths) name << " " << length;
  return {std::move(lengths), shape, name.str()};
}

// Inputs and the boundaries of the examples.
struct Problem {
  explicit Problem(const Case& c, uint64_t seed = 1) : shape(c.shape), offsets{0} {
    for (const int32_t length : c.lengths) offsets.push_back(offsets.back() + length);
    T = offsets.back();
    const int64_t queries = T * shape.heads * shape.head_dim;
    const int64_t keys = T * shape.kv_heads * shape.head_dim;
    q = Values::normal(queries, seed);
    k = Values::normal(keys, seed + 1);
    v = Values::normal(keys, seed + 2);
    dout = Values::normal(queries, seed + 3);
  }
  HostSequences sequences() const {
    return {offsets.data(), static_cast<int32_t>(offsets.size()) - 1};
  }
  Outputs forward(const Machine& machine) const {
    Outputs out = {Values(q.size(), NAN), Values(T * shape.heads, NAN)};
    machine.ops.attention_forward(machine.workers, out[0].data(), out[1].data(), q.data(), k.data(),
                                  v.data(), sequences(), shape);
    return out;
  }
  // dq, dk, dv
  Outputs backward(const Machine& machine) const {
    const Outputs out = forward(machine);
    Outputs grad = {Values(q.size(), NAN), Values(k.size(), NAN), Values(v.size(), NAN)};
    Values delta(T * shape.heads, NAN);
    machine.ops.attention_backward(machine.workers, grad[0].data(), grad[1].data(), grad[2].data(),
                                   delta.data(), dout.data(), out[0].data(), out[1].data(),
                                   q.data(), k.data(), v.data(), sequences(), shape);
    return grad;
  }
  AttentionShape shape;
  std::vector<int32_t> offsets;
  int64_t T = 0;
  Values q{0}, k{0}, v{0}, dout{0};
};

std::vector<Case> awkward_cases() {
  return {
      make_case({1}, shape_of(1, 1, 16)),
      make_case({3}, shape_of(2, 1, 2)),
      make_case({7, 1, 5}, shape_of(3, 3, 10)),
      make_case({33}, shape_of(4, 2, 32)),
      make_case({65}, shape_of(2, 2, 64)),
      make_case({13, 1, 63, 2}, shape_of(6, 2, 80)),
      make_case({127}, shape_of(7, 1, 64)),
      make_case({130, 17}, shape_of(2, 1, 128)),
      make_case({31, 65}, shape_of(4, 4, 33)),
      make_case({176}, shape_of(3, 1, 16, 5)),
      make_case({65, 1, 140}, shape_of(4, 2, 32, 64)),
      make_case({257}, shape_of(2, 2, 16, 70)),
      make_case({40}, shape_of(2, 1, 32, 1)),
      make_case({9}, shape_of(130, 2, 16)),
      make_case({20}, shape_of(2, 1, 16, 100)),
      make_case({7, 1, 66}, shape_of(4, 2, 10, 0, 1.5f)),
      make_case({150}, shape_of(3, 1, 32, 40, 0.7f)),
      make_case({1}, both_ways(1, 1, 16)),
      make_case({2, 1, 63}, both_ways(2, 1, 6)),
      make_case({65}, both_ways(2, 2, 64)),
      make_case({130, 17}, both_ways(4, 1, 33)),
      make_case({176}, both_ways(3, 1, 16, 5)),
      make_case({257, 3}, both_ways(2, 2, 16, 70)),
      make_case({40}, both_ways(2, 1, 32, 1)),
      make_case({150}, both_ways(6, 2, 32, 64, 0.7f)),
      make_case({20}, both_ways(130, 2, 16, 100)),
  };
}

}  // namespace

namespace {

// Against the definition, row by row: no running maximum, no tiles.
void check_softmax_of_scores(const AttentionShape& given) {
  const Problem problem(make_case({6, 1, 9}, given));
  const AttentionShape& shape = problem.shape;
  Outputs expected = {Values(problem.q.size()), Values(problem.T * shape.heads)};
  const int D = shape.head_dim;
  for (int32_t s = 0; s < problem.sequences().count; ++s) {
    for (int64_t i = problem.offsets[s]; i < problem.offsets[s + 1]; ++i) {
      for (int h = 0; h < shape.heads; ++h) {
        double sum = 0;
        std::vector<double> mixed(D);
        const int64_t first = std::max<int64_t>(problem.offsets[s], i - shape.window + 1);
        const int64_t end = std::min<int64_t>(problem.offsets[s + 1], i + shape.window);
        for (int64_t j = first; j < (shape.causal ? i + 1 : end); ++j) {
          const int64_t kv = (j * shape.kv_heads + h / 2) * D;
          double score = 0;
          for (int d = 0; d < D; ++d) {
            score +=
                static_cast<double>(problem.q[(i * shape.heads + h) * D + d]) * problem.k[kv + d];
          }
          const double cap = shape.soft_cap;
          const double p = std::exp(cap * std::tanh(score * shape.scale / cap));
          sum += p;
          for (int d = 0; d < D; ++d) mixed[d] += p * problem.v[kv + d];
        }
        for (int d = 0; d < D; ++d) {
          expected[0][(i * shape.heads + h) * D + d] = static_cast<float>(mixed[d] / sum);
        }
        expected[1][i * shape.heads + h] = static_cast<float>(std::log(sum));
      }
    }
  }
  const Outputs got = problem.forward(Machine("scalar"));
  check_close("out", got[0], expected[0], 1e-6);
  check_close("lse", got[1], expected[1], 1e-6);
}

}  // namespace

TEST(attention_forward_is_softmax_of_scores) {
  check_softmax_of_scores(shape_of(4, 2, 6, 4, 1.1f));
}
TEST(attention_forward_both_ways_is_softmax_of_scores) {
  check_softmax_of_scores(both_ways(4, 2, 6, 4, 1.1f));
  check_softmax_of_scores(both_ways(4, 2, 6, 100, 1.1f));
}

// Without a window and a cap the mean of the values, where all scores are alike.
TEST(attention_both_ways_of_equal_scores_is_the_mean) {
  for (const char* isa : all_tables()) {
    Problem problem(make_case({90, 4}, both_ways(2, 1, 10)));
    for (int64_t i = 0; i < problem.q.size(); ++i) problem.q[i] = 0;
    const Outputs got = problem.forward(Machine(isa));
    for (int s = 0; s < 2; ++s) {
      const int64_t begin = problem.offsets[s], end = problem.offsets[s + 1];
      for (int d = 0; d < 10; ++d) {
        double mean = 0;
        for (int64_t j = begin; j < end; ++j) mean += problem.v[j * 10 + d];
        mean /= static_cast<double>(end - begin);
        for (int64_t row = begin * 2; row < end * 2; ++row) {
          CHECK_NEAR(got[0][row * 10 + d], mean, 1e-6);
          CHECK_NEAR(got[1][row], std::log(static_cast<double>(end - begin)), 1e-6);
        }
      }
    }
  }
}

TEST(attention_backward_matches_finite_differences) {
  const Machine machine("scalar");
  for (const Case& c :
       {make_case({1}, shape_of(1, 1, 2)), make_case({5, 1, 3}, shape_of(2, 1, 3)),
        make_case({7}, shape_of(4, 2, 5, 3)), make_case({6, 2}, shape_of(2, 1, 4, 0, 0.8f)),
        make_case({5, 1, 3}, both_ways(2, 1, 3)), make_case({7}, both_ways(4, 2, 5, 3)),
        make_case({6, 2}, both_ways(2, 1, 4, 0, 0.8f))}) {
    Problem problem(c);
    const Outputs grad = problem.backward(machine);
    const auto loss = [&] { return weighted_sum(problem.forward(machine)[0], problem.dout); };
    check_gradient("dq " + c.name, problem.q, grad[0], loss);
    check_gradient("dk " + c.name, problem.k, grad[1], loss);
    check_gradient("dv " + c.name, problem.v, grad[2], loss);
  }
}

TEST(attention_fast_equals_plain) {
  for (const Case& c : awkward_cases()) {
    const Problem problem(c);
    check_against_scalar("attention_forward " + c.name,
                         [&](const Machine& m) { return problem.forward(m); });
    check_against_scalar(
        "attention_backward " + c.name, [&](const Machine& m) { return problem.backward(m); },
        2e-5);
  }
}

TEST(attention_survives_large_scores) {
  Problem problem(make_case({70}, shape_of(2, 1, 16)));
  for (int64_t i = 0; i < problem.q.size(); ++i) problem.q[i] *= 300.0f;
  check_against_scalar(
      "attention_forward", [&](const Machine& m) { return problem.forward(m); }, 1e-4);
}

// One kv head more than threads divide, one long example, uneven ones: both ways of sharing out.
TEST(attention_has_the_same_bits_for_any_number_of_threads) {
  for (const Case& c :
       {make_case({150}, shape_of(2, 1, 32)), make_case({90, 3}, shape_of(6, 3, 20)),
        make_case({70, 70, 70}, shape_of(4, 2, 16, 40)),
        make_case({33, 1, 140}, shape_of(5, 5, 16, 0, 2.0f)), make_case({150}, both_ways(2, 1, 32)),
        make_case({70, 3, 140}, both_ways(6, 3, 20, 40))}) {
    const Problem problem(c);
    check_same_bits("attention_forward " + c.name,
                    [&](const Machine& m) { return problem.forward(m); });
    check_same_bits("attention_backward " + c.name,
                    [&](const Machine& m) { return problem.backward(m); });
  }
}

namespace {

void check_packed(const AttentionShape& shape) {
  const Case packed = make_case({17, 1, 66}, shape);
  const Problem all(packed);
  for (const char* isa : all_tables()) {
    const Machine machine(isa);
    const Outputs together = all.forward(machine);
    const Outputs grads = all.backward(machine);
    for (size_t s = 0; s < packed.lengths.size(); ++s) {
      Problem one(make_case({packed.lengths[s]}, packed.shape));
      const int64_t begin = all.offsets[s];
      const int64_t q_at = begin * packed.shape.heads * packed.shape.head_dim;
      const int64_t k_at = begin * packed.shape.kv_heads * packed.shape.head_dim;
      std::copy_n(all.q.data() + q_at, one.q.size(), one.q.data());
      std::copy_n(all.dout.data() + q_at, one.q.size(), one.dout.data());
      std::copy_n(all.k.data() + k_at, one.k.size(), one.k.data());
      std::copy_n(all.v.data() + k_at, one.v.size(), one.v.data());
      const Outputs alone = one.forward(machine);
      const Outputs alone_grads = one.backward(machine);
      CHECK(!std::memcmp(alone[0].data(), together[0].data() + q_at, one.q.size() * 4));
      CHECK(!std::memcmp(alone_grads[0].data(), grads[0].data() + q_at, one.q.size() * 4));
      CHECK(!std::memcmp(alone_grads[1].data(), grads[1].data() + k_at, one.k.size() * 4));
      CHECK(!std::memcmp(alone_grads[2].data(), grads[2].data() + k_at, one.v.size() * 4));
    }
  }
}

}  // namespace

TEST(attention_of_packed_examples_equals_each_alone) {
  check_packed(shape_of(4, 2, 16, 30));
  check_packed(both_ways(4, 2, 16));
}

// Queries of several conversations, each at its own place of its own part of the cache.
TEST(attention_apart_has_the_bits_of_each_alone) {
  for (const AttentionShape& shape :
       {shape_of(6, 2, 32), shape_of(3, 3, 10, 20, 1.2f), shape_of(8, 1, 64), shape_of(1, 1, 2)}) {
    const int64_t capacity = 150, n = 5;
    const std::vector<int32_t> positions = {0, 149, 3, 64, 70};
    const std::vector<int32_t> begins = {300, 0, 600, 150, 450};
    const int64_t row = static_cast<int64_t>(shape.heads) * shape.head_dim;
    const int64_t key = static_cast<int64_t>(shape.kv_heads) * shape.head_dim;
    const Values q = Values::normal(n * row, 41);
    const Values k = Values::normal(n * capacity * key, 42);
    const Values v = Values::normal(n * capacity * key, 43);
    for (const char* isa : all_tables()) {
      const Machine machine(isa, 3);
      Values together(n * row), each(n * row);
      machine.ops.attention_apart(machine.workers, together.data(), q.data(), k.data(), v.data(),
                                  begins.data(), positions.data(), n, shape);
      for (size_t i = 0; i < 5; ++i) {
        const int64_t at = static_cast<int64_t>(i) * row;
        machine.ops.attention_cached(machine.workers, each.data() + at, q.data() + at,
                                     k.data() + begins[i] * key, v.data() + begins[i] * key, 1,
                                     positions[i], shape);
      }
      CHECK(std::equal(together.data(), together.data() + n * row, each.data()));
    }
  }
}

TEST(attention_cached_equals_the_rows_of_the_whole) {
  for (const Case& c :
       {make_case({140}, shape_of(6, 2, 32)), make_case({75}, shape_of(3, 3, 10, 20, 1.2f)),
        make_case({5}, shape_of(1, 1, 2))}) {
    const Problem problem(c);
    const int64_t row = static_cast<int64_t>(c.shape.heads) * c.shape.head_dim;
    for (const char* isa : all_tables()) {
      const Machine machine(isa, 2);
      const Values whole = problem.forward(machine)[0];
      // Token by token, and in two pieces as a prompt is read.
      for (const int64_t step : {int64_t{1}, problem.T / 2 + 1}) {
        Values out(whole.size(), NAN);
        for (int64_t start = 0; start < problem.T; start += step) {
          const int64_t n = std::min(step, problem.T - start);
          machine.ops.attention_cached(machine.workers, out.data() + start * row,
                                       problem.q.data() + start * row, problem.k.data(),
                                       problem.v.data(), n, start, c.shape);
        }
        check_close("attention_cached " + c.name + " " + isa, out, whole);
      }
    }
  }
}
