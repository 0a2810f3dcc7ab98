// From matrices in device memory to the bare addresses of the kernels: number types and shapes are
// checked here, once for all instruction sets, and nothing is computed here but the few scalars of
// an update.
#include "backend/operations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "backend/arguments.h"
#include "backend/cpu/cpu_device.h"
#include "core/error.h"

namespace neiro {
namespace {

const Kernels& kernels(const Device& device) {
  return static_cast<const CpuDevice&>(device).kernels();
}
const Workers& workers(const Device& device) {
  return static_cast<const CpuDevice&>(device).workers();
}

HostMatrix host(const Matrix& matrix) {
  return {matrix.dtype,
          matrix.rows,
          matrix.cols,
          at(matrix.data),
          {at(matrix.nf4.absmax_q), at(matrix.nf4.absmax2), matrix.nf4.offset},
          at(matrix.row_absmax)};
}

HostSequences host(const Sequences& sequences) { return {at(sequences.offsets), sequences.count}; }

void embedding_forward(const Device& device, const Matrix& y, const Matrix& table,
                       DevicePtr<const int32_t> tokens) {
  expect(y.cols == table.cols, "embedding_forward");
  kernels(device).embedding_forward(workers(device), floats(y), host(table), at(tokens), y.rows);
}

void embedding_backward(const Device& device, DevicePtr<float> dtable, const Matrix& dy,
                        DevicePtr<const int32_t> tokens) {
  // The kernels do not look at the height of the table: tokens are checked when they come in.
  kernels(device).embedding_backward(workers(device), at(dtable), floats(dy), at(tokens), dy.rows,
                                     0, dy.cols);
}

void gather_rows(const Device& device, const Matrix& y, const Matrix& x,
                 DevicePtr<const int32_t> index) {
  expect(y.cols == x.cols && floats(x) != nullptr, "gather_rows");
  kernels(device).embedding_forward(workers(device), floats(y), host(x), at(index), y.rows);
}

void gather_rows_backward(const Device& device, const Matrix& dx, const Matrix& dy,
                          DevicePtr<const int32_t> index) {
  expect(dx.cols == dy.cols, "gather_rows_backward");
  kernels(device).embedding_backward(workers(device), floats(dx), floats(dy), at(index), dy.rows,
                                     dx.rows, dy.cols);
}

void matrix_rows(const Device& device, const Matrix& y, const Matrix& stored, int64_t begin) {
  expect(y.cols == stored.cols && begin >= 0 && begin + y.rows <= stored.rows, "matrix_rows");
  float* out = floats(y);
  const HostMatrix matrix = host(stored);
  workers(device).pool->parallel_for(y.rows, [&](int64_t first, int64_t last, int) {
    for (int64_t r = first; r < last; ++r) {
      matrix_row(matrix, begin + r, 0, matrix.cols, out + r * matrix.cols);
    }
  });
}

void rms_norm_forward(const Device& device, const Matrix& y, DevicePtr<float> rstd, const Matrix& x,
                      const NormWeight& weight, float eps) {
  expect(same_shape(y, x), "rms_norm_forward");
  kernels(device).rms_norm_forward(workers(device), floats(y), at(rstd), floats(x), at(weight.w),
                                   weight.base, x.rows, x.cols, eps);
}

void rms_norm_backward(const Device& device, const Matrix& dx, DevicePtr<float> dw,
                       const Matrix& dy, const Matrix& x, const NormWeight& weight,
                       DevicePtr<const float> rstd, bool accumulate) {
  expect(same_shape(dx, x) && same_shape(dy, x), "rms_norm_backward");
  kernels(device).rms_norm_backward(workers(device), floats(dx), at(dw), floats(dy), floats(x),
                                    at(weight.w), weight.base, at(rstd), x.rows, x.cols,
                                    accumulate);
}

void layer_norm_forward(const Device& device, const Matrix& y, DevicePtr<float> rstd,
                        const Matrix& x, DevicePtr<const float> w, DevicePtr<const float> bias,
                        float eps) {
  expect(same_shape(y, x), "layer_norm_forward");
  kernels(device).layer_norm_forward(workers(device), floats(y), at(rstd), floats(x), at(w),
                                     at(bias), x.rows, x.cols, eps);
}

void layer_norm_backward(const Device& device, const Matrix& dx, DevicePtr<float> dw,
                         DevicePtr<float> dbias, const Matrix& dy, const Matrix& x,
                         DevicePtr<const float> w, DevicePtr<const float> rstd, bool accumulate) {
  expect(same_shape(dx, x) && same_shape(dy, x), "layer_norm_backward");
  kernels(device).layer_norm_backward(workers(device), floats(dx), at(dw), at(dbias), floats(dy),
                                      floats(x), at(w), at(rstd), x.rows, x.cols, accumulate);
}

void mean_rows(const Device& device, const Matrix& y, const Matrix& x,
               DevicePtr<const int32_t> offsets) {
  expect(y.cols == x.cols, "mean_rows");
  kernels(device).mean_rows(workers(device), floats(y), floats(x), at(offsets), y.rows, y.cols);
}

void mean_rows_backward(const Device& device, const Matrix& dx, const Matrix& dy,
                        DevicePtr<const int32_t> offsets) {
  expect(dx.cols == dy.cols, "mean_rows_backward");
  kernels(device).mean_rows_backward(workers(device), floats(dx), floats(dy), at(offsets), dy.rows,
                                     dy.cols);
}

void linear_forward(const Device& device, const Matrix& y, const Matrix& x, const Matrix& w,
                    DevicePtr<const float> bias, float alpha, bool accumulate) {
  expect(y.rows == x.rows && y.cols == w.rows && x.cols == w.cols, "linear_forward");
  const Kernels& all = kernels(device);
  const bool stored = w.dtype != DType::kF32 && x.rows > kFewTokens;
  const auto product = stored ? all.stored_forward : all.linear_forward;
  product(workers(device), floats(y), floats(x), host(w), at(bias), x.rows, alpha, accumulate);
}

void linear_forward_apart(const Device& device, const Matrix& y, const Matrix& x, const Matrix& w,
                          DevicePtr<const float> bias, float alpha, bool accumulate) {
  expect(y.rows == x.rows && y.cols == w.rows && x.cols == w.cols, "linear_forward_apart");
  kernels(device).linear_forward_apart(workers(device), floats(y), floats(x), host(w), at(bias),
                                       x.rows, alpha, accumulate);
}

void linear_backward_input(const Device& device, const Matrix& dx, const Matrix& dy,
                           const Matrix& w, float alpha, bool accumulate) {
  expect(dx.rows == dy.rows && dx.cols == w.cols && dy.cols == w.rows, "linear_backward_input");
  const Kernels& all = kernels(device);
  const bool stored = w.dtype != DType::kF32;
  const auto product = stored ? all.stored_backward_input : all.linear_backward_input;
  product(workers(device), floats(dx), floats(dy), host(w), dy.rows, alpha, accumulate);
}

void linear_backward_weight(const Device& device, DevicePtr<float> dw, const Matrix& dy,
                            const Matrix& x, float alpha) {
  expect(dy.rows == x.rows, "linear_backward_weight");
  kernels(device).linear_backward_weight(workers(device), at(dw), floats(dy), floats(x), x.rows,
                                         dy.cols, x.cols, alpha);
}

void linear_backward_bias(const Device& device, DevicePtr<float> dbias, const Matrix& dy) {
  kernels(device).linear_backward_bias(workers(device), at(dbias), floats(dy), dy.rows, dy.cols);
}

void rope_forward(const Device& device, const Matrix& x, DevicePtr<const int32_t> positions,
                  DevicePtr<const float> cosines, DevicePtr<const float> sines,
                  const RopeShape& shape) {
  const int heads = heads_of(x, shape.head_dim, "rope_forward");
  expect(rope_fits(shape), "rope_forward");
  kernels(device).rope_forward(workers(device), floats(x), at(positions), at(cosines), at(sines),
                               x.rows, heads, shape);
}

void rope_backward(const Device& device, const Matrix& dx, DevicePtr<const int32_t> positions,
                   DevicePtr<const float> cosines, DevicePtr<const float> sines,
                   const RopeShape& shape) {
  const int heads = heads_of(dx, shape.head_dim, "rope_backward");
  expect(rope_fits(shape), "rope_backward");
  kernels(device).rope_backward(workers(device), floats(dx), at(positions), at(cosines), at(sines),
                                dx.rows, heads, shape);
}

void attention_forward(const Device& device, const Matrix& out, DevicePtr<float> lse,
                       const Matrix& q, const Matrix& k, const Matrix& v,
                       const Sequences& sequences, const AttentionShape& shape) {
  expect(same_shape(out, q) && q.rows == k.rows && attention_fits(q, k, v, shape),
         "attention_forward");
  kernels(device).attention_forward(workers(device), floats(out), at(lse), floats(q), floats(k),
                                    floats(v), host(sequences), shape);
}

void attention_backward(const Device& device, const Matrix& dq, const Matrix& dk, const Matrix& dv,
                        DevicePtr<float> delta, const Matrix& dout, const Matrix& out,
                        DevicePtr<const float> lse, const Matrix& q, const Matrix& k,
                        const Matrix& v, const Sequences& sequences, const AttentionShape& shape) {
  expect(same_shape(dq, q) && same_shape(dk, k) && same_shape(dv, v) && same_shape(dout, q) &&
             same_shape(out, q) && q.rows == k.rows && attention_fits(q, k, v, shape),
         "attention_backward");
  kernels(device).attention_backward(workers(device), floats(dq), floats(dk), floats(dv), at(delta),
                                     floats(dout), floats(out), at(lse), floats(q), floats(k),
                                     floats(v), host(sequences), shape);
}

void attention_sinks_backward(const Device& device, DevicePtr<float> d_sinks,
                              DevicePtr<const float> delta, DevicePtr<const float> lse, int64_t T,
                              const AttentionShape& shape) {
  expect(static_cast<bool>(shape.sinks), "attention_sinks_backward");
  kernels(device).attention_sinks_backward(workers(device), at(d_sinks), at(delta), at(lse), T,
                                           shape);
}

HostRelative host(const RelativeTerms& terms) {
  const int64_t distances = std::max(terms.keys.rows, terms.queries.rows);
  return {terms.keys.data ? floats(terms.keys) : nullptr,
          terms.queries.data ? floats(terms.queries) : nullptr, at(terms.rows), terms.reach,
          distances};
}

void relative_attention_forward(const Device& device, const Matrix& out, DevicePtr<float> lse,
                                const Matrix& q, const Matrix& k, const Matrix& v,
                                const RelativeTerms& terms, const Sequences& sequences,
                                const AttentionShape& shape) {
  expect(attention_fits(q, k, v, shape) && relative_fits(q, terms, sequences, shape),
         "relative_attention_forward");
  kernels(device).relative_attention_forward(workers(device), floats(out), at(lse), floats(q),
                                             floats(k), floats(v), host(terms), host(sequences),
                                             shape);
}

void relative_attention_backward(const Device& device, const Matrix& dq, const Matrix& dk,
                                 const Matrix& dv, const Matrix& d_keys, const Matrix& d_queries,
                                 const Matrix& dout, const Matrix& out, DevicePtr<const float> lse,
                                 const Matrix& q, const Matrix& k, const Matrix& v,
                                 const RelativeTerms& terms, const Sequences& sequences,
                                 const AttentionShape& shape) {
  expect(attention_fits(q, k, v, shape) && relative_fits(q, terms, sequences, shape),
         "relative_attention_backward");
  kernels(device).relative_attention_backward(
      workers(device), floats(dq), floats(dk), floats(dv), d_keys.data ? floats(d_keys) : nullptr,
      d_queries.data ? floats(d_queries) : nullptr, floats(dout), floats(out), at(lse), floats(q),
      floats(k), floats(v), host(terms), host(sequences), shape);
}

void attention_cached(const Device& device, const Matrix& out, const Matrix& q,
                      const Matrix& k_cache, const Matrix& v_cache, int64_t start,
                      const AttentionShape& shape) {
  expect(same_shape(out, q) && start + q.rows <= k_cache.rows && shape.causal &&
             attention_fits(q, k_cache, v_cache, shape),
         "attention_cached");
  kernels(device).attention_cached(workers(device), floats(out), floats(q), floats(k_cache),
                                   floats(v_cache), q.rows, start, shape);
}

void attention_apart(const Device& device, const Matrix& out, const Matrix& q,
                     const Matrix& k_cache, const Matrix& v_cache, DevicePtr<const int32_t> begins,
                     DevicePtr<const int32_t> positions, const AttentionShape& shape) {
  expect(same_shape(out, q) && shape.causal && attention_fits(q, k_cache, v_cache, shape),
         "attention_apart");
  kernels(device).attention_apart(workers(device), floats(out), floats(q), floats(k_cache),
                                  floats(v_cache), at(begins), at(positions), q.rows, shape);
}

void short_conv_forward(const Device& device, const Matrix& y, const Matrix& x,
                        DevicePtr<const float> w, DevicePtr<const float> bias, int kernel,
                        const Sequences& sequences) {
  expect(same_shape(y, x) && kernel >= 1, "short_conv_forward");
  kernels(device).short_conv_forward(workers(device), floats(y), floats(x), at(w), at(bias), x.cols,
                                     kernel, host(sequences));
}

void short_conv_backward(const Device& device, const Matrix& dx, DevicePtr<float> dw,
                         DevicePtr<float> dbias, const Matrix& dy, const Matrix& x,
                         DevicePtr<const float> w, int kernel, const Sequences& sequences) {
  expect(same_shape(dx, dy) && same_shape(dy, x) && kernel >= 1, "short_conv_backward");
  kernels(device).short_conv_backward(workers(device), floats(dx), at(dw), at(dbias), floats(dy),
                                      floats(x), at(w), x.cols, kernel, host(sequences));
}

void short_conv_cached(const Device& device, const Matrix& y, const Matrix& next, const Matrix& x,
                       const Matrix& state, DevicePtr<const float> w, DevicePtr<const float> bias,
                       int kernel) {
  expect(same_shape(y, x) && same_shape(next, state) && state.rows == kernel - 1 &&
             state.cols == x.cols && next.data != state.data,
         "short_conv_cached");
  kernels(device).short_conv_cached(workers(device), floats(y), floats(next), floats(x),
                                    floats(state), at(w), at(bias), x.rows, x.cols, kernel);
}

HostDelta host(const DeltaInputs& in) {
  return {floats(in.q),     floats(in.k),    floats(in.v), floats(in.decay),
          floats(in.learn), at(in.log_rate), at(in.shift)};
}

void delta_rule_forward(const Device& device, const Matrix& out, const DeltaInputs& in,
                        const Sequences& sequences, const DeltaShape& shape) {
  expect(delta_fits(out, in, shape), "delta_rule_forward");
  kernels(device).delta_rule_forward(workers(device), floats(out), host(in), host(sequences),
                                     shape);
}

void delta_rule_backward(const Device& device, const DeltaGradients& d, const Matrix& states,
                         const Matrix& dout, const DeltaInputs& in, const Sequences& sequences,
                         const DeltaShape& shape) {
  expect(delta_fits(dout, in, shape) && same_shape(d.q, in.q) && same_shape(d.k, in.k) &&
             same_shape(d.v, in.v) && same_shape(d.decay, in.decay) &&
             same_shape(d.learn, in.learn) && states.cols == shape.value_dim &&
             states.rows >= delta_rule_states(sequences.longest, shape),
         "delta_rule_backward");
  kernels(device).delta_rule_backward(workers(device),
                                      {floats(d.q), floats(d.k), floats(d.v), floats(d.decay),
                                       floats(d.learn), at(d.log_rate), at(d.shift)},
                                      floats(states), floats(dout), host(in), host(sequences),
                                      shape);
}

void delta_rule_cached(const Device& device, const Matrix& out, const Matrix& next,
                       const DeltaInputs& in, const Matrix& state, const DeltaShape& shape) {
  expect(delta_fits(out, in, shape) && same_shape(next, state) &&
             state.elements() == shape.state_size() && next.data != state.data,
         "delta_rule_cached");
  kernels(device).delta_rule_cached(workers(device), floats(out), floats(next), host(in),
                                    floats(state), out.rows, shape);
}

void route_forward(const Device& device, const Matrix& weights, DevicePtr<int32_t> chosen,
                   const Matrix& logits, bool alone) {
  expect(weights.rows == logits.rows && weights.cols <= logits.cols, "route_forward");
  kernels(device).route_forward(workers(device), floats(weights), at(chosen), floats(logits),
                                logits.rows, logits.cols, weights.cols, alone);
}

void route_backward(const Device& device, const Matrix& d_logits, const Matrix& d_weights,
                    const Matrix& weights, DevicePtr<const int32_t> chosen, const Matrix& logits,
                    bool alone) {
  expect(
      same_shape(d_logits, logits) && same_shape(d_weights, weights) && weights.rows == logits.rows,
      "route_backward");
  kernels(device).route_backward(workers(device), floats(d_logits), floats(d_weights),
                                 floats(weights), at(chosen), floats(logits), logits.rows,
                                 logits.cols, weights.cols, alone);
}

void sum_rows(const Device& device, const Matrix& y, const Matrix& x,
              DevicePtr<const int32_t> places, bool accumulate) {
  expect(y.cols == x.cols && x.rows % y.rows == 0, "sum_rows");
  kernels(device).sum_rows(workers(device), floats(y), floats(x), at(places), y.rows,
                           x.rows / y.rows, y.cols, accumulate);
}

void row_products(const Device& device, DevicePtr<float> products, const Matrix& a,
                  const Matrix& b) {
  expect(same_shape(a, b), "row_products");
  kernels(device).row_products(workers(device), at(products), floats(a), floats(b), a.rows, a.cols);
}

void activation_forward(const Device& device, const Matrix& y, const Matrix& x, Activation f) {
  expect(same_shape(y, x), "activation_forward");
  kernels(device).activation_forward(workers(device), floats(y), floats(x), x.elements(), f);
}

void activation_backward(const Device& device, const Matrix& dx, const Matrix& dy, const Matrix& x,
                         Activation f) {
  expect(same_shape(dx, x) && same_shape(dy, x), "activation_backward");
  kernels(device).activation_backward(workers(device), floats(dx), floats(dy), floats(x),
                                      x.elements(), f);
}

void gated_forward(const Device& device, const Matrix& y, const Matrix& gate, const Matrix& up,
                   Activation f) {
  expect(same_shape(y, gate) && same_shape(gate, up), "gated_forward");
  kernels(device).gated_forward(workers(device), floats(y), floats(gate), floats(up), y.elements(),
                                f);
}

void gated_backward(const Device& device, const Matrix& dgate, const Matrix& dup, const Matrix& dy,
                    const Matrix& gate, const Matrix& up, Activation f) {
  expect(same_shape(dgate, gate) && same_shape(dup, up) && same_shape(dy, gate) &&
             same_shape(gate, up),
         "gated_backward");
  kernels(device).gated_backward(workers(device), floats(dgate), floats(dup), floats(dy),
                                 floats(gate), floats(up), dy.elements(), f);
}

void clamped_gate_forward(const Device& device, const Matrix& y, const Matrix& gate,
                          const Matrix& up, const ClampedGate& shape) {
  expect(same_shape(y, gate) && same_shape(gate, up), "clamped_gate_forward");
  kernels(device).clamped_gate_forward(workers(device), floats(y), floats(gate), floats(up),
                                       y.elements(), shape);
}

void clamped_gate_backward(const Device& device, const Matrix& dgate, const Matrix& dup,
                           const Matrix& dy, const Matrix& gate, const Matrix& up,
                           const ClampedGate& shape) {
  expect(same_shape(dgate, gate) && same_shape(dup, up) && same_shape(dy, gate) &&
             same_shape(gate, up),
         "clamped_gate_backward");
  kernels(device).clamped_gate_backward(workers(device), floats(dgate), floats(dup), floats(dy),
                                        floats(gate), floats(up), dy.elements(), shape);
}

void scale_columns(const Device& device, const Matrix& y, const Matrix& x,
                   DevicePtr<const float> scale, DevicePtr<const float> bias, bool accumulate) {
  expect(same_shape(y, x), "scale_columns");
  kernels(device).scale_columns(workers(device), floats(y), floats(x), at(scale), at(bias), x.rows,
                                x.cols, accumulate);
}

void scale_columns_backward(const Device& device, DevicePtr<float> dscale, const Matrix& dy,
                            const Matrix& x) {
  expect(same_shape(dy, x), "scale_columns_backward");
  kernels(device).scale_columns_backward(workers(device), at(dscale), floats(dy), floats(x), x.rows,
                                         x.cols);
}

void scale_rows(const Device& device, const Matrix& y, const Matrix& x,
                DevicePtr<const float> scale) {
  expect(same_shape(y, x), "scale_rows");
  kernels(device).scale_rows(workers(device), floats(y), floats(x), at(scale), x.rows, x.cols);
}

void row_squares(const Device& device, DevicePtr<float> squares, const Matrix& stored) {
  kernels(device).row_squares(workers(device), at(squares), host(stored));
}

void dora_factors(const Device& device, const DoraRows& rows, DevicePtr<const float> magnitude,
                  DevicePtr<const float> squares, const Matrix& b, const Matrix& across,
                  const Matrix& gram, float scale) {
  expect(
      across.rows == b.cols && across.cols == b.rows && gram.rows == b.cols && gram.cols == b.cols,
      "dora_factors");
  kernels(device).dora_factors(workers(device), at(rows.inverse_norm), at(rows.factor),
                               at(rows.less_one), at(magnitude), at(squares), floats(b),
                               floats(across), floats(gram), scale, b.rows, b.cols);
}

void add(const Device& device, const Matrix& y, const Matrix& x) {
  expect(same_shape(y, x), "add");
  kernels(device).add(workers(device), floats(y), floats(x), y.elements());
}

void scale(const Device& device, const Matrix& y, float alpha) {
  kernels(device).scale(workers(device), floats(y), y.elements(), alpha);
}

void copy_columns(const Device& device, const Matrix& y, int64_t y_begin, const Matrix& x,
                  int64_t x_begin, int64_t cols) {
  expect(y.rows == x.rows && y_begin + cols <= y.cols && x_begin + cols <= x.cols, "copy_columns");
  kernels(device).copy_columns(workers(device), floats(y) + y_begin, y.cols, floats(x) + x_begin,
                               x.cols, x.rows, cols);
}

void soft_cap_forward(const Device& device, const Matrix& y, const Matrix& slope, float cap) {
  expect(!slope.data || same_shape(y, slope), "soft_cap_forward");
  kernels(device).soft_cap_forward(workers(device), floats(y), floats(slope), y.elements(), cap);
}

void soft_cap_backward(const Device& device, const Matrix& dy, const Matrix& slope) {
  expect(same_shape(dy, slope), "soft_cap_backward");
  kernels(device).soft_cap_backward(workers(device), floats(dy), floats(slope), dy.elements());
}

void dropout(const Device& device, const Matrix& y, const Matrix& x, float p, PhiloxKey key) {
  expect(same_shape(y, x), "dropout");
  kernels(device).dropout(workers(device), floats(y), floats(x), y.elements(), p, key);
}

void cross_entropy(const Device& device, DevicePtr<float> nll, const Matrix& logits,
                   DevicePtr<const int32_t> labels, DevicePtr<const float> coefficients) {
  kernels(device).cross_entropy(workers(device), at(nll), floats(logits), at(labels),
                                at(coefficients), logits.rows, logits.cols);
}

void squared_error(const Device& device, DevicePtr<float> losses, const Matrix& scores,
                   DevicePtr<const float> targets, DevicePtr<const float> coefficients) {
  kernels(device).squared_error(workers(device), at(losses), floats(scores), at(targets),
                                at(coefficients), scores.elements());
}

void binary_cross_entropy(const Device& device, DevicePtr<float> losses, const Matrix& scores,
                          DevicePtr<const float> targets, DevicePtr<const float> coefficients) {
  kernels(device).binary_cross_entropy(workers(device), at(losses), floats(scores), at(targets),
                                       at(coefficients), scores.elements());
}

void sum(const Device&, DevicePtr<double> total, DevicePtr<const float> x, int64_t n) {
  const float* values = at(x);
  double own = 0;
  for (int64_t i = 0; i < n; ++i) own += values[i];
  *at(total) += own;
}

void sum_of_squares(const Device& device, DevicePtr<double> total, DevicePtr<const float> x,
                    int64_t n) {
  *at(total) += kernels(device).sum_of_squares(workers(device), at(x), n);
}

void clip_scale(const Device&, DevicePtr<float> scale, DevicePtr<const double> squares,
                DevicePtr<const double> loss, double max_norm) {
  const double norm = std::sqrt(*at(squares));
  float& out = *at(scale);
  out = 1.0f;
  if (max_norm > 0) {
    const double less = max_norm / (norm + 1e-6);
    if (less < 1) out = static_cast<float>(less);
  }
  if (!std::isfinite(norm) || !std::isfinite(*at(loss))) {
    out = std::numeric_limits<float>::quiet_NaN();
  }
}

void adamw(const Device& device, DevicePtr<float> param, DevicePtr<float> m, DevicePtr<float> v,
           DevicePtr<const float> grad, int64_t n, const AdamW& options,
           DevicePtr<const float> grad_scale) {
  const float scale = *at(grad_scale);
  if (std::isnan(scale)) return;
  kernels(device).adamw(workers(device), at(param), at(m), at(v), at(grad), n, options, scale);
}

void adamw_8bit(const Device& device, DevicePtr<float> param, const ByteMoments& moments,
                DevicePtr<const float> grad, int64_t n, const AdamW& options,
                DevicePtr<const float> grad_scale) {
  const float scale = *at(grad_scale);
  if (std::isnan(scale)) return;
  const HostByteMoments here{at(moments.m), at(moments.v), at(moments.m_absmax),
                             at(moments.v_absmax)};
  kernels(device).adamw_8bit(workers(device), at(param), here, at(grad), n, options, scale);
}

}  // namespace

const Operations kCpuOperations = {
    .embedding_forward = embedding_forward,
    .embedding_backward = embedding_backward,
    .gather_rows = gather_rows,
    .gather_rows_backward = gather_rows_backward,
    .matrix_rows = matrix_rows,
    .rms_norm_forward = rms_norm_forward,
    .rms_norm_backward = rms_norm_backward,
    .layer_norm_forward = layer_norm_forward,
    .layer_norm_backward = layer_norm_backward,
    .mean_rows = mean_rows,
    .mean_rows_backward = mean_rows_backward,
    .linear_forward = linear_forward,
    .linear_forward_apart = linear_forward_apart,
    .linear_backward_input = linear_backward_input,
    .linear_backward_weight = linear_backward_weight,
    .linear_backward_bias = linear_backward_bias,
    .rope_forward = rope_forward,
    .rope_backward = rope_backward,
    .attention_forward = attention_forward,
    .attention_backward = attention_backward,
    .attention_sinks_backward = attention_sinks_backward,
    .relative_attention_forward = relative_attention_forward,
    .relative_attention_backward = relative_attention_backward,
    .attention_cached = attention_cached,
    .attention_apart = attention_apart,
    .short_conv_forward = short_conv_forward,
    .short_conv_backward = short_conv_backward,
    .short_conv_cached = short_conv_cached,
    .delta_rule_forward = delta_rule_forward,
    .delta_rule_backward = delta_rule_backward,
    .delta_rule_cached = delta_rule_cached,
    .route_forward = route_forward,
    .route_backward = route_backward,
    .sum_rows = sum_rows,
    .row_products = row_products,
    .activation_forward = activation_forward,
    .activation_backward = activation_backward,
    .gated_forward = gated_forward,
    .gated_backward = gated_backward,
    .clamped_gate_forward = clamped_gate_forward,
    .clamped_gate_backward = clamped_gate_backward,
    .scale_columns = scale_columns,
    .scale_columns_backward = scale_columns_backward,
    .scale_rows = scale_rows,
    .row_squares = row_squares,
    .dora_factors = dora_factors,
    .add = add,
    .scale = scale,
    .copy_columns = copy_columns,
    .soft_cap_forward = soft_cap_forward,
    .soft_cap_backward = soft_cap_backward,
    .dropout = dropout,
    .cross_entropy = cross_entropy,
    .squared_error = squared_error,
    .binary_cross_entropy = binary_cross_entropy,
    .sum = sum,
    .sum_of_squares = sum_of_squares,
    .clip_scale = clip_scale,
    .adamw = adamw,
    .adamw_8bit = adamw_8bit,
};

}  // namespace neiro
