// Activations by themselves and gated, both ways: a thread each value.
#include "backend/cuda/activation_points.h"
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

template <Activation f>
KERNEL(kElementThreads)
activation_forward_kernel(float* y, const float* x, int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) y[i] = point<f>(x[i]).value;
}

template <Activation f>
KERNEL(kElementThreads)
activation_backward_kernel(float* dx, const float* dy, const float* x, int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step())
    dx[i] = dy[i] * point<f>(x[i]).slope;
}

template <Activation f>
KERNEL(kElementThreads)
gated_forward_kernel(float* y, const float* gate, const float* up, int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    y[i] = point<f>(gate[i]).value * up[i];
  }
}

template <Activation f>
KERNEL(kElementThreads)
gated_backward_kernel(float* dgate, float* dup, const float* dy, const float* gate, const float* up,
                      int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const Point p = point<f>(gate[i]);
    const float d = dy[i], u = up[i];  // read before they are written: dup may be up
    dgate[i] = d * u * p.slope;
    dup[i] = d * p.value;
  }
}

KERNEL(kElementThreads)
clamped_gate_forward_kernel(float* y, const float* gate, const float* up, int64_t n,
                            ClampedGate shape) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const float g = fminf(gate[i], shape.limit);
    const float u = fminf(fmaxf(up[i], -shape.limit), shape.limit);
    y[i] = g / (1.0f + expf(-shape.alpha * g)) * (u + 1.0f);
  }
}

KERNEL(kElementThreads)
clamped_gate_backward_kernel(float* dgate, float* dup, const float* dy, const float* gate,
                             const float* up, int64_t n, ClampedGate shape) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const float raw_gate = gate[i], raw_up = up[i], d = dy[i];
    const float g = fminf(raw_gate, shape.limit);
    const float u = fminf(fmaxf(raw_up, -shape.limit), shape.limit);
    const float s = 1.0f / (1.0f + expf(-shape.alpha * g));
    const float slope = s + shape.alpha * g * s * (1.0f - s);
    dup[i] = fabsf(raw_up) > shape.limit ? 0.0f : d * g * s;
    dgate[i] = raw_gate > shape.limit ? 0.0f : d * (u + 1.0f) * slope;
  }
}

}  // namespace

void activation_forward(const Device&, const Matrix& y, const Matrix& x, Activation f) {
  expect(same_shape(y, x), "activation_forward");
  const int64_t n = x.elements();
  if (n == 0) return;
  with_activation(f, [&](auto tag) {
    launch(over_elements("activation_forward", n), activation_forward_kernel<decltype(tag)::kValue>,
           floats(y), floats(x), n);
  });
}

void activation_backward(const Device&, const Matrix& dx, const Matrix& dy, const Matrix& x,
                         Activation f) {
  expect(same_shape(dx, x) && same_shape(dy, x), "activation_backward");
  const int64_t n = x.elements();
  if (n == 0) return;
  with_activation(f, [&](auto tag) {
    launch(over_elements("activation_backward", n),
           activation_backward_kernel<decltype(tag)::kValue>, floats(dx), floats(dy), floats(x), n);
  });
}

void gated_forward(const Device&, const Matrix& y, const Matrix& gate, const Matrix& up,
                   Activation f) {
  expect(same_shape(y, gate) && same_shape(gate, up), "gated_forward");
  const int64_t n = y.elements();
  if (n == 0) return;
  with_activation(f, [&](auto tag) {
    launch(over_elements("gated_forward", n), gated_forward_kernel<decltype(tag)::kValue>,
           floats(y), floats(gate), floats(up), n);
  });
}

void gated_backward(const Device&, const Matrix& dgate, const Matrix& dup, const Matrix& dy,
                    const Matrix& gate, const Matrix& up, Activation f) {
  expect(same_shape(dgate, gate) && same_shape(dup, up) && same_shape(dy, gate) &&
             same_shape(gate, up),
         "gated_backward");
  const int64_t n = dy.elements();
  if (n == 0) return;
  with_activation(f, [&](auto tag) {
    launch(over_elements("gated_backward", n), gated_backward_kernel<decltype(tag)::kValue>,
           floats(dgate), floats(dup), floats(dy), floats(gate), floats(up), n);
  });
}

void clamped_gate_forward(const Device&, const Matrix& y, const Matrix& gate, const Matrix& up,
                          const ClampedGate& shape) {
  expect(same_shape(y, gate) && same_shape(gate, up), "clamped_gate_forward");
  const int64_t n = y.elements();
  if (n == 0) return;
  launch(over_elements("clamped_gate_forward", n), clamped_gate_forward_kernel, floats(y),
         floats(gate), floats(up), n, shape);
}

void clamped_gate_backward(const Device&, const Matrix& dgate, const Matrix& dup, const Matrix& dy,
                           const Matrix& gate, const Matrix& up, const ClampedGate& shape) {
  expect(same_shape(dgate, gate) && same_shape(dup, up) && same_shape(dy, gate) &&
             same_shape(gate, up),
         "clamped_gate_backward");
  const int64_t n = dy.elements();
  if (n == 0) return;
  launch(over_elements("clamped_gate_backward", n), clamped_gate_backward_kernel, floats(dgate),
         floats(dup), floats(dy), floats(gate), floats(up), n, shape);
}

}  // namespace neiro::cuda
