// A stored matrix as kernels read it, in any format of formats/matrix.h: one value, or eight that
// lie one behind the other. Every value is that of matrix_row (formats/matrix.cpp), to the bit.
#pragma once

#include <cstdint>

#include "backend/cuda/device_code.h"
#include "formats/dtype.h"

namespace neiro::cuda {

struct Stored {
  DType dtype;
  int64_t rows, cols;
  const unsigned char* data;
  const uint8_t* absmax_q;
  const float* absmax2;  // of INT8: of each row
  float offset;
  const float* codes;     // CudaDevice::codes()
  uint64_t rows_of_2_64;  // 2^64 / cols, rounded up: which row an element of INT8 is in
};

DEVICE float bf16_value(uint32_t bits) { return __uint_as_float(bits << 16); }

DEVICE float f16_value(uint32_t bits) {
  const uint32_t sign = (bits & 0x8000u) << 16, exponent = bits >> 10 & 0x1fu;
  const uint32_t fraction = bits & 0x3ffu;
  if (exponent == 31) return __uint_as_float(sign | 0x7f800000u | fraction << 13);
  if (exponent == 0) {
    return __uint_as_float(sign |
                           __float_as_uint(static_cast<float>(fraction) * 5.9604644775390625e-8f));
  }
  return __uint_as_float(sign | (exponent + 127 - 15) << 23 | fraction << 13);
}

// Two roundings, as formats/matrix.cpp: never one fused product.
DEVICE float rounded_product(float a, float b) {
#if defined(__CUDA_ARCH__)
  return __fmul_rn(a, b);
#else
  return a * b;
#endif
}

// The scale of the block of NF4 that element is in.
DEVICE float nf4_scale(const Stored& w, int64_t element) {
  const int64_t block = element / 64;
  return rounded_product(w.codes[16 + w.absmax_q[block]], w.absmax2[block / 256]) + w.offset;
}

DEVICE float half_at(const unsigned char* p) {
  return f16_value(static_cast<uint32_t>(p[0]) | static_cast<uint32_t>(p[1]) << 8);
}

// Value i of a block of GGUF's, by the table of formats/ggml_blocks.h.
DEVICE float block_value(DType dtype, const unsigned char* b, int i) {
  const int group = i / 32, sixteenth = i / 16, in32 = i % 32;
  const auto nibble = [&](const unsigned char* bytes) {
    return in32 < 16 ? bytes[in32] & 15 : bytes[in32 - 16] >> 4;
  };
  const auto fifth = [&](const unsigned char* bits) {
    return (bits[in32 / 8] >> in32 % 8 & 1) << 4;
  };
  const auto product = [](float d, int n) { return rounded_product(d, static_cast<float>(n)); };
  switch (dtype) {
    case DType::kQ4_0:
      return product(half_at(b), nibble(b + 2) - 8);
    case DType::kQ4_1:
      return product(half_at(b), nibble(b + 4)) + half_at(b + 2);
    case DType::kQ5_0:
      return product(half_at(b), (nibble(b + 6) | fifth(b + 2)) - 16);
    case DType::kQ5_1:
      return product(half_at(b), nibble(b + 8) | fifth(b + 4)) + half_at(b + 2);
    case DType::kQ8_0:
      return product(half_at(b), static_cast<int8_t>(b[2 + i]));
    case DType::kQ2_K: {
      const int code = b[16 + group / 4 * 32 + in32] >> 2 * (group % 4) & 3;
      const float scale = product(half_at(b + 80), b[sixteenth] & 15);
      return product(scale, code) - product(half_at(b + 82), b[sixteenth] >> 4);
    }
    case DType::kQ3_K: {
      const int low = b[32 + group / 4 * 32 + in32] >> 2 * (group % 4) & 3;
      const int code = low | (b[in32] >> group & 1) << 2;
      const unsigned char* s = b + 96;
      const int four = sixteenth < 8 ? s[sixteenth] & 15 : s[sixteenth - 8] >> 4;
      const int scale = (four | (s[8 + sixteenth % 4] >> 2 * (sixteenth / 4) & 3) << 4) - 32;
      return product(product(half_at(b + 108), scale), code - 4);
    }
    case DType::kQ4_K:
    case DType::kQ5_K: {
      const unsigned char* s = b + 4;
      const int scale = group < 4 ? s[group] & 63 : (s[group + 4] & 15) | (s[group - 4] >> 6) << 4;
      const int low = group < 4 ? s[group + 4] & 63 : s[group + 4] >> 4 | (s[group] >> 6) << 4;
      const bool five = dtype == DType::kQ5_K;
      int code = b[(five ? 48 : 16) + group / 2 * 32 + in32] >> 4 * (group % 2) & 15;
      if (five) code |= (b[16 + in32] >> group & 1) << 4;
      return product(product(half_at(b), scale), code) - product(half_at(b + 2), low);
    }
    case DType::kQ6_K: {
      const int half = group / 4, quarter = group % 4;
      const int low = b[64 * half + 32 * (quarter % 2) + in32] >> (quarter < 2 ? 0 : 4) & 15;
      const int code = low | (b[128 + 32 * half + in32] >> 2 * quarter & 3) << 4;
      return product(product(half_at(b + 208), static_cast<int8_t>(b[192 + sixteenth])), code - 32);
    }
    default:
      return 0;
  }
}

// A block has 2^this elements, and so many bytes: as block_size() of formats/dtype.h on the host.
DEVICE int block_shift(DType dtype) { return dtype >= DType::kQ2_K ? 8 : 5; }
DEVICE int block_bytes(DType dtype) {
  switch (dtype) {
    case DType::kQ4_0:
      return 18;
    case DType::kQ4_1:
      return 20;
    case DType::kQ5_0:
      return 22;
    case DType::kQ5_1:
      return 24;
    case DType::kQ8_0:
      return 34;
    case DType::kQ2_K:
      return 84;
    case DType::kQ3_K:
      return 110;
    case DType::kQ4_K:
      return 144;
    case DType::kQ5_K:
      return 176;
    default:
      return 210;
  }
}

DEVICE float stored_value(const Stored& w, int64_t element) {
  switch (w.dtype) {
    case DType::kF32:
      return reinterpret_cast<const float*>(w.data)[element];
    case DType::kBF16:
      return bf16_value(reinterpret_cast<const uint16_t*>(w.data)[element]);
    case DType::kF16:
      return f16_value(reinterpret_cast<const uint16_t*>(w.data)[element]);
    case DType::kNF4: {
      const uint32_t byte = w.data[element / 2];
      const uint32_t code = element % 2 == 0 ? byte >> 4 : byte & 15u;
      return rounded_product(w.codes[code], nf4_scale(w, element));
    }
    case DType::kInt8: {
      // Exact as long as elements * cols stays below 2^64.
      const uint64_t row = __umul64hi(static_cast<uint64_t>(element), w.rows_of_2_64);
      const float code = static_cast<float>(reinterpret_cast<const signed char*>(w.data)[element]);
      return rounded_product(code, w.absmax2[row]) / 127.0f;
    }
    default: {
      // Shifts: a division of 64 bits would be a call, around which registers are put aside.
      const int shift = block_shift(w.dtype);
      return block_value(w.dtype, w.data + (element >> shift) * block_bytes(w.dtype),
                         static_cast<int>(element & ((1 << shift) - 1)));
    }
  }
}

}  // namespace neiro::cuda
