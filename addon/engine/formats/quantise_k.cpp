// Super-blocks of 256 values: small blocks whose scales are codes themselves. A small block's scale
// (and offset) are looked for: from each of several guesses the codes follow, from the codes the
// best line through them in closed form (weighted least squares); the line with the least error is
// taken.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "formats/matrix.h"
#include "formats/quantise_blocks.h"

namespace neiro {
namespace {

void put_half(uint8_t* out, float value) {
  const uint16_t bits = float_to_f16(value);
  std::memcpy(out, &bits, sizeof(bits));
}
float as_half(float value) { return f16_to_float(float_to_f16(value)); }

int nearest(float x) { return static_cast<int>(std::nearbyint(x)); }

// Small blocks of 32 with x = scale q - offset, q in [0, most], scale and offset >= 0.
constexpr int kAffine = 32;

struct Line {
  float scale = 0;
  float offset = 0;
};

// Guesses of 1 / scale around (range of codes) / (range of values): from `first` codes more than
// there are, in steps of kGuessStep.
struct Guesses {
  float first;
  int steps;
};
constexpr float kGuessStep = 0.1f;

float weighted_error(const float* x, const float* w, const int* q, const Line& line) {
  float error = 0;
  for (int i = 0; i < kAffine; ++i) {
    const float off = line.scale * static_cast<float>(q[i]) - line.offset - x[i];
    error += w[i] * off * off;
  }
  return error;
}

void codes_of(const float* x, float inverse_scale, float low, int most, int* q) {
  for (int i = 0; i < kAffine; ++i) {
    q[i] = std::clamp(nearest(inverse_scale * (x[i] - low)), 0, most);
  }
}

// The line through the codes with the least weighted squared error, its offset not below 0; none
// (scale 0) where all codes are one.
Line best_line(const float* x, const float* w, const int* q) {
  float sw = 0, sq = 0, sqq = 0, sx = 0, sxq = 0;
  for (int i = 0; i < kAffine; ++i) {
    const float code = static_cast<float>(q[i]);
    sw += w[i];
    sq += w[i] * code;
    sqq += w[i] * code * code;
    sx += w[i] * x[i];
    sxq += w[i] * code * x[i];
  }
  const float determinant = sw * sqq - sq * sq;
  if (determinant <= 0) return {};
  Line line{(sw * sxq - sq * sx) / determinant, (sq * sxq - sqq * sx) / determinant};
  if (line.offset < 0) line = {sxq / sqq, 0};
  return line;
}

Line find_line(const float* x, int most, const Guesses& guesses) {
  float squares = 0;
  for (int i = 0; i < kAffine; ++i) squares += x[i] * x[i];
  const float typical = std::sqrt(squares / kAffine);
  float w[kAffine];
  for (int i = 0; i < kAffine; ++i) w[i] = typical + std::fabs(x[i]);

  const auto [lowest, highest] = std::minmax_element(x, x + kAffine);
  const float low = std::min(*lowest, 0.0f);
  const float range = *highest - low;
  if (!(range > 0)) return {0, -low};
  int q[kAffine];
  codes_of(x, static_cast<float>(most) / range, low, most, q);
  Line best{range / static_cast<float>(most), -low};
  float least = weighted_error(x, w, q, best);
  for (int step = 0; step <= guesses.steps; ++step) {
    const float codes =
        static_cast<float>(most) + guesses.first + kGuessStep * static_cast<float>(step);
    codes_of(x, codes / range, low, most, q);
    const Line line = best_line(x, w, q);
    if (line.scale <= 0) continue;
    const float error = weighted_error(x, w, q, line);
    if (error >= least) continue;
    least = error;
    best = line;
  }
  return best;
}

constexpr int kLines = kSuperBlock / kAffine;

// Scales and offsets as codes of six bits under one scale each.
struct Lines {
  float d, offset_d;  // as stored
  int scale[kLines], offset[kLines];

