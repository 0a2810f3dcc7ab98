// What the machine is said to offer, against what the system says elsewhere.
#include "core/processor.h"

#include <thread>

#include "check.h"

#if defined(__linux__)
#include <sched.h>

#include <fstream>
#include <string>
#endif

using namespace neiro;

namespace {

TEST(there_is_a_processor_with_a_name) {
  CHECK(available_processors() >= 1);
  CHECK(!processor_name().empty());
  CHECK(processor_name().front() != ' ' && processor_name().back() != ' ');
}

TEST(avx512_comes_with_avx2) { CHECK(!has_avx512() || has_avx2()); }

#if defined(__linux__)

TEST(only_the_processors_of_this_process_count) {
  int allowed = 0, counted = 0, counted_of_one = 0;
  std::thread([&] {  // affinity belongs to the thread: the test's own stays as it is
    cpu_set_t all, one;
    CPU_ZERO(&all);
    sched_getaffinity(0, sizeof(all), &all);
    allowed = CPU_COUNT(&all);
    counted = available_processors();
    int first = 0;
    while (!CPU_ISSET(first, &all)) ++first;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    sched_setaffinity(0, sizeof(one), &one);
    counted_of_one = available_processors();
  })
      .join();
  CHECK(allowed > 0 && counted == allowed);
  CHECK(counted_of_one == 1);
}

#if defined(__x86_64__)
TEST(instruction_sets_are_those_that_the_kernel_lists) {
  std::ifstream info("/proc/cpuinfo");
  std::string flags;
  for (std::string line; std::getline(info, line);) {
    if (line.rfind("flags", 0) == 0) flags = line + " ";
  }
  if (flags.empty()) return;
  const auto listed = [&](const char* flag) {
    return flags.find(std::string(" ") + flag + " ") != std::string::npos;
  };
  CHECK(has_avx2() == (listed("avx2") && listed("fma") && listed("f16c")));
  CHECK(has_avx512() == (has_avx2() && listed("avx512f") && listed("avx512bw") &&
                         listed("avx512dq") && listed("avx512vl")));
}
#endif
#endif

}  // namespace
