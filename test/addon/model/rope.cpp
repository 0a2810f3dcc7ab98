// Frequencies by their definition, and what each scaling promises.
#include "model/rope.h"

#include <cmath>
#include <memory>

#include "check.h"
#include "model/config.h"
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

// Numbers of Transformers 5.23.
TEST(rope_yarn_as_the_reference) {
  RopeConfig yarn;
  yarn.kind = RopeConfig::Kind::kYarn;
  yarn.factor = 4;
  yarn.original_max_position_embeddings = 128;
  const double kWhole[] = {1.0,
                           0.23717081546783447,
                           0.04999999701976776,
                           0.007905694656074047,
                           0.0024999999441206455,
                           0.0007905694656074047,
                           0.0002500000118743628,
                           7.905694656074047e-05};
  const double kParts[] = {1.0,
                           0.212468683719635,
                           0.025664398446679115,
                           0.007905694656074047,
                           0.0024999999441206455,
                           0.0007905694656074047,
                           0.0002500000118743628,
                           7.905694656074047e-05};
  const std::vector<float> whole = rope_frequencies(yarn, 16);
  yarn.beta_fast = 16;
  yarn.beta_slow = 2;
  yarn.truncate = false;
  const std::vector<float> parts = rope_frequencies(yarn, 16);
  for (size_t i = 0; i < 8; ++i) {
    CHECK_NEAR(whole[i], kWhole[i], kWhole[i] * 2e-6);
    CHECK_NEAR(parts[i], kParts[i], kParts[i] * 2e-6);
  }
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

// Each wavelength times its own factor; passes with a longer example take the other factors.
TEST(rope_longrope_has_angles_for_short_and_for_long) {
  RopeConfig config;
  config.kind = RopeConfig::Kind::kLongRope;
  config.short_factors = {1.0, 1.5, 2.0};
  config.long_factors = {1.0, 4.0, 8.0};
  const std::vector<float> plain = rope_frequencies({}, 6);
  const std::vector<float> near = rope_frequencies(config, 6);
  const std::vector<float> far = rope_frequencies(config, 6, true);
  for (size_t i = 0; i < 3; ++i) {
    CHECK_NEAR(near[i] * config.short_factors[i], plain[i], 1e-6);
    CHECK_NEAR(far[i] * config.long_factors[i], plain[i], 1e-6);
  }
}

namespace {

// Ropes of a model with heads of `rotary`, filled.
struct Filled {
  Filled(const ModelConfig& config, int64_t positions) {
    PlannedMemory counting(*on.device);
    place_ropes(counting, config, positions);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    ropes = place_ropes(*memory, config, positions);
    fill_ropes(*on.device, ropes, config);
  }
  void check(const RopeTable& table, const RopeConfig& config, bool far = false) {
    const int64_t n = table.positions * table.half;
    const std::vector<float> cosines = on.read(table.cosines, n);
    const std::vector<float> sines = on.read(table.sines, n);
    const std::vector<float> f = rope_frequencies(config, table.half * 2, far);
    CHECK(table.positions == 7);
    for (int64_t i = 0; i < n; ++i) {
      const double angle =
          static_cast<double>(i / table.half) * f[static_cast<size_t>(i % table.half)];
      CHECK_NEAR(cosines[static_cast<size_t>(i)], std::cos(angle) * config.attention_factor, 1e-6);
      CHECK_NEAR(sines[static_cast<size_t>(i)], std::sin(angle) * config.attention_factor, 1e-6);
    }
  }
  OnDevice on;
  std::unique_ptr<PlannedMemory> memory;
  Ropes ropes;
};

}  // namespace

TEST(rope_table_holds_the_angles) {
  ModelConfig config;
  config.rotary = 6;
  Filled filled(config, 7);
  filled.check(filled.ropes.of(false).of(7), config.rope);
  CHECK(filled.ropes.of(true).of(7).cosines == filled.ropes.of(false).of(1).cosines);
}

TEST(rope_of_queries_grows_when_the_original_positions_are_passed) {
  ModelConfig config;
  config.rotary = 2;
  config.rope.theta = 50;
  config.rope.original_max_position_embeddings = 3;
  config.rope.query_growth = 0.5;
  Filled filled(config, 7);
  const Rope& rope = filled.ropes.of(false);
  filled.check(rope.of(7), config.rope);
  const std::vector<float> keys = filled.on.read(rope.of(7).cosines, 7);
  const std::vector<float> queries = filled.on.read(rope.of_queries(7).cosines, 7);
  const double growth[] = {1,
                           1,
                           1,
                           1 + 0.5 * std::log(2),
                           1 + 0.5 * std::log(2),
                           1 + 0.5 * std::log(2),
                           1 + 0.5 * std::log(3)};
  for (size_t p = 0; p < 7; ++p) CHECK_NEAR(queries[p], keys[p] * growth[p], 1e-6);
}

TEST(rope_tables_of_windowed_layers_and_of_long_passes) {
  ModelConfig config;
  config.rotary = 4;
  config.rope.kind = RopeConfig::Kind::kLongRope;
  config.rope.short_factors = {1.0, 2.0};
  config.rope.long_factors = {3.0, 4.0};
  config.rope.attention_factor = 1.25;
  config.rope.original_max_position_embeddings = 5;
  config.window_rope = RopeConfig{};
  config.window_rope->theta = 50;
  Filled filled(config, 7);
  filled.check(filled.ropes.of(false).of(5), config.rope);
  filled.check(filled.ropes.of(false).of(6), config.rope, true);
  filled.check(filled.ropes.of(true).of(6), *config.window_rope);
}
