// Pruning, as JavaScript says it and hears of it.
#pragma once

#include <napi.h>

#include "train/pruning.h"

namespace neiro::binding {

Pruning pruning_options(Napi::Value value);
Napi::Value pruned_value(Napi::Env env, const Pruned& pruned);

}  // namespace neiro::binding
