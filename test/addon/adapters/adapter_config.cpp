// adapter_config.json both ways, for every kind, and what must be refused.
#include "adapters/adapter_config.h"

#include <cmath>
#include <set>

#include "check.h"
#include "golden.h"

using namespace neiro;

namespace {

AdapterConfig config() {
  LoraConfig c;
  c.rank = 4;
  c.alpha = 6;
  return {c, {"v_proj", "q_proj"}};
}

LoraConfig& lora(AdapterConfig& c) { return std::get<LoraConfig>(c.kind); }

// PEFT's own file with one member replaced or added or, with value empty, taken out.
std::string peft_with(const std::string& name, const std::string& value) {
  const Json json = Json::read(golden("llama-lora/adapter_init/adapter_config.json"));
  std::string text = "{";
  if (json.find(name) == nullptr && !value.empty()) text += "\"" + name + "\":" + value;
  for (const Json::Member& member : *json.object()) {
    if (member.first == name && value.empty()) continue;
    text += (text.size() > 1 ? ",\"" : "\"") + member.first +
            "\":" + (member.first == name ? value : member.second.text());
  }
  return text + "}";
}

std::vector<ModuleName> two_layers() {
  std::vector<ModuleName> names;
  for (int64_t layer = 0; layer < 2; ++layer) {
    for (const std::string word : {"q_proj", "k_proj", "v_proj"}) {
      names.push_back(
          {word, "model.layers." + std::to_string(layer) + ".self_attn." + word, layer});
    }
  }
  return names;
}

AdapterConfig parse(const std::string& text) {
  return parse_adapter_config(Json::parse(text, "a"));
}

}  // namespace

TEST(adapter_config_scale) {
  AdapterConfig c = config();
  CHECK(lora(c).scale() == 1.5f);
  lora(c).rs_lora = true;
  CHECK(lora(c).scale() == 3.0f);
}

TEST(adapter_config_reads_what_peft_writes) {
  AdapterConfig c =
      parse_adapter_config(Json::read(golden("llama-rslora/adapter_init/adapter_config.json")));
  CHECK(lora(c).rs_lora && lora(c).rank == 8 && c.modules.names.size() == 7);
  CHECK_NEAR(lora(c).scale(), lora(c).alpha / std::sqrt(8.0), 1e-6);
  c = parse_adapter_config(Json::read(golden("llama-dora/adapter_init/adapter_config.json")));
  CHECK(lora(c).dora && lora(c).rank == 8);
  c = parse_adapter_config(Json::read(golden("ia3/adapter_init/adapter_config.json")));
  CHECK(c.modules.takes("model.layers.0.self_attn.k_proj", 0));
  CHECK(!c.modules.takes("model.layers.0.self_attn.q_proj", 0));
  CHECK(std::get<Ia3Config>(c.kind).scales_input("down_proj"));
  CHECK(!std::get<Ia3Config>(c.kind).scales_input("k_proj"));
}

TEST(adapter_config_writes_the_keys_that_peft_writes) {
  for (const char* name : {"llama-lora", "llama-dora", "ia3"}) {
    const std::string file = golden(std::string(name) + "/adapter_init/adapter_config.json");
    const Json theirs = Json::read(file);
    const Json ours = Json::parse(adapter_config_text(parse_adapter_config(theirs), ""), "ours");
    CHECK(ours.object()->size() == theirs.object()->size());
    for (size_t i = 0; i < ours.object()->size(); ++i) {
      CHECK((*ours.object())[i].first == (*theirs.object())[i].first);
      CHECK((*ours.object())[i].second.text() == (*theirs.object())[i].second.text());
    }
  }
}

TEST(adapter_config_survives_writing_and_reading) {
  AdapterConfig c = config();
  lora(c).alpha = 0.75;
  lora(c).dropout = 0.1;
  lora(c).rs_lora = true;
  const std::string text = adapter_config_text(c, "a/\"name\"");
  AdapterConfig back = parse(text);
  CHECK(describe(back) == describe(c));
  CHECK(lora(back).dropout == 0.1 && lora(back).alpha == 0.75 && lora(back).rs_lora);
  CHECK(*Json::parse(text, "t").find("base_model_name_or_path")->string() == "a/\"name\"");
}

