// What an export is told, from JavaScript to plain structs.
#pragma once

#include <napi.h>

#include <string>
#include <vector>

#include "export/gguf_check.h"
#include "export/gguf_mix.h"
#include "io/gguf_writer.h"

namespace neiro::binding {

// Throw Error BAD_OPTION {option, value, expected}.
DType stored_type(const std::string& word);
GgufKind gguf_kind(const std::string& word);
std::vector<GgufEntry> gguf_entries(Napi::Value value);

Napi::Value gguf_check_value(Napi::Env env, GgufCheck& check);

}  // namespace neiro::binding
