// Finding, placing and filling the weights, tensor by tensor.
#include "model/weights.h"

#include <algorithm>
#include <cstring>

#include "core/error.h"
#include "formats/nf4.h"
#include "io/mapped_file.h"

namespace neiro {
namespace {

bool float_type(TensorType type) {
  return type == TensorType::kF32 || type == TensorType::kBF16 || type == TensorType::kF16;
}

DType dtype_of(TensorType type) {
  if (type == TensorType::kBF16) return DType::kBF16;
  if (type == TensorType::kF16) return DType::kF16;
  return DType::kF32;
}

const Tensor& find_tensor(const ModelFiles& files, const TensorSlot& slot) {
  const Tensor& tensor = files.tensor(slot.name);
  if (tensor.shape != slot.shape()) {
    throw Error("TENSOR_SHAPE", {{"tensor", slot.name},
                                 {"file", tensor.file->path()},
                                 {"expected", shape_text(slot.shape())},
                                 {"actual", shape_text(tensor.shape)}});
  }
  check_float_tensor(tensor);
  return tensor;
}

// What a matrix is held as.
DType held_as(const TensorSlot& slot, TensorType stored, BaseQuantization quantization) {
  if (quantization == BaseQuantization::kNF4 && slot.kind == TensorSlot::Kind::kLinear) {
    return DType::kNF4;
  }
  if (quantization == BaseQuantization::kBF16) return DType::kBF16;
  return dtype_of(stored);  // F32 products of stored BF16 and F16 lose nothing
}

void place_matrix(Arena& arena, Matrix& matrix, DType dtype, const Tensor& tensor) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWeights;
  matrix.dtype = dtype;
  const int64_t n = matrix.elements();
  if (dtype == DType::kNF4) {
    matrix.data = arena.take<uint8_t>(kCategory, (n + 1) / 2);
    matrix.nf4.absmax_q = arena.take<uint8_t>(kCategory, nf4_blocks(n));
    matrix.nf4.absmax2 = arena.take<float>(kCategory, nf4_scale_blocks(n));
  } else if (dtype == dtype_of(tensor.type)) {
    matrix.data = tensor.data;
  } else {
    matrix.data =
        arena.take<unsigned char>(kCategory, matrix_bytes(dtype, matrix.rows, matrix.cols));
  }
}

float value_at(const Tensor& tensor, int64_t i) {
  if (tensor.type == TensorType::kBF16) return bf16_to_float(tensor.as<uint16_t>()[i]);
  if (tensor.type == TensorType::kF16) return f16_to_float(tensor.as<uint16_t>()[i]);
  return tensor.as<float>()[i];
}

// Hands out what is computed once per element, checked, over all threads.
template <class Body>
void for_elements(ThreadPool& pool, const Tensor& tensor, Body body) {
  pool.parallel_for(tensor.elements(), [&](int64_t begin, int64_t end, int) {
    constexpr int64_t kPiece = 1 << 14;  // stays in the nearest cache between check and use
    for (int64_t first = begin; first < end; first += kPiece) {
      const int64_t last = std::min(end, first + kPiece);
      check_finite(tensor, first, last);
      for (int64_t i = first; i < last; ++i) body(i);
    }
  });
}

// Memory of the arena, handed out as const because nobody else may write.
template <class T>
T* writable(const void* data) {
  return static_cast<T*>(const_cast<void*>(data));
}

void quantize(ThreadPool& pool, Matrix& matrix, const Tensor& tensor, const LoadScratch& scratch) {
  const float* values = tensor.as<float>();
  if (tensor.type == TensorType::kF32) {
    for_elements(pool, tensor, [](int64_t) {});
  } else {
    for_elements(pool, tensor, [&](int64_t i) { scratch.values[i] = value_at(tensor, i); });
    tensor.file->advise_done(tensor.data, tensor.bytes);
    values = scratch.values;
  }
  Nf4Buffers buffers;
  buffers.packed = writable<uint8_t>(matrix.data);
  buffers.absmax_q = writable<uint8_t>(matrix.nf4.absmax_q);
  buffers.absmax2 = writable<float>(matrix.nf4.absmax2);
  buffers.absmax = scratch.absmax;
  matrix.nf4.offset = quantize_nf4(pool, values, matrix.elements(), buffers);
}

void load_matrix(ThreadPool& pool, Matrix& matrix, const Tensor& tensor,
                 const LoadScratch& scratch) {
  if (matrix.data == tensor.data) {
    for_elements(pool, tensor, [](int64_t) {});
    return;
  }
  if (matrix.dtype == DType::kNF4) {
    quantize(pool, matrix, tensor, scratch);
  } else {
    uint16_t* out = writable<uint16_t>(matrix.data);
    for_elements(pool, tensor, [&](int64_t i) { out[i] = float_to_bf16(value_at(tensor, i)); });
  }
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

}  // namespace

void check_float_tensor(const Tensor& tensor) {
  if (float_type(tensor.type)) return;
  const std::string type(tensor_type_name(tensor.type));
  throw Error("UNSUPPORTED_DTYPE",
              {{"tensor", tensor.name}, {"file", tensor.file->path()}, {"dtype", type}});
}

StoredWeights find_weights(Model& model, const ModelFiles& files) {
  StoredWeights stored;
  for (const TensorSlot& slot : tensor_slots(model)) {
    stored.tensors.push_back(&find_tensor(files, slot));
  }
  stored.type = stored.tensors.front()->type;
  return stored;
}

int64_t place_weights(Arena& arena, Model& model, const StoredWeights& stored,
                      BaseQuantization quantization) {
  int64_t mapped = 0;
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    const TensorSlot& slot = slots[i];
    const Tensor& tensor = *stored.tensors[i];
    if (slot.matrix != nullptr) {
      place_matrix(arena, *slot.matrix, held_as(slot, tensor.type, quantization), tensor);
      if (slot.matrix->data == tensor.data) mapped += tensor.bytes;
    } else {
      slot.set_values(arena.take<float>(MemoryCategory::kWeights, slot.elements()));
    }
  }
  tie_head(model);
  return mapped;
}

LoadScratch place_load_scratch(Arena& arena, Model& model, const StoredWeights& stored,
                               BaseQuantization quantization) {
  int64_t values = 0;
  int64_t blocks = 0;
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].matrix == nullptr) continue;
    const TensorType type = stored.tensors[i]->type;
    if (held_as(slots[i], type, quantization) != DType::kNF4) continue;
    blocks = std::max(blocks, nf4_blocks(slots[i].elements()));
    if (type != TensorType::kF32) values = std::max(values, slots[i].elements());
  }
  LoadScratch scratch;
  scratch.values = arena.take<float>(MemoryCategory::kWorkspace, values);
  scratch.absmax = arena.take<float>(MemoryCategory::kWorkspace, blocks);
  return scratch;
}

void load_weights(ThreadPool& pool, Model& model, const StoredWeights& stored,
                  const LoadScratch& scratch) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].matrix != nullptr) {
      load_matrix(pool, *slots[i].matrix, *stored.tensors[i], scratch);
    } else {
      copy_as_float(pool, *stored.tensors[i], slots[i].values());
    }
  }
  tie_head(model);
}

void copy_as_float(ThreadPool& pool, const Tensor& tensor, float* out) {
  for_elements(pool, tensor, [&](int64_t i) { out[i] = value_at(tensor, i); });
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

}  // namespace neiro
