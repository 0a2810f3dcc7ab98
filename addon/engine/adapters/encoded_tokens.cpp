// Three products on a handful of rows, whenever the values change; and their way back.
#include "adapters/encoded_tokens.h"

#include <cmath>
#include <string>
#include <utility>

#include "adapters/layer_adapter.h"
#include "adapters/virtual_tokens.h"

namespace neiro {
namespace {

Matrix gradient_of(const Matrix& values, DevicePtr<float> gradient) {
  Matrix matrix = values;
  matrix.data = gradient.as<std::byte>();
  return matrix;
}

}  // namespace

EncodedTokens::EncodedTokens(const ModelConfig& model, const VirtualTokensConfig& config) {
  const int64_t C = model.hidden_size, H = config.encoder_width;
  e_.rows = p_.rows = config.tokens;
  e_.cols = p_.cols = C;
  const int64_t widths[] = {C, H, H, C};
  for (int i = 0; i < kSteps; ++i) {
    steps_[i].w.rows = widths[i + 1];
    steps_[i].w.cols = widths[i];
  }
}

void EncodedTokens::forward(const Pass& pass, const Matrix& hidden) const {
  for_rows_before(pass, hidden, [&](const Matrix& rows) {
    pass.device->copy(rows.floats(), DevicePtr<const float>(p_.floats()), p_.elements());
  });
}

void EncodedTokens::backward(const Pass& pass, const Matrix& d_hidden) const {
  if (!de_) return;
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix& d_prompt = steps_[kSteps - 1].dy;
  device.zero(d_prompt.floats(), d_prompt.elements());
  for_rows_before(pass, d_hidden, [&](const Matrix& rows) { ops.add(device, d_prompt, rows); });
  for (int i = kSteps; i-- > 0;) {
    const Step& step = steps_[i];
    const Matrix& x = i == 0 ? e_ : steps_[i - 1].y;
    ops.linear_backward_weight(device, step.dw, step.dy, x, 1.0f);
    ops.linear_backward_bias(device, step.db, step.dy);
    if (i == 0) {
      ops.linear_backward_input(device, gradient_of(e_, de_), step.dy, step.w, 1.0f, true);
      continue;
    }
    const Matrix& dx = steps_[i - 1].dy;
    ops.linear_backward_input(device, dx, step.dy, step.w, 1.0f, false);
    // The slope of a ReLU is told by what it gives as well.
    ops.activation_backward(device, dx, dx, x, Activation::kRelu);
  }
}

std::vector<TensorSlot> EncodedTokens::slots() {
  TensorSlot slot{"prompt_embeddings", TensorSlot::Kind::kAdapter, p_.rows, p_.cols};
  slot.matrix = &p_;
  return {slot};
}

std::vector<TensorSlot> EncodedTokens::parameters() {
  const std::string encoder = "prompt_encoder.default.";
  std::vector<TensorSlot> slots = {matrix_slot(encoder + "embedding.weight", e_, de_)};
  for (int i = 0; i < kSteps; ++i) {
    Step& step = steps_[i];
    const std::string name = encoder + "mlp_head." + std::to_string(2 * i);
    slots.push_back(matrix_slot(name + ".weight", step.w, step.dw));
    TensorSlot bias{name + ".bias", TensorSlot::Kind::kAdapter, step.w.rows};
    bias.vector = &step.b;
    bias.gradient = &step.db;
    slots.push_back(std::move(bias));
  }
  return slots;
}

void EncodedTokens::place(PlannedMemory& memory) {
  for (Step& step : steps_) {
    step.y = memory.take_matrix(MemoryCategory::kAdapter, p_.rows, step.w.rows);
    step.dy = memory.take_matrix(MemoryCategory::kAdapter, p_.rows, step.w.rows);
  }
}

// As torch.nn.Embedding and torch.nn.Linear.
void EncodedTokens::initialise(const Device& device, PhiloxKey key) {
  fill_embedding(device, e_, key);
  uint64_t stream = 0;
  const auto fill = [&](DevicePtr<float> values, int64_t n, int64_t in) {
    const float bound = 1.0f / std::sqrt(static_cast<float>(in));
    std::vector<float> first(static_cast<size_t>(n));
    fill_uniform(first.data(), n, -bound, bound, {key.seed, mix_stream(key.stream, ++stream)});
    device.upload(values, first.data(), n);
  };
  for (Step& step : steps_) {
    fill(step.w.floats(), step.w.elements(), step.w.cols);
    fill(step.b, step.w.rows, step.w.cols);
  }
}

void EncodedTokens::values_changed(const Device& device) {
  const Operations& ops = device.ops();
  for (int i = 0; i < kSteps; ++i) {
    const Step& step = steps_[i];
    ops.linear_forward(device, step.y, i == 0 ? e_ : steps_[i - 1].y, step.w, step.b, 1.0f, false);
    if (i + 1 < kSteps) ops.activation_forward(device, step.y, step.y, Activation::kRelu);
  }
  const Matrix& prompt = steps_[kSteps - 1].y;
  device.copy(p_.floats(), DevicePtr<const float>(prompt.floats()), p_.elements());
}

}  // namespace neiro