// What is described alike computes alike: the one sentence that a mismatch shows to both sides.
TEST(adapter_config_described) {
  CHECK(describe(config(), two_layers()) == "LORA, r 4, scale 1.5, on q_proj v_proj");
  AdapterConfig other = config();
  lora(other).dropout = 0.5;
  CHECK(describe(other) == describe(config()));
  for (const auto& change : std::vector<void (*)(AdapterConfig&)>{
           [](AdapterConfig& c) { lora(c).rank = 5; }, [](AdapterConfig& c) { lora(c).alpha = 7; },
           [](AdapterConfig& c) { lora(c).dora = true; },
           [](AdapterConfig& c) { c.modules.names.push_back("k_proj"); },
           [](AdapterConfig& c) { c.kind = Ia3Config{}; }}) {
    other = config();
    change(other);
    CHECK(describe(other) != describe(config()));
  }
  const AdapterConfig ia3 = {Ia3Config{{"q_proj", "v_proj"}}, {"q_proj", "v_proj"}};
  CHECK(describe(ia3, two_layers()) == "IA3, inputs of q_proj v_proj, on q_proj v_proj");
  // Other words for the same are described alike; some layers, or other ranks, by their paths.
  other = config();
  other.modules.names = {};
  other.modules.expression = ".*\\.(q|v)_proj";
  CHECK(describe(other, two_layers()) == describe(config(), two_layers()));
  other.modules.layers = {1};
  CHECK(describe(other, two_layers()) ==
        "LORA, r 4, scale 1.5, on model.layers.1.self_attn.q_proj model.layers.1.self_attn.v_proj");
  lora(other).rank_pattern = {{"1.self_attn.v_proj", 2}};
  CHECK(describe(other, two_layers())
            .ends_with("q_proj (r 4, scale 1.5) "
                       "model.layers.1.self_attn.v_proj (r 2, scale 3.0)"));
}

TEST(adapter_config_knows_what_is_trained_beside_the_pair_and_where_it_starts) {
  AdapterConfig c = parse(peft_with("bias", "\"all\""));
  CHECK(lora(c).bias == LoraConfig::Bias::kAll);
  CHECK(lora(c = parse(peft_with("bias", "\"lora_only\""))).bias == LoraConfig::Bias::kOwn);
  c = parse(peft_with("trainable_token_indices", "[7,5]"));
  CHECK(lora(c).tokens == std::vector<int64_t>({7, 5}));
  c = parse(peft_with("trainable_token_indices", "{\"embed_tokens\":[7,5]}"));
  CHECK(lora(c).tokens == std::vector<int64_t>({7, 5}));
  c = parse(peft_with("modules_to_save", "[\"embed_tokens\"]"));
  CHECK(c.trains_whole("embed_tokens"));
  c = parse(peft_with("init_lora_weights", "\"pissa\""));
  CHECK(lora(c).start == LoraConfig::Start::kPrincipal);
  lora(c).rank_pattern = {{"q_proj", 3}};
  const LoraConfig plain = lora(c).plain();
  CHECK(plain.start == LoraConfig::Start::kNoise && plain.rank == 2 * lora(c).rank);
  CHECK(plain.scale() == lora(c).scale() && plain.rank_pattern[0].second == 6);
  c = parse(peft_with("target_parameters", "[\"mlp.experts.gate_up_proj\",\"down_proj\"]"));
  CHECK((lora(c).parameters == std::vector<std::string>{"mlp.experts.gate_up_proj", "down_proj"}));
  c = parse(peft_with("init_lora_weights", "\"olora\""));
  CHECK(lora(c).start == LoraConfig::Start::kOrthogonal);
  lora(c).rs_lora = true;
  CHECK_NEAR(lora(c).plain().scale(), lora(c).scale(), 1e-6);
}

