// Which tensors those are, and the moves.
#include "export/gguf_form.h"

#include <algorithm>
#include <cmath>

namespace neiro {

int64_t GgufTiles::in_file(int64_t row) const {
  if (row < first || !moves()) return row;
  const int64_t head = (row - first) / size, inside = (row - first) % size;
  return first + (head % of_key * keys + head / of_key) * size + inside;
}

int64_t GgufTiles::in_folder(int64_t row) const {
  if (row < first || !moves()) return row;
  const int64_t head = (row - first) / size, inside = (row - first) % size;
  return first + (head % keys * of_key + head / keys) * size + inside;
}

float GgufValues::value(float ours) const { return rate ? -std::exp(ours) : ours + above; }

GgufValues gguf_form(const ModelConfig& config, const std::string& name, bool is_norm) {
  const TensorNames& names = config.names;
  const auto is = [&](const std::string& part, const char* ending = ".weight") {
    return !part.empty() && name.ends_with("." + part + ending);
  };
  GgufValues form;
  if (is_norm && !is(names.delta_norm)) form.above = config.norm_base;
  if (names.delta_qkv.empty()) return form;
  const DeltaShape& delta = config.delta;
  const GgufTiles heads = {0, delta.key_heads, delta.value_heads / delta.key_heads, 1};
  GgufTiles values = heads;
  values.size = delta.value_dim;
  if (is(names.delta_qkv) || is(names.delta_conv)) {
    // the convolution is one row of values here, several of each column
    const int64_t of_column = is(names.delta_conv) ? config.conv_kernel : 1;
    form.rows = values;
    form.rows.size *= of_column;
    form.rows.first = int64_t{2} * delta.key_heads * delta.key_dim * of_column;
  } else if (is(names.delta_gate)) {
    form.rows = values;
  } else if (is(names.delta_learn) || is(names.delta_decay) || is(names.delta_rate, "") ||
             is(names.delta_shift, "")) {
    form.rows = heads;
    form.rate = is(names.delta_rate, "");
  } else if (is(names.delta_out)) {
    form.columns = values;
  }
  return form;
}

void into_gguf_form(const GgufValues& form, int64_t rows, int64_t cols,
                    std::vector<float>& values) {
  if (form.rows.moves() || form.columns.moves()) {
    const std::vector<float> ours = values;
    for (int64_t r = 0; r < rows; ++r) {
      const float* from = ours.data() + form.rows.in_folder(r) * cols;
      float* to = values.data() + r * cols;
      for (int64_t c = 0; c < cols; ++c) to[c] = from[form.columns.in_folder(c)];
    }
  }
  if (form.rate || form.above != 0) {
    for (float& value : values) value = form.value(value);
  }
}

}  // namespace neiro
