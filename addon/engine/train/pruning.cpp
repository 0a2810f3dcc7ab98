// Matrix by matrix through the host. The edge between what stays and what goes is counted, not
// sorted: the bits of a magnitude are ordered as the magnitude is.
#include "train/pruning.h"

#include <bit>
#include <cmath>
#include <utility>

#include "backend/transfer.h"
#include "core/option.h"
#include "core/thread_pool.h"

namespace neiro {
namespace {

constexpr int kFineBits = 15;  // of 31; the sign is none of a magnitude's

uint32_t magnitude(float value) { return std::bit_cast<uint32_t>(value) & 0x7fffffffu; }

// Below `edge` all go, and of those that are equal to it so many more.
struct Cut {
  uint32_t edge = 0;
  int64_t equal = 0;
};

using Take = FunctionRef<void(const float* values, int64_t n)>;

// The bin in which the count-th value lies; count becomes what is left of it there.
uint32_t bin_of(const std::vector<int64_t>& bins, int64_t& count) {
  uint32_t bin = 0;
  while (bins[bin] < count) count -= bins[bin++];
  return bin;
}

// visit(take) hands over all values, the same ones each time.
Cut find_cut(FunctionRef<void(Take)> visit, int64_t count) {
  if (count == 0) return {};
  std::vector<int64_t> bins(size_t{1} << (31 - kFineBits));
  visit([&](const float* values, int64_t n) {
    for (int64_t i = 0; i < n; ++i) ++bins[magnitude(values[i]) >> kFineBits];
  });
  const uint32_t coarse = bin_of(bins, count);
  std::vector<int64_t> fine(size_t{1} << kFineBits);
  visit([&](const float* values, int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
      const uint32_t bits = magnitude(values[i]);
      if (bits >> kFineBits == coarse) ++fine[bits & ((1u << kFineBits) - 1)];
    }
  });
  const uint32_t low = bin_of(fine, count);
  return {coarse << kFineBits | low, count};
}

void cut_off(std::vector<float>& values, Cut& cut) {
  for (float& value : values) {
    const uint32_t bits = magnitude(value);
    if (bits > cut.edge || (bits == cut.edge && cut.equal == 0)) continue;
    if (bits == cut.edge) --cut.equal;
    value = 0;
  }
}

// Width is a multiple of four, so that four in a row of values are four in a row of the matrix.
void keep_two_of_four(std::vector<float>& values) {
  for (size_t first = 0; first < values.size(); first += 4) {
    float* four = values.data() + first;
    bool gone[4] = {};
    for (int count = 0; count < 2; ++count) {
      size_t least = 4;
      for (size_t i = 0; i < 4; ++i) {
        if (gone[i]) continue;
        if (least == 4 || magnitude(four[i]) < magnitude(four[least])) least = i;
      }
      gone[least] = true;
      four[least] = 0;
    }
  }
}

int64_t share_of(double amount, int64_t n) {
  return static_cast<int64_t>(std::nearbyint(amount * static_cast<double>(n)));
}

}  // namespace

Pruned prune(const Device& device, const std::vector<Parameter>& parameters,
             const Pruning& pruning) {
  std::vector<const Parameter*> matrices;
  int64_t all = 0;
  for (const Parameter& parameter : parameters) {
    if (!parameter.linear) continue;
    if (pruning.pattern == PrunePattern::kTwoOfFour && parameter.shape.back() % 4 != 0) {
      refuse_option("pattern", "2:4",
                    "layer or global, because rows of " + parameter.name + " are " +
                        std::to_string(parameter.shape.back()) + " wide");
    }
    matrices.push_back(&parameter);
    all += parameter.size;
  }
  require_option(pruning.amount >= 0 && pruning.amount < 1, "amount", pruning.amount,
                 "a number from 0 to below 1");
  const auto values_of = [&](const Parameter& matrix) {
    return downloaded(device, matrix.value, matrix.size);
  };
  Cut shared;
  if (pruning.pattern == PrunePattern::kGlobal) {
    const auto visit = [&](Take take) {
      for (const Parameter* matrix : matrices) take(values_of(*matrix).data(), matrix->size);
    };
    shared = find_cut(visit, share_of(pruning.amount, all));
  }
  Pruned pruned{0, all};
  for (const Parameter* matrix : matrices) {
    std::vector<float> values = values_of(*matrix);
    switch (pruning.pattern) {
      case PrunePattern::kTwoOfFour:
        keep_two_of_four(values);
        break;
      case PrunePattern::kGlobal:
        cut_off(values, shared);
        break;
      case PrunePattern::kLayer: {
        const auto visit = [&](Take take) { take(values.data(), matrix->size); };
        Cut cut = find_cut(visit, share_of(pruning.amount, matrix->size));
        cut_off(values, cut);
      }
    }
    for (const float value : values) pruned.zeros += value == 0 ? 1 : 0;
    device.upload(matrix->value, values.data(), matrix->size);
  }
  return pruned;
}

}  // namespace neiro
