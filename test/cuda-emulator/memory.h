// The emulated GPU's memory: pages of the host that are closed but while a kernel that was given
// their address, or a copy, runs. Each allocation ends at a closed page and begins behind one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace neiro::emulator {

// Filled with NaN. Null where the limit (NEIRO_CUDA_MEMORY bytes, else 8 GiB) would be passed.
std::byte* allocate(int64_t bytes);
void release(std::byte* memory);
int64_t memory_limit();
int64_t memory_used();
// What was not released: "N bytes" each.
std::vector<std::string> leaks();

struct Allocation;

// Opens allocations while it lives; one at a time in the program.
class Opened {
 public:
  Opened();
  ~Opened();
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  // Every allocation that one of the words in these bytes points into.
  void add(const void* arguments, size_t bytes);
  void add_address(const void* address);

 private:
  std::lock_guard<std::mutex> lock_;
  std::vector<const Allocation*> open_;
};

}  // namespace neiro::emulator
