// Shapes of the parts, and the walks over them.
#include "model/model.h"

#include <algorithm>
#include <utility>

namespace neiro {
namespace {

// Where one tensor after the other gets its name and its place.
struct SlotList {
  std::vector<TensorSlot> slots;

  void matrix(std::string name, TensorSlot::Kind kind, Matrix& place, DevicePtr<float>& gradient) {
    TensorSlot slot{std::move(name), kind, place.rows, place.cols};
    slot.matrix = &place;
    slot.gradient = &gradient;
    slots.push_back(std::move(slot));
  }
  void vector(std::string name, TensorSlot::Kind kind, int64_t n, DevicePtr<float>& place,
              DevicePtr<float>& gradient) {
    TensorSlot slot{std::move(name), kind, n};
    slot.vector = &place;
    slot.gradient = &gradient;
    slots.push_back(std::move(slot));
  }
  // [C, 1, kernel] in the file.
  void conv(const std::string& path, int64_t columns, int64_t kernel, DevicePtr<float>& place,
            DevicePtr<float>& gradient) {
    TensorSlot slot{path + ".weight", TensorSlot::Kind::kTable, columns * kernel};
    slot.dims = {columns, 1, kernel};
    slot.vector = &place;
    slot.gradient = &gradient;
    slots.push_back(std::move(slot));
  }
  void table(const std::string& name, Matrix& table, DevicePtr<float>& gradient) {
    if (table.rows > 0) matrix(name + ".weight", TensorSlot::Kind::kTable, table, gradient);
  }
  void linear(const std::string& path, Linear& linear, bool bias,
              TensorSlot::Kind kind = TensorSlot::Kind::kLinear) {
    if (!linear.exists()) return;
    matrix(path + ".weight", kind, linear.w, linear.dw);
    if (bias)
      vector(path + ".bias", TensorSlot::Kind::kBias, linear.out(), linear.bias, linear.dbias);
  }
  void norm(const std::string& path, Norm& norm, bool bias) {
    if (!norm.exists()) return;
    vector(path + ".weight", TensorSlot::Kind::kNorm, norm.size, norm.w, norm.dw);
    if (bias) vector(path + ".bias", TensorSlot::Kind::kBias, norm.size, norm.bias, norm.dbias);
  }
};

std::string layer_prefix(const TensorNames& names, size_t layer) {
  return names.layers + "." + std::to_string(layer) + ".";
}

// A part without a name is left without a size: the model does not have it.
void shape_linear(Linear& linear, const std::string& name, int64_t out, int64_t in) {
  if (name.empty()) return;
  linear.w.rows = out;
  linear.w.cols = in;
}

void shape_table(Matrix& table, const std::string& name, int64_t rows, int64_t cols) {
  if (name.empty()) return;
  table.rows = rows;
  table.cols = cols;
}

void shape_norm(Norm& norm, const std::string& name, int64_t size, const ModelConfig& config) {
  if (name.empty()) return;
  norm.size = size;
  norm.base = config.norm_base;
  norm.centred = config.layer_norm;
}

void shape_attention(Attention& attention, const ModelConfig& config, size_t layer) {
  const TensorNames& names = config.names;
  const int64_t C = config.hidden_size;
  const LayerHeads heads = config.heads_of(layer);
  const int64_t query_size = static_cast<int64_t>(config.heads) * heads.head_dim;
  const int64_t kv_size = static_cast<int64_t>(heads.kv_heads) * heads.head_dim;
  const bool borrows = config.key_source(layer) != layer;
  if (!names.qkv.empty()) {
    shape_linear(attention.qkv, names.qkv, query_size + 2 * kv_size, C);
  } else {
    shape_linear(attention.q, names.q, query_size * (config.attention_gate ? 2 : 1), C);
    if (!borrows) shape_linear(attention.k, names.k, kv_size, C);
    const bool of_keys = config.keys_are_values && config.windows[layer] == 0;
    if (!borrows && !of_keys) shape_linear(attention.v, names.v, kv_size, C);
  }
  shape_linear(attention.o, names.o, C, query_size);
  attention.source = static_cast<int64_t>(config.key_source(layer));
  attention.value_norm = config.value_norm && !borrows;
  const bool whole = config.whole_qk_norm;
  shape_norm(attention.q_norm, names.q_norm, whole ? query_size : heads.head_dim, config);
  if (!borrows) {
    shape_norm(attention.k_norm, names.k_norm, whole ? kv_size : heads.head_dim, config);
  }
  attention.shape.heads = config.heads;
  attention.shape.kv_heads = heads.kv_heads;
  attention.shape.head_dim = heads.head_dim;
  attention.shape.window = static_cast<int>(config.windows[layer]);
  attention.shape.scale = config.attention_scale;
  attention.shape.soft_cap = config.attention_soft_cap;
  attention.shape.causal = config.causal;
  attention.gated = config.attention_gate;
  attention.relative = config.relative;
  attention.rope.head_dim = heads.head_dim;
  const bool windowed = config.windows[layer] > 0 && config.window_rotary > 0;
  const int rotary = windowed ? config.window_rotary : config.rotary;
  attention.rope.rotary = config.rotates[layer] ? rotary : 0;
  attention.rope.interleaved = config.interleaved_rotary;
}

void shape_conv(ShortConv& conv, const ModelConfig& config) {
  const int64_t C = config.hidden_size;
  shape_linear(conv.in, config.names.conv_in, 3 * C, C);
  shape_linear(conv.out, config.names.conv_out, C, C);
  conv.kernel = config.conv_kernel;
}

void shape_delta(DeltaNet& delta, const ModelConfig& config) {
  const TensorNames& names = config.names;
  const int64_t C = config.hidden_size, V = config.delta.value_size();
  shape_linear(delta.qkv, names.delta_qkv, config.delta_size(), C);
  shape_linear(delta.gate, names.delta_gate, V, C);
  shape_linear(delta.learn, names.delta_learn, config.delta.value_heads, C);
  shape_linear(delta.decay, names.delta_decay, config.delta.value_heads, C);
  shape_linear(delta.out, names.delta_out, C, V);
  delta.norm.size = config.delta.value_dim;  // stored as it counts, whatever the others are
  delta.kernel = config.conv_kernel;
  delta.shape = config.delta;
}

void shape_mixer(DecoderLayer& layer, const ModelConfig& config, size_t index) {
  switch (config.mixer(index)) {
    case Mixer::kAttention:
      shape_attention(layer.attention, config, index);
      break;
    case Mixer::kShortConv:
      shape_conv(layer.conv, config);
      break;
    case Mixer::kDeltaRule:
      shape_delta(layer.delta, config);
      break;
  }
}

void shape_mlp(Mlp& mlp, const ModelConfig& config, size_t layer) {
  const TensorNames& names = config.names;
  const int64_t C = config.hidden_size;
  const int64_t I = config.intermediate_of(layer);
  if (names.gate_up.empty()) {
    shape_linear(mlp.gate, names.gate, I, C);
    shape_linear(mlp.up, names.up, I, C);
  } else {
    shape_linear(mlp.gate_up, names.gate_up, 2 * I, C);
  }
  shape_linear(mlp.down, names.down, C, I);
}

void shape_experts(Experts& experts, const ModelConfig& config) {
  const TensorNames& names = config.names;
  const int64_t C = config.hidden_size, I = config.experts.intermediate_size;
  shape_linear(experts.router, names.router, config.experts.count, C);
  experts.all.resize(static_cast<size_t>(config.experts.count));
  for (Expert& expert : experts.all) {
    shape_linear(expert.gate, names.expert_gate, I, C);
    shape_linear(expert.up, names.expert_up, I, C);
    shape_linear(expert.down, names.expert_down, C, I);
  }
}

void shape_beside(ExpertsBeside& beside, const ModelConfig& config) {
  const TensorNames& names = config.names;
  const int64_t C = config.hidden_size;
  shape_norm(beside.block_out, names.block_out_norm, C, config);
  shape_norm(beside.route, names.router_norm, C, config);
  shape_norm(beside.in, names.experts_norm, C, config);
  shape_norm(beside.behind, names.experts_out_norm, C, config);
}

// The linear layers of a decoder layer by name, in the order of the computation.
std::vector<std::pair<std::string, Linear*>> linears_of(DecoderLayer& layer,
                                                        const ModelConfig& config) {
  const TensorNames& names = config.names;
  Attention& attention = layer.attention;
  Mlp& mlp = layer.mlp;
  ShortConv& conv = layer.conv;
  DeltaNet& delta = layer.delta;
  const std::pair<std::string, Linear*> parts[] = {{names.qkv, &attention.qkv},
                                                   {names.q, &attention.q},
                                                   {names.k, &attention.k},
                                                   {names.v, &attention.v},
                                                   {names.o, &attention.o},
                                                   {names.conv_in, &conv.in},
                                                   {names.conv_out, &conv.out},
                                                   {names.delta_qkv, &delta.qkv},
                                                   {names.delta_gate, &delta.gate},
                                                   {names.delta_learn, &delta.learn},
                                                   {names.delta_decay, &delta.decay},
                                                   {names.delta_out, &delta.out},
                                                   {names.gate_up, &mlp.gate_up},
                                                   {names.gate, &mlp.gate},
                                                   {names.up, &mlp.up},
                                                   {names.down, &mlp.down},
                                                   {names.input_gate, &layer.input.gate},
                                                   {names.input_out, &layer.input.out}};
  std::vector<std::pair<std::string, Linear*>> found;
  for (const auto& part : parts) {
    if (part.second->exists()) found.push_back(part);
  }
  if (layer.beside.exists()) found.emplace_back(names.router, &layer.experts.router);
  return found;
}

void list_conv(SlotList& list, const std::string& prefix, ShortConv& conv,
               const ModelConfig& config) {
  const TensorNames& names = config.names;
  list.linear(prefix + names.conv_in, conv.in, config.conv_bias);
  list.conv(prefix + names.conv, conv.out.in(), conv.kernel, conv.w, conv.dw);
  if (config.conv_bias) {
    list.vector(prefix + names.conv + ".bias", TensorSlot::Kind::kBias, conv.out.in(), conv.bias,
                conv.dbias);
  }
  list.linear(prefix + names.conv_out, conv.out, config.conv_bias);
}

void list_delta(SlotList& list, const std::string& prefix, DeltaNet& delta,
                const TensorNames& names) {
  const auto of_heads = [&](const std::string& name, DevicePtr<float>& place,
                            DevicePtr<float>& gradient) {
    list.vector(prefix + name, TensorSlot::Kind::kTable, delta.shape.value_heads, place, gradient);
  };
  list.linear(prefix + names.delta_qkv, delta.qkv, false);
  list.linear(prefix + names.delta_gate, delta.gate, false);
  list.linear(prefix + names.delta_learn, delta.learn, false);
  list.linear(prefix + names.delta_decay, delta.decay, false);
  list.conv(prefix + names.delta_conv, delta.qkv.out(), delta.kernel, delta.conv, delta.d_conv);
  of_heads(names.delta_rate, delta.rate, delta.d_rate);
  of_heads(names.delta_shift, delta.shift, delta.d_shift);
  list.norm(prefix + names.delta_norm, delta.norm, false);
  list.linear(prefix + names.delta_out, delta.out, false);
}

void list_experts(SlotList& list, const std::string& prefix, Experts& experts,
                  const ModelConfig& config) {
  if (!experts.exists()) return;
  const TensorNames& names = config.names;
  const bool biases = config.experts.biases;
  list.linear(prefix + names.router, experts.router, biases, TensorSlot::Kind::kTable);
  if (!names.expert_scale.empty()) {
    list.vector(prefix + names.expert_scale, TensorSlot::Kind::kTable, config.experts.count,
                experts.scale, experts.d_scale);
  }
  for (size_t i = 0; i < experts.all.size(); ++i) {
    Expert& expert = experts.all[i];
    const std::string own = prefix + names.experts + "." + std::to_string(i) + ".";
    list.linear(own + names.expert_gate, expert.gate, biases, TensorSlot::Kind::kExpert);
    list.linear(own + names.expert_up, expert.up, biases, TensorSlot::Kind::kExpert);
    list.linear(own + names.expert_down, expert.down, false, TensorSlot::Kind::kExpert);
    if (!biases) continue;
    list.vector(own + names.expert_down + ".bias", TensorSlot::Kind::kBias, expert.down.out(),
                expert.down_bias, expert.d_down_bias);
  }
}

void list_beside(SlotList& list, const std::string& prefix, ExpertsBeside& beside,
                 const TensorNames& names) {
  list.norm(prefix + names.block_out_norm, beside.block_out, false);
  list.vector(prefix + names.router_norm, TensorSlot::Kind::kNorm, beside.route.size,
              beside.route.w, beside.route.dw);
  list.norm(prefix + names.experts_norm, beside.in, false);
  list.norm(prefix + names.experts_out_norm, beside.behind, false);
}

}  // namespace

Model::Model(ModelConfig given)
    : config(std::move(given)), layers(static_cast<size_t>(config.layers)) {
  const TensorNames& names = config.names;
  const int64_t C = config.hidden_size;
  const int64_t E = config.embedding_width();
  embedding.rows = config.vocab_size;
  embedding.cols = E;
  shape_table(positions, names.positions, config.position_rows, E);
  shape_table(types, names.types, config.token_types, E);
  shape_norm(embedding_norm, names.embedding_norm, E, config);
  shape_linear(embedding_project, names.embedding_project, C, E);
  if (config.input_size > 0) {
    const int64_t all = config.layers * config.input_size;
    shape_table(token_table, names.token_table, config.vocab_size, all);
    shape_linear(input_project, names.input_project, all, C);
    shape_norm(input_norm, names.input_norm, config.input_size, config);
  }
  shape_table(distances, names.distances, 2 * config.relative.span, C);
  shape_norm(distance_norm, names.distance_norm, C, config);
  if (config.has_score_head()) {
    shape_linear(score_dense, names.score_dense, C, C);
    shape_norm(score_norm, names.score_norm, C, config);
  }
  shape_linear(head, names.head, config.outputs(), C);
  shape_norm(final_norm, names.final_norm, C, config);
  for (size_t i = 0; i < layers.size(); ++i) {
    DecoderLayer& layer = layers[i];
    if (i > 0 || config.first_norm) {
      shape_norm(layer.attention_norm, names.attention_norm, C, config);
    }
    shape_mixer(layer, config, i);
    layer.attention.layer = static_cast<int64_t>(i);
    shape_norm(layer.attention_out_norm, names.attention_out_norm, C, config);
    shape_norm(layer.mlp_norm, names.mlp_norm, C, config);
    if (config.has_experts(i)) shape_experts(layer.experts, config);
    if (config.has_experts(i) && config.experts.beside) shape_beside(layer.beside, config);
    if (!config.has_experts(i) || config.experts.beside) shape_mlp(layer.mlp, config, i);
    shape_norm(layer.mlp_out_norm, names.mlp_out_norm, C, config);
    if (config.input_size > 0) {
      shape_linear(layer.input.gate, names.input_gate, config.input_size, C);
      shape_linear(layer.input.out, names.input_out, C, config.input_size);
      shape_norm(layer.input.norm, names.input_out_norm, C, config);
      layer.input.layer = static_cast<int64_t>(i);
    }
  }
}

std::vector<int64_t> TensorSlot::shape() const {
  if (!dims.empty()) return dims;
  return cols == 0 ? std::vector<int64_t>{rows} : std::vector<int64_t>{rows, cols};
}

DevicePtr<float> TensorSlot::values() const {
  return matrix != nullptr ? matrix->floats() : *vector;
}

void TensorSlot::set_values(DevicePtr<float> values) const {
  if (matrix != nullptr) {
    matrix->dtype = DType::kF32;
    matrix->data = values.as<std::byte>();
  } else {
    *vector = values;
  }
}

std::vector<TensorSlot> tensor_slots(Model& model) {
  const ModelConfig& config = model.config;
  const TensorNames& names = config.names;
  SlotList list;
  list.matrix(names.embedding + ".weight", TensorSlot::Kind::kEmbedding, model.embedding,
              model.d_embedding);
  list.table(names.positions, model.positions, model.d_positions);
  list.table(names.types, model.types, model.d_types);
  const bool norm_bias = config.norm_bias;
  list.norm(names.embedding_norm, model.embedding_norm, norm_bias);
  list.linear(names.embedding_project, model.embedding_project, true);
  list.table(names.token_table, model.token_table, model.d_token_table);
  list.linear(names.input_project, model.input_project, false);
  list.norm(names.input_norm, model.input_norm, false);
  list.table(names.distances, model.distances, model.d_distances);
  list.norm(names.distance_norm, model.distance_norm, norm_bias);
  for (size_t i = 0; i < model.layers.size(); ++i) {
    DecoderLayer& layer = model.layers[i];
    Attention& attention = layer.attention;
    const std::string prefix = layer_prefix(names, i);
    list.norm(prefix + names.attention_norm, layer.attention_norm, norm_bias);
    list.linear(prefix + names.qkv, attention.qkv, config.qkv_bias);
    list.linear(prefix + names.q, attention.q, config.qkv_bias);
    list.linear(prefix + names.k, attention.k, config.qkv_bias);
    list.linear(prefix + names.v, attention.v, config.qkv_bias);
    list.linear(prefix + names.o, attention.o, config.o_bias);
    if (!names.sinks.empty() && attention.exists()) {
      list.vector(prefix + names.sinks, TensorSlot::Kind::kTable, config.heads, attention.sinks,
                  attention.d_sinks);
    }
    list.norm(prefix + names.q_norm, attention.q_norm, norm_bias);
    list.norm(prefix + names.k_norm, attention.k_norm, norm_bias);
    if (layer.conv.exists()) list_conv(list, prefix, layer.conv, config);
    if (layer.delta.exists()) list_delta(list, prefix, layer.delta, names);
    list.norm(prefix + names.attention_out_norm, layer.attention_out_norm, norm_bias);
    list.norm(prefix + names.mlp_norm, layer.mlp_norm, norm_bias);
    list.linear(prefix + names.gate_up, layer.mlp.gate_up, config.mlp_bias);
    list.linear(prefix + names.gate, layer.mlp.gate, config.mlp_bias);
    list.linear(prefix + names.up, layer.mlp.up, config.mlp_bias);
    list.linear(prefix + names.down, layer.mlp.down, config.mlp_bias);
    list_experts(list, prefix, layer.experts, config);
    if (layer.beside.exists()) list_beside(list, prefix, layer.beside, names);
    list.norm(prefix + names.mlp_out_norm, layer.mlp_out_norm, norm_bias);
    list.linear(prefix + names.input_gate, layer.input.gate, false);
    list.linear(prefix + names.input_out, layer.input.out, false);
    list.norm(prefix + names.input_out_norm, layer.input.norm, false);
    if (!names.layer_scale.empty()) {
      list.vector(prefix + names.layer_scale, TensorSlot::Kind::kConstant, 1, layer.scale,
                  layer.d_scale);
    }
  }
  list.norm(names.final_norm, model.final_norm, norm_bias);
  if (config.has_score_head()) {
    constexpr auto kScore = TensorSlot::Kind::kScore;
    list.linear(names.score_dense, model.score_dense, config.score.dense_bias, kScore);
    list.norm(names.score_norm, model.score_norm, norm_bias);
    list.linear(names.head, model.head, config.score.bias, kScore);
  } else if (!config.tied_head && model.head.exists()) {
    list.matrix(names.head + ".weight", TensorSlot::Kind::kHead, model.head.w, model.head.dw);
  }
  return std::move(list.slots);
}

std::vector<LinearLayer> linear_layers(Model& model) {
  const TensorNames& names = model.config.names;
  std::vector<LinearLayer> list;
  const auto outside = [&](Linear& linear, const std::string& name) {
    if (linear.exists()) list.push_back({name.substr(name.rfind('.') + 1), name, &linear});
  };
  outside(model.embedding_project, names.embedding_project);
  outside(model.input_project, names.input_project);
  for (size_t i = 0; i < model.layers.size(); ++i) {
    for (const auto& [name, linear] : linears_of(model.layers[i], model.config)) {
      list.push_back({name.substr(name.rfind('.') + 1), layer_prefix(names, i) + name, linear,
                      static_cast<int64_t>(i)});
    }
  }
  outside(model.score_dense, names.score_dense);
  return list;
}

std::vector<ExpertsPlace> experts_places(Model& model) {
  std::vector<ExpertsPlace> list;
  for (size_t i = 0; i < model.layers.size(); ++i) {
    Experts& experts = model.layers[i].experts;
    if (!experts.exists()) continue;
    list.push_back({layer_prefix(model.config.names, i) + model.config.names.experts, &experts});
  }
  return list;
}

LinearLayer head_layer(Model& model) {
  const std::string& name = model.config.names.head;
  return {name.substr(name.rfind('.') + 1), name, &model.head};
}

std::string embedding_module(const Model& model) {
  const std::string& name = model.config.names.embedding;
  return name.substr(name.rfind('.') + 1);
}

bool has_bias(Model& model, const Linear& linear) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  return std::any_of(slots.begin(), slots.end(),
                     [&](const TensorSlot& slot) { return slot.vector == &linear.bias; });
}

std::vector<LinearLayer> head_layers(Model& model) {
  std::vector<LinearLayer> layers;
  const std::string& dense = model.config.names.score_dense;
  if (model.score_dense.exists()) {
    layers.push_back({dense.substr(dense.rfind('.') + 1), dense, &model.score_dense});
  }
  layers.push_back(head_layer(model));
  return layers;
}

std::vector<std::string> linear_modules(Model& model) {
  std::vector<std::string> modules;
  for (LinearLayer& layer : linear_layers(model)) {
    if (std::find(modules.begin(), modules.end(), layer.module) == modules.end()) {
      modules.push_back(std::move(layer.module));
    }
  }
  return modules;
}

void tie_head(Model& model) {
  if (!model.config.tied_head) return;
  model.head.w = model.embedding;
  model.head.dw = model.d_embedding;
}

}  // namespace neiro
