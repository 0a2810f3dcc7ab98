// Shapes, and the search for NaN and infinity.
#include "io/tensor.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "check.h"

using namespace neiro;

namespace {

TEST(a_shape_has_its_product_or_none) {
  CHECK(shape_elements({}) == 1);
  CHECK(shape_elements({2, 3, 5}) == 30);
  CHECK(shape_elements({0, 7}) == 0);
  CHECK(!shape_elements({-1}));
  CHECK(!shape_elements({2, -3}));
  CHECK(!shape_elements({int64_t{1} << 32, int64_t{1} << 32}));
  CHECK(shape_elements({INT64_MAX}) == INT64_MAX);
  CHECK(!shape_elements({INT64_MAX, 2}));
  CHECK(shape_text({2, 3}) == "[2, 3]" && shape_text({}) == "[]");
}

template <class T>
Tensor tensor_of(DType type, const std::vector<T>& values) {
  Tensor tensor;
  tensor.name = "w";
  tensor.type = type;
  tensor.shape = {static_cast<int64_t>(values.size())};
  tensor.data = reinterpret_cast<const unsigned char*>(values.data());
  tensor.bytes = static_cast<int64_t>(values.size() * sizeof(T));
  return tensor;
}

// Each bad value at each place where a block could be cut wrongly is found, and named by its index.
template <class T>
void check_type(DType type, T fine, std::initializer_list<T> bad) {
  for (size_t n : {size_t{1}, size_t{3}, size_t{4095}, size_t{4096}, size_t{4097}, size_t{9000}}) {
    std::vector<T> values(n, fine);
    check_finite(tensor_of(type, values));
    for (size_t at : {size_t{0}, n / 2, n - 1}) {
      for (T value : bad) {
        values[at] = value;
        try {
          check_finite(tensor_of(type, values));
          check::fail(__FILE__, __LINE__, "a value that is not finite was not found");
        } catch (const Error& error) {
          CHECK(error.code == "NOT_FINITE_WEIGHTS");
          CHECK(error.details.at("tensor") == "w");
          CHECK(error.details.at("index") == std::to_string(at));
        }
        values[at] = fine;
      }
    }
  }
}

TEST(nan_and_infinity_are_found_in_every_float_type) {
  check_type<float>(DType::kF32, std::numeric_limits<float>::max(),
                    {INFINITY, -INFINITY, NAN, -NAN});
  check_type<double>(DType::kF64, -std::numeric_limits<double>::max(), {INFINITY, NAN});
  check_type<uint16_t>(DType::kBF16, 0x7f7f, {0x7f80, 0xff80, 0x7f81, 0xffff});
  check_type<uint16_t>(DType::kF16, 0xfbff, {0x7c00, 0xfc00, 0x7c01, 0xffff});
}

TEST(integers_are_always_finite) {
  check_finite(tensor_of<uint32_t>(DType::kU32, {0x7f800000, 0xffffffff}));
  check_finite(tensor_of<uint16_t>(DType::kU16, {0x7f80, 0x7c00}));
}

TEST(a_part_is_checked_alone) {
  std::vector<float> values(100, 1.0f);
  values[50] = NAN;
  const Tensor tensor = tensor_of(DType::kF32, values);
  check_finite(tensor, 0, 50);
  check_finite(tensor, 51, 100);
  CHECK_ERROR("NOT_FINITE_WEIGHTS", check_finite(tensor, 50, 51));
}

}  // namespace
