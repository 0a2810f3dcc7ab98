// How a tensor's values stand in a GGUF file where it is not as in a folder, besides the pairs of
// rotated rows: norms one higher, a delta net's rates as what they are used as, and its value heads
// in tiles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.h"

namespace neiro {

// Several value heads share a key. In a folder they stand beside each other, group by group; in the
// file the first heads of all groups come first, then the second ones: ggml repeats keys so.
struct GgufTiles {
  int64_t first = 0;                       // rows before the value heads stay as they are
  int64_t keys = 1, of_key = 1, size = 1;  // groups, heads of each, rows of a head

  bool moves() const { return keys > 1 && of_key > 1; }
  int64_t in_file(int64_t row) const;    // where our row stands
  int64_t in_folder(int64_t row) const;  // which of ours stands there
};

struct GgufValues {
  GgufTiles rows, columns;
  float above = 0;    // is added
  bool rate = false;  // -exp of it stands there

  float value(float ours) const;
  bool is_plain() const { return !rows.moves() && !columns.moves() && above == 0 && !rate; }
};

// Of a tensor by its own name, with its ending.
GgufValues gguf_form(const ModelConfig& config, const std::string& name, bool is_norm);

// [rows, cols] into the file's order and values.
void into_gguf_form(const GgufValues& form, int64_t rows, int64_t cols, std::vector<float>& values);

}  // namespace neiro
