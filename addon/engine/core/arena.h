// Memory planned before the first step. A layout function takes regions from an Arena twice:
// first from a counting arena (no memory; its totals are the plan that the user sees), then from
// a placing one over a single allocation of exactly that size. So plan and truth cannot drift.
// It only computes addresses: what it lies over may be memory that the host cannot read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace neiro {

// What a byte is for; the parts of the memory bar.
enum class MemoryCategory { kWeights, kAdapter, kGradients, kOptimizer, kActivations, kWorkspace };
inline constexpr int kMemoryCategories = 6;
const char* memory_category_name(MemoryCategory category);  // "weights", "adapter", ...

struct MemoryTotals {
  int64_t bytes[kMemoryCategories] = {};
  int64_t total() const;
};

class Arena {
 public:
  // Counting: every take() returns nullptr and is added to totals().
  Arena() = default;
  // Placing: over memory of someone else, 64-byte aligned and never null.
  Arena(unsigned char* base, int64_t size) : base_(base), size_(size) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  bool counting() const { return base_ == nullptr; }
  const MemoryTotals& totals() const { return totals_; }

  // A region of count elements, 64-byte aligned. Throws Error INTERNAL when a placing arena is
  // asked for more than it was made with (the two passes differ: a bug), and OUT_OF_MEMORY for a
  // size that no machine can address.
  template <class T>
  T* take(MemoryCategory category, int64_t count) {
    constexpr int64_t kSize = static_cast<int64_t>(sizeof(T));
    return static_cast<T*>(take_bytes(category, count > INT64_MAX / kSize ? -1 : count * kSize));
  }

  // A region that take() gave out earlier may be shared by things that never live at the same
  // time: remember the mark, release back to it. The capacity counts the highest point reached,
  // and a category only what it added to that, so totals().total() == capacity() always.
  int64_t mark() const { return used_; }
  void release(int64_t mark) { used_ = mark; }
  int64_t capacity() const { return high_water_; }

 private:
  void* take_bytes(MemoryCategory category, int64_t bytes);

  unsigned char* base_ = nullptr;
  int64_t size_ = 0;
  int64_t used_ = 0;
  int64_t high_water_ = 0;
  MemoryTotals totals_;
};

}  // namespace neiro
