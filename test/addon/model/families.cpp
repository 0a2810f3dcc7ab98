// config.json of every family, in both forms of Transformers, and everything that must be refused.
#include "model/families/families.h"

#include <cmath>
#include <set>

#include "check.h"
#include "golden.h"
#include "tiny_model.h"

using namespace neiro;

namespace {

ModelConfig parse(const std::string& text) {
  return parse_config(Json::parse(text, "config.json"));
}

// The tiny config with one member replaced, added, or (value empty) taken out.
std::string with(const std::string& name, const std::string& value, const TinyModel& model = {}) {
  const Json json = Json::parse(tiny_config(model), "config.json");
  std::string text = "{";
  for (const Json::Member& member : *json.object()) {
    if (member.first == name) continue;
    text += (text.size() > 1 ? ",\"" : "\"") + member.first + "\":" + member.second.text();
  }
  if (!value.empty()) text += ",\"" + name + "\":" + value;
  return text + "}";
}

bool is_encoder(const std::string& name) {
  static const std::set<std::string> kEncoders = {
      "bert", "deberta-v2", "distilbert", "electra", "modernbert", "roberta", "xlm-roberta"};
  return kEncoders.contains(name);
}

TinyModel family(const std::string& name) {
  TinyModel model;
  model.family = name;
  return model;
}

}  // namespace

TEST(config_sizes_are_read) {
  const ModelConfig config = parse(tiny_config({}));
  CHECK(config.family == "llama");
  CHECK(config.hidden_size == 20 && config.intermediate_size == 27 && config.layers == 3);
  CHECK(config.heads == 4 && config.kv_heads == 2 && config.head_dim == 6);
  CHECK(config.query_size() == 24 && config.kv_size() == 12);
  CHECK(config.vocab_size == 41 && !config.tied_head);
  CHECK_NEAR(config.norm_epsilon, 1e-5, 1e-12);
}

TEST(config_families_differ_where_they_should) {
  CHECK(parse(tiny_config(family("qwen2"))).qkv_bias);
  CHECK(!parse(tiny_config(family("qwen2"))).o_bias);
  CHECK(parse(tiny_config(family("qwen3"))).qk_norm());
  CHECK(!parse(tiny_config(family("llama"))).qk_norm());
  const ModelConfig biased = parse(with("attention_bias", "true"));
  CHECK(biased.qkv_bias && biased.o_bias);
  CHECK(parse(with("mlp_bias", "true")).mlp_bias);
  // Mistral knows neither switch
  CHECK(!parse(with("attention_bias", "true", family("mistral"))).qkv_bias);
}

TEST(config_missing_head_dim_and_kv_heads_follow_from_the_rest) {
  CHECK(parse(with("head_dim", "", {.heads = 2, .kv_heads = 2})).head_dim == 10);
  CHECK(parse(with("num_key_value_heads", "")).kv_heads == 4);
  CHECK_ERROR("BAD_CONFIG", parse(with("head_dim", "", {.hidden = 22})));
}

// As the classes of Transformers 5 have them; an explicit null is another answer than silence.
TEST(config_silence_is_the_family_s_own_default) {
  const TinyModel wide = {.heads = 32, .kv_heads = 32};
  const auto silent = [&](TinyModel model, const char* name) {
    model.heads = wide.heads;
    return parse(with(name, "", model));
  };
  CHECK(silent(family("mistral"), "num_key_value_heads").kv_heads == 8);
  CHECK(silent(family("qwen2"), "num_key_value_heads").kv_heads == 32);
  CHECK(silent(family("qwen3"), "head_dim").head_dim == 128);
  CHECK(silent(family("gemma"), "head_dim").head_dim == 256);
  CHECK(silent(family("gemma2"), "num_key_value_heads").kv_heads == 4);
  CHECK(silent(family("phi3"), "num_key_value_heads").kv_heads == 32);
  CHECK(parse(with("num_key_value_heads", "null", family("mistral"))).kv_heads == 4);
  CHECK_NEAR(parse(with("rms_norm_eps", "", family("phi3"))).norm_epsilon, 1e-5, 1e-12);
  CHECK(parse(with("max_position_embeddings", "", family("mistral"))).max_position_embeddings ==
        131072);
  // silu and the approximation of GELU have other names
  CHECK(parse(with("hidden_act", R"("swish")")).activation == Activation::kSilu);
  CHECK(parse(with("hidden_act", R"("gelu_new")")).activation == Activation::kGeluTanh);
  CHECK(parse(with("hidden_act", R"("gelu")", family("gemma"))).activation ==
        Activation::kGeluTanh);
}

