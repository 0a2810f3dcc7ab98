// Rows as they are merged beside rows as they stand in the file.
#include "export/gguf_check.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "adapters/low_rank.h"
#include "backend/transfer.h"
#include "core/error.h"
#include "export/gguf_form.h"
#include "export/merged_values.h"
#include "formats/matrix.h"
#include "io/gguf_file.h"
#include "model/families/to_gguf.h"
#include "model/gguf_names.h"

namespace neiro {
namespace {

// What a format may round away, as a share of the values.
double tolerance_of(DType type) {
  switch (type) {
    case DType::kF32:
      return 1e-6;
    case DType::kF16:
    case DType::kBF16:
      return 1e-2;
    case DType::kQ8_0:
      return 2e-2;
    case DType::kQ6_K:
      return 6e-2;
    case DType::kQ5_0:
    case DType::kQ5_1:
    case DType::kQ5_K:
      return 0.12;
    default:
      return 0.25;
  }
}

std::string shown(double number) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2e", number);
  return text;
}

class Difference {
 public:
  void add(double expected, double actual) {
    const double off = expected - actual;
    off_ += off * off;
    all_ += expected * expected;
  }
  // Values that are all zero have to be zero.
  double share() const { return all_ > 0 ? std::sqrt(off_ / all_) : (off_ > 0 ? 1.0 : 0.0); }

 private:
  double off_ = 0, all_ = 0;
};

void judge(GgufCheck& worst, const std::string& tensor, double difference, double tolerance) {
  // NaN is no small difference
  if (!(difference <= tolerance)) {
    throw Error(
        "GGUF_DIFFERS",
        {{"tensor", tensor}, {"difference", shown(difference)}, {"tolerance", shown(tolerance)}});
  }
  if (worst.tensor.empty() || difference > worst.difference) worst = {tensor, difference};
}

const Tensor& found(const GgufFile& file, const std::string& name,
                    const std::vector<int64_t>& shape) {
  const Tensor* tensor = file.find(name);
  if (tensor == nullptr || tensor->shape != shape) {
    throw Error("GGUF_DIFFERS", {{"tensor", name}, {"difference", "shape"}, {"tolerance", "0"}});
  }
  return *tensor;
}

HostMatrix matrix_of(const Tensor& tensor, int64_t rows, int64_t cols) {
  return {tensor.type, rows, cols, tensor.data, {}};
}

// Where row `row` of ours stands in the file: of the two halves of a head that are rotated
// together, pair i is rows 2i and 2i + 1.
int64_t row_in_file(int64_t row, int64_t head_dim, bool pairs) {
  if (!pairs) return row;
  const int64_t inside = row % head_dim, half = head_dim / 2;
  return row - inside + (inside < half ? 2 * inside : 2 * (inside - half) + 1);
}

bool is_rotated(const std::string& name) {
  return name.find(".attn_q.") != std::string::npos || name.find(".attn_k.") != std::string::npos;
}

double difference_of(MergedValues& values, const TensorSlot& slot, const Tensor& tensor,
                     const ModelConfig& config, bool pairs) {
  const bool vector = slot.cols == 0;
  const int64_t cols = vector ? 1 : slot.cols;
  const HostMatrix stored = matrix_of(tensor, slot.rows, cols);
  const GgufValues form = gguf_form(config, slot.name, slot.kind == TensorSlot::Kind::kNorm);
  std::vector<float> row(static_cast<size_t>(cols));
  Difference difference;
  int64_t first = 0;
  values.read(slot, 1, [&](const float* merged, int64_t n) {
    const int64_t rows = vector ? slot.rows : n;
    for (int64_t r = 0; r < rows; ++r) {
      const int64_t there = form.rows.in_file(row_in_file(first + r, config.head_dim, pairs));
      matrix_row(stored, there, 0, cols, row.data());
      for (int64_t c = 0; c < cols; ++c) {
        difference.add(form.value(merged[r * cols + c]),
                       row[static_cast<size_t>(form.columns.in_file(c))]);
      }
    }
    first += rows;
  });
  return difference.share();
}

}  // namespace

GgufCheck check_gguf(Device& device, Model& model, const std::string& path,
                     const std::atomic<bool>* cancelled) {
  const GgufFile file(path);
  const GgufFamily& family = gguf_family(model.config);
  const std::vector<TensorSlot> slots = tensor_slots(model);
  MergedValues values(device, model, slots, cancelled);
  GgufCheck worst;
  for (const TensorSlot& slot : slots) {
    const std::string name = gguf_name(model.config.names, slot.name);
    const Tensor& tensor = found(file, name, gguf_shape(slot));
    const bool pairs = family.pairs_rows && is_rotated(name);
    judge(worst, name, difference_of(values, slot, tensor, model.config, pairs),
          tolerance_of(tensor.type));
  }
  return worst;
}

GgufCheck check_gguf_adapter(const Device& device, const Model& model, Adapter& adapter,
                             const std::string& path) {
  const GgufFile file(path);
  const GgufFamily& family = gguf_family(model.config);
  const Json* said = file.metadata().find("adapter.lora.alpha");
  const double alpha = said == nullptr ? 0 : said->number().value_or(0);
  const auto floats = [&](const Matrix& matrix) {
    return downloaded(device, DevicePtr<const float>(matrix.floats()), matrix.elements());
  };
  GgufCheck worst;
  for (const Adapter::LayerPlace& place : adapter.layers()) {
    const LowRank& pair = *place.layer->plain_pair();
    const std::string name = gguf_name(model.config.names, place.name + ".weight");
    const Tensor& a = found(file, name + ".lora_a", {pair.rank(), pair.in()});
    const Tensor& b = found(file, name + ".lora_b", {pair.out(), pair.rank()});
    const std::vector<float> own_a = floats(pair.a()), own_b = floats(pair.b());
    const double scale = alpha / static_cast<double>(pair.rank());
    const GgufValues form = gguf_form(model.config, place.name + ".weight", false);
    Difference of_a, of_b;
    for (int64_t i = 0; i < pair.rank() * pair.in(); ++i) {
      const int64_t there = i - i % pair.in() + form.columns.in_file(i % pair.in());
      of_a.add(own_a[static_cast<size_t>(i)], a.at<float>(there));
    }
    for (int64_t r = 0; r < pair.out(); ++r) {
      const int64_t there = form.rows.in_file(
          row_in_file(r, model.config.head_dim, family.pairs_rows && is_rotated(name)));
      for (int64_t c = 0; c < pair.rank(); ++c) {
        of_b.add(
            pair.scale() * static_cast<double>(own_b[static_cast<size_t>(r * pair.rank() + c)]),
            scale * b.at<float>(there * pair.rank() + c));
      }
    }
    judge(worst, name + ".lora_a", of_a.share(), 1e-6);
    judge(worst, name + ".lora_b", of_b.share(), 1e-5);
  }
  return worst;
}

}  // namespace neiro
