// Blocks of 32 values with one scale; and the table that finds a format's way.
#include "formats/quantise_blocks.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/error.h"
#include "formats/matrix.h"

namespace neiro {
namespace {

constexpr int kSmall = 32;
constexpr int kHalf = kSmall / 2;

void put_half(uint8_t* out, float value) {
  const uint16_t bits = float_to_f16(value);
  std::memcpy(out, &bits, sizeof(bits));
}

float inverse(float x) { return x != 0 ? 1.0f / x : 0.0f; }

// The value with the largest magnitude, with its sign; the first of several.
float extreme(const float* x) {
  float found = 0;
  for (int i = 0; i < kSmall; ++i) {
    if (std::fabs(x[i]) > std::fabs(found)) found = x[i];
  }
  return found;
}

// Codes are cut, not rounded: the half that makes it rounding is in what is added before.
uint32_t code(float shifted, int most) {
  return static_cast<uint32_t>(std::min(most, static_cast<int>(shifted)));
}

// d, 32 codes of 8 bits: x = d q
void quantise_q8_0(const float* x, uint8_t* out) {
  const float d = std::fabs(extreme(x)) / 127.0f;
  const float id = inverse(d);
  put_half(out, d);
  for (int i = 0; i < kSmall; ++i) {
    out[2 + i] = static_cast<uint8_t>(static_cast<int8_t>(std::round(x[i] * id)));
  }
}

// d, 16 bytes of two codes: x = d (q - 8). The extreme value has code 0, so that it is kept
// exactly.
void quantise_q4_0(const float* x, uint8_t* out) {
  const float d = extreme(x) / -8.0f;
  const float id = inverse(d);
  put_half(out, d);
  for (int i = 0; i < kHalf; ++i) {
    const uint32_t low = code(x[i] * id + 8.5f, 15);
    const uint32_t high = code(x[i + kHalf] * id + 8.5f, 15);
    out[2 + i] = static_cast<uint8_t>(low | high << 4);
  }
}

// The lower four bits of 32 codes as Q4_0 has them, behind the fifth bits as one number.
void put_five_bits(const uint32_t (&q)[kSmall], uint8_t* out) {
  uint32_t fifth = 0;
  for (int i = 0; i < kSmall; ++i) fifth |= q[i] >> 4 << i;
  std::memcpy(out, &fifth, sizeof(fifth));
  for (int i = 0; i < kHalf; ++i) {
    out[4 + i] = static_cast<uint8_t>((q[i] & 15u) | (q[i + kHalf] & 15u) << 4);
  }
}

// d, five bits a code: x = d (q - 16)
void quantise_q5_0(const float* x, uint8_t* out) {
  const float d = extreme(x) / -16.0f;
  const float id = inverse(d);
  put_half(out, d);
  uint32_t q[kSmall];
  for (int i = 0; i < kSmall; ++i) q[i] = code(x[i] * id + 16.5f, 31);
  put_five_bits(q, out + 2);
}

// d and m, five bits a code: x = d q + m
void quantise_q5_1(const float* x, uint8_t* out) {
  const auto [low, high] = std::minmax_element(x, x + kSmall);
  const float d = (*high - *low) / 31.0f;
  const float id = inverse(d);
  put_half(out, d);
  put_half(out + 2, *low);
  uint32_t q[kSmall];
  for (int i = 0; i < kSmall; ++i) q[i] = code((x[i] - *low) * id + 0.5f, 31);
  put_five_bits(q, out + 4);
}

struct Way {
  DType type;
  void (*quantise)(const float* values, uint8_t* out);  // one block
};
constexpr Way kWays[] = {{DType::kQ8_0, quantise_q8_0}, {DType::kQ4_0, quantise_q4_0},
                         {DType::kQ5_0, quantise_q5_0}, {DType::kQ5_1, quantise_q5_1},
                         {DType::kQ4_K, quantise_q4_k}, {DType::kQ5_K, quantise_q5_k},
                         {DType::kQ6_K, quantise_q6_k}};

}  // namespace

void quantise_blocks(DType type, const float* values, int64_t n, uint8_t* out) {
  for (const Way& way : kWays) {
    if (way.type != type) continue;
    const BlockSize size = block_size(type);
    for (int64_t block = 0; block < n / size.elements; ++block) {
      way.quantise(values + block * size.elements, out + block * size.bytes);
    }
    return;
  }
  throw Error("INTERNAL", {{"reason", "No blocks are made of this format."}});
}

}  // namespace neiro
