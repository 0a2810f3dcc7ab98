// Cascade summation: short runs are summed, then sums of runs, then sums of those, so that small
// values are not lost beside a large total.
#include "formats/mean.h"

#include <algorithm>
#include <bit>

namespace neiro {
namespace {

constexpr int kLanes = 8, kVectors = 4, kWidth = kLanes * kVectors;  // summed side by side
constexpr int kLevels = 4;

struct Sums {
  float value[kWidth] = {};

  void add(const float* x) {
    for (int i = 0; i < kWidth; ++i) value[i] += x[i];
  }
};

// Column sums of x[rows, 32].
Sums cascade(const float* x, int64_t rows) {
  const int log_rows = rows > 1 ? std::bit_width(static_cast<uint64_t>(rows - 1)) : 0;
  const int power = std::max(4, log_rows / kLevels);  // a level passes on after 2^power additions
  const int64_t run = int64_t{1} << power;
  Sums level[kLevels];
  int64_t row = 0;
  while (row + run <= rows) {
    for (const int64_t end = row + run; row < end; ++row) level[0].add(x + row * kWidth);
    for (int l = 1; l < kLevels; ++l) {
      level[l].add(level[l - 1].value);
      level[l - 1] = {};
      if ((row >> (l * power)) % run != 0) break;  // level l is not full yet
    }
  }
  for (; row < rows; ++row) level[0].add(x + row * kWidth);
  for (int l = 1; l < kLevels; ++l) level[0].add(level[l].value);
  return level[0];
}

}  // namespace

float mean_as_torch(const float* x, int64_t n) {
  if (n == 0) return 0.0f;
  const int64_t rows = n / kWidth;
  Sums sums = cascade(x, rows);
  int64_t at = rows * kWidth;
  for (; at + kLanes <= n; at += kLanes) {  // whole vectors that fill no row
    for (int i = 0; i < kLanes; ++i) sums.value[i] += x[at + i];
  }
  float total = 0.0f;
  for (; at < n; ++at) total += x[at];
  for (int lane = 0; lane < kLanes; ++lane) {
    float sum = sums.value[lane];
    for (int v = 1; v < kVectors; ++v) sum += sums.value[v * kLanes + lane];
    total += sum;
  }
  return total / static_cast<float>(n);
}

}  // namespace neiro
