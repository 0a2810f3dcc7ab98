// What is asked for when a session is opened: where it runs. Which GPU there is, and why none can
// be used, is gpu_view.h.
#pragma once

namespace neiro {

// kAuto: the GPU where it can be used and the whole plan fits into what is free of its memory, else
// the CPU. kUnsaid: what NEIRO_DEVICE names, for tests and benchmarks; without it the CPU.
enum class DeviceChoice { kUnsaid, kAuto, kCpu, kCuda };

}  // namespace neiro
