// Each step of the sampler by what it promises; the golden cases hold the numbers.
#include "model/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "check.h"
#include "core/random.h"

using namespace neiro;

namespace {

constexpr int64_t kVocab = 97;

std::vector<float> logits(uint64_t seed = 3) {
  std::vector<float> values(kVocab);
  fill_normal(values.data(), kVocab, 2.0f, {seed, 0});
  return values;
}

std::vector<float> distribution(std::vector<float> scores, const Sampling& sampling,
                                const std::vector<int32_t>& previous = {}) {
  std::vector<int32_t> order(std::max(scores.size(), previous.size()));
  sampling_distribution(scores.data(), order.data(), static_cast<int64_t>(scores.size()),
                        previous.data(), static_cast<int64_t>(previous.size()),
                        static_cast<int64_t>(previous.size()), sampling);
  return scores;
}

int64_t kept(const std::vector<float>& p) {
  return std::count_if(p.begin(), p.end(), [](float x) { return x > 0; });
}

double sum(const std::vector<float>& p) { return std::accumulate(p.begin(), p.end(), 0.0); }

size_t likeliest(const std::vector<float>& p) {
  return static_cast<size_t>(std::max_element(p.begin(), p.end()) - p.begin());
}

}  // namespace

TEST(sampler_without_settings_is_softmax) {
  const std::vector<float> z = logits(), p = distribution(z, {});
  double total = 0;
  for (const float x : z) total += std::exp(static_cast<double>(x));
  for (size_t i = 0; i < z.size(); ++i) {
    CHECK_NEAR(p[i], std::exp(static_cast<double>(z[i])) / total, 1e-6);
  }
}

TEST(sampler_greedy_takes_the_first_of_equals) {
  std::vector<float> z = logits();
  z[70] = z[20] = z[50] = 40;
  const std::vector<float> p = distribution(z, {.temperature = 0});
  CHECK(p[20] == 1 && sum(p) == 1);
}

TEST(sampler_top_k_keeps_k_and_their_equals) {
  for (const int64_t k : {1, 2, 13, 96, 97, 500}) {
    const std::vector<float> p = distribution(logits(), {.top_k = k});
    CHECK(kept(p) == std::min(k, kVocab));
    CHECK_NEAR(sum(p), 1, 1e-6);
  }
  std::vector<float> z(kVocab, -1.0f);
  z[4] = z[9] = z[30] = 2.0f;
  CHECK(kept(distribution(z, {.top_k = 2})) == 3);
}

// The smallest set that holds at least top_p: without its least likely member it would hold less.
TEST(sampler_top_p_keeps_the_smallest_sufficient_set) {
  const std::vector<float> whole = distribution(logits(), {});
  for (const float top_p : {0.01f, 0.3f, 0.9f, 0.999f}) {
    const std::vector<float> p = distribution(logits(), {.top_p = top_p});
    double mass = 0, least = 1;
    for (size_t i = 0; i < p.size(); ++i) {
      if (p[i] == 0) continue;
      mass += whole[i];
      least = std::min<double>(least, whole[i]);
    }
    CHECK(kept(p) >= 1);
    CHECK(mass >= top_p - 1e-6);
    CHECK(kept(p) == 1 || mass - least < top_p + 1e-6);
    CHECK_NEAR(sum(p), 1, 1e-6);
  }
}

TEST(sampler_min_p_is_relative_to_the_likeliest) {
  const std::vector<float> whole = distribution(logits(), {});
  const std::vector<float> p = distribution(logits(), {.min_p = 0.1f});
  const float highest = whole[likeliest(whole)];
  for (size_t i = 0; i < p.size(); ++i) {
    if (std::fabs(whole[i] / highest - 0.1f) > 1e-4)
      CHECK((p[i] > 0) == (whole[i] > 0.1f * highest));
  }
}

TEST(sampler_temperature_sharpens_and_never_overflows) {
  const std::vector<float> z = logits();
  const float cold = distribution(z, {.temperature = 0.5f})[likeliest(z)];
  const float warm = distribution(z, {.temperature = 2.0f})[likeliest(z)];
  CHECK(cold > distribution(z, {})[likeliest(z)] && distribution(z, {})[likeliest(z)] > warm);
  for (const float temperature : {1e-30f, 1e-6f, 1e30f}) {
    const std::vector<float> p =
        distribution(z, {.temperature = temperature, .top_p = 0.9f, .min_p = 0.01f});
    CHECK_NEAR(sum(p), 1, 1e-5);
  }
}

