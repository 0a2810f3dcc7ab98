// A product of few rows (generation), in F32: memory decides there, not arithmetic. A warp each
// output: its lanes share out k in eights and meet in a fixed order, so that a row has the same
// bits whatever stands beside it; W is read once for kFewRows rows.
#pragma once

#include "backend/cuda/operand.h"

namespace neiro::cuda {

inline constexpr int kFewRows = 4;
inline constexpr int kFewWarps = 8;

struct FewShared {
  float codes[16];
};

template <Format f>
KERNEL(kFewWarps* kWarp)
few_rows_kernel(const float* x, Stored w, Result result) {
  FewShared& s = shared<FewShared>();
  const int thread = static_cast<int>(threadIdx.x);
  const int lane = thread % kWarp;
  if (thread < 16) s.codes[thread] = w.codes[thread];
  sync_block();
  const int64_t out = static_cast<int64_t>(blockIdx.x) * kFewWarps + thread / kWarp;
  if (out >= w.rows) return;
  for (int64_t first = 0; first < result.M; first += kFewRows) {
    float sum[kFewRows] = {};
    if constexpr (f == Format::kAny) {
      for (int64_t k = lane; k < w.cols; k += kWarp) {
        const float value = stored_value(w, out * w.cols + k);
#pragma unroll
        for (int r = 0; r < kFewRows; ++r) {
          if (first + r < result.M) sum[r] += x[(first + r) * w.cols + k] * value;
        }
      }
    } else {
      for (int64_t k = lane * 8; k < w.cols; k += kWarp * 8) {
        Chunk<f> chunk;
        float v[8];
        fetch_chunk(chunk, w, out, k);
        chunk.unpack(v, s.codes);
#pragma unroll
        for (int r = 0; r < kFewRows; ++r) {
          if (first + r >= result.M) break;
          const float* row = x + (first + r) * w.cols + k;
          const float4 low = load4(row), high = load4(row + 4);
          sum[r] += low.x * v[0] + low.y * v[1] + low.z * v[2] + low.w * v[3];
          sum[r] += high.x * v[4] + high.y * v[5] + high.z * v[6] + high.w * v[7];
        }
      }
    }
#pragma unroll
    for (int r = 0; r < kFewRows; ++r) {
      if (first + r >= result.M) break;
      const float all = warp_sum(sum[r]);
      if (lane == 0) result.put(first + r, out, all);
    }
  }
}

}  // namespace neiro::cuda
