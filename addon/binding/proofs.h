// Single operations laid open for the golden cases: the sampler's distribution, NF4 blocks.
#pragma once

#include <napi.h>

namespace neiro::binding {

Napi::Value sample_distribution(const Napi::CallbackInfo& info);
Napi::Value quantize_nf4(const Napi::CallbackInfo& info);

}  // namespace neiro::binding
