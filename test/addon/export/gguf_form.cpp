// Where a delta net's values stand in a GGUF file, by hand: ggml repeats keys one after another, so
// the first value heads of all keys come first.
#include "export/gguf_form.h"

#include <cmath>
#include <vector>

#include "check.h"

using namespace neiro;

namespace {

// Two keys with three value heads each, of two values; keys of one value.
ModelConfig delta_config() {
  ModelConfig config;
  config.delta = {.key_heads = 2, .value_heads = 6, .key_dim = 1, .value_dim = 2};
  config.conv_kernel = 2;
  config.norm_base = 1;
  config.names.delta_qkv = "d.qkv";
  config.names.delta_gate = "d.z";
  config.names.delta_learn = "d.b";
  config.names.delta_decay = "d.a";
  config.names.delta_conv = "d.conv";
  config.names.delta_rate = "d.rate";
  config.names.delta_shift = "d.shift";
  config.names.delta_norm = "d.norm";
  config.names.delta_out = "d.out";
  return config;
}

std::vector<float> counted(int64_t count) {
  std::vector<float> values(static_cast<size_t>(count));
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  return values;
}

std::vector<float> in_file(const char* name, int64_t rows, int64_t cols) {
  std::vector<float> values = counted(rows * cols);
  into_gguf_form(gguf_form(delta_config(), name, false), rows, cols, values);
  return values;
}

}  // namespace

TEST(gguf_tiles_put_the_first_heads_of_all_keys_first) {
  const std::vector<float> heads = {0, 3, 1, 4, 2, 5};
  CHECK(in_file("x.0.d.b.weight", 6, 1) == heads);
  CHECK(in_file("x.0.d.a.weight", 6, 1) == heads);
  CHECK(in_file("x.0.d.shift", 6, 1) == heads);
  const std::vector<float> values = {0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11};
  CHECK(in_file("x.0.d.z.weight", 12, 1) == values);
  CHECK(in_file("x.0.d.out.weight", 1, 12) == values);
  // queries and keys stay, 2 of each
  CHECK((in_file("x.0.d.qkv.weight", 16, 1) ==
         std::vector<float>{0, 1, 2, 3, 4, 5, 10, 11, 6, 7, 12, 13, 8, 9, 14, 15}));
  // two values of each column, in one row
  CHECK((in_file("x.0.d.conv.weight", 32, 1) ==
         std::vector<float>{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 20, 21, 22, 23,
                            12, 13, 14, 15, 24, 25, 26, 27, 16, 17, 18, 19, 28, 29, 30, 31}));
  // what has no heads stays
  CHECK(in_file("x.0.mlp.up.weight", 3, 2) == counted(6));
}

TEST(gguf_tiles_are_found_again) {
  const GgufTiles tiles = gguf_form(delta_config(), "x.0.d.qkv.weight", false).rows;
  for (int64_t row = 0; row < 16; ++row) {
    CHECK(tiles.in_folder(tiles.in_file(row)) == row);
    CHECK(tiles.in_file(tiles.in_folder(row)) == row);
  }
}

TEST(gguf_values_are_what_llama_cpp_multiplies_by) {
  const ModelConfig config = delta_config();
  CHECK_NEAR(gguf_form(config, "x.0.d.rate", false).value(0.5f), -std::exp(0.5f), 1e-6);
  CHECK(gguf_form(config, "x.0.norm.weight", true).value(0.25f) == 1.25f);
  // the one norm that is stored as it is used
  CHECK(gguf_form(config, "x.0.d.norm.weight", true).is_plain());
}
