// The 16-bit formats, over all of their values, and the bytes that a matrix takes.
#include "formats/matrix.h"

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "check.h"
#include "core/random.h"

using namespace neiro;

namespace {

// What the bits of a format with e exponent and f fraction bits mean, from its definition.
double meaning(uint32_t bits, int e, int f) {
  const int exponent = static_cast<int>(bits >> f & ((1u << e) - 1)), bias = (1 << (e - 1)) - 1;
  const double fraction = std::ldexp(static_cast<double>(bits & ((1u << f) - 1)), -f);
  const double sign = bits >> (e + f) & 1 ? -1.0 : 1.0;
  if (exponent == (1 << e) - 1) {
    return fraction == 0.0 ? sign * INFINITY : std::numeric_limits<double>::quiet_NaN();
  }
  if (exponent == 0) return sign * std::ldexp(fraction, 1 - bias);
  return sign * std::ldexp(1.0 + fraction, exponent - bias);
}

struct Format {
  int exponent_bits, fraction_bits;
  float (*widen)(uint16_t);
  uint16_t (*narrow)(float);
};
const Format kBf16 = {8, 7, bf16_to_float, float_to_bf16};
const Format kF16 = {5, 10, f16_to_float, float_to_f16};

void check_every_value(const Format& format) {
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    const float value = format.widen(static_cast<uint16_t>(bits));
    const double expected = meaning(bits, format.exponent_bits, format.fraction_bits);
    const uint16_t back = format.narrow(value);
    if (std::isnan(expected)) {
      CHECK(std::isnan(value));
      CHECK(std::isnan(format.widen(back)));
    } else {
      CHECK(value == expected && std::signbit(value) == std::signbit(expected));
      CHECK(back == bits);
    }
  }
}

// Between each two neighbours: just below the middle, the middle (to even), just above it.
void check_rounding(const Format& format) {
  const int infinity = ((1 << format.exponent_bits) - 1) << format.fraction_bits;
  for (int bits = 0; bits + 1 < infinity; ++bits) {
    const float low = format.widen(static_cast<uint16_t>(bits));
    const float high = format.widen(static_cast<uint16_t>(bits + 1));
    const float middle = static_cast<float>((static_cast<double>(low) + high) / 2);
    if (middle == low || middle == high) continue;  // F32 holds no value between
    const uint16_t even = static_cast<uint16_t>(bits % 2 == 0 ? bits : bits + 1);
    for (float sign : {1.0f, -1.0f}) {
      const uint16_t mark = sign < 0 ? 0x8000 : 0;
      CHECK(format.narrow(sign * middle) == (even | mark));
      CHECK(format.narrow(sign * std::nextafterf(middle, 0.0f)) == (bits | mark));
      CHECK(format.narrow(sign * std::nextafterf(middle, INFINITY)) == ((bits + 1) | mark));
    }
  }
}

TEST(bf16_means_what_its_bits_say) { check_every_value(kBf16); }
TEST(f16_means_what_its_bits_say) { check_every_value(kF16); }
TEST(bf16_rounds_to_nearest_even) { check_rounding(kBf16); }
TEST(f16_rounds_to_nearest_even) { check_rounding(kF16); }

TEST(narrowing_overflows_to_infinity) {
  CHECK(float_to_f16(65504.0f) == 0x7bff);
  CHECK(float_to_f16(65519.9f) == 0x7bff);
  CHECK(float_to_f16(65520.0f) == 0x7c00);
  CHECK(float_to_f16(-1e30f) == 0xfc00);
  CHECK(float_to_f16(-INFINITY) == 0xfc00);
  CHECK(float_to_bf16(std::numeric_limits<float>::max()) == 0x7f80);
  CHECK(float_to_bf16(INFINITY) == 0x7f80);
}

TEST(narrowing_keeps_nan_for_every_payload) {
  for (uint32_t payload : {1u, 0x1fffu, 0x2000u, 0xffffu, 0x400000u, 0x7fffffu}) {
    const float nan = std::bit_cast<float>(0x7f800000u | payload);
    CHECK(std::isnan(f16_to_float(float_to_f16(nan))));
    CHECK(std::isnan(bf16_to_float(float_to_bf16(nan))));
  }
}

TEST(a_row_of_each_plain_format_reads_back) {
  const float values[6] = {1.0f, -2.5f, 0.0f, 3.140625f, -0.0078125f, 96.0f};  // exact in each
  uint16_t bf16[6], f16[6];
  for (int i = 0; i < 6; ++i) {
    bf16[i] = float_to_bf16(values[i]);
    f16[i] = float_to_f16(values[i]);
  }
  const HostMatrix matrices[] = {{DType::kF32, 2, 3, values, {}},
                                 {DType::kBF16, 2, 3, bf16, {}},
                                 {DType::kF16, 2, 3, f16, {}}};
  for (const HostMatrix& matrix : matrices) {
    float out[2] = {};
    matrix_row(matrix, 1, 1, 3, out);
    CHECK(out[0] == values[4] && out[1] == values[5]);
  }
}

}  // namespace
