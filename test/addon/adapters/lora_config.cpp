// adapter_config.json both ways, and what must be refused.
#include "adapters/lora_config.h"

#include <cmath>
#include <set>

#include "check.h"
#include "golden.h"

using namespace neiro;

namespace {

LoraConfig config() {
  LoraConfig c;
  c.rank = 4;
  c.alpha = 6;
  c.target_modules = {"v_proj", "q_proj"};
  return c;
}

// PEFT's own file with one member replaced or, with value empty, taken out.
std::string peft_with(const std::string& name, const std::string& value) {
  const Json json = Json::read(golden("llama-lora/adapter_init/adapter_config.json"));
  std::string text = "{";
  for (const Json::Member& member : *json.object()) {
    if (member.first == name && value.empty()) continue;
    text += (text.size() > 1 ? ",\"" : "\"") + member.first +
            "\":" + (member.first == name ? value : member.second.text());
  }
  return text + "}";
}

LoraConfig parse(const std::string& text) { return parse_adapter_config(Json::parse(text, "a")); }

}  // namespace

TEST(lora_config_scale) {
  LoraConfig c = config();
  CHECK(c.scale() == 1.5f);
  c.rs_lora = true;
  CHECK(c.scale() == 3.0f);
}

TEST(lora_config_reads_what_peft_writes) {
  const LoraConfig c =
      parse_adapter_config(Json::read(golden("llama-rslora/adapter_init/adapter_config.json")));
  CHECK(c.rs_lora && c.rank == 8 && c.target_modules.size() == 7);
  CHECK_NEAR(c.scale(), c.alpha / std::sqrt(8.0), 1e-6);
}

TEST(lora_config_writes_the_keys_that_peft_writes) {
  const Json theirs = Json::read(golden("llama-lora/adapter_init/adapter_config.json"));
  LoraConfig c = config();
  c.target_modules = {"up_proj", "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "down_proj"};
  c.rank = 8;
  c.alpha = 16;
  const Json ours = Json::parse(adapter_config_text(c, ""), "ours");
  std::set<std::string> modules, their_modules;
  CHECK(ours.object()->size() == theirs.object()->size());
  for (size_t i = 0; i < ours.object()->size(); ++i) {
    const Json::Member& own = (*ours.object())[i];
    const Json::Member& their = (*theirs.object())[i];
    CHECK(own.first == their.first);
    if (own.first != "target_modules") CHECK(own.second.text() == their.second.text());
  }
  for (const Json& m : *ours.find("target_modules")->array()) modules.insert(*m.string());
  for (const Json& m : *theirs.find("target_modules")->array()) their_modules.insert(*m.string());
  CHECK(modules == their_modules);
}

TEST(lora_config_survives_writing_and_reading) {
  LoraConfig c = config();
  c.alpha = 0.75;
  c.dropout = 0.1;
  c.rs_lora = true;
  const std::string text = adapter_config_text(c, "a/\"name\"");
  const LoraConfig back = parse(text);
  CHECK(same_adapter(back, c) && back.dropout == 0.1 && back.alpha == 0.75);
  CHECK(*Json::parse(text, "t").find("base_model_name_or_path")->string() == "a/\"name\"");
}

TEST(lora_config_same_adapter) {
  LoraConfig other = config();
  other.target_modules = {"q_proj", "v_proj"};
  other.dropout = 0.5;
  CHECK(same_adapter(config(), other));
  other.rank = 5;
  CHECK(!same_adapter(config(), other));
  other = config();
  other.alpha = 7;
  CHECK(!same_adapter(config(), other));
  other = config();
  other.target_modules.push_back("k_proj");
  CHECK(!same_adapter(config(), other));
}

TEST(lora_config_refuses_what_would_compute_something_else) {
  for (const auto& [name, value] :
       std::vector<std::pair<const char*, const char*>>{{"peft_type", "\"IA3\""},
                                                        {"use_dora", "true"},
                                                        {"bias", "\"all\""},
                                                        {"lora_bias", "true"},
                                                        {"fan_in_fan_out", "true"},
                                                        {"modules_to_save", "[\"lm_head\"]"},
                                                        {"rank_pattern", "{\"q_proj\":4}"},
                                                        {"alpha_pattern", "{\"q_proj\":4}"},
                                                        {"layers_to_transform", "[0]"},
                                                        {"layers_to_transform", "0"},
                                                        {"target_modules", "\".*_proj\""}}) {
    CHECK_ERROR("UNSUPPORTED_ADAPTER", parse(peft_with(name, value)));
  }
  for (const char* name : {"peft_type", "r", "lora_alpha", "target_modules"}) {
    CHECK_ERROR("BAD_ADAPTER_CONFIG", parse(peft_with(name, "")));
    CHECK_ERROR("BAD_ADAPTER_CONFIG", parse(peft_with(name, "null")));
  }
  CHECK_ERROR("BAD_OPTION", parse(peft_with("r", "0")));
  CHECK_ERROR("BAD_OPTION", parse(peft_with("target_modules", "[]")));
}

TEST(lora_config_modules_are_those_of_the_model) {
  const std::vector<std::string> fused = {"qkv_proj", "o_proj", "gate_up_proj", "down_proj"};
  LoraConfig c = config();
  c.target_modules = {"down_proj", "qkv_proj", "down_proj"};
  // in the order of the computation, each once
  CHECK(with_modules(c, fused).target_modules ==
        std::vector<std::string>({"qkv_proj", "down_proj"}));
  CHECK(missing_module(c, fused).empty());
  c.target_modules = {kAllLinear};
  CHECK(with_modules(c, fused).target_modules == fused);
  CHECK(missing_module(c, fused).empty());
  CHECK(parse(peft_with("target_modules", "\"all-linear\"")).target_modules == c.target_modules);
  try {
    with_modules(config(), fused);
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.code == "BAD_OPTION" && error.details.at("option") == "targetModules");
    CHECK(error.details.at("value") == missing_module(config(), fused));
    CHECK(error.details.at("expected") == "any of qkv_proj, o_proj, gate_up_proj, down_proj");
  }
}

TEST(lora_config_settings_are_checked) {
  check_lora_config(config());
  for (const auto& spoil : std::vector<void (*)(LoraConfig&)>{
           [](LoraConfig& c) { c.rank = 0; }, [](LoraConfig& c) { c.rank = 1 << 20; },
           [](LoraConfig& c) { c.alpha = 0; }, [](LoraConfig& c) { c.alpha = NAN; },
           [](LoraConfig& c) { c.dropout = 1; }, [](LoraConfig& c) { c.dropout = -0.1; },
           [](LoraConfig& c) { c.target_modules.clear(); }}) {
    LoraConfig c = config();
    spoil(c);
    CHECK_ERROR("BAD_OPTION", check_lora_config(c));
  }
}
