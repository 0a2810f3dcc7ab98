// One way per system.
#include "core/memory.h"

#include <algorithm>
#include <fstream>
#include <string>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>
// after windows.h
#include <psapi.h>
#elif defined(__APPLE__)
#include <mach/mach.h>
#include <sys/sysctl.h>
#else
#include <unistd.h>

#include <cstdio>
#endif

namespace neiro {

#if defined(_WIN32)

int64_t memory_total() {
  MEMORYSTATUSEX status;
  status.dwLength = sizeof(status);
  return GlobalMemoryStatusEx(&status) ? static_cast<int64_t>(status.ullTotalPhys) : 0;
}

int64_t memory_available() {
  MEMORYSTATUSEX status;
  status.dwLength = sizeof(status);
  return GlobalMemoryStatusEx(&status) ? static_cast<int64_t>(status.ullAvailPhys) : 0;
}

int64_t resident_bytes() {
  PROCESS_MEMORY_COUNTERS counters;
  if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters)) return 0;
  return static_cast<int64_t>(counters.WorkingSetSize);
}

#elif defined(__APPLE__)

int64_t memory_total() {
  uint64_t bytes = 0;
  size_t size = sizeof(bytes);
  return sysctlbyname("hw.memsize", &bytes, &size, nullptr, 0) == 0 ? static_cast<int64_t>(bytes)
                                                                    : 0;
}

int64_t memory_available() {
  vm_statistics64_data_t pages;
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  if (host_statistics64(mach_host_self(), HOST_VM_INFO64, reinterpret_cast<host_info64_t>(&pages),
                        &count) != KERN_SUCCESS) {
    return 0;
  }
  // Inactive and purgeable pages are given back on demand, as MemAvailable counts on Linux.
  const int64_t free_pages =
      static_cast<int64_t>(pages.free_count) + pages.inactive_count + pages.purgeable_count;
  return free_pages * static_cast<int64_t>(vm_kernel_page_size);
}

int64_t resident_bytes() {
  mach_task_basic_info info;
  mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
  if (task_info(mach_task_self(), MACH_TASK_BASIC_INFO, reinterpret_cast<task_info_t>(&info),
                &count) != KERN_SUCCESS) {
    return 0;
  }
  return static_cast<int64_t>(info.resident_size);
}

#else
namespace {

// The number after `key` in a file of "key value" lines; -1 where there is none.
int64_t number_after(const char* file, const std::string& key) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, key.size(), key) != 0) continue;
    const size_t digit = line.find_first_of("0123456789", key.size());
    if (digit != std::string::npos) return std::stoll(line.substr(digit));
  }
  return -1;
}

// A file that holds one number; -1 for "max" or no such file.
int64_t number_in(const char* file) {
  std::ifstream stream(file);
  int64_t value = -1;
  return stream >> value ? value : -1;
}

struct ContainerMemory {
  int64_t limit = -1;  // -1: none
  int64_t used = 0;    // without file pages that the kernel may drop
};

// Limits of a container as it sees itself: control groups version 2, then version 1.
ContainerMemory container_memory() {
  ContainerMemory memory;
  memory.limit = number_in("/sys/fs/cgroup/memory.max");
  if (memory.limit > 0) {
    memory.used = number_in("/sys/fs/cgroup/memory.current") -
                  std::max<int64_t>(0, number_after("/sys/fs/cgroup/memory.stat", "inactive_file"));
    return memory;
  }
  memory.limit = number_in("/sys/fs/cgroup/memory/memory.limit_in_bytes");
  if (memory.limit > 0) {
    memory.used = number_in("/sys/fs/cgroup/memory/memory.usage_in_bytes") -
                  std::max<int64_t>(
                      0, number_after("/sys/fs/cgroup/memory/memory.stat", "total_inactive_file"));
  }
  return memory;
}

}  // namespace

int64_t memory_total() {
  const int64_t kib = number_after("/proc/meminfo", "MemTotal:");
  if (kib < 0) return 0;
  const ContainerMemory container = container_memory();
  return container.limit > 0 ? std::min(kib * 1024, container.limit) : kib * 1024;
}

int64_t memory_available() {
  const int64_t kib = number_after("/proc/meminfo", "MemAvailable:");
  if (kib < 0) return 0;
  const ContainerMemory container = container_memory();
  if (container.limit <= 0) return kib * 1024;
  return std::min(kib * 1024, std::max<int64_t>(0, container.limit - container.used));
}

int64_t resident_bytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  long long size = 0;
  long long resident = 0;
  const int read = std::fscanf(file, "%lld %lld", &size, &resident);
  std::fclose(file);
  return read == 2 ? resident * sysconf(_SC_PAGESIZE) : 0;
}

#endif

}  // namespace neiro
