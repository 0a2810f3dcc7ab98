// A region handed out in 64-byte steps.
#include "core/arena.h"

#include <limits>

#include "core/error.h"
#include "core/memory.h"
#include "core/pages.h"

namespace neiro {
namespace {

constexpr int64_t kAlignment = 64;

}  // namespace

const char* memory_category_name(MemoryCategory category) {
  static constexpr const char* kNames[kMemoryCategories] = {
      "weights", "adapter", "gradients", "optimizer", "activations", "workspace"};
  return kNames[static_cast<int>(category)];
}

int64_t MemoryTotals::total() const {
  int64_t sum = 0;
  for (int64_t part : bytes) sum += part;
  return sum;
}

void* Arena::take_bytes(MemoryCategory category, int64_t bytes) {
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  if (bytes < 0 || bytes > kMax - kAlignment) out_of_memory(kMax, memory_available());
  const int64_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  if (rounded > kMax - used_) out_of_memory(kMax, memory_available());
  if (base_ && used_ + rounded > size_) {
    throw Error("INTERNAL", {{"reason", "memory outside of the plan"},
                             {"planned", std::to_string(size_)},
                             {"taken", std::to_string(used_ + rounded)}});
  }
  unsigned char* region = base_ ? base_ + used_ : nullptr;
  used_ += rounded;
  // Only growth counts, so that the categories always sum to the capacity.
  if (used_ > high_water_) {
    totals_.bytes[static_cast<int>(category)] += used_ - high_water_;
    high_water_ = used_;
  }
  return region;
}

}  // namespace neiro
