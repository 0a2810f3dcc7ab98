// How much memory this process holds now.
#pragma once

#include <cstdint>

namespace neiro {

// Resident bytes of the process; 0 = the system does not say.
int64_t resident_bytes();

}  // namespace neiro
