// Shapes of the parts, and the walks over them.
#include "model/model.h"

#include <algorithm>
#include <cmath>
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
  void linear(const std::string& path, Linear& linear, bool bias) {
    matrix(path + ".weight", TensorSlot::Kind::kLinear, linear.w, linear.dw);
    if (bias)
      vector(path + ".bias", TensorSlot::Kind::kBias, linear.out(), linear.bias, linear.dbias);
  }
  void norm(const std::string& path, RmsNorm& norm, int64_t n) {
    vector(path + ".weight", TensorSlot::Kind::kNorm, n, norm.w, norm.dw);
  }
};

std::string layer_prefix(const TensorNames& names, size_t layer) {
  return names.layers + "." + std::to_string(layer) + ".";
}

void shape_linear(Linear& linear, int64_t out, int64_t in) {
  linear.w.rows = out;
  linear.w.cols = in;
}

}  // namespace

Model::Model(ModelConfig given)
    : config(std::move(given)), layers(static_cast<size_t>(config.layers)) {
  const int64_t C = config.hidden_size;
  const int64_t I = config.intermediate_size;
  embedding.rows = config.vocab_size;
  embedding.cols = C;
  shape_linear(head, config.vocab_size, C);
  for (size_t i = 0; i < layers.size(); ++i) {
    Attention& attention = layers[i].attention;
    shape_linear(attention.q, config.query_size(), C);
    shape_linear(attention.k, config.kv_size(), C);
    shape_linear(attention.v, config.kv_size(), C);
    shape_linear(attention.o, C, config.query_size());
    shape_linear(layers[i].mlp.gate, I, C);
    shape_linear(layers[i].mlp.up, I, C);
    shape_linear(layers[i].mlp.down, C, I);
    attention.shape.heads = config.heads;
    attention.shape.kv_heads = config.kv_heads;
    attention.shape.head_dim = config.head_dim;
    attention.shape.window = static_cast<int>(config.windows[i]);
    attention.shape.scale = 1.0f / std::sqrt(static_cast<float>(config.head_dim));
  }
}

std::vector<int64_t> TensorSlot::shape() const {
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
  for (size_t i = 0; i < model.layers.size(); ++i) {
    DecoderLayer& layer = model.layers[i];
    const std::string prefix = layer_prefix(names, i);
    list.norm(prefix + names.attention_norm, layer.input_norm, config.hidden_size);
    list.linear(prefix + names.q, layer.attention.q, config.qkv_bias);
    list.linear(prefix + names.k, layer.attention.k, config.qkv_bias);
    list.linear(prefix + names.v, layer.attention.v, config.qkv_bias);
    list.linear(prefix + names.o, layer.attention.o, config.o_bias);
    if (config.qk_norm) {
      list.norm(prefix + names.q_norm, layer.attention.q_norm, config.head_dim);
      list.norm(prefix + names.k_norm, layer.attention.k_norm, config.head_dim);
    }
    list.norm(prefix + names.mlp_norm, layer.post_norm, config.hidden_size);
    list.linear(prefix + names.gate, layer.mlp.gate, config.mlp_bias);
    list.linear(prefix + names.up, layer.mlp.up, config.mlp_bias);
    list.linear(prefix + names.down, layer.mlp.down, config.mlp_bias);
  }
  list.norm(names.final_norm, model.final_norm, config.hidden_size);
  if (!config.tied_head) {
    list.matrix(names.head + ".weight", TensorSlot::Kind::kHead, model.head.w, model.head.dw);
  }
  return std::move(list.slots);
}

std::vector<LinearLayer> linear_layers(Model& model) {
  const TensorNames& names = model.config.names;
  std::vector<LinearLayer> list;
  for (size_t i = 0; i < model.layers.size(); ++i) {
    Attention& attention = model.layers[i].attention;
    Mlp& mlp = model.layers[i].mlp;
    const std::pair<const std::string&, Linear&> parts[] = {
        {names.q, attention.q}, {names.k, attention.k}, {names.v, attention.v},
        {names.o, attention.o}, {names.gate, mlp.gate}, {names.up, mlp.up},
        {names.down, mlp.down}};
    for (const auto& [name, linear] : parts) {
      list.push_back({name.substr(name.rfind('.') + 1), layer_prefix(names, i) + name, &linear});
    }
  }
  return list;
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