TEST(config_classes_as_they_are_spelled) {
  for (const char* names : {"null", "[]", R"(["LLaMAForCausalLM"])", R"(["LlamaModel"])",
                            R"(["LlamaForCausalLM","LlamaModel"])"}) {
    CHECK(parse(with("architectures", names)).family == "llama");
  }
}

TEST(config_yarn_and_dynamic) {
  const auto scaled = [](const std::string& rope) {
    return parse(with("rope_scaling", rope)).rope;
  };
  // stretches only beyond the positions of the config
  CHECK(scaled(R"({"type":"dynamic","factor":2.0})").kind == RopeConfig::Kind::kDefault);
  const RopeConfig yarn =
      scaled(R"({"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":128})");
  CHECK(yarn.kind == RopeConfig::Kind::kYarn && yarn.original_max_position_embeddings == 128);
  CHECK_NEAR(yarn.attention_factor, 1.138629436111989, 1e-12);
  const RopeConfig deep = scaled(R"({"rope_type":"yarn","factor":4.0,"mscale":0.7,
    "mscale_all_dim":0.5,"truncate":false,"beta_fast":16,"beta_slow":2})");
  CHECK_NEAR(deep.attention_factor, 1.0259286501478284, 1e-12);
  CHECK(!deep.truncate && deep.original_max_position_embeddings == 512);
  // the older word comes first; an empty one says nothing
  const std::string both = with("rope_scaling", R"({"type":"linear","factor":3.0})");
  CHECK(parse(with("rope_scaling", "{}")).rope.kind == RopeConfig::Kind::kDefault);
  CHECK(parse(both).rope.factor == 3);
  // a stretch without its factor is none that anybody could know
  CHECK_ERROR("BAD_CONFIG", scaled(R"({"type":"linear"})"));
  CHECK_ERROR("BAD_CONFIG", scaled(R"({"rope_type":"llama3","factor":null})"));
}

TEST(config_windows) {
  TinyModel model = family("mistral");
  model.window = 7;
  CHECK((parse(tiny_config(model)).windows == std::vector<int64_t>{7, 7, 7}));
  CHECK((parse(tiny_config(family("mistral"))).windows == std::vector<int64_t>{0, 0, 0}));
  // Mistral's own default stands where the config says nothing
  CHECK(parse(with("sliding_window", "", family("mistral"))).windows[0] == 4096);
  model.family = "qwen2";  // from max_window_layers = 1 on
  CHECK((parse(tiny_config(model)).windows == std::vector<int64_t>{0, 7, 7}));
  CHECK(
      (parse(with("use_sliding_window", "false", model)).windows == std::vector<int64_t>{0, 0, 0}));
  // switched off: 0 is as good as any
  TinyModel off = family("qwen2");
  CHECK((parse(with("sliding_window", "0", off)).windows == std::vector<int64_t>{0, 0, 0}));
  CHECK(parse(with("sliding_window", "", model)).windows[1] == 4096);
  const std::string types = R"(["sliding_attention","full_attention","sliding_attention"])";
  CHECK((parse(with("layer_types", types, model)).windows == std::vector<int64_t>{7, 0, 7}));
  CHECK_ERROR("BAD_CONFIG", parse(with("layer_types", R"(["full_attention"])", model)));
  CHECK_ERROR("BAD_CONFIG", parse(with("layer_types", R"(["full_attention",1,"x"])", model)));
  model.family = "llama";
  CHECK(parse(tiny_config(model)).windows[0] == 0);
}

