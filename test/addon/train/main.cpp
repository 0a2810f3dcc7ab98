// Runs the tests of this layer.
#include "check.h"

TEST_MAIN
