// The tests of CUDA's operations on the emulator.
#include "check.h"

TEST_MAIN