TEST(config_transformers_4_and_5_say_the_same) {
  const ModelConfig new_form = parse_config(Json::read(golden("formats/bf16/config.json")));
  const ModelConfig old_form = parse_config(Json::read(golden("formats/config-v4/config.json")));
  for (const ModelConfig& config : {new_form, old_form}) {
    CHECK(config.rope.kind == RopeConfig::Kind::kLlama3);
    CHECK(config.rope.theta == 500000.0 && config.rope.factor == 8.0);
    CHECK(config.rope.low_freq_factor == 1.0 && config.rope.high_freq_factor == 4.0);
    CHECK(config.rope.original_max_position_embeddings == 32);
  }
  CHECK(new_form.hidden_size == old_form.hidden_size && new_form.tied_head == old_form.tied_head);
}

TEST(config_part_of_a_head_is_rotated) {
  CHECK(parse(tiny_config({})).rotary == 6);
  for (const char* rope : {R"({"rope_type":"default","partial_rotary_factor":0.75})",
                           R"({"type":"default","partial_rotary_factor":0.67})"}) {
    CHECK(parse(with("rope_parameters", rope)).rotary == 4);
  }
  CHECK(parse(with("partial_rotary_factor", "0.5", {.head_dim = 8})).rotary == 4);
  for (const char* wrong : {"0.5", "0.1", "1.5"}) {  // 3 of 6, 0 of 6, 9 of 6
    CHECK_ERROR("BAD_CONFIG", parse(with("partial_rotary_factor", wrong)));
  }
}

TEST(config_gemmas_scale_cap_and_norm) {
  const ModelConfig first = parse(tiny_config(family("gemma")));
  CHECK(first.norm_base == 1 && first.activation == Activation::kGeluTanh);
  CHECK_NEAR(first.embedding_scale, std::sqrt(20.0), 1e-6);
  CHECK_NEAR(first.attention_scale, 1 / std::sqrt(6.0), 1e-6);
  CHECK(first.attention_soft_cap == 0 && first.names.mlp_out_norm.empty());
  CHECK(parse(with("tie_word_embeddings", "", family("gemma"))).tied_head);

  TinyModel tiny = family("gemma2");
  tiny.window = 9;
  const ModelConfig second = parse(tiny_config(tiny));
  CHECK_NEAR(second.attention_scale, 1 / std::sqrt(5.0), 1e-6);
  CHECK(second.attention_soft_cap == 2 && second.logit_soft_cap == 4);
  CHECK(second.windows == std::vector<int64_t>({9, 0, 9}));
  CHECK(second.names.mlp_norm == "pre_feedforward_layernorm");
  CHECK(parse(with("attn_logit_softcapping", "null", tiny)).attention_soft_cap == 0);
  CHECK(parse(with("attn_logit_softcapping", "", tiny)).attention_soft_cap == 50);
  CHECK(parse(with("final_logit_softcapping", "", tiny)).logit_soft_cap == 30);

  tiny.family = "gemma3_text";
  const ModelConfig third = parse(tiny_config(tiny));
  CHECK(third.qk_norm() && third.attention_soft_cap == 0 && third.logit_soft_cap == 0);
  CHECK(third.windows == std::vector<int64_t>({9, 9, 9}));
  CHECK(third.rope.theta == 100 && third.window_rope->theta == 50);
  const std::string pattern = with("sliding_window_pattern", "2", tiny);
  CHECK(parse(pattern).windows == std::vector<int64_t>({9, 0, 9}));
  const ModelConfig typed = parse(with("rope_parameters", R"({
    "full_attention": {"rope_theta": 7.0, "rope_type": "linear", "factor": 8.0},
    "sliding_attention": {"rope_theta": 8.0, "rope_type": "default"}})",
                                       tiny));
  CHECK(typed.rope.theta == 7 && typed.rope.kind == RopeConfig::Kind::kLinear);
  CHECK(typed.window_rope->theta == 8);
}

