// Instruction sets and processor count.
#include "core/processor.h"

#include <algorithm>
#include <fstream>
#include <thread>

#if defined(__x86_64__) || defined(_M_X64)
#define NEIRO_CPUID 1
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif
#if defined(__linux__)
#include <sched.h>
#if defined(__aarch64__)
#include <sys/auxv.h>
#endif
#elif defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace neiro {
namespace {

#if defined(NEIRO_CPUID)

struct Registers {
  uint32_t a = 0, b = 0, c = 0, d = 0;
};

Registers cpuid(uint32_t leaf, uint32_t subleaf = 0) {
  Registers r;
#if defined(_MSC_VER)
  int out[4];
  __cpuidex(out, static_cast<int>(leaf), static_cast<int>(subleaf));
  r = {static_cast<uint32_t>(out[0]), static_cast<uint32_t>(out[1]), static_cast<uint32_t>(out[2]),
       static_cast<uint32_t>(out[3])};
#else
  __cpuid_count(leaf, subleaf, r.a, r.b, r.c, r.d);
#endif
  return r;
}

// The register states that the operating system saves (XCR0); 0 when it saves none by XSAVE.
uint64_t saved_states() {
  constexpr uint32_t kOsXsave = 1u << 27;
  if (!(cpuid(1).c & kOsXsave)) return 0;
#if defined(_MSC_VER)
  return _xgetbv(0);
#else
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<uint64_t>(high) << 32) | low;
#endif
}

// Leaf 7 (extended features) exists only from here on.
bool has_leaf7() { return cpuid(0).a >= 7; }

bool detect_avx2() {
  constexpr uint64_t kXmmYmm = 0x6;
  constexpr uint32_t kFma = 1u << 12, kAvx = 1u << 28, kF16c = 1u << 29, kAvx2 = 1u << 5;
  const uint32_t wanted = kFma | kAvx | kF16c;
  return has_leaf7() && (saved_states() & kXmmYmm) == kXmmYmm && (cpuid(1).c & wanted) == wanted &&
         (cpuid(7).b & kAvx2);
}

bool detect_avx512() {
  constexpr uint64_t kZmm = 0xe6;
  constexpr uint32_t kF = 1u << 16, kDq = 1u << 17, kBw = 1u << 30, kVl = 1u << 31;
  const uint32_t wanted = kF | kDq | kBw | kVl;
  return detect_avx2() && (saved_states() & kZmm) == kZmm && (cpuid(7).b & wanted) == wanted;
}

bool detect_avx512_bf16() {
  constexpr uint32_t kBf16 = 1u << 5;
  return detect_avx512() && cpuid(7).a >= 1 && (cpuid(7, 1).a & kBf16);
}

bool detect_avx512_vnni() {
  constexpr uint32_t kVnni = 1u << 11;
  return detect_avx512() && (cpuid(7).c & kVnni);
}

bool detect_avx_vnni() {
  constexpr uint32_t kVnni = 1u << 4;
  return detect_avx2() && cpuid(7).a >= 1 && (cpuid(7, 1).a & kVnni);
}

#else
bool detect_avx2() { return false; }
bool detect_avx512() { return false; }
bool detect_avx512_bf16() { return false; }
bool detect_avx512_vnni() { return false; }
bool detect_avx_vnni() { return false; }
#endif

#if defined(__aarch64__) && defined(__linux__)
bool detect_neon_bf16() {
  constexpr unsigned long kBf16 = 1ul << 14;  // HWCAP2_BF16
  return getauxval(AT_HWCAP2) & kBf16;
}
bool detect_neon_dot() {
  constexpr unsigned long kDot = 1ul << 20;  // HWCAP_ASIMDDP
  return getauxval(AT_HWCAP) & kDot;
}
#elif defined(__aarch64__) && defined(__APPLE__)
bool has_feature(const char* name) {
  int has = 0;
  size_t size = sizeof(has);
  return sysctlbyname(name, &has, &size, nullptr, 0) == 0 && has == 1;
}
bool detect_neon_bf16() { return has_feature("hw.optional.arm.FEAT_BF16"); }
bool detect_neon_dot() { return has_feature("hw.optional.arm.FEAT_DotProd"); }
#else
bool detect_neon_bf16() { return false; }
bool detect_neon_dot() { return false; }
#endif

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

#if defined(NEIRO_CPUID)
// The 48 bytes that the processor says of itself (leaves 0x80000002 to 4).
std::string brand_string() {
  constexpr uint32_t kFirst = 0x80000002;
  if (cpuid(0x80000000).a < kFirst + 2) return {};
  std::string brand;
  for (uint32_t leaf = kFirst; leaf < kFirst + 3; ++leaf) {
    const Registers r = cpuid(leaf);
    for (uint32_t word : {r.a, r.b, r.c, r.d}) {
      for (int byte = 0; byte < 4; ++byte) brand += static_cast<char>(word >> (8 * byte) & 0xff);
    }
  }
  return trimmed(brand.c_str());  // c_str: ends at the first zero byte
}
#elif defined(__APPLE__)
std::string brand_string() {
  char brand[256] = {};
  size_t size = sizeof(brand) - 1;
  if (sysctlbyname("machdep.cpu.brand_string", brand, &size, nullptr, 0) != 0) return {};
  return trimmed(brand);
}
#else
std::string brand_string() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::string key = trimmed(line.substr(0, colon));
    if (key == "model name" || key == "Model") return trimmed(line.substr(colon + 1));
  }
  return {};
}
#endif

}  // namespace

std::string processor_name() {
  const std::string brand = brand_string();
  return brand.empty() ? "unknown processor" : brand;
}

int available_processors() {
#if defined(__linux__)
  // Asked with a growing set: the kernel refuses one that is smaller than its own.
  for (int capacity = 1024; capacity <= 1 << 18; capacity *= 4) {
    cpu_set_t* set = CPU_ALLOC(capacity);
    if (!set) break;
    const size_t size = CPU_ALLOC_SIZE(capacity);
    const bool known = sched_getaffinity(0, size, set) == 0;
    const int count = known ? CPU_COUNT_S(size, set) : 0;
    CPU_FREE(set);
    if (known) return std::max(1, count);
  }
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

bool has_avx2() {
  static const bool value = detect_avx2();
  return value;
}

bool has_avx512() {
  static const bool value = detect_avx512();
  return value;
}

bool has_avx512_bf16() {
  static const bool value = detect_avx512_bf16();
  return value;
}

bool has_avx512_vnni() {
  static const bool value = detect_avx512_vnni();
  return value;
}

bool has_avx_vnni() {
  static const bool value = detect_avx_vnni();
  return value;
}

bool has_neon_dot() {
  static const bool value = detect_neon_dot();
  return value;
}

bool has_neon_bf16() {
  static const bool value = detect_neon_bf16();
  return value;
}

}  // namespace neiro
