// Which tensor has which name, format and order of rows; then their values as they are merged.
#include "export/gguf_model.h"

#include <algorithm>
#include <cstring>

#include "core/error.h"
#include "export/gguf_form.h"
#include "export/merged_values.h"
#include "formats/matrix.h"
#include "formats/quantise_blocks.h"
#include "model/families/to_gguf.h"
#include "model/gguf_names.h"

namespace neiro {
namespace {

// A tensor of the file.
struct Written {
  const TensorSlot* slot;
  TensorSpec spec;
  bool pairs_rows = false;

  int64_t rows() const { return slot->cols == 0 ? 1 : slot->rows; }
  int64_t cols() const { return slot->cols == 0 ? slot->rows : slot->cols; }
};

// "blk.12.attn_q.weight" is of layer 12; what is of none counts as 0.
int64_t layer_of(const std::string& name) {
  return name.rfind("blk.", 0) == 0 ? std::stoll(name.substr(4)) : 0;
}

bool is_of(const std::string& name, const char* part) {
  return name.ends_with(std::string(part) + ".weight") ||
         name.ends_with(std::string(part) + ".bias");
}

std::vector<Written> plan_tensors(const Model& model, const std::vector<TensorSlot>& slots,
                                  const GgufFamily& family, GgufKind kind) {
  std::vector<Written> all;
  for (const TensorSlot& slot : slots) {
    const std::string name = gguf_name(model.config.names, slot.name);
    const bool output = slot.kind == TensorSlot::Kind::kHead ||
                        (slot.kind == TensorSlot::Kind::kEmbedding && model.config.tied_head);
    const DType type =
        gguf_tensor_type(kind, {name, slot.cols, layer_of(name), model.config.layers, output});
    const bool pairs = family.pairs_rows && (is_of(name, "attn_q") || is_of(name, "attn_k"));
    all.push_back({&slot, {name, type, gguf_shape(slot)}, pairs});
  }
  return all;
}

// Values in the format of a tensor, as they come.
class TensorWriter {
 public:
  TensorWriter(GgufWriter& writer, ThreadPool& pool) : writer_(writer), pool_(pool) {}

  // `n` rows of `cols` values.
  void write(DType type, const float* values, int64_t n, int64_t cols) {
    if (type == DType::kF32) return writer_.write(values, n * cols * 4);
    const int64_t row_bytes = stored_bytes(type, cols);
    bytes_.resize(static_cast<size_t>(n * row_bytes));
    pool_.parallel_for(n, [&](int64_t begin, int64_t end, int) {
      for (int64_t row = begin; row < end; ++row) {
        encode(type, values + row * cols, cols, bytes_.data() + row * row_bytes);
      }
    });
    writer_.write(bytes_.data(), n * row_bytes);
  }

 private:
  static void encode(DType type, const float* from, int64_t n, uint8_t* to) {
    if (ggml_blocks(type)) return quantise_blocks(type, from, n, to);
    for (int64_t i = 0; i < n; ++i) {
      const uint16_t half = type == DType::kBF16 ? float_to_bf16(from[i]) : float_to_f16(from[i]);
      std::memcpy(to + 2 * i, &half, sizeof(half));
    }
  }

  GgufWriter& writer_;
  ThreadPool& pool_;
  std::vector<uint8_t> bytes_;
};

std::vector<GgufEntry> all_entries(const GgufFamily& family, const ModelConfig& config,
                                   GgufKind kind, const std::vector<GgufEntry>& given) {
  std::vector<GgufEntry> entries = {{"general.architecture", std::string(family.architecture)},
                                    {"general.type", std::string("model")}};
  const auto add = [&](const std::vector<GgufEntry>& more) {
    entries.insert(entries.end(), more.begin(), more.end());
  };
  add(gguf_architecture(family, config));
  entries.push_back({"general.file_type", static_cast<uint32_t>(gguf_file_type(kind))});
  entries.push_back({"general.quantization_version", uint32_t{2}});
  add(given);
  return entries;
}

}  // namespace

void pair_rows(const float* from, int64_t rows, int64_t cols, int64_t head_dim, float* to) {
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t head = row / head_dim, inside = row % head_dim;
    const int64_t source = head * head_dim + inside % 2 * (head_dim / 2) + inside / 2;
    std::copy_n(from + source * cols, cols, to + row * cols);
  }
}

void save_gguf(Device& device, ThreadPool& pool, Model& model, const std::string& file,
               GgufKind kind, const std::vector<GgufEntry>& entries,
               const std::atomic<bool>* cancelled) {
  if (model.inputs != nullptr) throw Error("NOT_MERGEABLE");
  const ModelConfig& config = model.config;
  const GgufFamily& family = gguf_family(config);
  const std::vector<TensorSlot> slots = tensor_slots(model);
  const std::vector<Written> tensors = plan_tensors(model, slots, family, kind);
  const std::vector<GgufFactors> factors = gguf_rope_factors(config);
  std::vector<TensorSpec> specs;
  for (const GgufFactors& one : factors) {
    specs.push_back({one.name, DType::kF32, {static_cast<int64_t>(one.values.size())}});
  }
  for (const Written& tensor : tensors) specs.push_back(tensor.spec);

  GgufWriter writer(file, all_entries(family, config, kind, entries), specs);
  for (const GgufFactors& one : factors) {
    writer.write(one.values.data(), static_cast<int64_t>(one.values.size() * sizeof(float)));
  }
  MergedValues values(device, model, slots, cancelled);
  TensorWriter rows(writer, pool);
  std::vector<float> changed;
  for (const Written& tensor : tensors) {
    const bool is_norm = tensor.slot->kind == TensorSlot::Kind::kNorm;
    const GgufValues form = gguf_form(config, tensor.slot->name, is_norm);
    if (!form.is_plain()) {
      // Rows come from anywhere in it: it is held whole, one at a time.
      changed.clear();
      values.read(*tensor.slot, 1, [&](const float* from, int64_t n) {
        changed.insert(changed.end(), from, from + n * tensor.cols());
      });
      const bool vector = tensor.slot->cols == 0;
      into_gguf_form(form, vector ? tensor.cols() : tensor.rows(), vector ? 1 : tensor.cols(),
                     changed);
      rows.write(tensor.spec.type, changed.data(), tensor.rows(), tensor.cols());
      continue;
    }
    values.read(*tensor.slot, config.head_dim, [&](const float* from, int64_t n) {
      const int64_t count = n * tensor.cols();
      if (tensor.pairs_rows) {
        changed.resize(static_cast<size_t>(count));
        const bool vector = tensor.slot->cols == 0;
        pair_rows(from, vector ? count : n, vector ? 1 : tensor.cols(), config.head_dim,
                  changed.data());
      }
      const float* to = tensor.pairs_rows ? changed.data() : from;
      rows.write(tensor.spec.type, to, n, tensor.cols());
    });
  }
  writer.commit();
}

int64_t gguf_bytes(Model& model, GgufKind kind) {
  const GgufFamily& family = gguf_family(model.config);
  const std::vector<TensorSlot> slots = tensor_slots(model);
  int64_t bytes = 0;
  for (const Written& tensor : plan_tensors(model, slots, family, kind)) {
    bytes += stored_bytes(tensor.spec.type, tensor.slot->elements());
  }
  return bytes;
}

}  // namespace neiro