TEST(config_phi3_is_fused_and_stretches_by_longrope) {
  const ModelConfig plain = parse(tiny_config(family("phi3")));
  CHECK(plain.names.qkv == "self_attn.qkv_proj" && plain.fused_size() == 54);  // 2 * 27
  CHECK(parse(with("sliding_window", "7", family("phi3"))).windows ==
        std::vector<int64_t>({7, 7, 7}));
  const auto stretched = [](const std::string& rope) {
    std::string text = with("rope_scaling", rope, family("phi3"));
    text.pop_back();
    return parse(text + R"(,"original_max_position_embeddings":32})");
  };
  for (const char* type : {"longrope", "su"}) {
    const ModelConfig config = stretched(std::string(R"({"type":")") + type +
                                         R"(","short_factor":[1,2,3],"long_factor":[4,5,6]})");
    CHECK(config.rope.kind == RopeConfig::Kind::kLongRope);
    CHECK(config.rope.original_max_position_embeddings == 32);
    CHECK(config.rope.long_factors == std::vector<double>({4, 5, 6}));
    // 512 / 32 = 16 times as long
    CHECK_NEAR(config.rope.attention_factor, std::sqrt(1 + std::log(16.0) / std::log(32.0)), 1e-9);
  }
  for (const char* wrong : {R"({"type":"longrope","short_factor":[1,2],"long_factor":[4,5,6]})",
                            R"({"type":"longrope","short_factor":[1,2,0],"long_factor":[4,5,6]})",
                            R"({"type":"longrope","short_factor":[1,2,3]})",
                            R"({"type":"longrope","short_factor":3,"long_factor":[4,5,6]})"}) {
    CHECK_ERROR("BAD_CONFIG", stretched(wrong));
  }
}

namespace {

// The config of a scorer of three labels, with one member replaced or taken out.
ModelConfig scorer(const std::string& name = "", const std::string& value = "") {
  TinyModel model;
  model.labels = 3;
  return parse(name.empty() ? tiny_config(model) : with(name, value, model));
}

}  // namespace

TEST(config_granite_scales_all_its_parts) {
  const ModelConfig config = parse(with("logits_scaling", "4.0", family("granite")));
  CHECK_NEAR(config.logit_scale, 0.25, 1e-7);
  CHECK(parse(with("residual_multiplier", "0.4", family("granite"))).residual_scale == 0.4f);
  CHECK(parse(with("embedding_multiplier", "6", family("granite"))).embedding_scale == 6);
  CHECK(parse(with("attention_multiplier", "0.15", family("granite"))).attention_scale == 0.15f);
  // its own default is no scale at all, not 1 / sqrt(head_dim)
  CHECK(parse(tiny_config(family("granite"))).attention_scale == 1);
}

TEST(config_some_layers_are_not_rotated) {
  using Rotates = std::vector<bool>;
  const TinyModel small = family("smollm3");
  CHECK((parse(tiny_config(small)).rotates == Rotates{true, true, true}));  // each fourth
  CHECK((parse(with("no_rope_layer_interval", "2", small)).rotates == Rotates{true, false, true}));
  const std::string listed = with("no_rope_layers", "[0,1,0,1]", small);  // longer is allowed
  CHECK((parse(listed).rotates == Rotates{false, true, false}));
  CHECK_ERROR("BAD_CONFIG", parse(with("no_rope_layers", "[1,0]", small)));
  CHECK(parse(with("tie_word_embeddings", "", small)).tied_head);
  TinyModel windowed = family("exaone4");
  windowed.window = 7;
  CHECK((parse(with("sliding_window_pattern", "2", windowed)).windows ==
         std::vector<int64_t>{7, 0, 7}));
  CHECK(
      (parse(with("sliding_window_pattern", "2", windowed)).rotates == Rotates{true, false, true}));
  CHECK((parse(with("sliding_window", "null", windowed)).rotates == Rotates{true, true, true}));
  CHECK((parse(with("sliding_window_pattern", R"("LG")", windowed)).windows ==
         std::vector<int64_t>{7, 0, 0}));  // the last sees all
}

