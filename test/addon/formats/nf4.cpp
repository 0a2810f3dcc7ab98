// NF4 with double quantisation against bitsandbytes' own bytes.
#include "formats/nf4.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "check.h"
#include "core/random.h"
#include "golden.h"
#include "io/safetensors.h"

using namespace neiro;

namespace {

struct Quantised {
  std::vector<uint8_t> packed, absmax_q;
  std::vector<float> absmax2, absmax;
  float offset = 0.0f;

  HostMatrix matrix(int64_t rows, int64_t cols) const {
    return {DType::kNF4, rows, cols, packed.data(), {absmax_q.data(), absmax2.data(), offset}};
  }
};

Quantised quantise(const float* values, int64_t n, int threads = 2) {
  Quantised q;
  q.packed.resize((n + 1) / 2);
  q.absmax_q.resize(nf4_blocks(n));
  q.absmax.resize(nf4_blocks(n));
  q.absmax2.resize(nf4_scale_blocks(n));
  ThreadPool pool(threads);
  q.offset = quantize_nf4(pool, values, n,
                          {q.packed.data(), q.absmax_q.data(), q.absmax2.data(), q.absmax.data()});
  return q;
}

std::vector<float> dequantise(const HostMatrix& matrix) {
  std::vector<float> out(matrix.elements());
  for (int64_t row = 0; row < matrix.rows; ++row) {
    matrix_row(matrix, row, 0, matrix.cols, out.data() + row * matrix.cols);
  }
  return out;
}

// Counted over all cases of a file: a value exactly between two codes may go either way.
struct Differences {
  int64_t values = 0, codes = 0;
};

float scale_of(const HostMatrix& m, int64_t block) {
  const float product = kDynamicCode[m.nf4.absmax_q[block]] * m.nf4.absmax2[block / kNf4ScaleBlock];
  return product + m.nf4.offset;
}

// bitsandbytes' AVX-512 CPU kernel, which made these files, counts cols / 64 blocks a row and drops
// the rest, so that rows of another width take scales of other blocks. Here it is told as theirs,
// and that ours is what its own bytes say: values [rows * cols] are taken from ours to theirs.
void misplace_scales(const HostMatrix& m, std::vector<float>& values) {
  const uint8_t* packed = static_cast<const uint8_t*>(m.data);
  for (int64_t i = 0; i < m.elements(); ++i) {
    const int code = i % 2 == 0 ? packed[i / 2] >> 4 : packed[i / 2] & 15;
    CHECK(values[i] == kNf4Code[code] * scale_of(m, i / kNf4Block));
    const int64_t row = i / m.cols, col = i % m.cols;
    values[i] = kNf4Code[code] * scale_of(m, row * (m.cols / kNf4Block) + col / kNf4Block);
  }
}

// `stem` + "packed", "absmax_q", "absmax2", "offset", "dequantised" are bitsandbytes' results.
void compare(const SafetensorsFile& file, const std::string& stem, const float* values,
             int64_t rows, int64_t cols, Differences& differences, const std::string& packed) {
  const int64_t n = rows * cols;
  const Quantised ours = quantise(values, n);
  const uint8_t* codes = file.tensor(packed).as<uint8_t>();
  const Tensor& absmax_q = file.tensor(stem + "absmax_q");
  const Tensor& absmax2 = file.tensor(stem + "absmax2");
  const float offset = *file.tensor(stem + "offset").as<float>();
  CHECK(absmax_q.elements() == static_cast<int64_t>(ours.absmax_q.size()));
  CHECK(absmax2.elements() == static_cast<int64_t>(ours.absmax2.size()));

  differences.values += n;
  for (size_t i = 0; i < ours.packed.size(); ++i) {
    differences.codes += (codes[i] >> 4) != (ours.packed[i] >> 4);
    differences.codes += (codes[i] & 15) != (ours.packed[i] & 15);
  }
  CHECK(!std::memcmp(ours.absmax_q.data(), absmax_q.data, absmax_q.bytes));
  CHECK(!std::memcmp(ours.absmax2.data(), absmax2.data, absmax2.bytes));
  CHECK(ours.offset == offset);

  // From their blocks, our values must be theirs to the bit.
  const HostMatrix theirs = {
      DType::kNF4, rows, cols, codes, {absmax_q.as<uint8_t>(), absmax2.as<float>(), offset}};
  std::vector<float> values_of_theirs = dequantise(theirs);
  if (cols % kNf4Block != 0 && cols % 16 == 0) misplace_scales(theirs, values_of_theirs);
  const Tensor& expected = file.tensor(stem + "dequantised");
  CHECK(!std::memcmp(values_of_theirs.data(), expected.data, expected.bytes));
}

void check_differences(const Differences& d) {
  CHECK(d.values > 0);
  CHECK(d.codes * 10000 <= d.values);
}

TEST(nf4_blocks_equal_bitsandbytes) {
  const SafetensorsFile file(golden("quantisation/bitsandbytes.safetensors"));
  Differences differences;
  int cases = 0;
  for (const Tensor& tensor : file.tensors()) {
    const size_t dot = tensor.name.find(".input");
    if (dot == std::string::npos) continue;
    const std::string name = tensor.name.substr(0, dot);
    compare(file, name + ".nf4.dq.", tensor.as<float>(), tensor.shape[0], tensor.shape[1],
            differences, name + ".nf4.packed");
    // The exact maxima, before the scales are quantised.
    const Quantised ours = quantise(tensor.as<float>(), tensor.elements());
    const Tensor& absmax = file.tensor(name + ".nf4.absmax");
    CHECK(!std::memcmp(ours.absmax.data(), absmax.data, absmax.bytes));
    ++cases;
  }
  CHECK(cases >= 4);
  check_differences(differences);
}

void compare_model(const std::string& quantised, const std::string& model) {
  const SafetensorsFile file(golden(quantised)), weights(golden(model));
  Differences differences;
  for (const Tensor& tensor : file.tensors()) {
    const size_t dot = tensor.name.find(".packed");
    if (dot == std::string::npos) continue;
    const std::string name = tensor.name.substr(0, dot);
    const Tensor& weight = weights.tensor(name + ".weight");
    compare(file, name + ".", weight.as<float>(), weight.shape[0], weight.shape[1], differences,
            tensor.name);
  }
  check_differences(differences);
}

TEST(nf4_of_llama_equals_bitsandbytes) {
  compare_model("llama-qlora-nf4/nf4.safetensors", "models/llama/model.safetensors");
}

TEST(nf4_of_qwen2_equals_bitsandbytes) {
  compare_model("qwen2-qlora-nf4/nf4.safetensors", "models/qwen2/model.safetensors");
}

TEST(code_books_equal_bitsandbytes) {
  const SafetensorsFile file(golden("quantisation/bitsandbytes.safetensors"));
  const Tensor& code = file.tensor("normal.nf4.dq.code2");
  CHECK(code.elements() == 256);
  CHECK(!std::memcmp(kDynamicCode, code.data, code.bytes));
  for (int i = 1; i < 16; ++i) CHECK(kNf4Code[i - 1] < kNf4Code[i]);
  for (int i = 1; i < 256; ++i) CHECK(kDynamicCode[i - 1] < kDynamicCode[i]);
}

// Whatever the length: every value becomes the nearest code of its block, tails and odd halves too.
TEST(every_value_becomes_its_nearest_code) {
  for (int64_t n : {1, 2, 3, 63, 64, 65, 127, 129, 64 * 256 - 1, 64 * 256 + 1, 64 * 257 + 5}) {
    std::vector<float> values(n);
    fill_normal(values.data(), n, 0.02f, {7, static_cast<uint64_t>(n)});
    const Quantised q = quantise(values.data(), n);
    for (int64_t i = 0; i < n; ++i) {
      const int byte = q.packed[i / 2], code = i % 2 == 0 ? byte >> 4 : byte & 15;
      const double x = values[i] / static_cast<double>(q.absmax[i / kNf4Block]);
      double best = 2.0;
      for (float candidate : kNf4Code) best = std::min(best, std::fabs(x - candidate));
      CHECK_NEAR(std::fabs(x - kNf4Code[code]), best, 1e-7);
    }
    if (n % 2) CHECK((q.packed[n / 2] & 15) == 7);  // the half that stands for nothing is zero
  }
}

TEST(the_bits_do_not_depend_on_the_number_of_threads) {
  for (int64_t n : {1, 65, 64 * 5, 64 * 256 * 3 + 64 * 7 + 9}) {
    std::vector<float> values(n);
    fill_normal(values.data(), n, 0.02f, {11, static_cast<uint64_t>(n)});
    const Quantised one = quantise(values.data(), n, 1);
    for (const int threads : {2, 5}) {
      const Quantised many = quantise(values.data(), n, threads);
      CHECK(many.packed == one.packed && many.absmax_q == one.absmax_q);
      CHECK(many.absmax == one.absmax && many.absmax2 == one.absmax2);
      CHECK(many.offset == one.offset);
    }
  }
}

TEST(zeros_stay_zeros) {
  const std::vector<float> zeros(200, 0.0f);
  const Quantised q = quantise(zeros.data(), 200);
  CHECK(q.offset == 0.0f);
  for (float value : dequantise(q.matrix(4, 50))) CHECK(value == 0.0f);
}

TEST(a_block_of_zeros_among_others_stays_small) {
  std::vector<float> values(256);
  fill_normal(values.data(), 256, 1.0f, {3, 1});
  for (int i = 64; i < 128; ++i) values[i] = 0.0f;
  const Quantised q = quantise(values.data(), 256);
  const std::vector<float> back = dequantise(q.matrix(4, 64));
  for (int i = 64; i < 128; ++i) CHECK(back[i] == 0.0f);
}

TEST(a_part_of_a_row_is_that_part) {
  std::vector<float> values(7 * 37);
  fill_normal(values.data(), 7 * 37, 1.0f, {5, 2});
  const Quantised q = quantise(values.data(), 7 * 37);
  const HostMatrix matrix = q.matrix(7, 37);
  const std::vector<float> whole = dequantise(matrix);
  for (int64_t row = 0; row < 7; ++row) {
    for (int64_t begin = 0; begin < 37; begin += 5) {
      for (int64_t end = begin; end <= 37; end += 3) {
        std::vector<float> part(end - begin + 1, 99.0f);
        matrix_row(matrix, row, begin, end, part.data());
        for (int64_t i = begin; i < end; ++i) CHECK(part[i - begin] == whole[row * 37 + i]);
        CHECK(part.back() == 99.0f);
      }
    }
  }
}

}  // namespace
