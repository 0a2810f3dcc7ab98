// Memory straight from the system, refused with figures where it is not there. Taken while opening,
// given back whole; inside a step nothing is taken (core/arena.h).
#pragma once

#include <cstdint>

namespace neiro {

// What every shortage of memory ends in.
[[noreturn]] void out_of_memory(int64_t needed, int64_t available);

class Pages {
 public:
  // Zeroed, 64-byte aligned, never null. Throws Error OUT_OF_MEMORY {needed, available} when it is
  // more than memory_available().
  explicit Pages(int64_t bytes);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  unsigned char* data() const { return data_; }
  int64_t size() const { return size_; }

 private:
  unsigned char* data_ = nullptr;
  int64_t size_ = 0;
};

}  // namespace neiro
