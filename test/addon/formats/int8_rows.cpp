// INT8 rows where the golden case does not go: zeros, numbers next to nothing, any number of
// threads.
#include "formats/int8_rows.h"

#include <cmath>
#include <vector>

#include "check.h"
#include "core/random.h"
#include "formats/matrix.h"

using namespace neiro;

namespace {

struct Rows {
  Rows(const std::vector<float>& values, int64_t rows, int threads = 1)
      : codes(values.size()), absmax(static_cast<size_t>(rows)) {
    ThreadPool pool(threads);
    quantize_int8(pool, values.data(), rows, static_cast<int64_t>(values.size()) / rows,
                  codes.data(), absmax.data());
  }
  std::vector<int8_t> codes;
  std::vector<float> absmax;
};

}  // namespace

TEST(int8_rows_are_as_near_as_their_steps_allow) {
  std::vector<float> values(37 * 53);
  fill_normal(values.data(), static_cast<int64_t>(values.size()), 1.0f, {7, 1});
  const Rows one(values, 37), many(values, 37, 4);
  CHECK(one.codes == many.codes && one.absmax == many.absmax);
  const HostMatrix matrix{DType::kInt8, 37, 53, one.codes.data(), {}, one.absmax.data()};
  for (int64_t row = 0; row < 37; ++row) {
    std::vector<float> back(53);
    matrix_row(matrix, row, 0, 53, back.data());
    const float step = one.absmax[static_cast<size_t>(row)] / kInt8Codes;
    for (int64_t i = 0; i < 53; ++i) {
      CHECK(std::abs(back[static_cast<size_t>(i)] - values[static_cast<size_t>(row * 53 + i)]) <=
            0.5001f * step);
    }
    // and a part of a row is that part
    float part[7];
    matrix_row(matrix, row, 11, 18, part);
    for (int i = 0; i < 7; ++i) CHECK(part[i] == back[static_cast<size_t>(11 + i)]);
  }
}

TEST(int8_rows_of_zeros_and_of_next_to_nothing_stay_finite) {
  const std::vector<float> values = {0, -0.0f, 0, 1e-45f, -1e-44f, 0, 2e36f, -2e36f, 1};
  const Rows rows(values, 3);
  CHECK(rows.absmax[0] == 0 && rows.codes[0] == 0 && rows.codes[1] == 0);
  CHECK(rows.codes[3] == 0 && rows.codes[4] == 0);
  CHECK(rows.codes[6] == 127 && rows.codes[7] == -127 && rows.codes[8] == 0);
  const HostMatrix matrix{DType::kInt8, 3, 3, rows.codes.data(), {}, rows.absmax.data()};
  float back[3];
  for (int64_t row = 0; row < 3; ++row) {
    matrix_row(matrix, row, 0, 3, back);
    for (const float value : back) CHECK(std::isfinite(value));
  }
}
