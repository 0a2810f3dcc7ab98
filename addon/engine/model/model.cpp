// Names and shapes of the Llama-like families: llama, mistral, qwen2, qwen3.
#include "model/model.h"

#include <cmath>
#include <utility>

namespace neiro {
namespace {

struct SlotList {
  std::vector<TensorSlot> slots;

  void matrix(std::string name, TensorSlot::Kind kind, Matrix& place, float*& gradient) {
    TensorSlot slot{std::move(name), kind, place.rows, place.cols};
    slot.matrix = &place;
    slot.gradient = &gradient;
    slots.push_back(std::move(slot));
  }
  void vector(std::string name, TensorSlot::Kind kind, int64_t n, const float*& place,
              float*& gradient) {
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
  void norm(std::string name, RmsNorm& norm, int64_t n) {
    vector(std::move(name), TensorSlot::Kind::kNorm, n, norm.w, norm.dw);
  }
};

void shape_linear(Linear& linear, int64_t out, int64_t in) {
  linear.w.rows = out;
  linear.w.cols = in;
}

}  // namespace

const LinearSlot kLinearModules[kLinearSlots] = {
    {"q_proj", "self_attn.q_proj", [](DecoderLayer& l) -> Linear& { return l.attention.q; }},
    {"k_proj", "self_attn.k_proj", [](DecoderLayer& l) -> Linear& { return l.attention.k; }},
    {"v_proj", "self_attn.v_proj", [](DecoderLayer& l) -> Linear& { return l.attention.v; }},
    {"o_proj", "self_attn.o_proj", [](DecoderLayer& l) -> Linear& { return l.attention.o; }},
    {"gate_proj", "mlp.gate_proj", [](DecoderLayer& l) -> Linear& { return l.mlp.gate; }},
    {"up_proj", "mlp.up_proj", [](DecoderLayer& l) -> Linear& { return l.mlp.up; }},
    {"down_proj", "mlp.down_proj", [](DecoderLayer& l) -> Linear& { return l.mlp.down; }},
};

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

float* TensorSlot::values() const {
  return const_cast<float*>(matrix ? static_cast<const float*>(matrix->data) : *vector);
}

void TensorSlot::set_values(float* values) const {
  if (matrix != nullptr) {
    matrix->dtype = DType::kF32;
    matrix->data = values;
  } else {
    *vector = values;
  }
}

std::vector<TensorSlot> tensor_slots(Model& model) {
  const ModelConfig& config = model.config;
  SlotList list;
  list.matrix("model.embed_tokens.weight", TensorSlot::Kind::kEmbedding, model.embedding,
              model.d_embedding);
  for (size_t i = 0; i < model.layers.size(); ++i) {
    DecoderLayer& layer = model.layers[i];
    const std::string prefix = "model.layers." + std::to_string(i) + ".";
    const std::string attention = prefix + "self_attn.";
    list.norm(prefix + "input_layernorm.weight", layer.input_norm, config.hidden_size);
    list.linear(attention + "q_proj", layer.attention.q, config.qkv_bias);
    list.linear(attention + "k_proj", layer.attention.k, config.qkv_bias);
    list.linear(attention + "v_proj", layer.attention.v, config.qkv_bias);
    list.linear(attention + "o_proj", layer.attention.o, config.o_bias);
    if (config.qk_norm) {
      list.norm(attention + "q_norm.weight", layer.attention.q_norm, config.head_dim);
      list.norm(attention + "k_norm.weight", layer.attention.k_norm, config.head_dim);
    }
    list.norm(prefix + "post_attention_layernorm.weight", layer.post_norm, config.hidden_size);
    list.linear(prefix + "mlp.gate_proj", layer.mlp.gate, config.mlp_bias);
    list.linear(prefix + "mlp.up_proj", layer.mlp.up, config.mlp_bias);
    list.linear(prefix + "mlp.down_proj", layer.mlp.down, config.mlp_bias);
  }
  list.norm("model.norm.weight", model.final_norm, config.hidden_size);
  if (!config.tied_head) {
    list.matrix("lm_head.weight", TensorSlot::Kind::kHead, model.head.w, model.head.dw);
  }
  return std::move(list.slots);
}

void tie_head(Model& model) {
  if (!model.config.tied_head) return;
  model.head.w = model.embedding;
  model.head.dw = model.d_embedding;
}

}  // namespace neiro
