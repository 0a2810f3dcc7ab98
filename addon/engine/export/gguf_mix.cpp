// The mixes as llama.cpp's quantiser chooses them.
#include "export/gguf_mix.h"

namespace neiro {
namespace {

bool ends_with(const std::string& text, const char* end) { return text.ends_with(end); }

// What errors cost most has two bits more in the first and last eighth of the layers, and in every
// third between.
bool has_more_bits(int64_t layer, int64_t layers) {
  const int64_t eighth = layers / 8;
  return layer < eighth || layer >= 7 * layers / 8 || (layer - eighth) % 3 == 2;
}

DType mixed(const GgufPlace& place) {
  if (place.is_output) return DType::kQ6_K;
  if (ends_with(place.name, "attn_qkv.weight")) return DType::kQ5_K;
  const bool sensitive =
      ends_with(place.name, "attn_v.weight") || ends_with(place.name, "ffn_down.weight");
  return sensitive && has_more_bits(place.layer, place.layers) ? DType::kQ6_K : DType::kQ4_K;
}

DType wanted(GgufKind kind, const GgufPlace& place) {
  switch (kind) {
    case GgufKind::kF32:
      return DType::kF32;
    case GgufKind::kF16:
      return DType::kF16;
    case GgufKind::kBF16:
      return DType::kBF16;
    case GgufKind::kQ8_0:
      return DType::kQ8_0;
    case GgufKind::kQ4_0:
      return place.is_output ? DType::kQ6_K : DType::kQ4_0;
    case GgufKind::kQ4_K_M:
      return mixed(place);
  }
  return DType::kF32;
}

// For rows that are no multiple of 256.
DType with_smaller_blocks(DType type) {
  switch (type) {
    case DType::kQ4_K:
      return DType::kQ5_0;
    case DType::kQ5_K:
      return DType::kQ5_1;
    case DType::kQ6_K:
      return DType::kQ8_0;
    default:
      return DType::kF16;
  }
}

}  // namespace

gguf::FileType gguf_file_type(GgufKind kind) {
  switch (kind) {
    case GgufKind::kF32:
      return gguf::FileType::kF32;
    case GgufKind::kF16:
      return gguf::FileType::kF16;
    case GgufKind::kBF16:
      return gguf::FileType::kBF16;
    case GgufKind::kQ8_0:
      return gguf::FileType::kQ8_0;
    case GgufKind::kQ4_0:
      return gguf::FileType::kQ4_0;
    case GgufKind::kQ4_K_M:
      return gguf::FileType::kQ4_K_M;
  }
  return gguf::FileType::kF32;
}

DType gguf_tensor_type(GgufKind kind, const GgufPlace& place) {
  if (place.cols == 0) return DType::kF32;
  DType type = wanted(kind, place);
  while (place.cols % block_size(type).elements != 0) type = with_smaller_blocks(type);
  return type;
}

}  // namespace neiro
