// How much memory there is, how much may still be used, and how much this process holds. Asked,
// never cached: all three change. Allocation itself is the arena's.
#pragma once

#include <cstdint>

namespace neiro {

// Bytes of physical memory, and what may still be used without swapping; a container's limit
// counts where there is one. 0 = the system does not say.
int64_t memory_total();
int64_t memory_available();

// Resident bytes of this process; 0 = the system does not say.
int64_t resident_bytes();

}  // namespace neiro