TEST(adapter_config_refuses_what_would_compute_something_else) {
  for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
           {"peft_type", "\"LOHA\""},
           {"init_lora_weights", "\"pissa_niter_4\""},
           {"init_lora_weights", "\"loftq\""},
           {"init_lora_weights", "\"corda\""},
           {"init_lora_weights", "\"lora_ga\""},
           {"init_lora_weights", "\"of_tomorrow\""},
           {"task_type", "\"TOKEN_CLS\""},
           {"exclude_modules", "\"(?!q_proj)\""},
           {"target_parameters", "[\"x\"]"},
           {"layer_replication", "[[0,1]]"},
           {"trainable_token_indices", "[5,5]"},
           {"trainable_token_indices", "{\"lm_head\":[5]}"},
           {"loftq_config", "{\"loftq_bits\":4}"},
           {"of_tomorrow", "1"},
           {"bias", "\"some\""},
           {"lora_bias", "true"},
           {"fan_in_fan_out", "true"},
           {"modules_to_save", "[\"norm\"]"},
           {"rank_pattern", "{\"(?=q_proj)\":4}"},
           {"alpha_pattern", "{\"(q)_\\\\1proj\":4}"},
           {"target_modules", "\"(?i).*_PROJ\""}}) {
    CHECK_ERROR("UNSUPPORTED_ADAPTER", parse(peft_with(name, value)));
  }
  for (const char* name : {"peft_type", "r", "lora_alpha", "target_modules"}) {
    CHECK_ERROR("BAD_ADAPTER_CONFIG", parse(peft_with(name, "")));
    CHECK_ERROR("BAD_ADAPTER_CONFIG", parse(peft_with(name, "null")));
  }
  CHECK_ERROR("BAD_OPTION", parse(peft_with("r", "0")));
  CHECK_ERROR("BAD_OPTION", parse(peft_with("target_modules", "[]")));
}

TEST(adapter_config_modules_are_those_of_the_model) {
  const std::vector<std::string> words = {"qkv_proj", "o_proj", "gate_up_proj", "down_proj"};
  std::vector<ModuleName> fused;
  for (const std::string& word : words) fused.push_back({word, "model.layers.0.x." + word, 0});
  AdapterConfig c = config();
  c.modules.names = {"down_proj", "qkv_proj", "down_proj"};
  // in the order of the computation, each once
  CHECK(with_modules(c, fused).modules.names ==
        std::vector<std::string>({"qkv_proj", "down_proj"}));
  CHECK(missing_module(c, fused).empty());
  c.modules.names = {kAllLinear};
  CHECK(with_modules(c, fused).modules.names == words);
  CHECK(missing_module(c, fused).empty());
  CHECK(parse(peft_with("target_modules", "\"all-linear\"")).modules.names == c.modules.names);
  try {
    with_modules(config(), fused);
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.code == "BAD_OPTION" && error.details.at("option") == "targetModules");
    CHECK(error.details.at("value") == missing_module(config(), fused));
    CHECK(error.details.at("expected") == "any of qkv_proj, o_proj, gate_up_proj, down_proj");
  }
}

