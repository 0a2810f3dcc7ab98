// The pair's product as LoRA's, and the frozen one taken off.
#include "adapters/decomposed_linear.h"

#include <cmath>
#include <cstring>

#include "adapters/singular.h"
#include "backend/transfer.h"
#include "core/option.h"

namespace neiro {
namespace {

struct Start {
  std::vector<float> a;  // [rank, in]
  std::vector<float> b;  // [out, rank]
};

// The r strongest parts of W / scale, shared evenly between both.
Start principal(const std::vector<float>& w, int64_t out, int64_t in, int64_t rank, float scale) {
  const SingularParts parts = largest_parts(map_of(w.data(), out, in), rank);
  Start start{std::vector<float>(static_cast<size_t>(rank * in)),
              std::vector<float>(static_cast<size_t>(out * rank))};
  for (int64_t i = 0; i < rank; ++i) {
    const double half =
        std::sqrt(parts.values[static_cast<size_t>(i)] / static_cast<double>(scale));
    const double* right = parts.right.data() + i * in;
    const double* left = parts.left.data() + i * out;
    for (int64_t c = 0; c < in; ++c)
      start.a[static_cast<size_t>(i * in + c)] = static_cast<float>(half * right[c]);
    for (int64_t r = 0; r < out; ++r)
      start.b[static_cast<size_t>(r * rank + i)] = static_cast<float>(half * left[r]);
  }
  return start;
}

// Of W = Q R the first columns and rows.
Start orthogonal(const std::vector<float>& w, int64_t out, int64_t in, int64_t rank) {
  const std::vector<double> q = orthonormal_columns(w.data(), out, in, rank);
  Start start{std::vector<float>(static_cast<size_t>(rank * in)),
              std::vector<float>(static_cast<size_t>(out * rank))};
  std::vector<double> row(static_cast<size_t>(in));
  const LinearMap map = map_of(w.data(), out, in);
  for (int64_t i = 0; i < rank; ++i) {
    const double* own = q.data() + i * out;
    map.backward(row.data(), own);
    for (int64_t c = 0; c < in; ++c)
      start.a[static_cast<size_t>(i * in + c)] = static_cast<float>(row[static_cast<size_t>(c)]);
    for (int64_t r = 0; r < out; ++r)
      start.b[static_cast<size_t>(r * rank + i)] = static_cast<float>(own[r]);
  }
  return start;
}

}  // namespace

DecomposedLinear::DecomposedLinear(const Linear& base, const LoraConfig& config, uint64_t id)
    : pair_(base, config, id), start_(config.start) {
  const int64_t most = std::min(base.in(), base.out());
  require_option(config.rank <= most, "rank", config.rank,
                 ("at most " + std::to_string(most) + ", the narrower side of a layer").c_str());
}

void DecomposedLinear::forward(const Pass& pass, const Linear& base, const Matrix& y,
                               const Matrix& kept, const Matrix& x) const {
  base.base_forward(pass, y, x);
  add(pass, base, y, kept, x);
}

void DecomposedLinear::add(const Pass& pass, const Linear& base, const Matrix& y,
                           const Matrix& kept, const Matrix& x) const {
  keep(pass, base, kept, x);
  pair_.up(pass, y, kept, true);
  const Matrix taken = d_kept(x.rows);
  pass.linear_forward(taken, x, a0_, nullptr, 1.0f, false);
  pass.linear_forward(y, taken, b0_, nullptr, -pair_.scale(), true);
}

void DecomposedLinear::keep(const Pass& pass, const Linear&, const Matrix& kept,
                            const Matrix& x) const {
  pair_.down(pass, kept, pair_.input(pass, dropped(x.rows), x));
}

// As LoRA's, and dx -= scale * (dy B0) A0. dx comes last, it may be x.
void DecomposedLinear::backward(const Pass& pass, const Linear& base, const Matrix& dx,
                                const Matrix& dy, const Matrix& x, const Matrix& kept,
                                bool accumulate) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix low = d_kept(x.rows), d_input = dropped(x.rows);
  pair_.backward(pass, low, dy, kept, pair_.input(pass, d_input, x));
  base.base_backward(pass, dx, dy, x, accumulate);
  if (pair_.drops(pass)) {
    pair_.backward_input(pass, d_input, low, false);
    pair_.backward_dropout(pass, d_input);
    ops.add(device, dx, d_input);
  } else {
    pair_.backward_input(pass, dx, low, true);
  }
  ops.linear_backward_input(device, low, dy, b0_, -pair_.scale(), false);
  ops.linear_backward_input(device, dx, low, a0_, 1.0f, true);
}

