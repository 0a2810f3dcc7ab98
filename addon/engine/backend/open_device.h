// The one place where the device of a session is chosen.
#pragma once

#include <memory>

#include "backend/compute.h"
#include "backend/device.h"
#include "core/thread_pool.h"

namespace neiro {

// The best device of this machine: today the CPU with its best instruction set (NEIRO_ISA lowers
// that). A test build also knows NEIRO_DEVICE=simulated: the CPU's operations on memory that the
// host cannot reach (simulated/simulated_device.h). The pool must outlive the device.
// Throws Error UNKNOWN_BACKEND {name}.
std::unique_ptr<Device> open_device(ThreadPool& pool, Compute compute = Compute::kF32);

// Whether that device multiplies BF16 faster than F32.
bool device_has_bf16();

}  // namespace neiro
