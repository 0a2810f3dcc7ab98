// Philox against its published vectors, and what is drawn from it against its own promises.
#include "core/random.h"

#include <cmath>
#include <set>
#include <vector>

#include "check.h"

using namespace neiro;

namespace {

// Known answers of Random123 1.14 (kat_vectors, philox4x32 10): counter, key, result.
TEST(philox_gives_the_published_numbers) {
  using Four = std::array<uint32_t, 4>;
  CHECK((philox({0, 0}, 0) == Four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const uint64_t ones = ~uint64_t{0};
  CHECK((philox({ones, ones}, ones) == Four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  // counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0 (digits of pi)
  CHECK((philox({0x299f31d0a4093822, 0x0370734413198a2e}, 0x85a308d3243f6a88) ==
         Four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(a_uniform_number_is_its_lane_of_its_block) {
  const PhiloxKey key{11, 22};
  for (uint64_t i = 0; i < 100; ++i) {
    CHECK(uniform(key, i) == uniform_float(philox(key, i / 4)[i % 4]));
    CHECK(uniform(key, i) >= 0.0f && uniform(key, i) < 1.0f);
  }
  CHECK(uniform_float(0) == 0.0f);
  CHECK(uniform_float(0xffffffff) < 1.0f);
}

template <class Fill>
void check_prefix(Fill fill) {
  std::vector<float> all(1001);
  fill(all.data(), 1001);
  for (int64_t n : {0, 1, 2, 3, 4, 5, 63, 1000}) {
    std::vector<float> part(n + 1, 7.0f);
    fill(part.data(), n);
    for (int64_t i = 0; i < n; ++i) CHECK(part[i] == all[i]);
    CHECK(part[n] == 7.0f);
  }
}

TEST(element_i_depends_on_key_and_i_only) {
  check_prefix([](float* x, int64_t n) { fill_normal(x, n, 1.0f, {1, 2}); });
  check_prefix([](float* x, int64_t n) { fill_uniform(x, n, -3.0f, 5.0f, {1, 2}); });
}

TEST(normal_numbers_have_the_moments_of_a_normal) {
  const int64_t n = 400000;
  std::vector<float> x(n);
  fill_normal(x.data(), n, 0.5f, {42, 1});
  double sum = 0, square = 0, cube = 0, fourth = 0;
  for (float value : x) {
    const double z = value / 0.5;
    sum += z;
    square += z * z;
    cube += z * z * z;
    fourth += z * z * z * z;
  }
  // Five standard errors of each moment.
  CHECK_NEAR(sum / n, 0.0, 5 * std::sqrt(1.0 / n));
  CHECK_NEAR(square / n, 1.0, 5 * std::sqrt(2.0 / n));
  CHECK_NEAR(cube / n, 0.0, 5 * std::sqrt(15.0 / n));
  CHECK_NEAR(fourth / n, 3.0, 5 * std::sqrt(96.0 / n));
}

TEST(uniform_numbers_fill_their_range_evenly) {
  const int n = 160000, bins = 16;
  std::vector<float> x(n);
  fill_uniform(x.data(), n, 2.0f, 6.0f, {9, 9});
  int count[bins] = {};
  for (float value : x) {
    CHECK(value >= 2.0f && value < 6.0f);
    ++count[static_cast<int>((value - 2.0f) / 4.0f * bins)];
  }
  double chi_square = 0;
  for (int c : count) chi_square += (c - n / bins) * (c - n / bins) / static_cast<double>(n / bins);
  CHECK(chi_square < 44.3);  // 15 degrees of freedom, 1 in 10,000
}

TEST(streams_differ_by_every_word_and_its_place) {
  std::set<uint64_t> streams;
  for (uint64_t a = 0; a < 8; ++a) {
    for (uint64_t b = 0; b < 8; ++b) {
      for (uint64_t c = 0; c < 8; ++c) {
        for (uint64_t d = 0; d < 8; ++d) streams.insert(mix_stream(a, b, c, d));
      }
    }
  }
  CHECK(streams.size() == 8 * 8 * 8 * 8);
  CHECK(mix_stream(1, 2) == mix_stream(1, 2));
}

TEST(neighbouring_streams_share_no_numbers) {
  std::set<float> seen;
  int64_t drawn = 0;
  for (uint64_t step = 1; step <= 4; ++step) {
    for (uint64_t i = 0; i < 200; ++i, ++drawn) seen.insert(uniform({5, mix_stream(step, 0)}, i));
  }
  CHECK(drawn - static_cast<int64_t>(seen.size()) <= 2);  // 800 of 2^24: a chance meeting at most
}

}  // namespace
