// The one table of number formats: names and sizes.
#include "formats/dtype.h"

#include <utility>

#include "check.h"

using namespace neiro;

TEST(element_types_have_their_names_and_sizes) {
  const std::pair<const char*, int64_t> kTypes[] = {
      {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1},
      {"I16", 2},  {"U16", 2}, {"F16", 2}, {"BF16", 2},    {"I32", 4},
      {"U32", 4},  {"F32", 4}, {"F64", 8}, {"I64", 8},     {"U64", 8}};
  for (const auto& [name, bytes] : kTypes) {
    const auto type = element_type_of(name);
    CHECK(type && dtype_name(*type) == name && element_bytes(*type) == bytes);
  }
  CHECK(dtype_name(DType::kNF4) == "NF4" && element_bytes(DType::kNF4) == 0);
  CHECK(dtype_name(DType::kQ4_K) == "Q4_K" && element_bytes(DType::kQ4_K) == 0);
  CHECK(!element_type_of("NF4") && !element_type_of("Q8_0"));  // blocks are no elements of a file
  CHECK(!element_type_of("F4") && !element_type_of("f32") && !element_type_of(""));
}

TEST(an_array_takes_the_bytes_of_its_format) {
  CHECK(stored_bytes(DType::kF32, 3 * 5) == 60);
  CHECK(stored_bytes(DType::kBF16, 3 * 5) == 30);
  CHECK(stored_bytes(DType::kF16, 3 * 5) == 30);
  CHECK(stored_bytes(DType::kNF4, 3 * 5) == 8 + 1 + 4);
  CHECK(stored_bytes(DType::kQ6_K, 2 * 512) == 4 * 210);
  CHECK(stored_bytes(DType::kQ4_0, 3 * 64) == 6 * 18);
  CHECK(stored_bytes(DType::kNF4, 64 * 257) == 64 * 257 / 2 + 257 + 2 * 4);
}