// PEFT's rules: ends of paths, whole paths, expressions over the whole of one, less the excluded.
TEST(adapter_config_chooses_by_name_expression_and_layer) {
  const auto taken = [](const std::string& name, const std::string& value) {
    const AdapterConfig c = parse(peft_with(name, value));
    std::string paths;
    for (const ModuleName& one : two_layers()) {
      if (c.modules.takes(one.path, one.layer)) paths += one.path.substr(13, 1) + one.module[0];
    }
    return paths;
  };
  CHECK(taken("target_modules", R"(["q_proj"])") == "0q1q");
  CHECK(taken("target_modules", R"(["self_attn.k_proj", "proj"])") == "0k1k");
  CHECK(taken("target_modules", R"(["model.layers.1.self_attn.v_proj"])") == "1v");
  CHECK(taken("target_modules", R"(".*\\.1\\..*_proj")") == "1q1k1v");
  CHECK(taken("target_modules", R"("q_proj")") == "");  // of the whole path, not of its end
  CHECK(taken("exclude_modules", R"(["q_proj"])") == "0k0v1k1v");
  CHECK(taken("exclude_modules", R"(".*\\.0\\..*")") == "1q1k1v");
  CHECK(taken("layers_to_transform", "1") == "1q1k1v");
  CHECK(taken("layers_to_transform", "[0, 5]") == "0q0k0v");
  CHECK_ERROR("BAD_ADAPTER_CONFIG", parse(peft_with("layers_to_transform", "[-1]")));
  AdapterConfig c = parse(peft_with("target_modules", R"(".*\\.5\\..*")"));
  CHECK(missing_module(c, two_layers()) == ".*\\.5\\..*");
  c = parse(peft_with("layers_to_transform", "[7]"));
  CHECK(!missing_module(c, two_layers()).empty());
}

TEST(adapter_config_patterns_give_layers_their_own_ranks) {
  const std::string text = peft_with(
      "rank_pattern", R"({"v_proj": 2, ".*1\\.self_attn\\.[qv]_proj": 6, "self_attn": 9})");
  AdapterConfig c = parse(text);
  const auto rank = [&](const char* path) { return lora(c).at(path).rank; };
  CHECK(rank("model.layers.1.self_attn.v_proj") == 2);  // the first that fits
  CHECK(rank("model.layers.1.self_attn.q_proj") == 6);
  CHECK(rank("model.layers.0.self_attn.q_proj") == lora(c).rank);
  CHECK(lora(c).at("x.v_proj").scale() == static_cast<float>(lora(c).alpha / 2));
  // both ways, in their order
  const AdapterConfig back = parse(adapter_config_text(c, "base"));
  CHECK(std::get<LoraConfig>(back.kind).rank_pattern == lora(c).rank_pattern);
  CHECK_ERROR("BAD_ADAPTER_CONFIG", parse(peft_with("rank_pattern", R"({"q_proj": 1.5})")));
  CHECK_ERROR("BAD_OPTION", parse(peft_with("rank_pattern", R"({"q_proj": 0})")));
  CHECK_ERROR("BAD_OPTION", parse(peft_with("alpha_pattern", R"({"q_proj": -1})")));
}

TEST(adapter_config_settings_are_checked) {
  check_adapter_config(config());
  for (const auto& spoil : std::vector<void (*)(AdapterConfig&)>{
           [](AdapterConfig& c) { lora(c).rank = 0; },
           [](AdapterConfig& c) { lora(c).rank = 1 << 20; },
           [](AdapterConfig& c) { lora(c).alpha = 0; },
           [](AdapterConfig& c) { lora(c).alpha = NAN; },
           [](AdapterConfig& c) { lora(c).dropout = 1; },
           [](AdapterConfig& c) { lora(c).dropout = -0.1; },
           [](AdapterConfig& c) { c.modules.names.clear(); },
           [](AdapterConfig& c) { c.kind = Ia3Config{{"down_proj"}}; }}) {
    AdapterConfig c = config();
    spoil(c);
    CHECK_ERROR("BAD_OPTION", check_adapter_config(c));
  }
}

// What a newer PEFT or another way to begin writes, where it means nothing to the computation.
TEST(adapter_config_fields_that_only_describe) {
  for (const auto& [name, value] :
       std::vector<std::pair<const char*, const char*>>{{"revision", "\"main\""},
                                                        {"init_lora_weights", "\"gaussian\""},
                                                        {"of_tomorrow", "false"},
                                                        {"of_tomorrow", "[]"},
                                                        {"bias", "null"},
                                                        {"use_rslora", "null"}}) {
    CHECK(describe(parse(peft_with(name, value))) == describe(parse(peft_with(name, ""))));
  }
}
