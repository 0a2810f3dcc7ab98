// Memory is what was planned, taken once: no allocation in a step, no byte beside the plan, and
// what checkpointing and quantisation save.
#include <atomic>
#include <cstdlib>
#include <new>

#include "check.h"
#include "support.h"

namespace {

std::atomic<int64_t> allocations{0};

void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* memory =
      alignment <= alignof(std::max_align_t)
          ? std::malloc(size)
          : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// Every allocation of this program is counted.
void* operator new(std::size_t size) { return allocate(size, 0); }
void* operator new[](std::size_t size) { return allocate(size, 0); }
void* operator new(std::size_t size, std::align_val_t a) {
  return allocate(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a) {
  return allocate(size, static_cast<std::size_t>(a));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using namespace neiro;

namespace {

// Allocations that `body` makes the second time it runs.
template <class Body>
int64_t allocations_of(Body body) {
  body();
  const int64_t before = allocations;
  body();
  return allocations - before;
}

void check_nothing_allocated(const OpenOptions& options) {
  Session session(options);
  const std::vector<Batch> batches = {batch_of({13, 7}), batch_of({19})};
  std::vector<ExampleLoss> examples(2);
  std::vector<float> logits(20 * 41);
  if (options.train != TrainKind::kNone) {
    const StepOptions step = step_options(1);
    CHECK(allocations_of([&] { session.step(batches, step); }) == 0);
    CHECK(allocations_of([&] { session.gradients(batches); }) == 0);
  }
  CHECK(allocations_of([&] { session.evaluate(batches[0], true, examples.data()); }) == 0);
  CHECK(allocations_of([&] { session.logits(batches[0], true, logits.data()); }) == 0);
  GenerateOptions generate;
  generate.prompt = {1, 2, 3};
  generate.max_new_tokens = 20;
  generate.sampling.top_k = 10;
  generate.sampling.top_p = 0.9f;
  generate.sampling.repetition_penalty = 1.1f;
  session.generate_begin(generate);
  std::vector<int32_t> out(4);
  int64_t written = 0;
  CHECK(allocations_of([&] { session.generate_next(4, out.data(), &written); }) == 0);
}

MemoryPlan plan_for(const TempFolder& folder, void (*change)(OpenOptions&) = nullptr) {
  OpenOptions options = options_for(folder);
  if (change) change(options);
  return plan_memory(options);
}

}  // namespace

TEST(memory_counts_allocations_at_all) {
  // where somebody could see it, or the compiler leaves it out
  static int* volatile seen;
  CHECK(allocations_of([] {
          seen = new int;
          delete seen;
        }) == 1);
}

TEST(memory_steps_allocate_nothing) {
  const TempFolder folder;
  write_tiny_model(folder, {.family = "qwen3"});
  for (const bool checkpointing : {false, true}) {
    OpenOptions options = options_for(folder);
    options.adapter = all_modules(0.1);
    options.gradient_checkpointing = checkpointing;
    check_nothing_allocated(options);
  }
  check_nothing_allocated(options_for(folder, TrainKind::kFull));
  check_nothing_allocated(options_for(folder, TrainKind::kNone));
  OpenOptions nf4 = options_for(folder);
  nf4.quantization = BaseQuantization::kNF4;
  check_nothing_allocated(nf4);
}

// The counting pass and the placing pass agree to the byte, for every kind of session.
TEST(memory_plan_is_what_is_taken) {
  const TempFolder folder;
  write_tiny_model(folder, {.family = "qwen2", .tied = true});
  for (const TrainKind kind : {TrainKind::kNone, TrainKind::kAdapter, TrainKind::kFull}) {
    for (const bool checkpointing : {false, true}) {
      for (const BaseQuantization held :
           {BaseQuantization::kNone, BaseQuantization::kBF16, BaseQuantization::kNF4}) {
        if (kind == TrainKind::kFull && held != BaseQuantization::kNone) continue;
        OpenOptions options = options_for(folder, kind);
        options.gradient_checkpointing = checkpointing;
        options.quantization = held;
        const MemoryPlan plan = plan_memory(options);
        const Session session(options);
        const int64_t taken = session.memory().size().total();
        CHECK(session.memory().totals().total() == taken);
        const MemoryPlan own = session.plan();
        CHECK(plan.weights == own.weights && plan.adapter == own.adapter);
        CHECK(plan.gradients == own.gradients && plan.optimizer == own.optimizer);
        CHECK(plan.activations == own.activations && plan.workspace == own.workspace);
        // what is not in the arena is what stays mapped
        const int64_t in_arena = plan.total() - plan.runtime;
        CHECK(in_arena >= taken);
        if (held == BaseQuantization::kBF16 || kind == TrainKind::kFull) CHECK(in_arena == taken);
      }
    }
  }
}

TEST(memory_optimizer_takes_two_and_gradients_one) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  const MemoryPlan lora = plan_for(folder);
  CHECK(lora.adapter > 0 && lora.gradients == lora.adapter && lora.optimizer == 2 * lora.adapter);
  const MemoryPlan full = plan_for(folder, [](OpenOptions& o) { o.train = TrainKind::kFull; });
  CHECK(full.adapter == 0 && full.gradients == full.weights && full.optimizer == 2 * full.weights);
  const MemoryPlan none = plan_for(folder, [](OpenOptions& o) { o.train = TrainKind::kNone; });
  CHECK(none.gradients == 0 && none.optimizer == 0 && none.adapter == 0);
}

TEST(memory_checkpointing_keeps_one_layer) {
  const TempFolder folder;
  TinyModel deep;
  deep.layers = 12;
  write_tiny_model(folder, deep);
  const MemoryPlan all = plan_for(folder);
  const MemoryPlan few = plan_for(folder, [](OpenOptions& o) { o.gradient_checkpointing = true; });
  CHECK(few.activations < all.activations / 3);
  CHECK(few.workspace == all.workspace);
}

// A context costs its keys and values and little more; without one there is none.
TEST(memory_context_is_the_cache) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  const MemoryPlan none = plan_for(folder, [](OpenOptions& o) { o.max_context = 0; });
  const MemoryPlan some = plan_for(folder, [](OpenOptions& o) { o.max_context = 1024; });
  const int64_t cache = 2 * 3 * 1024 * 2 * 6 * static_cast<int64_t>(sizeof(float));
  const int64_t more = some.activations - none.activations;
  CHECK(more >= cache && more <= cache + 64);  // a number says which state is read next
}

TEST(memory_that_is_not_there_is_refused_before_it_is_taken) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  OpenOptions options = options_for(folder);
  options.max_tokens = int64_t{1} << 22;
  options.max_context = int64_t{1} << 22;
  lora_of(options).rank = 4096;
  CHECK(plan_memory(options).total() > int64_t{100} << 30);  // planning it costs nothing
  CHECK_ERROR("OUT_OF_MEMORY", Session{options});
}
