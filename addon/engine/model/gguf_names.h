// What a tensor is called in a GGUF file and in a folder of Transformers: by its part in the
// computation, so that one table serves every family (ModelConfig::names has the folder's words).
#pragma once

#include <string>

#include "model/config.h"

namespace neiro {

// "model.layers.3.self_attn.q_proj.weight" becomes "blk.3.attn_q.weight"; empty where a GGUF file
// has no such tensor.
std::string gguf_name(const TensorNames& names, const std::string& name);
// The way back; empty for a name that says no part of this model.
std::string name_of_gguf(const TensorNames& names, const std::string& gguf);

}  // namespace neiro
