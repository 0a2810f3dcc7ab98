// Where halves lie in blocks.
#include "formats/ggml_blocks.h"

namespace neiro {

BlockHalves block_halves(DType dtype) {
  switch (dtype) {
    case DType::kQ4_1:
    case DType::kQ5_1:
    case DType::kQ4_K:
    case DType::kQ5_K:
      return {0, 2};
    case DType::kQ2_K:
      return {80, 2};
    case DType::kQ3_K:
      return {108, 1};
    case DType::kQ6_K:
      return {208, 1};
    default:
      return {0, 1};
  }
}

}  // namespace neiro
