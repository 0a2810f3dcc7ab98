// Quantised blocks beside ggml's own (quantised.safetensors: values and what ggml's reference
// functions made of them): the same bytes where it rounds, no larger an error where it searches.
#include "formats/quantise_blocks.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "check.h"
#include "formats/ggml_blocks.h"
#include "io/safetensors.h"

using namespace neiro;

namespace {

const SafetensorsFile& vectors() {
  static const SafetensorsFile file(NEIRO_GOLDEN_DIR "/../addon/formats/quantised.safetensors");
  return file;
}

std::vector<uint8_t> quantised(DType type, const Tensor& values) {
  std::vector<uint8_t> blocks(static_cast<size_t>(stored_bytes(type, values.elements())));
  quantise_blocks(type, values.as<float>(), values.elements(), blocks.data());
  return blocks;
}

// Sum of (value - decoded)^2 over super-block b.
double error_of(DType type, const Tensor& values, const uint8_t* blocks, int64_t b) {
  std::vector<float> decoded(kSuperBlock);
  decode_ggml<HostMatrix>(type, blocks, b * kSuperBlock, kSuperBlock, decoded.data());
  double sum = 0;
  for (int i = 0; i < kSuperBlock; ++i) {
    const double off = values.as<float>()[b * kSuperBlock + i] - decoded[static_cast<size_t>(i)];
    sum += off * off;
  }
  return sum;
}

}  // namespace

TEST(rounded_blocks_are_those_of_ggml_to_the_byte) {
  const Tensor& values = vectors().tensor("simple");
  for (const DType type : {DType::kQ8_0, DType::kQ4_0, DType::kQ5_0, DType::kQ5_1}) {
    const Tensor& expected = vectors().tensor("simple." + std::string(dtype_name(type)));
    const std::vector<uint8_t> blocks = quantised(type, values);
    CHECK(static_cast<int64_t>(blocks.size()) == expected.bytes);
    for (size_t i = 0; i < blocks.size(); ++i) CHECK(blocks[i] == expected.data[i]);
  }
}

TEST(searched_blocks_are_as_near_as_those_of_ggml) {
  const Tensor& values = vectors().tensor("super");
  for (const DType type : {DType::kQ4_K, DType::kQ5_K, DType::kQ6_K}) {
    const Tensor& theirs = vectors().tensor("super." + std::string(dtype_name(type)));
    const std::vector<uint8_t> ours = quantised(type, values);
    double own = 0, other = 0, squares = 0;
    for (int64_t b = 0; b < values.elements() / kSuperBlock; ++b) {
      const double mine = error_of(type, values, ours.data(), b);
      const double reference = error_of(type, values, theirs.data, b);
      CHECK(mine <= reference * 1.1 + 1e-7);
      own += mine;
      other += reference;
    }
    for (int64_t i = 0; i < values.elements(); ++i) {
      squares += values.as<float>()[i] * values.as<float>()[i];
    }
    std::printf("# %s: relative error %.5f, ggml %.5f\n", std::string(dtype_name(type)).c_str(),
                std::sqrt(own / squares), std::sqrt(other / squares));
    CHECK(own <= other * 1.01);
  }
}

TEST(quantised_blocks_of_odd_values_stay_finite) {
  for (const DType type : {DType::kQ8_0, DType::kQ4_0, DType::kQ5_0, DType::kQ5_1, DType::kQ4_K,
                           DType::kQ5_K, DType::kQ6_K}) {
    for (const float odd : {0.0f, -0.0f, 1e-30f, -1e-38f, std::numeric_limits<float>::denorm_min(),
                            6e4f, -6e4f, 1.0f}) {
      std::vector<float> values(kSuperBlock, odd), decoded(kSuperBlock);
      values[7] = -odd;
      std::vector<uint8_t> blocks(static_cast<size_t>(stored_bytes(type, kSuperBlock)));
      quantise_blocks(type, values.data(), kSuperBlock, blocks.data());
      decode_ggml<HostMatrix>(type, blocks.data(), 0, kSuperBlock, decoded.data());
      for (int i = 0; i < kSuperBlock; ++i) {
        CHECK(std::isfinite(decoded[static_cast<size_t>(i)]));
        CHECK_NEAR(decoded[static_cast<size_t>(i)], values[static_cast<size_t>(i)],
                   std::fabs(odd) * 0.15 + 1e-6);
      }
    }
  }
}
