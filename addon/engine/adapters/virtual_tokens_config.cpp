// Both kinds' fields of adapter_config.json, both ways.
#include "adapters/virtual_tokens_config.h"

#include "core/option.h"

namespace neiro {
namespace {

using Kind = VirtualTokensConfig::Kind;

const char* type_of(Kind kind) {
  if (kind == Kind::kEncoded) return "P_TUNING";
  return kind == Kind::kPrompt ? "PROMPT_TUNING" : "PREFIX_TUNING";
}

}  // namespace

void VirtualTokensConfig::take_sizes(const ModelConfig& model) {
  layers = model.layers;
  const bool prefix = kind == Kind::kPrefix;
  heads = prefix ? model.kv_heads : model.heads;
  width = prefix ? model.kv_size() : model.hidden_size;
}

void check_config(const VirtualTokensConfig& config, const std::vector<std::string>& targets) {
  require_option(config.tokens >= 1 && config.tokens <= 4096, "virtualTokens", config.tokens,
                 "a whole number from 1 to 4096");
  if (config.kind == Kind::kEncoded) {
    require_option(config.encoder_width >= 1 && config.encoder_width <= 65536, "encoderWidth",
                   config.encoder_width, "a whole number from 1 to 65536");
  }
  require_option(targets.empty(), "targetModules", targets.empty() ? "" : targets.front(),
                 "none, because nothing stands around a layer,");
}

std::string describe(const VirtualTokensConfig& config) {
  return std::string(type_of(config.kind)) + ", " + std::to_string(config.tokens) +
         " virtual tokens";
}

VirtualTokensConfig read_virtual_tokens_config(PeftFields& fields, Kind kind) {
  VirtualTokensConfig config;
  config.kind = kind;
  config.tokens = fields.integer("num_virtual_tokens");
  // The model says these, and the shape of the tensor is held to it.
  for (const char* name : {"num_layers", "num_attention_heads", "token_dim"})
    fields.pass_over(name);
  fields.one_of("num_transformer_submodules", {1});  // 2 = an encoder and a decoder
  if (kind == Kind::kPrompt) {
    // How it began: from noise, a text or words of the vocabulary. The values are in the file.
    for (const char* name : {"prompt_tuning_init", "prompt_tuning_init_text", "tokenizer_kwargs",
                             "tokenizer_name_or_path"}) {
      fields.pass_over(name);
    }
  } else if (kind == Kind::kEncoded) {
    config.encoder_width = fields.integer("encoder_hidden_size");
    config.encoder = fields.text("encoder_reparameterization_type", "MLP");
    fields.pass_over("encoder_num_layers");
    fields.pass_over("encoder_dropout");
  } else {
    fields.one_of("prefix_projection", {false});
    fields.pass_over("encoder_hidden_size");  // of the projection that is refused
    fields.pass_over("init_weights");
  }
  return config;
}

Json::Object peft_fields(const VirtualTokensConfig& config) {
  Json::Object object = {
      {"num_attention_heads", config.heads}, {"num_layers", config.layers},
      {"num_transformer_submodules", 1},     {"num_virtual_tokens", config.tokens},
      {"peft_type", type_of(config.kind)},   {"token_dim", config.width}};
  if (config.kind == Kind::kPrompt) {
    object.insert(object.end(), {{"prompt_tuning_init", "RANDOM"},
                                 {"prompt_tuning_init_text", nullptr},
                                 {"tokenizer_kwargs", nullptr},
                                 {"tokenizer_name_or_path", nullptr}});
  } else if (config.kind == Kind::kEncoded) {
    object.insert(object.end(), {{"encoder_dropout", 0.0},
                                 {"encoder_hidden_size", config.encoder_width},
                                 {"encoder_num_layers", 2},
                                 {"encoder_reparameterization_type", config.encoder}});
  } else {
    object.insert(object.end(), {{"encoder_hidden_size", config.width},
                                 {"init_weights", nullptr},
                                 {"prefix_projection", false}});
  }
  return object;
}

}  // namespace neiro
