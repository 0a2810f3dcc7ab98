// Gather, head, cross entropy, head back, scatter; a chunk at a time.
#include "objectives/token_loss.h"

#include <algorithm>

#include "objectives/head_rows.h"

namespace neiro {
namespace {

// Calls use(example, position, label) for every position that predicts a learnt token: position i
// predicts token i + 1 of the same example. Returns their number.
template <class Use>
int64_t for_learnt(const Batch& batch, Use use) {
  int64_t n = 0;
  int32_t at = 0;
  for (size_t s = 0; s < batch.lengths.size(); ++s) {
    const int32_t end = at + batch.lengths[s];
    for (int32_t i = at; i + 1 < end; ++i) {
      const int32_t label = batch.labels[static_cast<size_t>(i) + 1];
      if (label == kNotLearnt) continue;
      use(s, i, label);
      ++n;
    }
    at = end;
  }
  return n;
}

}  // namespace

LossBuffers place_loss_buffers(PlannedMemory& memory, const ModelConfig& config, int64_t T) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const int64_t N = T * std::max<int64_t>(1, config.score.labels);
  LossBuffers buffers;
  buffers.rows = memory.take<int32_t>(kCategory, T);
  buffers.labels = memory.take<int32_t>(kCategory, T);
  if (config.has_score_head()) {
    buffers.targets = memory.take<float>(kCategory, N);
    buffers.weights = memory.take<float>(kCategory, T);
  }
  buffers.losses = memory.take<float>(kCategory, N);
  buffers.coefficients = memory.take<float>(kCategory, N);
  buffers.staging = memory.take_host<int32_t>(kCategory, T);
  buffers.floats = memory.take_host<float>(kCategory, N);
  return buffers;
}

void set_coefficients(const Device& device, const LossBuffers& buffers, int64_t n, float value) {
  std::fill(buffers.floats, buffers.floats + n, value);
  device.upload(buffers.coefficients, buffers.floats, n);
}

void set_coefficients(const Device& device, const LossBuffers& buffers, const Batch& batch,
                      const float* gradient) {
  float* next = buffers.floats;
  const int64_t learnt = for_learnt(batch, [&](size_t, int32_t position, int32_t) {
    *next++ = -gradient[position + 1];  // the loss below is -log p
  });
  device.upload(buffers.coefficients, buffers.floats, learnt);
}

int64_t token_loss(const Pass& pass, const Model& model, const HeadBuffers& head,
                   const LossBuffers& buffers, const Batch& batch, const Matrix& hidden,
                   const Matrix& d_hidden) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int32_t before = static_cast<int32_t>(pass.rows.before);
  int32_t* next = buffers.staging;
  const int64_t learnt = for_learnt(batch, [&](size_t example, int32_t position, int32_t) {
    *next++ = position + before * (static_cast<int32_t>(example) + 1);
  });
  device.upload(buffers.rows, buffers.staging, learnt);
  next = buffers.staging;
  for_learnt(batch, [&](size_t, int32_t, int32_t label) { *next++ = label; });
  device.upload(buffers.labels, buffers.staging, learnt);

  through_head(pass, model, head, {hidden, d_hidden, buffers.rows, learnt},
               [&](int64_t first, const Matrix& logits) {
                 DevicePtr<const float> coefficients;
                 if (d_hidden.data) coefficients = buffers.coefficients + first;
                 ops.cross_entropy(device, buffers.losses + first, logits, buffers.labels + first,
                                   coefficients);
               });
  return learnt;
}

double collect_loss(const Device& device, const LossBuffers& buffers, const Batch& batch,
                    ExampleLoss* examples) {
  device.download(buffers.floats, buffers.losses, count_learnt(batch));
  double sum = 0;
  const float* nll = buffers.floats;
  for_learnt(batch, [&](size_t example, int32_t, int32_t) {
    sum += *nll;
    examples[example].nll_sum += *nll++;
    ++examples[example].learnt;
  });
  return sum;
}

void collect_log_probabilities(const Device& device, const LossBuffers& buffers, const Batch& batch,
                               float* out) {
  std::fill(out, out + batch.size(), 0.0f);
  device.download(buffers.floats, buffers.losses, count_learnt(batch));
  const float* nll = buffers.floats;
  for_learnt(batch, [&](size_t, int32_t position, int32_t) { out[position + 1] = -*nll++; });
}

}  // namespace neiro
