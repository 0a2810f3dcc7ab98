// Frequencies by their definition, and what each scaling promises.
#include "model/rope.h"

#include <cmath>

#include "check.h"
#include "on_device.h"

using namespace neiro;

namespace {

constexpr double kTwoPi = 6.283185307179586;

RopeConfig llama3() {
  RopeConfig config;
  config.kind = RopeConfig::Kind::kLlama3;
  config.theta = 500000;
  config.factor = 8;
  config.low_freq_factor = 1;
  config.high_freq_factor = 4;
  config.original_max_position_embeddings = 8192;
  return config;
}

}  // namespace

TEST(rope_default_frequencies) {
  const std::vector<float> f = rope_frequencies({}, 8);
  CHECK(f.size() == 4);
  for (size_t i = 0; i < 4; ++i) {
    const double expected = std::pow(10000.0, -static_cast<double>(2 * i) / 8);
    CHECK_NEAR(f[i], expected, expected * 1e-6);
  }
}

TEST(rope_linear_is_slower_by_its_factor) {
  RopeConfig linear;
  linear.kind = RopeConfig::Kind::kLinear;
  linear.factor = 4;
  const std::vector<float> slow = rope_frequencies(linear, 10), plain = rope_frequencies({}, 10);
  for (size_t i = 0; i < slow.size(); ++i) CHECK(slow[i] * 4 == plain[i]);
}

// Short waves as they were, long ones slowed by the factor, between them neither and falling.
TEST(rope_llama3_blends_by_wavelength) {
  RopeConfig plain = llama3();
  plain.kind = RopeConfig::Kind::kDefault;
  const std::vector<float> scaled = rope_frequencies(llama3(), 128);
  const std::vector<float> base = rope_frequencies(plain, 128);
  int kept = 0, slowed = 0, blended = 0;
  for (size_t i = 0; i < base.size(); ++i) {
    const double wavelength = kTwoPi / base[i];
    if (wavelength < 8192.0 / 4) {
      CHECK(scaled[i] == base[i]);
      ++kept;
    } else if (wavelength > 8192.0 / 1) {
      CHECK(scaled[i] == base[i] / 8);
      ++slowed;
    } else {
      CHECK(scaled[i] < base[i] && scaled[i] > base[i] / 8);
      ++blended;
    }
    if (i > 0) CHECK(scaled[i] < scaled[i - 1]);
  }
  CHECK(kept > 0 && slowed > 0 && blended > 0);
}

TEST(rope_table_holds_the_angles) {
  OnDevice on;
  PlannedMemory counting(*on.device);
  place_rope_table(counting, 7, 6);
  PlannedMemory memory(*on.device, counting.size());
  const RopeTable table = place_rope_table(memory, 7, 6);
  fill_rope_table(*on.device, table, {});
  const std::vector<float> cosines = on.read(table.cosines, 7 * 3);
  const std::vector<float> sines = on.read(table.sines, 7 * 3);
  const std::vector<float> f = rope_frequencies({}, 6);
  for (int p = 0; p < 7; ++p) {
    for (int i = 0; i < 3; ++i) {
      const double angle = p * static_cast<double>(f[static_cast<size_t>(i)]);
      CHECK_NEAR(cosines[static_cast<size_t>(p * 3 + i)], std::cos(angle), 1e-6);
      CHECK_NEAR(sines[static_cast<size_t>(p * 3 + i)], std::sin(angle), 1e-6);
    }
  }
}
