// Gate, product, projection, norm; and back.
#include "model/blocks/layer_input.h"

namespace neiro {
namespace {

// The layer's part of the vectors, in its room.
Matrix own_part(const Pass& pass, const LayerInput& block, const LayerInputScratch& scratch,
                int64_t T) {
  const int64_t P = block.gate.out();
  const Matrix own = scratch.own.first(T);
  pass.ops().copy_columns(*pass.device, own, 0, pass.layer_inputs->rows.first(T), block.layer * P,
                          P);
  return own;
}

}  // namespace

LayerInputActivations place_layer_input_activations(PlannedMemory& memory, MemoryCategory category,
                                                    const ModelConfig& config,
                                                    const std::vector<const LayerInput*>& blocks,
                                                    int64_t T) {
  LayerInputActivations acts;
  acts.x = memory.take_matrix(category, T, config.hidden_size);
  acts.gate = memory.take_matrix(category, T, config.input_size);
  acts.out = memory.take_matrix(category, T, config.hidden_size);
  acts.rstd = memory.take<float>(category, T);
  acts.kept_gate = place_kept(memory, category, blocks, &LayerInput::gate, T);
  acts.kept_out = place_kept(memory, category, blocks, &LayerInput::out, T);
  return acts;
}

LayerInputScratch place_layer_input_scratch(PlannedMemory& memory, const ModelConfig& config,
                                            int64_t T) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  LayerInputScratch scratch;
  scratch.own = memory.take_matrix(kCategory, T, config.input_size);
  scratch.product = memory.take_matrix(kCategory, T, config.input_size);
  return scratch;
}

void layer_input_forward(const Pass& pass, const LayerInput& block, const Matrix& y,
                         const Matrix& room, int64_t T, const LayerInputActivations& acts,
                         const LayerInputScratch& scratch) {
  const Operations& ops = pass.ops();
  const Matrix x = acts.x.first(T), gate = acts.gate.first(T), out = acts.out.first(T);
  const Matrix product = scratch.product.first(T);
  const Matrix own = own_part(pass, block, scratch, T);
  block.gate.forward(pass, gate, acts.kept_gate, x);
  ops.gated_forward(*pass.device, product, gate, own, pass.config->activation);
  block.out.forward(pass, out, acts.kept_out, product);
  block.norm.forward(pass, y.data ? y : room, acts.rstd, out);
  if (y.data) ops.add(*pass.device, y, x);
}

void layer_input_backward(const Pass& pass, const LayerInput& block, const Matrix& d,
                          const Matrix& room, const LayerInputActivations& acts,
                          const LayerInputScratch& scratch) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = d.rows;
  const Activation f = pass.config->activation;
  const Matrix x = acts.x.first(T), gate = acts.gate.first(T);
  const Matrix product = scratch.product.first(T);
  const Matrix own = own_part(pass, block, scratch, T);
  block.norm.backward(pass, room, d, acts.out.first(T), acts.rstd, false);
  ops.gated_forward(device, product, gate, own, f);
  block.out.backward(pass, product, room, product, acts.kept_out, false);
  ops.gated_backward(device, gate, own, product, gate, own, f);
  ops.copy_columns(device, pass.layer_inputs->d_rows.first(T), block.layer * own.cols, own, 0,
                   own.cols);
  block.gate.backward(pass, d, gate, x, acts.kept_gate, true);
}

}  // namespace neiro
