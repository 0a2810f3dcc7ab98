// Sum, norm, projection; and back.
#include "model/embedding.h"

#include <cmath>

#include "model/embedding_adapter.h"
#include "model/input_rows.h"

namespace neiro {
namespace {

// The vectors of positions, from the first token's on.
Matrix positions_of(const Model& model) {
  const int64_t first = model.config.first_position;
  return model.positions.slice(first, model.positions.rows - first);
}

constexpr uint64_t kNoise = 0x6e6f697365;  // of the streams of a micro-step, that of the noise

// NEFTune (Jain et al. 2023): x += U(-1, 1) * alpha / sqrt(L E) for an example of L tokens.
void add_noise(const Pass& pass, const EmbeddingBuffers& buffers, const Matrix& x, float alpha) {
  for (int64_t s = 0; s < pass.rows.examples; ++s) {
    const int64_t begin = pass.rows.starts[s] * x.cols;
    const int64_t n = pass.rows.starts[s + 1] * x.cols - begin;
    const float most = alpha / std::sqrt(static_cast<float>(n));
    const uint64_t stream = mix_stream(pass.random.stream, kNoise, static_cast<uint64_t>(s));
    fill_uniform(buffers.staging + begin, n, -most, most, {pass.random.seed, stream});
  }
  const Matrix noise = buffers.noise.first(x.rows);
  pass.device->upload(noise.floats(), buffers.staging, x.elements());
  pass.ops().add(*pass.device, x, noise);
}

// The adapter behind the embedding that this pass is for; null = none.
const EmbeddingAdapter* adapter_of(const Pass& pass, const Model& model) {
  return pass.adapter ? model.embedding_adapter : nullptr;
}

}  // namespace

EmbeddingBuffers place_embedding_buffers(PlannedMemory& memory, const Model& model, int64_t T,
                                         bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  const int64_t E = model.config.embedding_width();
  EmbeddingBuffers buffers;
  if (model.embedding_norm.exists()) {
    buffers.sum = memory.take_matrix(kCategory, T, E);
    buffers.rstd = memory.take<float>(kCategory, T);
  }
  if (model.positions.rows > 0 || model.types.rows > 0) {
    buffers.added = memory.take_matrix(kCategory, T, E);
  }
  if (model.types.rows > 0) buffers.first = memory.take<int32_t>(kCategory, T);
  if (model.embedding_project.exists()) {
    buffers.narrow = memory.take_matrix(kCategory, T, E);
    if (gradients) buffers.d_narrow = memory.take_matrix(kCategory, T, E);
    const int64_t kept = model.embedding_project.kept_per_token();
    if (kept > 0) buffers.kept = memory.take_matrix(kCategory, T, kept);
  }
  if (model.config.embedding_noise > 0 && gradients) {
    buffers.noise = memory.take_matrix(kCategory, T, E);
    buffers.staging = memory.take_host<float>(kCategory, T * E);
  }
  return buffers;
}

void embed(const Pass& pass, const Model& model, const EmbeddingBuffers& buffers,
           const Matrix& hidden) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = pass.rows.T;
  const bool projects = model.embedding_project.exists();
  const Matrix out = projects ? buffers.narrow.first(T) : hidden;
  const Matrix sum = model.embedding_norm.exists() ? buffers.sum.first(T) : out;
  ops.embedding_forward(device, sum, model.embedding, pass.rows.tokens);
  if (const EmbeddingAdapter* own = adapter_of(pass, model)) own->forward(pass, sum, 0, T);
  const float scale = model.config.embedding_scale;
  if (scale != 1) ops.scale(device, sum, scale);
  const float alpha = model.config.embedding_noise;
  if (pass.dropout && alpha > 0) add_noise(pass, buffers, sum, alpha);
  const auto add = [&](const Matrix& table, DevicePtr<const int32_t> rows) {
    const Matrix added = buffers.added.first(T);
    ops.embedding_forward(device, added, table, rows);
    ops.add(device, sum, added);
  };
  if (model.positions.rows > 0) add(positions_of(model), pass.rows.positions);
  if (model.types.rows > 0) {
    device.zero(buffers.first, T);
    add(model.types, buffers.first);
  }
  if (pass.rows.before > 0) pass.inputs->forward(pass, sum);
  if (model.embedding_norm.exists()) model.embedding_norm.forward(pass, out, buffers.rstd, sum);
  if (projects) model.embedding_project.forward(pass, hidden, buffers.kept, out);
}

void embed_backward(const Pass& pass, const Model& model, const EmbeddingBuffers& buffers,
                    const Matrix& d_hidden) {
  const int64_t T = pass.rows.T;
  if (pass.rows.before > 0) pass.inputs->backward(pass, d_hidden);
  const EmbeddingAdapter* own = adapter_of(pass, model);
  const bool learns = model.d_embedding || own != nullptr;
  if (!learns && model.embedding_project.kept_per_token() == 0) return;
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  Matrix d = d_hidden;
  if (model.embedding_project.exists()) {
    d = buffers.d_narrow.first(T);
    model.embedding_project.backward(pass, d, d_hidden, buffers.narrow.first(T), buffers.kept,
                                     false);
  }
  if (!learns) return;
  if (model.embedding_norm.exists()) {
    model.embedding_norm.backward(pass, d, d, buffers.sum.first(T), buffers.rstd, false);
  }
  if (model.d_types) ops.embedding_backward(device, model.d_types, d, buffers.first);
  if (model.d_positions) {
    const int64_t before = model.config.first_position * d.cols;
    ops.embedding_backward(device, model.d_positions + before, d, pass.rows.positions);
  }
  if (model.config.embedding_scale != 1) ops.scale(device, d, model.config.embedding_scale);
  if (own != nullptr) return own->backward(pass, d);
  ops.embedding_backward(device, model.d_embedding, d, pass.rows.tokens);
}

}  // namespace neiro
