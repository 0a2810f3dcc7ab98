// Measures the ceilings: the best of some short runs, since a disturbed run is only slower.
#include "backend/cpu/peak.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string>
#include <vector>

#include "backend/cpu/isa.h"
#include "backend/cpu/kernels.h"

namespace neiro {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The plain table's loop: eight chains that the compiler may put into whatever vectors it has.
double plain_products(int64_t rounds, float* sink) {
  constexpr int kChains = 8;
  float sum[kChains];
  for (int i = 0; i < kChains; ++i) sum[i] = *sink + static_cast<float>(i);
  for (int64_t round = 0; round < rounds; ++round) {
    for (int i = 0; i < kChains; ++i) sum[i] = sum[i] * 0.999999f + 1e-6f;
  }
  for (int i = 0; i < kChains; ++i) *sink += sum[i];
  return 2.0 * kChains * static_cast<double>(rounds);
}

using Products = double (*)(int64_t rounds, float* sink);

// Where values are only rounded to BF16, they are multiplied as F32.
Products products_of(const char* isa, Compute compute) {
  const std::string name = cpu_kernels(isa, compute).name;
#if defined(NEIRO_X86)
  if (name == "avx512-bf16") return avx512_bf16::register_products;
  if (name == "avx512-vnni") return avx512_vnni::register_products;
  if (name == "avx-vnni") return avx_vnni::register_products;
  if (name.rfind("avx512", 0) == 0) return avx512::register_products;
  if (name.rfind("avx2", 0) == 0) return avx2::register_products;
#elif defined(NEIRO_ARM64)
  if (name == "neon-bf16") return neon_bf16::register_products;
  if (name == "neon-dot") return neon_dot::register_products;
  if (name.rfind("neon", 0) == 0) return neon::register_products;
#endif
  return plain_products;
}

}  // namespace

double register_product_gflops(const char* isa, Compute compute, ThreadPool& pool) {
  const Products products = products_of(isa, compute);
  constexpr int64_t kRounds = 1 << 20;
  struct alignas(64) Cell {
    float sink = 0;
    double done = 0;
  };
  std::vector<Cell> cells(pool.size());
  double best = 0;
  const Clock::time_point start = Clock::now();
  do {
    for (Cell& cell : cells) cell.done = 0;
    const Clock::time_point run = Clock::now();
    pool.parallel_for(pool.size(), [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) cells[i].done = products(kRounds, &cells[i].sink);
    });
    const double seconds = seconds_since(run);
    double operations = 0;
    for (const Cell& cell : cells) operations += cell.done;
    best = std::max(best, operations / seconds * 1e-9);
  } while (seconds_since(start) < 0.05);
  return best;
}

double copy_gbps(ThreadPool& pool) {
  constexpr int64_t kBytes = int64_t{64} << 20;
  std::vector<unsigned char> from(kBytes, 1);
  std::vector<unsigned char> to(kBytes, 2);
  double best = 0;
  const Clock::time_point start = Clock::now();
  do {
    const Clock::time_point run = Clock::now();
    pool.parallel_for(kBytes, [&](int64_t begin, int64_t end, int) {
      std::memcpy(to.data() + begin, from.data() + begin, end - begin);
    });
    best = std::max(best, 2.0 * kBytes / seconds_since(run) * 1e-9);
  } while (seconds_since(start) < 0.05);
  return best;
}

}  // namespace neiro
