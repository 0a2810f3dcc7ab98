// On which device a session with given options runs, and what it takes there: the one place where
// `auto` is decided, for the plan that a user sees and for the opening alike.
#pragma once

#include <memory>

#include "backend/device.h"
#include "backend/device_choice.h"
#include "backend/planned_memory.h"
#include "session/memory_plan.h"

namespace neiro {

struct ChosenDevice {
  DeviceChoice choice = DeviceChoice::kCpu;
  Compute compute = Compute::kF32;
  MemorySize size;
  MemoryPlan plan;
};

// Enters no GPU. Throws Error GPU_NOT_USABLE {gpu} where one is asked for by name and there is
// none, and whatever reading headers does.
ChosenDevice choose_device(const OpenOptions& options);

// Places nothing. The errors are those of opening.
MemoryPlan plan_memory(const OpenOptions& options);

// Throws Error GPU_OUT_OF_MEMORY {needed, available} where the plan does not fit into what is free
// of the GPU's memory: before anything is placed.
std::unique_ptr<Device> open_chosen(const ChosenDevice& chosen, ThreadPool& pool);

}  // namespace neiro
