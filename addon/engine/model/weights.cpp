// Finding, placing and filling the weights, tensor by tensor.
#include "model/weights.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "backend/transfer.h"
#include "core/error.h"
#include "core/random.h"
#include "formats/int8_rows.h"
#include "formats/matrix.h"
#include "formats/nf4.h"
#include "io/mapped_file.h"

namespace neiro {
namespace {

// The word that all names of the model itself begin with: "model.", "bert.".
std::string prefix_of(const Model& model) {
  const std::string& layers = model.config.names.layers;
  return layers.substr(0, layers.find('.') + 1);
}

bool has_prefix(const ModelFiles& files, const std::string& prefix) {
  return std::any_of(files.tensors().begin(), files.tensors().end(),
                     [&](const Tensor& tensor) { return tensor.name.starts_with(prefix); });
}

bool float_type(DType type) {
  return type == DType::kF32 || type == DType::kBF16 || type == DType::kF16;
}

// What the first checkpoints of BERT call the weight and the bias of a layer norm.
std::string old_name(const std::string& name) {
  for (const auto& [word, old] : {std::pair("LayerNorm.weight", "LayerNorm.gamma"),
                                  std::pair("LayerNorm.bias", "LayerNorm.beta")}) {
    if (!name.ends_with(word)) continue;
    return name.substr(0, name.size() - std::string_view(word).size()) + old;
  }
  return name;
}

// By its name, or by that without its first word where the folder has no such names at all.
const Tensor* find_named(const ModelFiles& files, const Model& model, const std::string& given) {
  const std::string prefix = prefix_of(model);
  for (const std::string& name : {given, old_name(given)}) {
    if (const Tensor* found = files.find(name)) return found;
    if (!name.starts_with(prefix) || has_prefix(files, prefix)) continue;
    if (const Tensor* found = files.find(std::string_view(name).substr(prefix.size())))
      return found;
  }
  return nullptr;
}

// Part of a score head that the files need not have: none is there, or one for other labels.
bool may_be_new(const TensorSlot& slot, const Model& model) {
  if (model.config.score.of_file) return false;
  const TensorNames& names = model.config.names;
  return slot.kind == TensorSlot::Kind::kScore || slot.name == names.head + ".bias" ||
         (!names.score_dense.empty() && slot.name == names.score_dense + ".bias") ||
         (!names.score_norm.empty() && slot.name.starts_with(names.score_norm + "."));
}

const Tensor& find_tensor(const ModelFiles& files, const TensorSlot& slot, const Model& model) {
  const Tensor* found = find_named(files, model, slot.name);
  // Whoever saved a tied pair under one name may have taken the other's.
  if (found == nullptr && slot.kind == TensorSlot::Kind::kEmbedding && model.config.tied_head) {
    found = files.find(model.config.names.head + ".weight");
  }
  const Tensor& tensor = found != nullptr ? *found : files.tensor(slot.name);
  if (tensor.shape != slot.shape()) {
    throw Error("TENSOR_SHAPE", {{"tensor", slot.name},
                                 {"file", tensor.file->path()},
                                 {"expected", shape_text(slot.shape())},
                                 {"actual", shape_text(tensor.shape)}});
  }
  if (slot.matrix == nullptr || !ggml_blocks(tensor.type)) check_float_tensor(tensor);
  return tensor;
}

// Null where it is to be a new one.
const Tensor* find_or_new(const ModelFiles& files, const TensorSlot& slot, const Model& model) {
  const Tensor* found = find_named(files, model, slot.name);
  const bool fits = found != nullptr && found->shape == slot.shape();
  return fits || !may_be_new(slot, model) ? &find_tensor(files, slot, model) : nullptr;
}

// Said to be one with the embedding, and yet there with other values.
bool has_own_head(const Model& model, const ModelFiles& files) {
  const Tensor* head = files.find(model.config.names.head + ".weight");
  const Tensor* embedding = find_named(files, model, model.config.names.embedding + ".weight");
  return head != nullptr && embedding != nullptr && !same_values(*head, *embedding);
}

// Made of the config, and written along by some versions of Transformers.
bool derived(const std::string& name) {
  return name.ends_with("rotary_emb.inv_freq") || name.ends_with("embeddings.position_ids");
}

// Of a head that is not the one asked for: the language head where the model scores, an encoder's
// heads from its pre-training.
bool of_other_head(const Model& model, const std::string& name) {
  const std::vector<std::string>& heads = model.config.names.other_heads;
  const auto begins = [&](const std::string& head) { return name.starts_with(head); };
  if (std::any_of(heads.begin(), heads.end(), begins)) return true;
  // what a score head is put onto, where none is asked for yet; by either of its names
  const std::string& dense = model.config.names.score_dense;
  const std::string prefix = prefix_of(model);
  const auto of_dense = [&](std::string_view own) {
    return name.starts_with(std::string(own) + ".");
  };
  if (!dense.empty() && of_dense(dense)) return true;
  if (dense.starts_with(prefix) && of_dense(std::string_view(dense).substr(prefix.size()))) {
    return true;
  }
  if (model.config.score.of_file) return false;
  return name.starts_with("lm_head.") || name.starts_with(model.config.names.score + ".");
}

std::vector<std::string> unread_of(const ModelFiles& files, const Model& model,
                                   const std::vector<const Tensor*>& read) {
  const std::set<const Tensor*> all(read.begin(), read.end());
  std::vector<std::string> names;
  for (const Tensor& tensor : files.tensors()) {
    const bool known = all.contains(&tensor);
    const bool head = model.config.tied_head && tensor.name == model.config.names.head + ".weight";
    if (known || head || tensor.bytes == 0 || derived(tensor.name)) continue;
    if (!of_other_head(model, tensor.name)) names.push_back(tensor.name);
  }
  return names;
}

// By bytes; the first of several.
DType type_of_most(const std::vector<const Tensor*>& tensors) {
  std::map<DType, int64_t> bytes;
  for (const Tensor* tensor : tensors) {
    if (tensor != nullptr) bytes[tensor->type] += tensor->bytes;
  }
  DType most = tensors.front()->type;
  for (const auto& [type, sum] : bytes) {
    if (sum > bytes[most]) most = type;
  }
  return most;
}

// What is made of values at opening.
bool quantised(DType dtype) { return dtype == DType::kNF4 || dtype == DType::kInt8; }

// What a matrix is held as.
DType held_as(const TensorSlot& slot, DType stored, BaseQuantization quantization) {
  if (ggml_blocks(stored)) return stored;  // quantised already: again would lose more
  const bool of_product =
      slot.kind == TensorSlot::Kind::kLinear || slot.kind == TensorSlot::Kind::kExpert;
  if (quantization == BaseQuantization::kNF4 && of_product) return DType::kNF4;
  if (quantization == BaseQuantization::kInt8 && of_product) return DType::kInt8;
  if (quantization == BaseQuantization::kBF16) return DType::kBF16;
  return stored;  // F32 products of stored BF16 and F16 lose nothing
}

void place_matrix(PlannedMemory& memory, const Device& device, Matrix& matrix, DType dtype,
                  const Tensor& tensor) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWeights;
  matrix.dtype = dtype;
  const int64_t n = matrix.elements();
  if (dtype == DType::kNF4) {
    matrix.data = memory.take<std::byte>(kCategory, (n + 1) / 2);
    matrix.nf4.absmax_q = memory.take<uint8_t>(kCategory, nf4_blocks(n));
    matrix.nf4.absmax2 = memory.take<float>(kCategory, nf4_scale_blocks(n));
    return;
  }
  if (dtype == DType::kInt8) {
    matrix.data = memory.take<std::byte>(kCategory, n);
    matrix.row_absmax = memory.take<float>(kCategory, matrix.rows);
    return;
  }
  const bool as_it_is = dtype == tensor.type && tensor.aligned() && tensor.plain();
  matrix.data = as_it_is ? device.adopt(tensor.data) : nullptr;
  if (!matrix.data) matrix.data = memory.take<std::byte>(kCategory, stored_bytes(dtype, n));
}

bool stays_mapped(const Device& device, const Matrix& matrix, const Tensor& tensor) {
  return matrix.data && matrix.data == device.adopt(tensor.data);
}

constexpr int64_t kPiece = 1 << 14;  // stays in the nearest cache between check and use

// Hands out pieces of [begin, end) over all threads.
template <class Body>
void for_pieces(ThreadPool& pool, int64_t begin, int64_t end, Body body) {
  pool.parallel_for(end - begin, [&](int64_t part_begin, int64_t part_end, int) {
    for (int64_t first = begin + part_begin; first < begin + part_end; first += kPiece) {
      body(first, std::min(begin + part_end, first + kPiece));
    }
  });
}

// Values [begin, end), each checked and then given to body once, over all threads.
template <class Body>
void for_values(ThreadPool& pool, const Tensor& tensor, int64_t begin, int64_t end, Body body) {
  if (!tensor.plain()) {  // the values of one piece come from all over the file
    for_pieces(pool, begin, end,
               [&](int64_t first, int64_t last) { check_finite(tensor, first, last); });
  }
  for_pieces(pool, begin, end, [&](int64_t first, int64_t last) {
    float values[kPiece];
    if (tensor.plain()) check_finite(tensor, first, last);
    read_values(tensor, first, last, values);
    for (int64_t i = first; i < last; ++i) body(i, values[i - first]);
  });
}

void check_all(ThreadPool& pool, const Tensor& tensor) {
  for_pieces(pool, 0, tensor.elements(),
             [&](int64_t first, int64_t last) { check_finite(tensor, first, last); });
}

// to[elements] = convert(each element), made on the host and uploaded.
template <class T, class Convert>
void upload_converted(const Device& device, ThreadPool& pool, const Tensor& tensor, DevicePtr<T> to,
                      Convert convert) {
  upload_pieces(device, to, tensor.elements(), [&](T* piece, int64_t first, int64_t count) {
    for_values(pool, tensor, first, first + count,
               [&](int64_t i, float value) { piece[i - first] = convert(value); });
  });
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

// Quantising reads floats; anything else becomes floats first.
bool read_in_place(const Tensor& tensor) {
  return tensor.type == DType::kF32 && tensor.aligned() && tensor.plain();
}

void quantize(const Device& device, ThreadPool& pool, Matrix& matrix, const Tensor& tensor,
              const LoadScratch& scratch) {
  const int64_t n = matrix.elements();
  const float* values = scratch.values;
  if (read_in_place(tensor)) {
    check_all(pool, tensor);
    values = tensor.as<float>();
  } else {
    for_values(pool, tensor, 0, n, [&](int64_t i, float value) { scratch.values[i] = value; });
    tensor.file->advise_done(tensor.data, tensor.bytes);
  }
  if (matrix.dtype == DType::kInt8) {
    quantize_int8(pool, values, matrix.rows, matrix.cols, scratch.codes, scratch.row_absmax);
    device.upload(matrix.data.as<int8_t>(), scratch.codes, n);
    device.upload(matrix.row_absmax, scratch.row_absmax, matrix.rows);
    tensor.file->advise_done(tensor.data, tensor.bytes);
    return;
  }
  const Nf4Buffers& blocks = scratch.blocks;
  matrix.nf4.offset = quantize_nf4(pool, values, n, blocks);
  device.upload(matrix.data.as<uint8_t>(), blocks.packed, (n + 1) / 2);
  device.upload(matrix.nf4.absmax_q, blocks.absmax_q, nf4_blocks(n));
  device.upload(matrix.nf4.absmax2, blocks.absmax2, nf4_scale_blocks(n));
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

// The rows of a matrix that stand in another order in the file; empty where they do not.
std::vector<unsigned char> rows_in_order(const Tensor& tensor) {
  std::vector<unsigned char> rows;
  if (tensor.row_step != 0) {
    const int64_t bytes = element_bytes(tensor.type);
    rows.reserve(static_cast<size_t>(tensor.bytes));
    for (int64_t i = 0; i < tensor.elements(); ++i) {
      const unsigned char* from = tensor.data + tensor.place(i) * bytes;
      rows.insert(rows.end(), from, from + bytes);
    }
    return rows;
  }
  if (tensor.interleaved == 0) return rows;
  const int64_t bytes = stored_bytes(tensor.type, tensor.shape[1]);
  for (int64_t row = 0; row < tensor.shape[0]; ++row) {
    const unsigned char* from = tensor.data + tensor.stored_row(row) * bytes;
    rows.insert(rows.end(), from, from + bytes);
  }
  return rows;
}

void load_matrix(const Device& device, ThreadPool& pool, Matrix& matrix, const Tensor& tensor,
                 const LoadScratch& scratch) {
  if (quantised(matrix.dtype)) return quantize(device, pool, matrix, tensor, scratch);
  if (matrix.dtype != tensor.type) {
    return upload_converted(device, pool, tensor, matrix.data.as<uint16_t>(), float_to_bf16);
  }
  check_all(pool, tensor);
  if (tensor.plain() && stays_mapped(device, matrix, tensor)) return;
  const std::vector<unsigned char> rows = rows_in_order(tensor);
  device.upload(matrix.data.as<unsigned char>(), rows.empty() ? tensor.data : rows.data(),
                tensor.bytes);
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

bool of_vocabulary(const TensorSlot& slot) {
  return slot.kind == TensorSlot::Kind::kEmbedding || slot.kind == TensorSlot::Kind::kHead;
}

// A copy with zeros in the rows that hold no numbers and that no token uses; they are noted.
Tensor without_void_rows(const Tensor& tensor, Model& model, StoredWeights& stored) {
  stored.copies.push_back(std::make_unique<unsigned char[]>(static_cast<size_t>(tensor.bytes)));
  Tensor copy = tensor;
  unsigned char* bytes = stored.copies.back().get();
  copy.data = bytes;
  std::memcpy(bytes, tensor.data, static_cast<size_t>(tensor.bytes));
  const int64_t cols = tensor.shape[1], row_bytes = stored_bytes(tensor.type, cols);
  std::vector<float> values(static_cast<size_t>(cols));
  for (int64_t row = 0; row < tensor.shape[0]; ++row) {
    read_values(tensor, row * cols, (row + 1) * cols, values.data());
    const bool finite =
        std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
    if (finite || row < stored.tokens) continue;
    std::memset(bytes + row * row_bytes, 0, static_cast<size_t>(row_bytes));
    model.void_tokens.push_back(static_cast<int32_t>(row));
  }
  std::sort(model.void_tokens.begin(), model.void_tokens.end());
  return copy;
}

// First values of a new head's part, as Transformers': weights are drawn, norms are 1, biases 0.
void upload_new(const Device& device, const TensorSlot& slot, const Model& model, uint64_t seed) {
  std::vector<float> values(static_cast<size_t>(slot.elements()));
  if (slot.matrix != nullptr) {
    const float spread = static_cast<float>(model.config.score.spread);
    fill_normal(values.data(), slot.elements(), spread, {seed, stream_of(slot.name)});
  } else if (slot.kind == TensorSlot::Kind::kNorm) {
    std::fill(values.begin(), values.end(), 1.0f);
  }
  device.upload(slot.values(), values.data(), slot.elements());
}

// Loads each slot from its tensor; a vocabulary that cannot be read as it is, from a copy.
template <class Load>
void load_slots(const Device& device, Model& model, StoredWeights& stored, Load load) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (stored.is_new(i)) {
      upload_new(device, slots[i], model, stored.seed);
      continue;
    }
    const Tensor& tensor = *stored.tensors[i];
    try {
      load(slots[i], tensor, tensor);
    } catch (const Error& error) {
      if (error.code != "NOT_FINITE_WEIGHTS" || !of_vocabulary(slots[i])) throw;
      load(slots[i], without_void_rows(tensor, model, stored), tensor);
    }
  }
  tie_head(model);
}

}  // namespace

void read_layer_scales(const Device& device, Model& model) {
  for (DecoderLayer& layer : model.layers) {
    if (layer.scale) device.download(&layer.scale_value, layer.scale, 1);
  }
}

void check_float_tensor(const Tensor& tensor) {
  if (float_type(tensor.type)) return;
  const std::string type(dtype_name(tensor.type));
  throw Error("UNSUPPORTED_DTYPE",
              {{"tensor", tensor.name}, {"file", tensor.file->path()}, {"dtype", type}});
}

StoredWeights find_weights(Model& model, const ModelFiles& files) {
  StoredWeights stored;
  if (has_own_head(model, files)) model.config.tied_head = false;
  for (const TensorSlot& slot : tensor_slots(model)) {
    stored.tensors.push_back(find_or_new(files, slot, model));
    if (stored.tensors.back() == nullptr && slot.kind == TensorSlot::Kind::kScore) {
      model.new_parts.push_back(slot.name.substr(0, slot.name.rfind('.')));
    }
  }
  stored.type = type_of_most(stored.tensors);
  stored.unread = unread_of(files, model, stored.tensors);
  return stored;
}

int64_t place_weights(PlannedMemory& memory, const Device& device, Model& model,
                      const StoredWeights& stored, BaseQuantization quantization) {
  int64_t mapped = 0;
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    const TensorSlot& slot = slots[i];
    if (stored.is_new(i)) {
      slot.set_values(memory.take<float>(MemoryCategory::kWeights, slot.elements()));
      continue;
    }
    const Tensor& tensor = *stored.tensors[i];
    if (slot.matrix != nullptr) {
      place_matrix(memory, device, *slot.matrix, held_as(slot, tensor.type, quantization), tensor);
      if (stays_mapped(device, *slot.matrix, tensor)) mapped += tensor.bytes;
    } else {
      slot.set_values(memory.take<float>(MemoryCategory::kWeights, slot.elements()));
    }
  }
  tie_head(model);
  return mapped;
}

