// The list of proofs.
#include "proofs.h"

namespace neiro::binding {

void define_proofs(Napi::Env env, Napi::Object exports) {
  const auto set = [&](const char* name, auto function) {
    exports.Set(name, Napi::Function::New(env, function, name));
  };
  set("gatheredGradients", gathered_gradients);
  set("gradients", gradients);
  set("adapterTensors", adapter_tensors);
  set("sampleDistribution", sample_distribution);
  set("updateInBytes", update_in_bytes);
  set("pruneMatrices", prune_matrices);
  set("quantizeNf4", quantize_nf4);
  set("quantizeInt8", quantize_int8);
  set("quantizeBlocks", quantize_blocks);
  set("dequantizeBlocks", dequantize_blocks);
  set("failAllocation", fail_allocation);
}

}  // namespace neiro::binding
