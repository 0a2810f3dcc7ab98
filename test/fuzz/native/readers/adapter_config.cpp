// adapter_config.json: what is believed of it is written as one that says the same.
#include "adapters/adapter_config.h"

#include "io/json.h"
#include "reader.h"

using namespace neiro;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::vector<ModuleName> modules = {
      {"q_proj", "model.layers.0.self_attn.q_proj", 0},
      {"down_proj", "model.layers.0.mlp.down_proj", 0},
      {"q_proj", "model.layers.1.self_attn.q_proj", 1}};
  AdapterConfig config;
  const bool taken = fuzz::reads([&] {
    config = parse_adapter_config(Json::parse(fuzz::as_text(data, size), "adapter_config.json"));
    check_adapter_config(config);
    config = with_modules(config, modules, {"embed_tokens", "lm_head"});
  });
  if (!taken) return 0;
  fuzz::reads([&] { check_names(config, modules, {"embed_tokens", "lm_head"}, {}); });
  const std::string said = describe(config, modules);
  const std::string text = adapter_config_text(config, "base");
  const bool again = fuzz::reads([&] {
    const AdapterConfig read = parse_adapter_config(Json::parse(text, "again"));
    if (describe(read, modules) != said) {
      fuzz::fault("says " + said + ", reads back as " + describe(read, modules));
    }
  });
  if (!again) fuzz::fault("refuses its own " + text);
  return 0;
}