  Line of(int block) const {
    return {d * static_cast<float>(scale[block]), offset_d * static_cast<float>(offset[block])};
  }
};

Lines find_lines(const float* x, int most, const Guesses& guesses) {
  constexpr float kMost = 63;
  Line found[kLines];
  float scale = 0, offset = 0;
  for (int block = 0; block < kLines; ++block) {
    found[block] = find_line(x + block * kAffine, most, guesses);
    scale = std::max(scale, found[block].scale);
    offset = std::max(offset, found[block].offset);
  }
  Lines lines{as_half(scale / kMost), as_half(offset / kMost), {}, {}};
  const auto six_bits = [](float value, float largest) {
    return largest > 0 ? std::min(63, nearest(kMost / largest * value)) : 0;
  };
  for (int block = 0; block < kLines; ++block) {
    lines.scale[block] = six_bits(found[block].scale, scale);
    lines.offset[block] = six_bits(found[block].offset, offset);
  }
  return lines;
}

// Twelve bytes: the first four pairs of codes have bytes of their own, whose two upper bits are the
// upper bits of the other four; these have their lower four bits behind.
void put_lines(const Lines& lines, uint8_t* out) {
  put_half(out, lines.d);
  put_half(out + 2, lines.offset_d);
  uint8_t* codes = out + 4;
  for (int i = 0; i < 4; ++i) {
    const int scale = lines.scale[i + 4], offset = lines.offset[i + 4];
    codes[i] = static_cast<uint8_t>(lines.scale[i] | scale >> 4 << 6);
    codes[i + 4] = static_cast<uint8_t>(lines.offset[i] | offset >> 4 << 6);
    codes[i + 8] = static_cast<uint8_t>((scale & 15) | (offset & 15) << 4);
  }
}

// The codes that the stored lines ask for.
void codes_on(const Lines& lines, const float* x, int most, int (&q)[kSuperBlock]) {
  for (int i = 0; i < kSuperBlock; ++i) {
    const Line line = lines.of(i / kAffine);
    q[i] = line.scale == 0 ? 0 : std::clamp(nearest((x[i] + line.offset) / line.scale), 0, most);
  }
}

// Two blocks side by side: the lower four bits of the one, then of the other, in a byte.
void put_nibbles(const int (&q)[kSuperBlock], uint8_t* out) {
  for (int i = 0; i < kSuperBlock / 2; ++i) {
    const int at = i / kAffine * 2 * kAffine + i % kAffine;
    out[i] = static_cast<uint8_t>((q[at] & 15) | (q[at + kAffine] & 15) << 4);
  }
}

// Small blocks of 16 with x = scale q, q in [-32, 31].
constexpr int kPlain = 16;
constexpr int kScales = kSuperBlock / kPlain;

float find_scale(const float* x) {
  float extreme = 0;
  for (int i = 0; i < kPlain; ++i) {
    if (std::fabs(x[i]) > std::fabs(extreme)) extreme = x[i];
  }
  if (extreme == 0) return 0;
  float scale = 0, most = -1;
  // Weighed by x^2: what a scale explains is (sum of w x q)^2 / (sum of w q^2), the more the
  // better.
  for (int step = -9; step <= 9; ++step) {
    const float inverse = -(32.0f + kGuessStep * static_cast<float>(step)) / extreme;
    float sxq = 0, sqq = 0;
    for (int i = 0; i < kPlain; ++i) {
      const float w = x[i] * x[i];
      const float q = static_cast<float>(std::clamp(nearest(inverse * x[i]), -32, 31));
      sxq += w * x[i] * q;
      sqq += w * q * q;
    }
    if (sqq > 0 && sxq * sxq > most * sqq) {
      most = sxq * sxq / sqq;
      scale = sxq / sqq;
    }
  }
  return scale;
}

}  // namespace

// d, offset's d, 12 bytes of lines, 128 bytes of codes
void quantise_q4_k(const float* x, uint8_t* out) {
  const Lines lines = find_lines(x, 15, {-1.0f, 20});
  int q[kSuperBlock];
  codes_on(lines, x, 15, q);
  put_lines(lines, out);
  put_nibbles(q, out + 16);
}

// d, offset's d, 12 bytes of lines, 32 bytes of fifth bits (bit b of byte i: of value i of block
// b), 128 bytes of the others
void quantise_q5_k(const float* x, uint8_t* out) {
  const Lines lines = find_lines(x, 31, {-0.5f, 15});
  int q[kSuperBlock];
  codes_on(lines, x, 31, q);
  put_lines(lines, out);
  uint8_t* fifth = out + 16;
  std::memset(fifth, 0, kAffine);
  for (int i = 0; i < kSuperBlock; ++i) {
    fifth[i % kAffine] = static_cast<uint8_t>(fifth[i % kAffine] | q[i] >> 4 << i / kAffine);
  }
  put_nibbles(q, out + 16 + kAffine);
}

// 128 bytes of lower bits, 64 of the upper two, 16 scales of 8 bits, their d
void quantise_q6_k(const float* x, uint8_t* out) {
  float scales[kScales], extreme = 0;
  for (int block = 0; block < kScales; ++block) {
    scales[block] = find_scale(x + block * kPlain);
    if (std::fabs(scales[block]) > std::fabs(extreme)) extreme = scales[block];
  }
  // The largest scale has code -128.
  const float d = as_half(extreme / -128.0f);
  const float inverse = extreme != 0 ? -128.0f / extreme : 0;
  int8_t code[kScales];
  int q[kSuperBlock];
  for (int block = 0; block < kScales; ++block) {
    code[block] = static_cast<int8_t>(std::clamp(nearest(inverse * scales[block]), -128, 127));
    const float scale = d * static_cast<float>(code[block]);
    for (int i = block * kPlain; i < (block + 1) * kPlain; ++i) {
      q[i] = 32 + (scale == 0 ? 0 : std::clamp(nearest(x[i] / scale), -32, 31));
    }
  }
  // Halves of 128: four runs of 32 share 64 bytes of lower bits (first and third, second and
  // fourth) and 32 bytes of upper ones.
  for (int half = 0; half < 2; ++half) {
    const int* from = q + half * 128;
    uint8_t* low = out + half * 64;
    uint8_t* high = out + 128 + half * 32;
    for (int i = 0; i < 32; ++i) {
      low[i] = static_cast<uint8_t>((from[i] & 15) | (from[i + 64] & 15) << 4);
      low[i + 32] = static_cast<uint8_t>((from[i + 32] & 15) | (from[i + 96] & 15) << 4);
      high[i] = static_cast<uint8_t>(from[i] >> 4 | from[i + 32] >> 4 << 2 |
                                     from[i + 64] >> 4 << 4 | from[i + 96] >> 4 << 6);
    }
  }
  std::memcpy(out + 192, code, sizeof(code));
  put_half(out + 208, d);
}

}  // namespace neiro
