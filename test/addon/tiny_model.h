// Tiny random models as Hugging Face folders, for tests of model, lora and train. Sizes are awkward
// on purpose: primes, nothing a multiple of a vector or a block.
#pragma once

#include <cctype>
#include <cstdint>
#include <string>
#include <vector>

#include "core/random.h"
#include "io/json.h"
#include "io/safetensors.h"
#include "temp_folder.h"

struct TinyModel {
  std::string family = "llama";
  int64_t hidden = 20;
  int64_t intermediate = 27;
  int64_t layers = 3;
  int64_t heads = 4;
  int64_t kv_heads = 2;
  int64_t head_dim = 6;
  int64_t vocab = 41;
  int64_t window = 0;  // 0 = none
  bool tied = false;
  int64_t labels = 0;  // of a score head; 0 = a language head
  std::string problem = "single_label_classification";
  uint64_t seed = 1;

  bool gemma() const { return family.rfind("gemma", 0) == 0; }
  bool qk_norm() const { return family == "qwen3" || family == "gemma3_text"; }
  bool qkv_bias() const { return family == "qwen2"; }
  bool out_norms() const { return gemma() && family != "gemma"; }
  bool fused() const { return family == "phi3"; }
};

inline std::string tiny_config(const TinyModel& m) {
  using neiro::Json;
  std::string name = m.family.substr(0, m.family.find('_')) +
                     (m.labels > 0 ? "ForSequenceClassification" : "ForCausalLM");
  name[0] = static_cast<char>(std::toupper(name[0]));
  Json window;
  if (m.window > 0) window = Json(m.window);
  Json::Object object = {
      {"architectures", Json::Array{name}},
      {"model_type", m.family},
      {"hidden_act", m.gemma() ? "gelu_pytorch_tanh" : "silu"},
      {"hidden_size", m.hidden},
      {"intermediate_size", m.intermediate},
      {"num_hidden_layers", m.layers},
      {"num_attention_heads", m.heads},
      {"num_key_value_heads", m.kv_heads},
      {"head_dim", m.head_dim},
      {"vocab_size", m.vocab},
      {"max_position_embeddings", 512},
      {"rms_norm_eps", 1e-5},
      {"rope_theta", 100.0},
      {"sliding_window", window},
      {"use_sliding_window", m.window > 0},
      {"max_window_layers", 1},
      {"tie_word_embeddings", m.tied},
      {"query_pre_attn_scalar", 5},
      {"attn_logit_softcapping", m.family == "gemma2" ? Json(2.0) : Json()},
      {"final_logit_softcapping", m.family == "gemma2" ? Json(4.0) : Json()},
      {"rope_local_base_freq", 50.0},
  };
  if (m.labels > 0) {
    Json::Object names;
    for (int64_t i = 0; i < m.labels; ++i) {
      names.emplace_back(std::to_string(i), "LABEL_" + std::to_string(i));
    }
    object.insert(object.end(),
                  {{"id2label", names}, {"problem_type", m.problem}, {"pad_token_id", 0}});
  }
  return Json(object).text(1);
}

// The tensors such a model has, in no special order.
inline std::vector<neiro::TensorSpec> tiny_tensors(const TinyModel& m) {
  std::vector<neiro::TensorSpec> specs;
  const auto add = [&](const std::string& name, std::vector<int64_t> shape) {
    specs.push_back({name, neiro::DType::kF32, std::move(shape)});
  };
  const int64_t q = m.heads * m.head_dim;
  const int64_t kv = m.kv_heads * m.head_dim;
  add("model.embed_tokens.weight", {m.vocab, m.hidden});
  if (m.labels > 0) {
    add("score.weight", {m.labels, m.hidden});
  } else if (!m.tied) {
    add("lm_head.weight", {m.vocab, m.hidden});
  }
  add("model.norm.weight", {m.hidden});
  for (int64_t i = 0; i < m.layers; ++i) {
    const std::string layer = "model.layers." + std::to_string(i) + ".";
    const std::string attention = layer + "self_attn.";
    add(layer + "input_layernorm.weight", {m.hidden});
    add(layer + "post_attention_layernorm.weight", {m.hidden});
    if (m.out_norms()) {
      add(layer + "pre_feedforward_layernorm.weight", {m.hidden});
      add(layer + "post_feedforward_layernorm.weight", {m.hidden});
    }
    if (m.fused()) {
      add(attention + "qkv_proj.weight", {q + 2 * kv, m.hidden});
      add(layer + "mlp.gate_up_proj.weight", {2 * m.intermediate, m.hidden});
    } else {
      add(attention + "q_proj.weight", {q, m.hidden});
      add(attention + "k_proj.weight", {kv, m.hidden});
      add(attention + "v_proj.weight", {kv, m.hidden});
      add(layer + "mlp.gate_proj.weight", {m.intermediate, m.hidden});
      add(layer + "mlp.up_proj.weight", {m.intermediate, m.hidden});
    }
    add(attention + "o_proj.weight", {m.hidden, q});
    add(layer + "mlp.down_proj.weight", {m.hidden, m.intermediate});
    if (m.qkv_bias()) {
      add(attention + "q_proj.bias", {q});
      add(attention + "k_proj.bias", {kv});
      add(attention + "v_proj.bias", {kv});
    }
    if (m.qk_norm()) {
      add(attention + "q_norm.weight", {m.head_dim});
      add(attention + "k_norm.weight", {m.head_dim});
    }
  }
  return specs;
}

// Values of one tensor: norms around 1 where they are stored so, the rest around 0.
inline std::vector<float> tiny_values(const neiro::TensorSpec& spec, const TinyModel& m,
                                      uint64_t number) {
  const int64_t n = *neiro::shape_elements(spec.shape);
  std::vector<float> values(static_cast<size_t>(n));
  neiro::fill_normal(values.data(), n, 0.3f, {m.seed, number});
  if (!m.gemma() && spec.name.find("norm") != std::string::npos) {
    for (float& value : values) value += 1.0f;
  }
  return values;
}

// config.json and model.safetensors in `folder`.
inline void write_tiny_model(const TempFolder& folder, const TinyModel& m) {
  folder.write("config.json", tiny_config(m));
  const std::vector<neiro::TensorSpec> specs = tiny_tensors(m);
  neiro::SafetensorsWriter writer(folder.path("model.safetensors"), specs);
  for (size_t i = 0; i < specs.size(); ++i) {
    const std::vector<float> values = tiny_values(specs[i], m, i);
    writer.write(values.data(), static_cast<int64_t>(values.size() * sizeof(float)));
  }
  writer.commit();
}
