// From config.json to a ModelConfig: the way into the families.
#pragma once

#include <string>
#include <vector>

#include "io/json.h"
#include "model/config.h"

namespace neiro {

// model_type of every family the engine knows.
const std::vector<std::string>& known_families();

// From config.json of Transformers 4 or 5. Throws Error UNKNOWN_ARCHITECTURE {architecture, known},
// UNSUPPORTED_ROPE, UNSUPPORTED_MODEL (a switch that is not implemented) or BAD_CONFIG {field,
// value, expected}.
ModelConfig parse_config(const Json& json);

}  // namespace neiro
