// The GPU of this machine as it is seen without entering it: what it is called, what of its memory
// is free, or why this build cannot use it.
#pragma once

#include <cstdint>
#include <string>

namespace neiro {

struct GpuView {
  // Empty: it can be used. Else NOT_BUILT (this build has no code for any), NO_DRIVER,
  // DRIVER_TOO_OLD, NO_GPU, GPU_TOO_OLD or GPU_FAILED.
  std::string why_not;
  std::string name;          // known where GPU_TOO_OLD, too
  int major = 0, minor = 0;  // compute capability
  bool bf16 = false;         // multiplies BF16 on its tensor cores
  int64_t memory_total = 0;
  int64_t memory_free = 0;
  // What is gone of it before anything is placed, once a process enters it: the driver's own share
  // and the code of the kernels.
  int64_t memory_to_enter = 0;

  bool usable() const { return why_not.empty(); }
};

// Asked of the driver at each call: what is free changes.
GpuView look_at_gpu();
// For whoever asks for it by name. Throws Error GPU_NOT_USABLE {gpu}.
GpuView usable_gpu();

}  // namespace neiro