TEST(config_olmo_norms_behind_and_over_all_heads) {
  for (const char* name : {"olmo2", "olmo3"}) {
    const ModelConfig config = parse(tiny_config(family(name)));
    CHECK(config.whole_qk_norm && config.names.attention_norm.empty());
    CHECK(config.names.mlp_out_norm == "post_feedforward_layernorm");
  }
  const std::string ropes = R"({"full_attention":{"rope_type":"linear","factor":2.0},)"
                            R"("sliding_attention":{"rope_type":"default","rope_theta":50.0}})";
  const ModelConfig typed = parse(with("rope_parameters", ropes, family("olmo3")));
  CHECK(typed.rope.factor == 2 && typed.rope.theta == 500000);
  CHECK(typed.window_rope->theta == 50);
  CHECK(parse(with("sliding_window", "", family("olmo3"))).windows[0] == 4096);
}

TEST(config_glm4_rotates_half_of_a_head_in_neighbours) {
  TinyModel model = family("glm4");
  model.head_dim = 8;
  const ModelConfig config = parse(tiny_config(model));
  CHECK(config.interleaved_rotary && config.rotary == 4);
  CHECK(config.names.gate_up == "mlp.gate_up_proj");
  CHECK(config.names.attention_out_norm == "post_self_attn_layernorm");
  CHECK(parse(with("attention_bias", "", model)).qkv_bias);
}

TEST(config_ministral3_queries_grow) {
  const std::string rope = R"({"rope_type":"yarn","factor":4.0,"llama_4_scaling_beta":0.2,)"
                           R"("original_max_position_embeddings":16})";
  CHECK(parse(with("rope_parameters", rope, family("ministral3"))).rope.query_growth == 0.2);
  const ModelConfig silent = parse(with("rope_parameters", "", family("ministral3")));
  CHECK(silent.rope.kind == RopeConfig::Kind::kYarn && silent.rope.theta == 1e6);
  CHECK(silent.rope.query_growth == 0.1);
}

TEST(config_score_heads_are_read) {
  CHECK(!parse(tiny_config({})).has_score_head() && parse(tiny_config({})).outputs() == 41);
  const ModelConfig config = scorer();
  CHECK(config.has_score_head() && config.outputs() == 3 && config.names.head == "score");
  CHECK(config.score.problem == ScoreProblem::kSingleLabel && config.score.pad_token == 0);
  CHECK(scorer("pad_token_id", "null").score.pad_token == -1);
  const auto problem = [](const std::string& name) { return scorer("problem_type", name).score; };
  CHECK(problem(R"("multi_label_classification")").problem == ScoreProblem::kMultiLabel);
  CHECK(problem(R"("regression")").problem == ScoreProblem::kRegression);
  CHECK(problem("null").problem == ScoreProblem::kSingleLabel);
  CHECK_ERROR("UNSUPPORTED_MODEL", problem(R"("ranking")"));
  // one label is a number, as Transformers takes it; two where the config says nothing
  CHECK(problem("null").labels == 3);
  const Json one = Json::parse(tiny_config([] {
                                 TinyModel model;
                                 model.labels = 1;
                                 model.problem = "regression";
                                 return model;
                               }()),
                               "config.json");
  CHECK(parse_config(one).score.problem == ScoreProblem::kRegression);
  CHECK(scorer("id2label", "").score.labels == 2);
  CHECK(scorer("id2label", R"({"0":"a","1":"b"})").score.labels == 2);
  for (const char* wrong : {"[]", "{}", "3"}) {
    CHECK_ERROR("BAD_CONFIG", scorer("id2label", wrong));
  }
  CHECK_ERROR("BAD_CONFIG", scorer("id2label", R"({"0":"only"})"));  // of one label none is right
  CHECK_ERROR("BAD_CONFIG", scorer("pad_token_id", "41"));
}

