// Memory of this machine and this process, as far as a test can know it.
#include "core/memory.h"

#include <vector>

#include "check.h"

using namespace neiro;

TEST(less_memory_is_available_than_there_is) {
  CHECK(memory_total() > 0);
  CHECK(memory_available() > 0);
  CHECK(memory_available() < memory_total());
}

TEST(touched_memory_counts_as_resident) {
  constexpr int64_t kBytes = int64_t{64} << 20;
  const int64_t before = resident_bytes();
  const std::vector<unsigned char> touched(kBytes, 1);
  CHECK(resident_bytes() - before > kBytes / 2);
  CHECK(touched.back() == 1);
}
