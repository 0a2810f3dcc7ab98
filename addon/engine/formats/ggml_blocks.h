// The blocks of GGUF files (ggml), each with its scale inside: their layout, and how a group of 32
// of their values is decoded. What is written here is the definition; backend/cpu packs with the
// same functions, compiled for its instructions.
//
// Bytes in the order of the file, numbers little-endian, `half` = F16. i counts within a block, g
// = i / 32 within a block of 256, s = i / 16 its sixteenths. Low 4 bits before the high ones means:
// of the 16 (32) bytes of 32 (64) values, byte b holds value b below and value b + 16 (+ 32) above.
//
//   Q4_0  half d; 16 bytes of codes, low before high                        d * (code - 8)
//   Q4_1  half d, m; 16 bytes of codes                                      d * code + m
//   Q5_0  half d; 32 fifth bits; 16 bytes of codes                          d * (code - 16)
//   Q5_1  half d, m; 32 fifth bits; 16 bytes of codes                       d * code + m
//   Q8_0  half d; 32 signed bytes                                           d * code
//   Q2_K  16 bytes (scale below, min above); 64 bytes of codes; half d, dmin
//           (d * scale[s]) * code - dmin * min[s]; of half a block's 32 bytes, byte b holds its
//           values b, b + 32, b + 64, b + 96 from the lowest two bits on
//   Q3_K  32 bytes of third bits (bit g of byte i % 32); 64 bytes of codes as in Q2_K; 12 bytes of
//         6-bit scales; half d               (d * (scale[s] - 32)) * (code - (third bit ? 0 : 4))
//   Q4_K  half d, dmin; 12 bytes of 6-bit scales and mins; 128 bytes of codes, 64 values in 32
//           (d * scale[g]) * code - dmin * min[g]
//   Q5_K  half d, dmin; the same 12 bytes; 32 bytes of fifth bits (bit g of byte i % 32); 128 bytes
//   Q6_K  128 bytes of low four bits; 64 bytes of high two bits; 16 signed scales; half d
//           (d * scale[s]) * (code - 32); of each half block's 64 and 32 bytes: byte b of the first
//           holds values b below and b + 64 above, of the second b, b + 32, b + 64, b + 96
#pragma once

#include <cstdint>
#include <cstring>

#include "formats/dtype.h"
#include "formats/matrix.h"

