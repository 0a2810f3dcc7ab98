// The two passes of planned memory: what is counted is what is placed.
#include "core/arena.h"

#include <cstdint>
#include <vector>

#include "check.h"
#include "core/pages.h"

using namespace neiro;

namespace {

struct Layout {
  float* weights;
  uint8_t* flags;
  double* first_scratch;
  float* second_scratch;
};

// A small model's worth of regions, with two scratch regions that share their place.
Layout lay_out(Arena& arena) {
  Layout layout;
  layout.weights = arena.take<float>(MemoryCategory::kWeights, 1000);
  layout.flags = arena.take<uint8_t>(MemoryCategory::kAdapter, 3);
  const int64_t mark = arena.mark();
  layout.first_scratch = arena.take<double>(MemoryCategory::kWorkspace, 10);
  arena.release(mark);
  layout.second_scratch = arena.take<float>(MemoryCategory::kActivations, 500);
  arena.release(mark);
  return layout;
}

TEST(a_counting_arena_gives_no_memory_and_adds_up) {
  Arena arena;
  const Layout layout = lay_out(arena);
  CHECK(arena.counting());
  CHECK(!layout.weights && !layout.flags && !layout.first_scratch);
  // 4000 -> 4032, 3 -> 64, 80 -> 128, 2000 -> 2048 over the same place
  CHECK(arena.capacity() == 4032 + 64 + 2048);
  CHECK(arena.totals().total() == arena.capacity());
  CHECK(arena.totals().bytes[static_cast<int>(MemoryCategory::kWeights)] == 4032);
  CHECK(arena.totals().bytes[static_cast<int>(MemoryCategory::kWorkspace)] == 128);
  CHECK(arena.totals().bytes[static_cast<int>(MemoryCategory::kActivations)] == 2048 - 128);
}

TEST(a_placing_arena_fits_exactly_what_was_counted) {
  Arena plan;
  lay_out(plan);
  const Pages pages(plan.capacity());
  Arena arena(pages.data(), plan.capacity());
  const Layout layout = lay_out(arena);
  CHECK(!arena.counting());
  CHECK(arena.capacity() == plan.capacity());
  for (const void* region :
       {static_cast<const void*>(layout.weights), static_cast<const void*>(layout.flags),
        static_cast<const void*>(layout.first_scratch)}) {
    CHECK(region && reinterpret_cast<uintptr_t>(region) % 64 == 0);
  }
  CHECK(static_cast<void*>(layout.first_scratch) == static_cast<void*>(layout.second_scratch));
  for (int i = 0; i < 1000; ++i) CHECK(layout.weights[i] == 0.0f);
  for (int i = 0; i < 500; ++i) layout.second_scratch[i] = 1.0f;  // the last byte is ours to write
  CHECK(layout.flags[0] == 0);                                    // and no neighbour's
}

TEST(regions_do_not_overlap) {
  const Pages pages(64 * 40);
  Arena arena(pages.data(), 64 * 40);
  std::vector<uint8_t*> regions;
  for (int i = 1; i <= 20; ++i) {
    regions.push_back(arena.take<uint8_t>(MemoryCategory::kWorkspace, i * 3));
    for (int j = 0; j < i * 3; ++j) regions.back()[j] = static_cast<uint8_t>(i);
  }
  for (int i = 1; i <= 20; ++i) {
    for (int j = 0; j < i * 3; ++j) CHECK(regions[i - 1][j] == i);
  }
}

TEST(taking_more_than_planned_is_a_bug_that_says_so) {
  const Pages pages(128);
  Arena arena(pages.data(), 128);
  arena.take<float>(MemoryCategory::kWeights, 32);
  CHECK_ERROR("INTERNAL", arena.take<float>(MemoryCategory::kWeights, 1));
}

TEST(an_empty_region_takes_nothing) {
  Arena plan;
  plan.take<float>(MemoryCategory::kWeights, 0);
  CHECK(plan.capacity() == 0);
  const Pages pages(plan.capacity());
  Arena arena(pages.data(), plan.capacity());
  CHECK(!arena.counting());
  arena.take<float>(MemoryCategory::kWeights, 0);
}

TEST(counting_a_size_that_overflows_is_refused) {
  Arena arena;
  CHECK_ERROR("OUT_OF_MEMORY", arena.take<double>(MemoryCategory::kWeights, INT64_MAX / 4));
  CHECK_ERROR("OUT_OF_MEMORY", arena.take<float>(MemoryCategory::kWeights, -5));
  arena.take<uint8_t>(MemoryCategory::kWeights, INT64_MAX / 2);
  arena.take<uint8_t>(MemoryCategory::kWeights, INT64_MAX / 4);
  CHECK_ERROR("OUT_OF_MEMORY", arena.take<uint8_t>(MemoryCategory::kWeights, INT64_MAX / 2));
}

TEST(categories_have_the_names_of_the_memory_bar) {
  CHECK(memory_category_name(MemoryCategory::kWeights) == std::string("weights"));
  CHECK(memory_category_name(MemoryCategory::kWorkspace) == std::string("workspace"));
}

}  // namespace
