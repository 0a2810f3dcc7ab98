// LFM2 and 2.5 (Liquid AI 2025), dense: most layers bring tokens together by a gated short
// convolution, some by attention whose queries and keys are normed.
#include <cmath>
#include <utility>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

constexpr int64_t kMostKernel = 64;

// [layers] by layer_types, or by the numbers of those that attend.
std::vector<Mixer> read_mixers(const Fields& fields, int64_t layers) {
  std::vector<Mixer> mixers(static_cast<size_t>(layers), Mixer::kShortConv);
  if (const auto full = read_full_attention(fields, layers, "conv")) {
    for (size_t i = 0; i < mixers.size(); ++i) {
      if ((*full)[i]) mixers[i] = Mixer::kAttention;
    }
    return mixers;
  }
  const Json* attending = fields.find("full_attn_idxs");
  if (attending == nullptr) return {};
  if (attending->array() == nullptr) {
    bad_config("full_attn_idxs", attending->text(), "a list of numbers");
  }
  for (const Json& index : *attending->array()) {
    const std::optional<int64_t> layer = index.integer();
    if (!layer || *layer < 0 || *layer >= layers) {
      bad_config("full_attn_idxs", attending->text(), "numbers of layers");
    }
    mixers[static_cast<size_t>(*layer)] = Mixer::kAttention;
  }
  return mixers;
}

// The first configs give a width before it is cut to two thirds and rounded up.
int64_t read_intermediate(const Fields& fields, int64_t size) {
  size = fields.integer("block_ff_dim", 1, kMaxIntermediate).value_or(size);
  if (!fields.flag("block_auto_adjust_ff_dim", true)) return size;
  size = 2 * size / 3;
  size = static_cast<int64_t>(fields.positive("block_ffn_dim_multiplier", 1.0) *
                              static_cast<double>(size));
  const int64_t multiple = fields.integer("block_multiple_of", 1, kMaxIntermediate).value_or(256);
  return (size + multiple - 1) / multiple * multiple;
}

// Its own words for what every file says.
void read_lfm2_gguf(FromGguf& from) {
  const Json config = from.config();
  from.set("norm_eps", *Fields(config).find("rms_norm_eps"));
  from.set("block_auto_adjust_ff_dim", false);
  from.set("conv_L_cache", from.integer("shortconv.l_cache", 1, kMostKernel).value_or(3));
  Json::Array types;
  for (const bool attends : from.attends()) types.emplace_back(attends ? "full_attention" : "conv");
  if (!types.empty()) from.set("layer_types", Json(std::move(types)));
}

}  // namespace

extern const Family kLfm2 = {
    "lfm2",
    "Lfm2ForCausalLM",
    [](const Fields& fields) {
      ModelConfig config =
          read_decoder(fields, {.positions = 128000, .rope_theta = 1e6, .tied_head = true});
      config.intermediate_size = read_intermediate(fields, config.intermediate_size);
      config.norm_epsilon = static_cast<float>(fields.positive("norm_eps", 1e-5));
      config.tied_head = fields.flag("tie_embedding", config.tied_head);
      config.activation = Activation::kSilu;
      config.mixers = read_mixers(fields, config.layers);
      config.conv_kernel =
          static_cast<int>(fields.integer("conv_L_cache", 1, kMostKernel).value_or(3));
      config.conv_bias = fields.flag("conv_bias", false);
      TensorNames& names = config.names;
      names.attention_norm = "operator_norm";
      names.mlp_norm = "ffn_norm";
      names.final_norm = "model.embedding_norm";
      names.q_norm = "self_attn.q_layernorm";
      names.k_norm = "self_attn.k_layernorm";
      names.o = "self_attn.out_proj";
      names.conv_in = "conv.in_proj";
      names.conv = "conv.conv";
      names.conv_out = "conv.out_proj";
      names.gate = "feed_forward.w1";
      names.up = "feed_forward.w3";
      names.down = "feed_forward.w2";
      return config;
    },
    "lfm2",
    {.mixed_layers = true},
    read_lfm2_gguf};

}  // namespace neiro
