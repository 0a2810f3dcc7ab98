// Heads beside a model's own, as JavaScript says them.
#pragma once

#include <napi.h>

#include <vector>

#include "objectives/side_head.h"

namespace neiro::binding {

std::vector<SideHeadConfig> head_options(Napi::Value value);

}  // namespace neiro::binding
