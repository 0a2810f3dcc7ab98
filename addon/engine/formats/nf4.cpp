// Quantising to NF4, then quantising the scales.
#include "formats/nf4.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "formats/mean.h"

namespace neiro {
namespace {

// Largest magnitude of values[n]. Over bits, which rise as magnitudes do: integers are compared
// many at a time, floats (for the sake of NaN) one by one.
float absolute_maximum(const float* values, int64_t n) {
  int32_t maximum = 0;
  for (int64_t i = 0; i < n; ++i) {
    maximum = std::max(maximum, std::bit_cast<int32_t>(values[i]) & 0x7fffffff);
  }
  return std::bit_cast<float>(maximum);
}

// Half of the smallest normal F32: below it, 1 / absmax would be infinite.
constexpr float kSmallest = 0x1p-127f;

// x scaled into [-1, 1] by a block's maximum; a block of zeros stays one.
struct Scaling {
  explicit Scaling(float absmax) : factor(absmax > kSmallest ? 1.0f / absmax : 0.0f) {}
  float operator()(float x) const { return std::clamp(x * factor, -1.0f, 1.0f); }
  const float factor;
};

struct Nf4Midpoints {
  float value[15];
  Nf4Midpoints() {
    for (int i = 0; i < 15; ++i) value[i] = (kNf4Code[i] + kNf4Code[i + 1]) * 0.5f;
  }
};

// The nearest code of each x; the lower of two that are equally near.
void nearest_nf4(const float (&x)[kNf4Block], const Nf4Midpoints& midpoints,
                 int32_t (&codes)[kNf4Block]) {
  std::fill(std::begin(codes), std::end(codes), 0);
  for (const float midpoint : midpoints.value) {
    for (int i = 0; i < kNf4Block; ++i) codes[i] += x[i] > midpoint;
  }
}

// Scales go through a grid of 65,536 steps over [-1, 1] before the nearest code is looked for:
// where bitsandbytes' table of that size rounds a scale the other way, so do we.
uint8_t nearest_dynamic(float x) {
  const int step = static_cast<int>((x + 1.0f) * 0.5f * 65535.0f + 0.5f);
  const float snapped = static_cast<float>(step / 65535.0 * 2.0 - 1.0);
  const float* above = std::lower_bound(kDynamicCode, kDynamicCode + 256, snapped);
  if (above == kDynamicCode) return 0;  // -1: the lowest code is -0.993
  const bool up = *above - snapped < snapped - above[-1];
  return static_cast<uint8_t>(above - kDynamicCode - (up ? 0 : 1));
}

// A block's values as codes, two a byte. Blocks share no byte.
void pack_block(const float* values, int length, float absmax, const Nf4Midpoints& midpoints,
                uint8_t* packed) {
  const Scaling scaled(absmax);
  float x[kNf4Block] = {};  // what a short tail lacks is zero
  int32_t codes[kNf4Block];
  for (int i = 0; i < length; ++i) x[i] = scaled(values[i]);
  nearest_nf4(x, midpoints, codes);
  for (int i = 0; i < length; i += 2) {
    packed[i / 2] = static_cast<uint8_t>(codes[i] << 4 | codes[i + 1]);
  }
}

// Scales [length] as codes; returns their own scale.
float pack_scales(const float* absmax, int length, float offset, uint8_t* codes) {
  float centred[kNf4ScaleBlock];
  for (int i = 0; i < length; ++i) centred[i] = absmax[i] - offset;
  const float absmax2 = absolute_maximum(centred, length);
  const Scaling scaled(absmax2);
  for (int i = 0; i < length; ++i) codes[i] = nearest_dynamic(scaled(centred[i]));
  return absmax2;
}

}  // namespace

int64_t nf4_blocks(int64_t n) { return (n + kNf4Block - 1) / kNf4Block; }

int64_t nf4_scale_blocks(int64_t n) {
  return (nf4_blocks(n) + kNf4ScaleBlock - 1) / kNf4ScaleBlock;
}

float quantize_nf4(ThreadPool& pool, const float* values, int64_t n, const Nf4Buffers& out) {
  const int64_t blocks = nf4_blocks(n);
  if (blocks == 0) return 0.0f;
  const Nf4Midpoints midpoints;
  pool.parallel_for(blocks, [&](int64_t begin, int64_t end, int) {
    for (int64_t block = begin; block < end; ++block) {
      const int64_t first = block * kNf4Block;
      const int length = static_cast<int>(std::min<int64_t>(kNf4Block, n - first));
      out.absmax[block] = absolute_maximum(values + first, length);
      pack_block(values + first, length, out.absmax[block], midpoints, out.packed + first / 2);
    }
  });

  // The scales lose their mean, then are quantised as the values were, but with 256 codes. The mean
  // is of all of them, in one order: not a thing to share out.
  const float offset = mean_as_torch(out.absmax, blocks);
  pool.parallel_for(nf4_scale_blocks(n), [&](int64_t begin, int64_t end, int) {
    for (int64_t scale_block = begin; scale_block < end; ++scale_block) {
      const int64_t first = scale_block * kNf4ScaleBlock;
      const int length = static_cast<int>(std::min<int64_t>(kNf4ScaleBlock, blocks - first));
      out.absmax2[scale_block] =
          pack_scales(out.absmax + first, length, offset, out.absmax_q + first);
    }
  });
  return offset;
}

}  // namespace neiro
