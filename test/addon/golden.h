// Where the golden cases are: NEIRO_GOLDEN in the environment, else the repository's own.
#pragma once

#include <cstdlib>
#include <string>

inline std::string golden(const std::string& relative) {
  const char* dir = std::getenv("NEIRO_GOLDEN");
  return std::string(dir ? dir : NEIRO_GOLDEN_DIR) + "/" + relative;
}
