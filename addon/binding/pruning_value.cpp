// Two options, two numbers.
#include "pruning_value.h"

#include <string>

#include "convert.h"
#include "core/option.h"

namespace neiro::binding {
namespace {

PrunePattern pattern_of(const std::string& word) {
  if (word == "layer") return PrunePattern::kLayer;
  if (word == "global") return PrunePattern::kGlobal;
  require_option(word == "2:4", "pattern", word, "one of layer, global, 2:4");
  return PrunePattern::kTwoOfFour;
}

}  // namespace

Pruning pruning_options(Napi::Value value) {
  const Options given(value, "options", {"pattern", "amount"});
  return {pattern_of(given.text("pattern")), given.number("amount")};
}

Napi::Value pruned_value(Napi::Env env, const Pruned& pruned) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("zeros", static_cast<double>(pruned.zeros));
  value.Set("weights", static_cast<double>(pruned.weights));
  return value;
}

}  // namespace neiro::binding
