// Finding, placing and filling the weights, tensor by tensor.
#include "model/weights.h"

#include <algorithm>

#include "backend/transfer.h"
#include "core/error.h"
#include "formats/matrix.h"
#include "formats/nf4.h"
#include "io/mapped_file.h"

namespace neiro {
namespace {

bool float_type(DType type) {
  return type == DType::kF32 || type == DType::kBF16 || type == DType::kF16;
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
DType held_as(const TensorSlot& slot, DType stored, BaseQuantization quantization) {
  if (quantization == BaseQuantization::kNF4 && slot.kind == TensorSlot::Kind::kLinear) {
    return DType::kNF4;
  }
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
  matrix.data = dtype == tensor.type ? device.adopt(tensor.data) : nullptr;
  if (!matrix.data) matrix.data = memory.take<std::byte>(kCategory, stored_bytes(dtype, n));
}

bool stays_mapped(const Device& device, const Matrix& matrix, const Tensor& tensor) {
  return matrix.data && matrix.data == device.adopt(tensor.data);
}

float value_at(const Tensor& tensor, int64_t i) {
  if (tensor.type == DType::kBF16) return bf16_to_float(tensor.as<uint16_t>()[i]);
  if (tensor.type == DType::kF16) return f16_to_float(tensor.as<uint16_t>()[i]);
  return tensor.as<float>()[i];
}

// Hands out elements [begin, end), each checked and then given to body once, over all threads.
template <class Body>
void for_elements(ThreadPool& pool, const Tensor& tensor, int64_t begin, int64_t end, Body body) {
  pool.parallel_for(end - begin, [&](int64_t part_begin, int64_t part_end, int) {
    constexpr int64_t kPiece = 1 << 14;  // stays in the nearest cache between check and use
    for (int64_t first = begin + part_begin; first < begin + part_end; first += kPiece) {
      const int64_t last = std::min(begin + part_end, first + kPiece);
      check_finite(tensor, first, last);
      for (int64_t i = first; i < last; ++i) body(i);
    }
  });
}

void check_all(ThreadPool& pool, const Tensor& tensor) {
  for_elements(pool, tensor, 0, tensor.elements(), [](int64_t) {});
}

// to[elements] = convert(each element), made on the host and uploaded.
template <class T, class Convert>
void upload_converted(const Device& device, ThreadPool& pool, const Tensor& tensor, DevicePtr<T> to,
                      Convert convert) {
  upload_pieces(device, to, tensor.elements(), [&](T* piece, int64_t first, int64_t count) {
    for_elements(pool, tensor, first, first + count,
                 [&](int64_t i) { piece[i - first] = convert(value_at(tensor, i)); });
  });
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

void quantize(const Device& device, ThreadPool& pool, Matrix& matrix, const Tensor& tensor,
              const LoadScratch& scratch) {
  const int64_t n = matrix.elements();
  const float* values = tensor.as<float>();
  if (tensor.type == DType::kF32) {
    check_all(pool, tensor);
  } else {
    for_elements(pool, tensor, 0, n, [&](int64_t i) { scratch.values[i] = value_at(tensor, i); });
    tensor.file->advise_done(tensor.data, tensor.bytes);
    values = scratch.values;
  }
  const Nf4Buffers& blocks = scratch.blocks;
  matrix.nf4.offset = quantize_nf4(pool, values, n, blocks);
  device.upload(matrix.data.as<uint8_t>(), blocks.packed, (n + 1) / 2);
  device.upload(matrix.nf4.absmax_q, blocks.absmax_q, nf4_blocks(n));
  device.upload(matrix.nf4.absmax2, blocks.absmax2, nf4_scale_blocks(n));
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

void load_matrix(const Device& device, ThreadPool& pool, Matrix& matrix, const Tensor& tensor,
                 const LoadScratch& scratch) {
  if (matrix.dtype == DType::kNF4) return quantize(device, pool, matrix, tensor, scratch);
  if (matrix.dtype != tensor.type) {
    return upload_converted(device, pool, tensor, matrix.data.as<uint16_t>(), float_to_bf16);
  }
  check_all(pool, tensor);
  if (stays_mapped(device, matrix, tensor)) return;
  device.upload(matrix.data.as<unsigned char>(), tensor.data, tensor.bytes);
  tensor.file->advise_done(tensor.data, tensor.bytes);
}

}  // namespace

void check_float_tensor(const Tensor& tensor) {
  if (float_type(tensor.type)) return;
  const std::string type(dtype_name(tensor.type));
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

int64_t place_weights(PlannedMemory& memory, const Device& device, Model& model,
                      const StoredWeights& stored, BaseQuantization quantization) {
  int64_t mapped = 0;
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    const TensorSlot& slot = slots[i];
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

LoadScratch place_load_scratch(PlannedMemory& memory, Model& model, const StoredWeights& stored,
                               BaseQuantization quantization) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  int64_t values = 0;
  int64_t largest = 0;
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].matrix == nullptr) continue;
    const DType type = stored.tensors[i]->type;
    if (held_as(slots[i], type, quantization) != DType::kNF4) continue;
    largest = std::max(largest, slots[i].elements());
    if (type != DType::kF32) values = std::max(values, slots[i].elements());
  }
  LoadScratch scratch;
  scratch.values = memory.take_host<float>(kCategory, values);
  scratch.blocks.packed = memory.take_host<uint8_t>(kCategory, (largest + 1) / 2);
  scratch.blocks.absmax_q = memory.take_host<uint8_t>(kCategory, nf4_blocks(largest));
  scratch.blocks.absmax2 = memory.take_host<float>(kCategory, nf4_scale_blocks(largest));
  scratch.blocks.absmax = memory.take_host<float>(kCategory, nf4_blocks(largest));
  return scratch;
}

void load_weights(const Device& device, ThreadPool& pool, Model& model, const StoredWeights& stored,
                  const LoadScratch& scratch) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].matrix != nullptr) {
      load_matrix(device, pool, *slots[i].matrix, *stored.tensors[i], scratch);
    } else {
      upload_as_float(device, pool, *stored.tensors[i], slots[i].values());
    }
  }
  tie_head(model);
}

void upload_as_float(const Device& device, ThreadPool& pool, const Tensor& tensor,
                     DevicePtr<float> out) {
  upload_converted(device, pool, tensor, out, [](float value) { return value; });
}

}  // namespace neiro