TEST(sampler_penalty_counts_each_token_once) {
  std::vector<float> z = logits();
  z[5] = 3.0f;
  z[6] = -3.0f;
  const Sampling penalty = {.repetition_penalty = 1.5f};
  // longer than the vocabulary: prompts are
  std::vector<int32_t> previous(300, 5);
  previous[17] = 6;
  std::vector<float> expected = z;
  expected[5] = 2.0f;
  expected[6] = -4.5f;
  CHECK(distribution(z, penalty, previous) == distribution(expected, {}));
}

TEST(sampler_refuses_what_is_not_finite) {
  for (const float bad : {NAN, INFINITY, -INFINITY}) {
    std::vector<float> z = logits();
    z[41] = bad;
    CHECK_ERROR("NOT_FINITE_LOGITS", distribution(z, {}));
    CHECK_ERROR("NOT_FINITE_LOGITS", distribution(z, {.temperature = 0}));
  }
}

TEST(sampler_settings_are_checked) {
  check_sampling({});
  for (const Sampling& wrong :
       {Sampling{.temperature = -1}, Sampling{.temperature = NAN}, Sampling{.top_k = -1},
        Sampling{.top_p = 0}, Sampling{.top_p = 1.1f}, Sampling{.top_p = NAN},
        Sampling{.min_p = -0.1f}, Sampling{.min_p = 2}, Sampling{.repetition_penalty = 0},
        Sampling{.repetition_penalty = INFINITY}}) {
    CHECK_ERROR("BAD_OPTION", check_sampling(wrong));
  }
}

// Only seed and position decide, and over many draws the shares are the probabilities.
TEST(sampler_draws_by_seed_and_position) {
  const std::vector<float> p = {0.1f, 0.0f, 0.6f, 0.3f};
  std::vector<int> count(4);
  bool differs = false;
  for (int64_t position = 0; position < 20000; ++position) {
    const int32_t token = draw(p.data(), 4, 7, position);
    CHECK(token == draw(p.data(), 4, 7, position));
    differs = differs || token != draw(p.data(), 4, 8, position);
    ++count[static_cast<size_t>(token)];
  }
  CHECK(differs && count[1] == 0);
  for (size_t i = 0; i < 4; ++i) CHECK_NEAR(count[i] / 20000.0, p[i], 0.02);
}

TEST(sampler_draw_never_leaves_what_is_allowed) {
  // Rounding may leave the sum below 1: the last allowed token takes the rest.
  const std::vector<float> p = {0.0f, 0.3f, 0.3f, 0.0f};
  for (int64_t position = 0; position < 1000; ++position) {
    const int32_t token = draw(p.data(), 4, 1, position);
    CHECK(token == 1 || token == 2);
  }
}

TEST(sampler_repeats_no_run_of_tokens) {
  const std::vector<int32_t> text = {5, 6, 7, 5, 6};
  const std::vector<float> pairs = distribution(logits(), Sampling{.no_repeat = 2}, text);
  CHECK(pairs[7] == 0 && pairs[5] > 0 && kept(pairs) == kVocab - 1);
  const std::vector<float> triples = distribution(logits(), Sampling{.no_repeat = 3}, text);
  CHECK(triples[7] == 0 && kept(triples) == kVocab - 1);
  CHECK(kept(distribution(logits(), Sampling{.no_repeat = 6}, text)) == kVocab);
  CHECK(kept(distribution(logits(), Sampling{.no_repeat = 1}, text)) == kVocab - 3);
  // Where every token stands in the text the rule gives way.
  std::vector<int32_t> all(kVocab);
  std::iota(all.begin(), all.end(), 0);
  CHECK_NEAR(sum(distribution(logits(), Sampling{.no_repeat = 1}, all)), 1.0, 1e-5);
}

TEST(sampler_ends_no_answer_before_its_least) {
  Sampling sampling{.least = 3, .stops = {4, 9}};
  const std::vector<float> early = distribution(logits(), sampling, {1, 2});
  CHECK(early[4] == 0 && early[9] == 0 && kept(early) == kVocab - 2);
  CHECK(kept(distribution(logits(), sampling, {1, 2, 3})) == kVocab);
}

// Neither the likeliest nor the unlikeliest where the one says less and the other more than is to
// be expected.
TEST(sampler_keeps_what_is_typical) {
  const std::vector<float> scores = {std::log(0.5f), std::log(0.2f), std::log(0.2f),
                                     std::log(0.099f), std::log(0.001f)};
  const std::vector<float> p = distribution(scores, Sampling{.typical_p = 0.3f});
  CHECK(p[0] == 0 && p[3] == 0 && p[4] == 0);
  CHECK_NEAR(p[1], 0.5, 1e-5);
  CHECK_NEAR(p[2], 0.5, 1e-5);
  for (const Sampling& wrong :
       {Sampling{.no_repeat = -1}, Sampling{.least = -1}, Sampling{.typical_p = 0}}) {
    CHECK_ERROR("BAD_OPTION", check_sampling(wrong));
  }
}
