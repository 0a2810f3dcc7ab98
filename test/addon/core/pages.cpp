// Memory from the system: zeroed, aligned, refused with figures.
#include "core/pages.h"

#include <cstdint>

#include "check.h"
#include "core/memory.h"

using namespace neiro;

TEST(pages_are_zeroed_aligned_and_never_null) {
  for (const int64_t bytes : {int64_t{0}, int64_t{1}, int64_t{100000}}) {
    const Pages pages(bytes);
    CHECK(pages.data() != nullptr && pages.size() >= bytes);
    CHECK(reinterpret_cast<uintptr_t>(pages.data()) % 64 == 0);
    for (int64_t i = 0; i < bytes; ++i) CHECK(pages.data()[i] == 0);
    if (bytes > 0) pages.data()[bytes - 1] = 1;  // the last byte is ours to write
  }
}

TEST(more_than_the_machine_has_is_refused_with_figures) {
  CHECK_ERROR("OUT_OF_MEMORY", Pages(int64_t{1} << 60));
  CHECK_ERROR("OUT_OF_MEMORY", Pages(INT64_MAX));
  CHECK_ERROR("OUT_OF_MEMORY", Pages(-1));
  // What the system would promise but could not keep.
  const int64_t total = memory_total();
  CHECK(total > 0);
  try {
    const Pages pages(total + 4096);
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.code == "OUT_OF_MEMORY");
    CHECK(error.details.at("needed") == std::to_string(total + 4096));
    CHECK(std::stoll(error.details.at("available")) < total);
  }
}
