// The plain way to read a matrix, element by element, and the half-precision formats.
#include "formats/matrix.h"

#include <bit>
#include <cstring>
#include <string>

#include "core/error.h"
#include "formats/ggml_blocks.h"
#include "formats/int8_rows.h"
#include "formats/nf4.h"

namespace neiro {

const float kNf4Code[16] = {-1.0f,         -0.696192801f, -0.525073051f,  -0.394917488f,
                            -0.284441382f, -0.18477343f,  -0.0910500363f, 0.0f,
                            0.0795802996f, 0.160930201f,  0.246112302f,   0.337915242f,
                            0.44070983f,   0.562617004f,  0.722956836f,   1.0f};

float bf16_to_float(uint16_t bits) {
  return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

uint16_t float_to_bf16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return static_cast<uint16_t>(bits >> 16 | 0x40u);
  // Half of what is cut off, and one less where the kept part is even: ties go to even.
  return static_cast<uint16_t>((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

float f16_to_float(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t exponent = bits >> 10 & 0x1fu, fraction = bits & 0x3ffu;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000u | fraction << 13);
  if (exponent == 0) {  // fraction * 2^-24, exact in F32
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<uint32_t>(magnitude));
  }
  return std::bit_cast<float>(sign | (exponent + 127 - 15) << 23 | fraction << 13);
}

uint16_t float_to_f16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint32_t sign = bits >> 16 & 0x8000u, magnitude = bits & 0x7fffffffu;
  constexpr uint32_t kInfinity = 0x7f800000u, kSmallestNormal = 0x38800000u /* 2^-14 */;
  if (magnitude > kInfinity) {  // NaN: quiet, with what fits of its payload
    return static_cast<uint16_t>(sign | 0x7e00u | (magnitude >> 13 & 0x3ffu));
  }
  if (magnitude < kSmallestNormal) {
    // Adding 1/2 leaves multiples of 2^-24, the spacing of F16 subnormals, in the last bits: the
    // processor does the rounding to even.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
    return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(shifted) - 0x3f000000u));
  }
  const uint32_t rounded = magnitude + 0xfffu + (magnitude >> 13 & 1u);
  const uint32_t rebased = (rounded >> 13) - ((127 - 15) << 10);
  return static_cast<uint16_t>(sign | (rebased < 0x7c00u ? rebased : 0x7c00u));
}

namespace {

void nf4_row(const HostMatrix& matrix, int64_t first, int64_t count, float* out) {
  const uint8_t* packed = static_cast<const uint8_t*>(matrix.data);
  for (int64_t i = 0; i < count; ++i) {
    const int64_t element = first + i, block = element / kNf4Block;
    const uint8_t byte = packed[element / 2];
    const int code = element % 2 == 0 ? byte >> 4 : byte & 0xf;
    // Two roundings, not a fused product: as bitsandbytes computes it.
    const float product =
        kDynamicCode[matrix.nf4.absmax_q[block]] * matrix.nf4.absmax2[block / kNf4ScaleBlock];
    const float scale = product + matrix.nf4.offset;
    out[i] = kNf4Code[code] * scale;
  }
}

}  // namespace

void matrix_row(const HostMatrix& matrix, int64_t row, int64_t begin, int64_t end, float* out) {
  const int64_t first = row * matrix.cols + begin, count = end - begin;
  const uint16_t* halves = static_cast<const uint16_t*>(matrix.data);
  switch (matrix.dtype) {
    case DType::kF32:
      std::memcpy(out, static_cast<const float*>(matrix.data) + first,
                  static_cast<size_t>(count) * sizeof(float));
      break;
    case DType::kBF16:
      for (int64_t i = 0; i < count; ++i) out[i] = bf16_to_float(halves[first + i]);
      break;
    case DType::kF16:
      for (int64_t i = 0; i < count; ++i) out[i] = f16_to_float(halves[first + i]);
      break;
    case DType::kNF4:
      nf4_row(matrix, first, count, out);
      break;
    case DType::kInt8:
      decode_int8<HostMatrix>(static_cast<const int8_t*>(matrix.data) + first, count,
                              matrix.row_absmax[row], out);
      break;
    default:
      if (ggml_blocks(matrix.dtype)) {
        decode_ggml<HostMatrix>(matrix.dtype, matrix.data, first, count, out);
        break;
      }
      throw Error("INTERNAL", {{"reason", "weights cannot be stored as that"},
                               {"dtype", std::string(dtype_name(matrix.dtype))}});
  }
}

}  // namespace neiro
