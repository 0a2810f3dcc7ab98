// A weight matrix as it lies in memory or in a mapped file: what every product reads.
// Shapes follow PyTorch's Linear: W[rows = out, cols = in], row-major, y = x * W^T.
#pragma once

#include <cstdint>

namespace neiro {

enum class DType { kF32, kBF16, kF16, kNF4 };
const char* dtype_name(DType dtype);  // "F32", "BF16", "F16", "NF4"

// Blocks as bitsandbytes lays them out (QLoRA, Dettmers et al. 2023): the row-major matrix is cut
// into blocks of 64 elements that run on across rows (the last may be short); two codes a byte,
// the first element in the high nibble; each block's scale is itself an 8-bit code in blocks of
// 256: scale[b] = code2[absmax_q[b]] * absmax2[b / 256] + offset.
// (bitsandbytes' own AVX-512 CPU kernel takes the scale of element (r, c) from block
// r * (cols / 64) + c / 64, which is another block where cols is no multiple of 64. Its CUDA
// kernels and we do not; values made by it for such a matrix differ from what its bytes say.)
inline constexpr int kNf4Block = 64;
inline constexpr int kNf4ScaleBlock = 256;
extern const float kNf4Code[16];       // the 16 values of NF4, rising
extern const float kDynamicCode[256];  // bitsandbytes' signed dynamic map for the scales

struct Nf4Scales {
  const uint8_t* absmax_q = nullptr;  // [ceil(rows * cols / 64)]
  const float* absmax2 = nullptr;     // [ceil(that / 256)]
  float offset = 0.0f;                // mean of the absolute maxima
};

struct Matrix {
  DType dtype = DType::kF32;
  int64_t rows = 0;  // out
  int64_t cols = 0;  // in
  const void* data = nullptr;
  Nf4Scales nf4;  // read only when dtype == kNF4

  int64_t elements() const { return rows * cols; }
};

// Bytes that a matrix takes (data and scales).
int64_t matrix_bytes(DType dtype, int64_t rows, int64_t cols);

// Values of row `row`, columns [begin, end), as F32 into out. The scalar specification that every
// packed path is tested against.
void matrix_row(const Matrix& matrix, int64_t row, int64_t begin, int64_t end, float* out);

float bf16_to_float(uint16_t bits);
uint16_t float_to_bf16(float value);  // round to nearest even, NaN stays NaN
float f16_to_float(uint16_t bits);
uint16_t float_to_f16(float value);

}  // namespace neiro
