// Gemma 4, its text model (Gemma Team 2026): layers that see all have wider heads than those with a
// window, the last ones attend to keys and values of earlier ones, values are normed, scores are
// not scaled, and each layer has a vector of each token; the largest have experts beside each
// block, and values that are keys.
#include <algorithm>
#include <cmath>
#include <string>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

constexpr double kTheta = 1e6, kWindowTheta = 1e4, kTurned = 0.25;
constexpr int64_t kMaxExperts = 1 << 12;
constexpr int64_t kPeriod = 6, kWindow = 512, kGlobalHead = 512;

LayerHeads checked(const ModelConfig& config, int64_t head_dim, int64_t kv_heads) {
  if (head_dim % 2 != 0) bad_config("head_dim", std::to_string(head_dim), "an even number");
  if (config.heads % kv_heads != 0) {
    bad_config("num_key_value_heads", std::to_string(kv_heads),
               "a divisor of num_attention_heads = " + std::to_string(config.heads));
  }
  return {static_cast<int>(head_dim), static_cast<int>(kv_heads)};
}

// Of the layers that see all: per_layer_config says it by the layer's number, configs of the hub
// for all of them together.
void read_layer_heads(const Fields& fields, ModelConfig& config) {
  const Json* by_layer = fields.find("per_layer_config");
  const int64_t head = fields.integer("global_head_dim", 2, kMaxHeadDim).value_or(kGlobalHead);
  // Only where keys are values does the count count.
  const std::optional<int64_t> global = fields.integer("num_global_key_value_heads", 1, kMaxHeads);
  const bool counts = global && fields.flag("attention_k_eq_v", false);
  for (size_t i = 0; i < static_cast<size_t>(config.layers); ++i) {
    LayerHeads own = {config.head_dim, config.kv_heads};
    if (by_layer == nullptr && config.windows[i] == 0) {
      own = checked(config, head, counts ? *global : config.kv_heads);
    } else if (by_layer != nullptr) {
      const Json* said = by_layer->find(std::to_string(i));
      if (said != nullptr) {
        const Fields layer(*said);
        own = checked(config, layer.integer("head_dim", 2, kMaxHeadDim).value_or(config.head_dim),
                      layer.integer("num_key_value_heads", 1, kMaxHeads).value_or(config.kv_heads));
      }
    }
    config.layer_heads.push_back(own);
  }
  // There are two tables of angles: layers that see all have heads of one size, and so have others.
  for (size_t i = 0; i < config.layer_heads.size(); ++i) {
    int& rotary = config.windows[i] > 0 ? config.window_rotary : config.rotary;
    const int own = config.layer_heads[i].head_dim;
    const bool first =
        std::none_of(config.windows.begin(), config.windows.begin() + static_cast<int64_t>(i),
                     [&](int64_t window) { return (window > 0) == (config.windows[i] > 0); });
    if (!first && rotary != own) unsupported_model("per_layer_config", std::to_string(own));
    rotary = own;
  }
}

// The last layers have no keys and values of their own: theirs are those of the last layer of their
// kind before.
void read_key_sources(const Fields& fields, ModelConfig& config) {
  const int64_t shared = fields.integer("num_kv_shared_layers", 0, config.layers - 1).value_or(0);
  const bool wide = fields.flag("use_double_wide_mlp", false);
  const size_t first = static_cast<size_t>(config.layers - shared);
  for (size_t i = 0; i < static_cast<size_t>(config.layers); ++i) {
    size_t source = i;
    if (i >= first) {
      source = first;
      while (source > 0 && (config.windows[source - 1] > 0) != (config.windows[i] > 0)) --source;
      if (source-- == 0) {
        bad_config("num_kv_shared_layers", std::to_string(shared),
                   "less, so that a layer of each kind has keys of its own");
      }
      for (const char* name : {"k_proj", "v_proj", "k_norm", "v_norm"}) {
        // Files may hold them all the same, and nobody reads them.
        config.names.other_heads.push_back("model.layers." + std::to_string(i) + ".self_attn." +
                                           name + ".");
      }
    }
    config.key_sources.push_back(source);
    config.layer_intermediate.push_back(config.intermediate_size * (wide && i >= first ? 2 : 1));
  }
}

