// A launch on the emulator: only the memory whose addresses are among the arguments is open while
// the grid runs.
#pragma once

#include <cstdint>

#include "memory.h"
#include "threads.h"

namespace neiro::emulator {

template <class... Args>
void launch(const char* name, const dim3& grid, int threads, int64_t shared_bytes,
            void (*kernel)(Args...), const Args&... args) {
  Opened opened;
  (opened.add(&args, sizeof(args)), ...);
  run_grid(name, grid, threads, shared_bytes, [&] { kernel(args...); });
}

}  // namespace neiro::emulator
