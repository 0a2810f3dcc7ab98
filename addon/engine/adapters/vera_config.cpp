// VeRA's fields of adapter_config.json, both ways.
#include "adapters/vera_config.h"

#include <cmath>

#include "core/option.h"

namespace neiro {

void check_config(const VeraConfig& config, const std::vector<std::string>&) {
  require_option(config.rank >= 1 && config.rank <= 65536, "rank", config.rank,
                 "a whole number from 1 to 65536");
  require_option(std::isfinite(config.first), "dInitial", config.first, "a number");
  require_option(config.dropout >= 0 && config.dropout < 1, "dropout", config.dropout,
                 "a number from 0 to below 1");
}

std::string describe(const VeraConfig& config) { return "VERA, r " + std::to_string(config.rank); }

VeraConfig read_vera_config(PeftFields& fields) {
  VeraConfig config;
  config.rank = fields.integer("r");
  config.first = fields.number("d_initial", 0.1);
  config.dropout = fields.number("vera_dropout", 0.0);
  fields.pass_over("projection_prng_key");  // the pair itself is in the file:
  fields.one_of("save_projection", {true});
  fields.one_of("init_weights", {true, false});
  return config;
}

Json::Object peft_fields(const VeraConfig& config) {
  return {{"bias", "none"},          {"d_initial", config.first},     {"init_weights", true},
          {"peft_type", "VERA"},     {"projection_prng_key", 0},      {"r", config.rank},
          {"save_projection", true}, {"vera_dropout", config.dropout}};
}

}  // namespace neiro