// Neither a tied head nor a cap of logits is a score head's.
TEST(config_score_heads_of_every_family) {
  for (const std::string& name : known_families()) {
    // their classes are called otherwise
    if (name == "gemma3_text" || name == "qwen3_5_text" || name == "qwen3_moe" ||
        name == "gpt_oss") {
      continue;
    }
    if (is_encoder(name)) continue;  // encoders.cpp
    TinyModel model = family(name);
    model.head_dim = 8;
    model.labels = 4;
    model.tied = true;
    const ModelConfig config = parse(tiny_config(model));
    CHECK(config.outputs() == 4 && !config.tied_head && config.logit_soft_cap == 0);
    CHECK(config.family == name);
  }
}

TEST(config_unknown_kinds_are_named) {
  CHECK_ERROR("UNKNOWN_ARCHITECTURE", parse(with("model_type", R"("gpt2")")));
  CHECK_ERROR("UNKNOWN_ARCHITECTURE",
              parse(with("architectures", R"(["LlamaForTokenClassification"])")));
  CHECK_ERROR("UNKNOWN_ARCHITECTURE",
              parse(with("architectures", R"(["MistralForSequenceClassification"])")));
  CHECK_ERROR("UNKNOWN_ARCHITECTURE", parse("{}"));
  // two that contradict each other
  CHECK_ERROR("UNKNOWN_ARCHITECTURE", parse(with("architectures", R"(["MistralForCausalLM"])")));
  try {
    parse(with("architectures", R"(["BertForMaskedLM"])"));
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.details.at("architecture") == "BertForMaskedLM");
    for (const std::string& name : known_families()) {
      CHECK(error.details.at("known").find(name) != std::string::npos);
    }
  }
}

TEST(config_unsupported_switches_are_named) {
  CHECK_ERROR("UNSUPPORTED_MODEL", parse(with("hidden_act", R"("relu2")")));
  CHECK_ERROR("UNSUPPORTED_MODEL",
              parse(with("use_bidirectional_attention", "true", family("gemma"))));
  CHECK_ERROR("UNSUPPORTED_MODEL", parse(with("quantization_config", R"({"load_in_4bit":true})")));
  for (const char* type : {"tomorrow", "mrope"}) {
    const std::string rope = std::string(R"({"rope_type":")") + type + R"(","factor":2.0})";
    CHECK_ERROR("UNSUPPORTED_ROPE", parse(with("rope_scaling", rope)));
    CHECK_ERROR("UNSUPPORTED_ROPE", parse(with("rope_parameters", rope)));
  }
}

TEST(config_absurd_fields_are_refused) {
  const std::vector<std::pair<const char*, const char*>> wrong = {
      {"hidden_size", "0"},         {"hidden_size", "-4"},
      {"hidden_size", "1e18"},      {"hidden_size", "\"20\""},
      {"hidden_size", ""},          {"hidden_size", "2.5"},
      {"intermediate_size", "0"},   {"intermediate_size", "9223372036854775807"},
      {"num_hidden_layers", "0"},   {"num_hidden_layers", "100000000"},
      {"num_attention_heads", "0"}, {"num_key_value_heads", "3"},
      {"num_key_value_heads", "8"}, {"head_dim", "5"},
      {"head_dim", "1048576"},      {"vocab_size", "-1"},
      {"vocab_size", "1e12"},       {"max_position_embeddings", "0"},
      {"rms_norm_eps", "0"},        {"rms_norm_eps", "\"x\""},
      {"rope_theta", "-1"},         {"tie_word_embeddings", "1"},
      {"architectures", "\"x\""},   {"architectures", "[1]"},
      {"model_type", "7"},          {"rope_scaling", "3"},
  };
  for (const auto& [name, value] : wrong) CHECK_ERROR("BAD_CONFIG", parse(with(name, value)));
  CHECK_ERROR("BAD_CONFIG", parse(with("rope_scaling", R"({"type":"llama3","factor":8.0,
    "low_freq_factor":4.0})")));
  CHECK_ERROR("BAD_CONFIG", parse(with("rope_scaling", R"({"type":"linear","factor":0})")));
  TinyModel mistral = family("mistral");
  CHECK_ERROR("BAD_CONFIG", parse(with("sliding_window", "0", mistral)));
  CHECK_ERROR("BAD_CONFIG", parse(with("sliding_window", "true", mistral)));
}
