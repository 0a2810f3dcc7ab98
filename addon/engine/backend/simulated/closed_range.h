// One range of addresses that is opened and closed as a whole: a single call to the system each
// way, however many blocks lie in it. (Protecting each block by itself took twenty million calls
// for one layer's tests, and most of their time.)
#pragma once

#include <cstdint>
#include <map>

namespace neiro {

class ClosedRange {
 public:
  ClosedRange();
  ~ClosedRange();
  ClosedRange(const ClosedRange&) = delete;
  ClosedRange& operator=(const ClosedRange&) = delete;

  // Bytes that are zero, page-aligned and closed. Throws Error OUT_OF_MEMORY {needed, available}.
  unsigned char* take(int64_t bytes);
  // What `take` returned; its next owner finds zeros.
  void give_back(unsigned char* block) noexcept;
  // All that was ever taken, readable and writable; and neither. Throws Error INTERNAL {reason}.
  void open() const;
  void close() const;

 private:
  // Offsets from base_, in bytes.
  int64_t place_for(int64_t size);

  unsigned char* base_ = nullptr;
  int64_t used_ = 0;                  // beyond it nothing was taken yet
  std::map<int64_t, int64_t> taken_;  // offset -> size
  std::map<int64_t, int64_t> free_;   // the same below used_, neighbours joined
};

}  // namespace neiro