namespace neiro {

inline constexpr int kGgmlGroup = 32;  // values decoded at a time; every block is whole groups

// Where a block's halves lie, one behind the other: with them finite, so is every value.
struct BlockHalves {
  int64_t at;
  int count;
};
BlockHalves block_halves(DType dtype);

namespace ggml {

// `Tag` keeps copies for different instruction sets apart; nothing else depends on it.
template <class Tag>
float half_at(const uint8_t* p) {
  uint16_t bits;
  std::memcpy(&bits, p, sizeof(bits));
  return f16_to_float(bits);
}

// out[i] = scale * (codes[i] - zero).
template <class Tag>
void scaled(const uint8_t* codes, int n, float scale, int zero, float* out) {
  for (int i = 0; i < n; ++i) out[i] = scale * static_cast<float>(codes[i] - zero);
}
// out[i] = scale * codes[i] + more.
template <class Tag>
void scaled_and_moved(const uint8_t* codes, int n, float scale, float more, float* out) {
  for (int i = 0; i < n; ++i) out[i] = scale * static_cast<float>(codes[i]) + more;
}

// The 4-bit codes of 32 values in 16 bytes, low before high.
template <class Tag>
void nibbles(const uint8_t* bytes, uint8_t (&codes)[kGgmlGroup]) {
  for (int i = 0; i < 16; ++i) codes[i] = bytes[i] & 15;
  for (int i = 0; i < 16; ++i) codes[i + 16] = bytes[i] >> 4;
}
// ... and a fifth bit each.
template <class Tag>
void add_fifth_bits(const uint8_t* bits, uint8_t (&codes)[kGgmlGroup]) {
  uint32_t word;
  std::memcpy(&word, bits, sizeof(word));
  for (int i = 0; i < kGgmlGroup; ++i) codes[i] |= static_cast<uint8_t>((word >> i & 1) << 4);
}

// Scale and min of group g of Q4_K and Q5_K, from the twelve bytes of 6-bit numbers.
template <class Tag>
void scale_and_min(const uint8_t* s, int g, int& scale, int& min) {
  if (g < 4) {
    scale = s[g] & 63;
    min = s[g + 4] & 63;
  } else {
    scale = (s[g + 4] & 15) | (s[g - 4] >> 6) << 4;
    min = s[g + 4] >> 4 | (s[g] >> 6) << 4;
  }
}

// Scale of sixteenth i of Q3_K, from its twelve bytes: four bits here, two there.
template <class Tag>
int three_bit_scale(const uint8_t* s, int i) {
  const int low = i < 8 ? s[i] & 15 : s[i - 8] >> 4;
  return (low | (s[8 + i % 4] >> (2 * (i / 4)) & 3) << 4) - 32;
}

}  // namespace ggml

// The 32 values of group `g` of a block.
template <class Tag>
void decode_ggml_group(DType dtype, const uint8_t* block, int g, float* out) {
  using namespace ggml;
  uint8_t codes[kGgmlGroup];
  // Two-bit codes of Q2_K and Q3_K, and where the block's last part begins.
  const auto pairs = [&](const uint8_t* bytes) {
    for (int i = 0; i < kGgmlGroup; ++i) {
      codes[i] = bytes[g / 4 * 32 + i] >> (2 * (g % 4)) & 3;
    }
  };
  const auto half_bytes = [&](const uint8_t* bytes) {
    const int shift = 4 * (g % 2);
    for (int i = 0; i < kGgmlGroup; ++i) codes[i] = bytes[g / 2 * 32 + i] >> shift & 15;
  };
  switch (dtype) {
    case DType::kQ4_0:
      nibbles<Tag>(block + 2, codes);
      return scaled<Tag>(codes, kGgmlGroup, half_at<Tag>(block), 8, out);
    case DType::kQ4_1:
      nibbles<Tag>(block + 4, codes);
      return scaled_and_moved<Tag>(codes, kGgmlGroup, half_at<Tag>(block), half_at<Tag>(block + 2),
                                   out);
    case DType::kQ5_0:
      nibbles<Tag>(block + 6, codes);
      add_fifth_bits<Tag>(block + 2, codes);
      return scaled<Tag>(codes, kGgmlGroup, half_at<Tag>(block), 16, out);
    case DType::kQ5_1:
      nibbles<Tag>(block + 8, codes);
      add_fifth_bits<Tag>(block + 4, codes);
      return scaled_and_moved<Tag>(codes, kGgmlGroup, half_at<Tag>(block), half_at<Tag>(block + 2),
                                   out);
    case DType::kQ8_0: {
      const float d = half_at<Tag>(block);
      const int8_t* signed_codes = reinterpret_cast<const int8_t*>(block + 2);
      for (int i = 0; i < kGgmlGroup; ++i) out[i] = d * static_cast<float>(signed_codes[i]);
      return;
    }
    case DType::kQ2_K: {
      const float d = half_at<Tag>(block + 80), dmin = half_at<Tag>(block + 82);
      pairs(block + 16);
      for (int part = 0; part < 2; ++part) {
        const uint8_t both = block[2 * g + part];
        scaled_and_moved<Tag>(codes + 16 * part, 16, d * static_cast<float>(both & 15),
                              -(dmin * static_cast<float>(both >> 4)), out + 16 * part);
      }
      return;
    }
    case DType::kQ3_K: {
      const float d = half_at<Tag>(block + 108);
      pairs(block + 32);
      for (int i = 0; i < kGgmlGroup; ++i) codes[i] |= (block[i] >> g & 1) << 2;
      for (int part = 0; part < 2; ++part) {
        const int scale = three_bit_scale<Tag>(block + 96, 2 * g + part);
        scaled<Tag>(codes + 16 * part, 16, d * static_cast<float>(scale), 4, out + 16 * part);
      }
      return;
    }
    case DType::kQ4_K:
    case DType::kQ5_K: {
      int scale, min;
      scale_and_min<Tag>(block + 4, g, scale, min);
      const bool five = dtype == DType::kQ5_K;
      half_bytes(block + (five ? 48 : 16));
      if (five) {
        for (int i = 0; i < kGgmlGroup; ++i) codes[i] |= (block[16 + i] >> g & 1) << 4;
      }
      return scaled_and_moved<Tag>(codes, kGgmlGroup,
                                   half_at<Tag>(block) * static_cast<float>(scale),
                                   -(half_at<Tag>(block + 2) * static_cast<float>(min)), out);
    }
    case DType::kQ6_K: {
      const float d = half_at<Tag>(block + 208);
      const int half = g / 4, quarter = g % 4;
      const uint8_t* low = block + 64 * half + 32 * (quarter % 2);
      const uint8_t* high = block + 128 + 32 * half;
      const int low_shift = quarter < 2 ? 0 : 4, high_shift = 2 * quarter;
      for (int i = 0; i < kGgmlGroup; ++i) {
        codes[i] =
            static_cast<uint8_t>((low[i] >> low_shift & 15) | (high[i] >> high_shift & 3) << 4);
      }
      for (int part = 0; part < 2; ++part) {
        const int scale = static_cast<int8_t>(block[192 + 2 * g + part]);
        scaled<Tag>(codes + 16 * part, 16, d * static_cast<float>(scale), 32, out + 16 * part);
      }
      return;
    }
    default:
      return;
  }
}

// Elements [first, first + n) of an array of blocks, in any place.
template <class Tag>
void decode_ggml(DType dtype, const void* data, int64_t first, int64_t n, float* out) {
  const BlockSize size = block_size(dtype);
  const uint8_t* bytes = static_cast<const uint8_t*>(data);
  for (int64_t i = first; i < first + n;) {
    const int64_t inside = i % size.elements, skipped = inside % kGgmlGroup;
    const uint8_t* block = bytes + i / size.elements * size.bytes;
    const int group = static_cast<int>(inside / kGgmlGroup);
    const int64_t left = first + n - i;
    if (skipped == 0 && left >= kGgmlGroup) {
      decode_ggml_group<Tag>(dtype, block, group, out);
      i += kGgmlGroup;
      out += kGgmlGroup;
      continue;
    }
    float values[kGgmlGroup];
    decode_ggml_group<Tag>(dtype, block, group, values);
    const int64_t part = left < kGgmlGroup - skipped ? left : kGgmlGroup - skipped;
    std::memcpy(out, values + skipped, static_cast<size_t>(part) * sizeof(float));
    i += part;
    out += part;
  }
}

}  // namespace neiro
