// From config.json to a ModelConfig: the way into the families.
#pragma once

#include <string>
#include <vector>

#include "io/json.h"
#include "io/model_files.h"
#include "model/config.h"

namespace neiro {

// model_type of every family the engine knows.
const std::vector<std::string>& known_families();

// A score head that is asked for, whatever head the config tells of.
struct ScoreWish {
  int64_t labels = 0;  // 0 = none is
  ScoreProblem problem = ScoreProblem::kSingleLabel;
};
inline constexpr int64_t kMaxLabels = 1 << 16;

// From config.json of Transformers 4 or 5. Throws Error UNKNOWN_ARCHITECTURE {architecture, known},
// UNSUPPORTED_ROPE, UNSUPPORTED_MODEL (a switch that is not implemented) or BAD_CONFIG {field,
// value, expected}.
ModelConfig parse_config(const Json& json, const ScoreWish& wish = {});

// A model's files, read from what `path` names: a folder, or a GGUF file as if it were one (its
// config told as config.json, its tensors by a folder's names). Errors: those of ModelFiles,
// GgufFile and parse_config; GGUF_SPLIT {file}.
ModelFiles open_model_files(const std::string& path);

}  // namespace neiro
