// Gathered rows through the final norm and one linear layer, a chunk at a time.
#include "objectives/side_head.h"

#include <algorithm>
#include <utility>

#include "backend/transfer.h"
#include "core/error.h"
#include "core/option.h"
#include "io/safetensors.h"
#include "model/weights.h"

namespace neiro {
namespace {

constexpr float kSpread = 0.02f;  // standard deviation of first values, as Transformers' heads have

}  // namespace

SideHead::SideHead(const Model& model, SideHeadConfig config)
    : model_(model), config_(std::move(config)) {
  // Its numbers lie where those of the model's own head do.
  const int64_t most = model.config.outputs();
  require_option(config_.outputs >= 1 && config_.outputs <= most, "outputs", config_.outputs,
                 "a whole number from 1 to the size of the vocabulary");
  require_option(!config_.name.empty() && !config_.name.starts_with("base_model."), "name",
                 config_.name, "a name of its own");
  linear_.w.rows = config_.outputs;
  linear_.w.cols = model.config.hidden_size;
}

std::vector<TensorSlot> SideHead::slots() {
  TensorSlot w{config_.name + ".weight", TensorSlot::Kind::kAdapter, linear_.w.rows,
               linear_.w.cols};
  w.matrix = &linear_.w;
  w.gradient = &linear_.dw;
  if (!config_.bias) return {w};
  TensorSlot bias{config_.name + ".bias", TensorSlot::Kind::kAdapter, linear_.w.rows};
  bias.vector = &linear_.bias;
  bias.gradient = &linear_.dbias;
  return {w, bias};
}

void SideHead::initialise(const Device& device, uint64_t seed) {
  for (const TensorSlot& slot : slots()) {
    std::vector<float> values(static_cast<size_t>(slot.elements()));
    if (slot.cols > 0) {
      fill_normal(values.data(), slot.elements(), kSpread, {seed, stream_of(slot.name)});
    }
    device.upload(slot.values(), values.data(), slot.elements());
  }
}

void SideHead::use(const HeadBuffers& head, const LossBuffers& buffers) {
  head_ = &head;
  buffers_ = &buffers;
}

void SideHead::check_read(const Batch& batch, int64_t max_tokens) const {
  check_tokens(batch.tokens, batch.lengths, model_.config.vocab_size, max_tokens);
}

int64_t SideHead::value_count(const Batch& batch) const {
  const int64_t rows =
      config_.every_token ? batch.size() : static_cast<int64_t>(batch.lengths.size());
  return rows * config_.outputs;
}

int64_t SideHead::lay_rows_read(const Pass& pass, const Batch& batch) const {
  int32_t* next = buffers_->staging;
  int32_t row = 0;
  for (const int32_t length : batch.lengths) {
    row += static_cast<int32_t>(pass.rows.before);
    const int32_t first = config_.every_token ? 0 : length - 1;
    for (int32_t i = first; i < length; ++i) *next++ = row + i;
    row += length;
  }
  const int64_t n = next - buffers_->staging;
  pass.device->upload(buffers_->rows, buffers_->staging, n);
  return n;
}

template <class Work>
void SideHead::each_chunk(const Pass& pass, const Batch& batch, const Matrix& hidden,
                          Work work) const {
  const int64_t all = lay_rows_read(pass, batch);
  for (int64_t first = 0; first < all; first += head_->rows) {
    pass.check_cancelled();
    const int64_t n = std::min(head_->rows, all - first);
    const Matrix x = head_->hidden.first(n);
    pass.ops().gather_rows(*pass.device, x, hidden, buffers_->rows + first);
    work(first, x, head_->logits.shaped(n, config_.outputs));
  }
}

void SideHead::values(const Pass& given, const Batch& batch, const Matrix& hidden,
                      float* out) const {
  Pass pass = given;
  pass.device = &given.device->exact();
  each_chunk(pass, batch, hidden, [&](int64_t first, const Matrix& x, const Matrix& scores) {
    linear_.forward(pass, scores, {}, final_states(pass, model_, *head_, x));
    pass.device->download(out + first * scores.cols, scores.floats(), scores.elements());
  });
}

void SideHead::send_back(const Pass& given, const Batch& batch, const Matrix& hidden,
                         const Matrix& d_hidden, const float* gradient) const {
  Pass pass = given;
  pass.device = &given.device->exact();
  pass.device->zero(d_hidden.data, stored_bytes(d_hidden.dtype, d_hidden.elements()));
  each_chunk(pass, batch, hidden, [&](int64_t first, const Matrix& x, const Matrix& scores) {
    const Matrix normed = final_states(pass, model_, *head_, x);
    pass.device->upload(scores.floats(), gradient + first * scores.cols, scores.elements());
    Matrix d = head_->d_normed.first(x.rows);
    linear_.backward(pass, d, scores, normed, {}, false);
    if (model_.final_norm.exists()) {
      const Matrix dx = head_->d_hidden.first(x.rows);
      model_.final_norm.backward(pass, dx, d, x, head_->rstd, false);
      d = dx;
    }
    pass.ops().gather_rows_backward(*pass.device, d_hidden, d, buffers_->rows + first);
  });
}

SideHead& head_named(std::vector<SideHead>& heads, const std::string& name) {
  std::vector<std::string> names;
  for (SideHead& head : heads) {
    if (head.config().name == name) return head;
    names.push_back(head.config().name);
  }
  refuse_option("head", name, names.empty() ? "none, because there is none" : list_of(names));
}

void save_side_heads(const Device& device, std::vector<SideHead>& heads, const std::string& path) {
  std::vector<TensorSlot> slots;
  std::vector<TensorSpec> specs;
  for (SideHead& head : heads) {
    for (const TensorSlot& slot : head.slots()) {
      slots.push_back(slot);
      specs.push_back({slot.name, DType::kF32, slot.shape()});
    }
  }
  SafetensorsWriter writer(path, specs);
  for (const TensorSlot& slot : slots) {
    const std::vector<float> values = downloaded(device, slot.values(), slot.elements());
    writer.write(values.data(), slot.elements() * static_cast<int64_t>(sizeof(float)));
  }
  writer.commit();
}

void load_side_heads(const Device& device, ThreadPool& pool, std::vector<SideHead>& heads,
                     const std::string& path) {
  const SafetensorsFile file(path);
  for (SideHead& head : heads) {
    for (const TensorSlot& slot : head.slots()) {
      const Tensor& tensor = file.tensor(slot.name);
      if (tensor.shape != slot.shape()) {
        throw Error("TENSOR_SHAPE", {{"tensor", slot.name},
                                     {"file", path},
                                     {"expected", shape_text(slot.shape())},
                                     {"actual", shape_text(tensor.shape)}});
      }
      check_float_tensor(tensor);
    }
  }
  for (SideHead& head : heads) {
    for (const TensorSlot& slot : head.slots()) {
      upload_as_float(device, pool, file.tensor(slot.name), slot.values());
    }
  }
}

}  // namespace neiro
