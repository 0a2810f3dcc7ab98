// The pair's product, added to the layer's.
#include "adapters/lora_linear.h"

namespace neiro {

void LoraLinear::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                         const Matrix& x) const {
  base.base_forward(pass, y, x);
  add(pass, base, y, kept, x);
}

void LoraLinear::add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                     const Matrix& x) const {
  keep(pass, base, kept, x);
  pair_.up(pass, y, kept, true);
}

void LoraLinear::keep(const Pass& pass, const Linear&, const Matrix& kept, const Matrix& x) const {
  pair_.down(pass, kept, pair_.input(pass, dropped(x.rows), x));
}

// dx = dy W + dropout(d_kept A), with the mask of the forward. dx comes last, it may be x.
void LoraLinear::backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                          const Matrix& x, const Matrix& kept, bool accumulate) const {
  const Matrix d_input = dropped(x.rows);
  pair_.backward(pass, d_kept(x.rows), dy, kept, pair_.input(pass, d_input, x));
  base.base_backward(pass, dx, dy, x, accumulate);
  if (!pair_.drops(pass)) return pair_.backward_input(pass, dx, d_kept(x.rows), true);
  pair_.backward_input(pass, d_input, d_kept(x.rows), false);
  pair_.backward_dropout(pass, d_input);
  pass.ops().add(*pass.device, dx, d_input);
}

void LoraLinear::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  pair_.add_rows(device, rows, first);
}

int64_t LoraLinear::scratch_values(int64_t T) const {
  return aligned_end(0, T * pair_.rank()) + (pair_.has_dropout() ? T * pair_.in() : 0);
}

Matrix LoraLinear::d_kept(int64_t T) const { return part_of(scratch_, 0, T, pair_.rank()); }

Matrix LoraLinear::dropped(int64_t T) const {
  if (!pair_.has_dropout()) return {};
  return part_of(scratch_, aligned_end(0, T * pair_.rank()), T, pair_.in());
}

}  // namespace neiro