bool multiplies_stored(Model& model, const StoredWeights& stored, BaseQuantization quantization) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].matrix == nullptr || stored.is_new(i)) continue;
    if (held_as(slots[i], stored.tensors[i]->type, quantization) != DType::kF32) return true;
  }
  return false;
}

LoadScratch place_load_scratch(PlannedMemory& memory, Model& model, const StoredWeights& stored,
                               BaseQuantization quantization) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  int64_t values = 0;
  int64_t largest = 0, codes = 0, rows = 0;
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].matrix == nullptr || stored.is_new(i)) continue;
    const DType type = stored.tensors[i]->type;
    const DType held = held_as(slots[i], type, quantization);
    if (!quantised(held)) continue;
    int64_t& most = held == DType::kNF4 ? largest : codes;
    most = std::max(most, slots[i].elements());
    if (held == DType::kInt8) rows = std::max(rows, slots[i].rows);
    if (!read_in_place(*stored.tensors[i])) values = std::max(values, slots[i].elements());
  }
  LoadScratch scratch;
  scratch.values = memory.take_host<float>(kCategory, values);
  scratch.blocks.packed = memory.take_host<uint8_t>(kCategory, (largest + 1) / 2);
  scratch.blocks.absmax_q = memory.take_host<uint8_t>(kCategory, nf4_blocks(largest));
  scratch.blocks.absmax2 = memory.take_host<float>(kCategory, nf4_scale_blocks(largest));
  scratch.blocks.absmax = memory.take_host<float>(kCategory, nf4_blocks(largest));
  scratch.codes = memory.take_host<int8_t>(kCategory, codes);
  scratch.row_absmax = memory.take_host<float>(kCategory, rows);
  return scratch;
}