void read_layer_inputs(const Fields& fields, ModelConfig& config) {
  config.input_size = fields.integer("hidden_size_per_layer_input", 0, kMaxHidden)
                          .value_or(fields.mentions("hidden_size_per_layer_input") ? 0 : 256);
  if (config.input_size == 0) return;
  const int64_t rows =
      fields.integer("vocab_size_per_layer_input", 1, kMaxVocab).value_or(config.vocab_size);
  if (rows != config.vocab_size) {
    unsupported_model("vocab_size_per_layer_input", std::to_string(rows));
  }
  config.names.token_table = "model.embed_tokens_per_layer";
  config.names.input_project = "model.per_layer_model_projection";
  config.names.input_norm = "model.per_layer_projection_norm";
  config.names.input_gate = "per_layer_input_gate";
  config.names.input_out = "per_layer_projection";
  config.names.input_out_norm = "post_per_layer_input_norm";
}

// Every layer has them, beside its block.
void read_experts(const Fields& fields, ModelConfig& config) {
  ExpertConfig& experts = config.experts;
  experts.count = fields.required("num_experts", 1, kMaxExperts);
  experts.chosen = fields.required("top_k_experts", 1, experts.count);
  experts.intermediate_size = fields.required("moe_intermediate_size", 1, kMaxIntermediate);
  experts.layers.assign(static_cast<size_t>(config.layers), true);
  experts.beside = true;
  config.names.router = "router.proj";
  config.names.router_norm = "router.scale";
  config.names.expert_scale = "router.per_expert_scale";
  config.names.experts = "experts";
  config.names.block_out_norm = "post_feedforward_layernorm_1";
  config.names.experts_norm = "pre_feedforward_layernorm_2";
  config.names.experts_out_norm = "post_feedforward_layernorm_2";
}

ModelConfig read_gemma4(const Fields& fields) {
  ModelConfig config = read_decoder(
      fields, {.kv_heads = 4, .head_dim = 256, .positions = 131072, .tied_head = true});
  if (fields.text("use_bidirectional_attention", "") == "all") {
    unsupported_model("use_bidirectional_attention", "all");
  }
  config.activation = read_activation(fields, "hidden_activation", "gelu_pytorch_tanh");
  config.embedding_scale = std::sqrt(static_cast<float>(config.hidden_size));
  config.attention_scale = 1;
  config.value_norm = true;
  config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
  config.logit_soft_cap = static_cast<float>(fields.positive("final_logit_softcapping", 0));
  config.names.q_norm = "self_attn.q_norm";
  config.names.k_norm = "self_attn.k_norm";
  config.names.attention_out_norm = "post_attention_layernorm";
  config.names.mlp_norm = "pre_feedforward_layernorm";
  config.names.mlp_out_norm = "post_feedforward_layernorm";
  config.names.layer_scale = "layer_scalar";
  config.windows = read_windows(fields, config.layers, read_window(fields, kWindow), kPeriod);
  config.windows.back() = 0;
  config.rope.theta = kTheta;
  config.rope.kind = RopeConfig::Kind::kProportional;
  config.rope.turned = kTurned;
  read_typed_ropes(fields, config, kTheta, kWindowTheta);
  read_layer_heads(fields, config);
  read_key_sources(fields, config);
  read_layer_inputs(fields, config);
  config.keys_are_values = fields.flag("attention_k_eq_v", false);
  if (fields.flag("enable_moe_block", false)) read_experts(fields, config);
  return config;
}

}  // namespace

extern const Family kGemma4 = {"gemma4_text", "Gemma4ForCausalLM", read_gemma4};

}  // namespace neiro
