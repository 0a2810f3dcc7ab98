// Formats by tensor, as llama.cpp's quantiser chooses them.
#include "export/gguf_mix.h"

#include <set>

#include "check.h"

using namespace neiro;

namespace {

DType mixed(const std::string& name, int64_t layer, int64_t layers, int64_t cols = 512) {
  const std::string blk = "blk." + std::to_string(layer) + "." + name + ".weight";
  return gguf_tensor_type(GgufKind::kQ4_K_M, {blk, cols, layer, layers, false});
}

}  // namespace

TEST(q4_k_m_gives_more_bits_where_llama_cpp_does) {
  std::set<int64_t> more;
  for (int64_t layer = 0; layer < 32; ++layer) {
    CHECK(mixed("ffn_down", layer, 32) == mixed("attn_v", layer, 32));
    if (mixed("attn_v", layer, 32) == DType::kQ6_K) more.insert(layer);
    CHECK(mixed("attn_q", layer, 32) == DType::kQ4_K);
    CHECK(mixed("ffn_up", layer, 32) == DType::kQ4_K);
    CHECK(mixed("attn_qkv", layer, 32) == DType::kQ5_K);
  }
  CHECK((more == std::set<int64_t>{0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31}));
}

TEST(gguf_output_is_finer_and_vectors_are_whole) {
  const auto type = [](GgufKind kind, int64_t cols, bool output) {
    return gguf_tensor_type(kind, {"token_embd.weight", cols, 0, 4, output});
  };
  CHECK(type(GgufKind::kQ4_K_M, 256, true) == DType::kQ6_K);
  CHECK(type(GgufKind::kQ4_K_M, 256, false) == DType::kQ4_K);
  CHECK(type(GgufKind::kQ4_0, 256, true) == DType::kQ6_K);
  CHECK(type(GgufKind::kQ4_0, 256, false) == DType::kQ4_0);
  CHECK(type(GgufKind::kQ8_0, 256, true) == DType::kQ8_0);
  CHECK(type(GgufKind::kBF16, 256, true) == DType::kBF16);
  CHECK(type(GgufKind::kQ4_K_M, 0, false) == DType::kF32);
}

TEST(gguf_rows_of_no_whole_blocks_get_the_next_larger_format) {
  CHECK(mixed("attn_q", 0, 8, 576) == DType::kQ5_0);
  CHECK(mixed("attn_qkv", 0, 8, 576) == DType::kQ5_1);
  CHECK(mixed("attn_v", 0, 8, 576) == DType::kQ8_0);
  CHECK(mixed("attn_v", 0, 8, 100) == DType::kF16);
  CHECK(gguf_tensor_type(GgufKind::kQ4_0, {"blk.0.ffn_up.weight", 72, 0, 1, false}) == DType::kF16);
}
