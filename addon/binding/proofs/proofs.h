// What the test build of the module exports besides: the inside of a session and single operations,
// laid open for the golden cases. The shipped module has none of it. Manual: proofs.d.ts.
#pragma once

#include <napi.h>

namespace neiro::binding {

void define_proofs(Napi::Env env, Napi::Object exports);

// Of a session (sessions.cpp).
Napi::Value gathered_gradients(const Napi::CallbackInfo& info);
Napi::Value gradients(const Napi::CallbackInfo& info);
Napi::Value adapter_tensors(const Napi::CallbackInfo& info);
// Of single operations (operations.cpp).
Napi::Value sample_distribution(const Napi::CallbackInfo& info);
Napi::Value update_in_bytes(const Napi::CallbackInfo& info);
// Of whole matrices (pruning.cpp).
Napi::Value prune_matrices(const Napi::CallbackInfo& info);
Napi::Value quantize_nf4(const Napi::CallbackInfo& info);
Napi::Value quantize_int8(const Napi::CallbackInfo& info);
Napi::Value quantize_blocks(const Napi::CallbackInfo& info);
Napi::Value dequantize_blocks(const Napi::CallbackInfo& info);
// Of what happens where memory ends (allocations.cpp).
Napi::Value fail_allocation(const Napi::CallbackInfo& info);

}  // namespace neiro::binding
