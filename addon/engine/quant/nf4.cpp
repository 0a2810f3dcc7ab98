// Quantising to NF4, then quantising the scales.
#include "quant/nf4.h"

#include <algorithm>
#include <cmath>

namespace neiro {
namespace {

// Largest magnitude of values[n].
float absolute_maximum(const float* values, int64_t n) {
  float maximum = 0.0f;
  for (int64_t i = 0; i < n; ++i) maximum = std::max(maximum, std::fabs(values[i]));
  return maximum;
}

// What a block is multiplied with to lie in [-1, 1]; a block of zeros stays one.
float reciprocal(float absmax) { return absmax > 0.0f ? 1.0f / absmax : 0.0f; }

struct Nf4Midpoints {
  float value[15];
  Nf4Midpoints() {
    for (int i = 0; i < 15; ++i) value[i] = (kNf4Code[i] + kNf4Code[i + 1]) * 0.5f;
  }
};

// The nearest code; the lower of two that are equally near.
uint8_t nearest_nf4(float x, const Nf4Midpoints& midpoints) {
  int code = 0;
  for (float midpoint : midpoints.value) code += x > midpoint;
  return static_cast<uint8_t>(code);
}

uint8_t nearest_dynamic(float x) {
  const float* above = std::lower_bound(kDynamicCode, kDynamicCode + 256, x);
  if (above == kDynamicCode) return 0;
  if (above == kDynamicCode + 256) return 255;
  const bool up = std::fabs(*above - x) < std::fabs(x - above[-1]);
  return static_cast<uint8_t>(above - kDynamicCode - (up ? 0 : 1));
}

void pack_values(const float* values, int64_t n, const float* absmax, uint8_t* packed) {
  const Nf4Midpoints midpoints;
  for (int64_t block = 0; block < nf4_blocks(n); ++block) {
    const int64_t first = block * kNf4Block;
    const int length = static_cast<int>(std::min<int64_t>(kNf4Block, n - first));
    const float scale = reciprocal(absmax[block]);
    uint8_t codes[kNf4Block];
    for (int i = 0; i < length; ++i) codes[i] = nearest_nf4(values[first + i] * scale, midpoints);
    if (length % 2) codes[length] = nearest_nf4(0.0f, midpoints);  // the tail's other half
    for (int i = 0; i < length; i += 2) {
      packed[(first + i) / 2] = static_cast<uint8_t>(codes[i] << 4 | codes[i + 1]);
    }
  }
}

}  // namespace

int64_t nf4_blocks(int64_t n) { return (n + kNf4Block - 1) / kNf4Block; }

int64_t nf4_scale_blocks(int64_t n) {
  return (nf4_blocks(n) + kNf4ScaleBlock - 1) / kNf4ScaleBlock;
}

float quantize_nf4(const float* values, int64_t n, const Nf4Buffers& out) {
  const int64_t blocks = nf4_blocks(n);
  if (blocks == 0) return 0.0f;
  double sum = 0.0;
  for (int64_t block = 0; block < blocks; ++block) {
    const int64_t first = block * kNf4Block;
    out.absmax[block] = absolute_maximum(values + first, std::min<int64_t>(kNf4Block, n - first));
    sum += out.absmax[block];
  }
  pack_values(values, n, out.absmax, out.packed);

  // The scales lose their mean, then are quantised as the values were, but with 256 codes.
  const float offset = static_cast<float>(sum / static_cast<double>(blocks));
  for (int64_t scale_block = 0; scale_block < nf4_scale_blocks(n); ++scale_block) {
    const int64_t first = scale_block * kNf4ScaleBlock;
    const int length = static_cast<int>(std::min<int64_t>(kNf4ScaleBlock, blocks - first));
    float centred[kNf4ScaleBlock];
    for (int i = 0; i < length; ++i) centred[i] = out.absmax[first + i] - offset;
    const float absmax2 = absolute_maximum(centred, length), scale = reciprocal(absmax2);
    for (int i = 0; i < length; ++i) out.absmax_q[first + i] = nearest_dynamic(centred[i] * scale);
    out.absmax2[scale_block] = absmax2;
  }
  return offset;
}

}  // namespace neiro
