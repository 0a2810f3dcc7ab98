// Philox4x32-10 and what is drawn from it.
#include "core/random.h"

#include <cmath>

namespace neiro {
namespace {

struct Product {
  uint32_t high, low;
};
Product multiply(uint32_t a, uint32_t b) {
  const uint64_t product = static_cast<uint64_t>(a) * b;
  return {static_cast<uint32_t>(product >> 32), static_cast<uint32_t>(product)};
}

// Finaliser of splitmix64 (Steele et al. 2014): every input bit reaches every output bit.
uint64_t scramble(uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ull;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

// Uniform in (0, 1], as a logarithm needs.
double positive_uniform(uint32_t bits) { return (bits + 1.0) * (1.0 / 4294967296.0); }

}  // namespace

std::array<uint32_t, 4> philox(PhiloxKey key, uint64_t counter) {
  constexpr uint32_t kMultiplier0 = 0xd2511f53, kMultiplier1 = 0xcd9e8d57;
  constexpr uint32_t kWeyl0 = 0x9e3779b9, kWeyl1 = 0xbb67ae85;  // golden ratio, sqrt(3) - 1
  std::array<uint32_t, 4> x = {static_cast<uint32_t>(counter), static_cast<uint32_t>(counter >> 32),
                               static_cast<uint32_t>(key.stream),
                               static_cast<uint32_t>(key.stream >> 32)};
  uint32_t k0 = static_cast<uint32_t>(key.seed), k1 = static_cast<uint32_t>(key.seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const Product p0 = multiply(kMultiplier0, x[0]);
    const Product p1 = multiply(kMultiplier1, x[2]);
    x = {p1.high ^ x[1] ^ k0, p1.low, p0.high ^ x[3] ^ k1, p0.low};
    k0 += kWeyl0;
    k1 += kWeyl1;
  }
  return x;
}

uint64_t mix_stream(uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  constexpr uint64_t kGolden = 0x9e3779b97f4a7c15ull;
  uint64_t state = 0;
  for (uint64_t word : {a, b, c, d}) state = scramble((state ^ word) + kGolden);
  return state;
}

// Box & Muller 1958: a pair of uniforms gives a pair of normals. In double, so that the float is
// the rounded value whatever the library's float functions do.
void fill_normal(float* x, int64_t n, float stddev, PhiloxKey key) {
  constexpr double kTwoPi = 6.283185307179586476925;
  for (int64_t block = 0; block * 4 < n; ++block) {
    const std::array<uint32_t, 4> bits = philox(key, static_cast<uint64_t>(block));
    double normal[4];
    for (int pair = 0; pair < 4; pair += 2) {
      const double radius = std::sqrt(-2.0 * std::log(positive_uniform(bits[pair])));
      const double angle = kTwoPi * positive_uniform(bits[pair + 1]);
      normal[pair] = radius * std::cos(angle);
      normal[pair + 1] = radius * std::sin(angle);
    }
    for (int lane = 0; lane < 4 && block * 4 + lane < n; ++lane) {
      x[block * 4 + lane] = static_cast<float>(normal[lane] * stddev);
    }
  }
}

void fill_uniform(float* x, int64_t n, float low, float high, PhiloxKey key) {
  for (int64_t block = 0; block * 4 < n; ++block) {
    const std::array<uint32_t, 4> bits = philox(key, static_cast<uint64_t>(block));
    for (int lane = 0; lane < 4 && block * 4 + lane < n; ++lane) {
      x[block * 4 + lane] = low + (high - low) * uniform_float(bits[lane]);
    }
  }
}

// FNV-1a.
uint64_t stream_of(const std::string& name) {
  uint64_t hash = 14695981039346656037ull;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

}  // namespace neiro
