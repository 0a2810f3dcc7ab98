// A matrix that the processor can read, in planned memory or in a mapped file, in any of the
// formats that weights are stored in: what the CPU's kernels take and what the plain decoder reads.
// (A matrix in the memory of a device is backend/matrix.h.)
#pragma once

#include <cstdint>

#include "formats/dtype.h"

namespace neiro {

// Blocks as bitsandbytes lays them out (QLoRA, Dettmers et al. 2023): the row-major matrix is cut
// into blocks of 64 elements that run on across rows (the last may be short); two codes a byte,
// the first element in the high nibble; each block's scale is itself an 8-bit code in blocks of
// 256: scale[b] = code2[absmax_q[b]] * absmax2[b / 256] + offset.
// (bitsandbytes' own AVX-512 CPU kernel takes the scale of element (r, c) from block
// r * (cols / 64) + c / 64, which is another block where cols is no multiple of 64. Its CUDA
// kernels and we do not; values made by it for such a matrix differ from what its bytes say.)
inline constexpr int kNf4Block = 64;
inline constexpr int kNf4ScaleBlock = 256;
extern const float kNf4Code[16];               // the 16 values of NF4, rising
extern const float kDynamicCode[256];          // bitsandbytes' signed dynamic map for the scales
extern const float kUnsignedDynamicCode[256];  // and its unsigned one

// Row-major. Shapes follow PyTorch's Linear: W[rows = out, cols = in], y = x * W^T.
struct HostMatrix {
  struct Nf4 {
    const uint8_t* absmax_q = nullptr;  // [ceil(rows * cols / 64)]
    const float* absmax2 = nullptr;     // [ceil(that / 256)]
    float offset = 0.0f;                // mean of the absolute maxima
  };
  DType dtype = DType::kF32;
  int64_t rows = 0;  // out
  int64_t cols = 0;  // in
  const void* data = nullptr;
  Nf4 nf4;                            // read only when dtype == kNF4
  const float* row_absmax = nullptr;  // [rows] read only when dtype == kInt8

  int64_t elements() const { return rows * cols; }
};

// Values of row `row`, columns [begin, end), as F32 into out, from F32, BF16, F16, NF4, INT8 or
// blocks of GGUF files. The scalar specification that every packed path is tested against.
void matrix_row(const HostMatrix& matrix, int64_t row, int64_t begin, int64_t end, float* out);

float bf16_to_float(uint16_t bits);
uint16_t float_to_bf16(float value);  // round to nearest even, NaN stays NaN
float f16_to_float(uint16_t bits);
uint16_t float_to_f16(float value);

}  // namespace neiro
