// The one place where the device of a session is chosen.
#pragma once

#include <memory>

#include "backend/compute.h"
#include "backend/device.h"
#include "backend/device_choice.h"
#include "core/thread_pool.h"

namespace neiro {

// The CPU with its best instruction set (NEIRO_ISA lowers that), or the GPU. kUnsaid: what
// NEIRO_DEVICE says; a test build also knows "simulated", the CPU's operations on memory that the
// host cannot reach (simulated/simulated_device.h). kAuto is not for here: only a plan decides it
// (session/chosen_device.h). The pool must outlive the device.
// Throws Error UNKNOWN_BACKEND {name} and GPU_NOT_USABLE {gpu}.
std::unique_ptr<Device> open_device(ThreadPool& pool, Compute compute = Compute::kF32,
                                    DeviceChoice choice = DeviceChoice::kUnsaid);

// The same for plans alone: nothing is entered, and nothing may run on it.
std::unique_ptr<Device> counting_device(ThreadPool& pool, Compute compute, DeviceChoice choice);

// kCpu or kCuda; kAuto stays; kUnsaid where it is the simulated one.
DeviceChoice said_device(DeviceChoice choice);

// Whether the CPU multiplies BF16 faster than F32.
bool cpu_has_bf16();
// Whether it has instructions for products of bytes (Compute::kInt8).
bool cpu_has_int8();

}  // namespace neiro
