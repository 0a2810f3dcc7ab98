// Runs the tests of the backend.
#include "check.h"

TEST_MAIN
