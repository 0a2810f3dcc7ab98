// The blocks of GGUF files against values that the `gguf` package (0.19) gives for random bytes
// (ggml-blocks.safetensors), bit for bit, whole and from any element on.
#include "formats/ggml_blocks.h"

#include <cstring>
#include <string>
#include <vector>

#include "check.h"
#include "io/safetensors.h"

using namespace neiro;

namespace {

const DType kBlocks[] = {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ8_0,
                         DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K};

const SafetensorsFile& vectors() {
  static const SafetensorsFile file(NEIRO_GOLDEN_DIR "/../addon/formats/ggml-blocks.safetensors");
  return file;
}

}  // namespace

TEST(ggml_blocks_decode_to_the_bit) {
  for (const DType dtype : kBlocks) {
    const std::string name(dtype_name(dtype));
    const Tensor& blocks = vectors().tensor(name + ".blocks");
    const Tensor& values = vectors().tensor(name + ".values");
    const int64_t n = values.elements();
    CHECK(stored_bytes(dtype, n) == blocks.bytes && ggml_blocks(dtype));
    const HostMatrix matrix{dtype, 2, n / 2, blocks.data, {}};
    std::vector<float> row(static_cast<size_t>(n / 2));
    for (int64_t r = 0; r < 2; ++r) {
      matrix_row(matrix, r, 0, n / 2, row.data());
      for (int64_t i = 0; i < n / 2; ++i) {
        CHECK(row[static_cast<size_t>(i)] == values.at<float>(r * n / 2 + i));
      }
    }
  }
}

TEST(ggml_blocks_decode_from_any_element_on) {
  for (const DType dtype : kBlocks) {
    const std::string name(dtype_name(dtype));
    const Tensor& blocks = vectors().tensor(name + ".blocks");
    const Tensor& values = vectors().tensor(name + ".values");
    const HostMatrix matrix{dtype, 1, values.elements(), blocks.data, {}};
    for (const auto& [begin, end] : std::vector<std::pair<int64_t, int64_t>>{
             {0, 1}, {31, 33}, {16, 80}, {5, 300}, {255, 257}, {480, 512}, {511, 512}, {7, 7}}) {
      std::vector<float> part(static_cast<size_t>(end - begin) + 1, 1234.0f);
      matrix_row(matrix, 0, begin, end, part.data());
      for (int64_t i = begin; i < end; ++i) {
        CHECK(part[static_cast<size_t>(i - begin)] == values.at<float>(i));
      }
      CHECK(part.back() == 1234.0f);  // nothing behind
    }
  }
}
