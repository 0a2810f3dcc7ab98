// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as
// easy as 1, 2, 3"). A number is a pure function of (key, counter), so a dropout mask can be made
// again in the backward pass, and a resumed run draws the same numbers without any stored state.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace neiro {

struct PhiloxKey {
  uint64_t seed = 0;    // the run's seed
  uint64_t stream = 0;  // what the numbers are for: e.g. hash of (step, micro-step, layer, module)
};

// Four 32-bit numbers for block `counter` of the stream.
std::array<uint32_t, 4> philox(PhiloxKey key, uint64_t counter);

// Uniform in [0, 1), 24 bits.
inline float uniform_float(uint32_t bits) {
  return static_cast<float>(bits >> 8) * (1.0f / 16777216.0f);
}

// Number i of a stream is lane i % 4 of block i / 4.
inline float uniform(PhiloxKey key, uint64_t i) { return uniform_float(philox(key, i / 4)[i % 4]); }

// Mixes words into a stream number (splitmix64 steps); order matters.
uint64_t mix_stream(uint64_t a, uint64_t b, uint64_t c = 0, uint64_t d = 0);

// Fills x[n] with normal (mean 0) or uniform numbers; element i depends only on (key, i).
// A stream for what has this name: its numbers do not depend on what else there is.
uint64_t stream_of(const std::string& name);

void fill_normal(float* x, int64_t n, float stddev, PhiloxKey key);
void fill_uniform(float* x, int64_t n, float low, float high, PhiloxKey key);

}  // namespace neiro