void load_weights(const Device& device, ThreadPool& pool, Model& model, StoredWeights& stored,
                  const LoadScratch& scratch) {
  const auto load = [&](const TensorSlot& slot, const Tensor& tensor, const Tensor& original) {
    if (slot.matrix == nullptr) return upload_as_float(device, pool, tensor, slot.values());
    Matrix& matrix = *slot.matrix;
    // A matrix that was to be used in the mapped file is used in the copy.
    if (&tensor != &original && stays_mapped(device, matrix, original)) {
      matrix.data = device.adopt(tensor.data);
    }
    load_matrix(device, pool, matrix, tensor, scratch);
  };
  load_slots(device, model, stored, load);
}

void load_as_float(const Device& device, ThreadPool& pool, Model& model, StoredWeights& stored) {
  load_slots(device, model, stored,
             [&](const TensorSlot& slot, const Tensor& tensor, const Tensor&) {
               upload_as_float(device, pool, tensor, slot.values());
             });
}

void check_readable(const Model& model, const StoredWeights& stored,
                    const std::vector<int32_t>& tokens) {
  const std::vector<int32_t>& voids = model.void_tokens;
  if (voids.empty()) return;
  for (const int32_t token : tokens) {
    if (!std::binary_search(voids.begin(), voids.end(), token)) continue;
    const Tensor& tensor = *stored.tensors.front();
    throw Error("NOT_FINITE_WEIGHTS",
                {{"tensor", tensor.name},
                 {"file", tensor.file->path()},
                 {"index", std::to_string(token * model.config.hidden_size)}});
  }
}

void upload_as_float(const Device& device, ThreadPool& pool, const Tensor& tensor,
                     DevicePtr<float> out) {
  upload_converted(device, pool, tensor, out, [](float value) { return value; });
}

}  // namespace neiro