void DecomposedLinear::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  pair_.add_rows(device, rows, first);
  device.ops().linear_backward_input(device, rows, b0_.slice(first, rows.rows), a0_, -pair_.scale(),
                                     true);
}

void DecomposedLinear::place(PlannedMemory& memory) {
  a0_ = memory.take_matrix(MemoryCategory::kAdapter, pair_.rank(), pair_.in());
  b0_ = memory.take_matrix(MemoryCategory::kAdapter, pair_.out(), pair_.rank());
}

int64_t DecomposedLinear::scratch_values(int64_t T) const {
  return aligned_end(0, T * pair_.rank()) + (pair_.has_dropout() ? T * pair_.in() : 0);
}

void DecomposedLinear::base_loaded(const Device& device, const Linear& base) {
  const int64_t out = pair_.out(), in = pair_.in(), rank = pair_.rank();
  std::vector<float> w(static_cast<size_t>(out * in));
  // Rows by way of the place of A0, which is not filled yet.
  for (int64_t first = 0; first < out; first += rank) {
    const Matrix rows = a0_.first(std::min(rank, out - first));
    device.ops().matrix_rows(device, rows, base.w, first);
    device.download(w.data() + first * in, DevicePtr<const float>(rows.floats()), rows.elements());
  }
  const Start start = start_ == LoraConfig::Start::kPrincipal
                          ? principal(w, out, in, rank, pair_.scale())
                          : orthogonal(w, out, in, rank);
  device.upload(a0_.floats(), start.a.data(), a0_.elements());
  device.upload(b0_.floats(), start.b.data(), b0_.elements());
}

void DecomposedLinear::initialise(const Device& device, PhiloxKey) {
  device.copy(pair_.a().floats(), DevicePtr<const float>(a0_.floats()), a0_.elements());
  device.copy(pair_.b().floats(), DevicePtr<const float>(b0_.floats()), b0_.elements());
}

std::vector<SavedValues> DecomposedLinear::saved(const Device& device) {
  const auto values = [&](const Matrix& matrix) {
    return downloaded(device, DevicePtr<const float>(matrix.floats()), matrix.elements());
  };
  const int64_t rank = pair_.rank(), out = pair_.out();
  std::vector<float> a = values(pair_.a());
  const std::vector<float> a0 = values(a0_), b = values(pair_.b()), b0 = values(b0_);
  a.insert(a.end(), a0.begin(), a0.end());
  std::vector<float> both;
  for (int64_t r = 0; r < out; ++r) {
    for (int64_t i = 0; i < rank; ++i) both.push_back(b[static_cast<size_t>(r * rank + i)]);
    for (int64_t i = 0; i < rank; ++i) both.push_back(-b0[static_cast<size_t>(r * rank + i)]);
  }
  return {{".lora_A.weight", {2 * rank, pair_.in()}, std::move(a)},
          {".lora_B.weight", {out, 2 * rank}, std::move(both)}};
}

Matrix DecomposedLinear::d_kept(int64_t T) const { return part_of(scratch_, 0, T, pair_.rank()); }

Matrix DecomposedLinear::dropped(int64_t T) const {
  if (!pair_.has_dropout()) return {};
  return part_of(scratch_, aligned_end(0, T * pair_.rank()), T, pair_.in());
}

}  // namespace neiro
