// A list of small objects.
#include "head_options.h"

#include <string>

#include "convert.h"
#include "core/option.h"

namespace neiro::binding {

std::vector<SideHeadConfig> head_options(Napi::Value value) {
  if (!value.IsArray()) refuse_option("heads", "another value", "a list");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<SideHeadConfig> heads;
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Options given(array.Get(i), "heads", {"name", "outputs", "of", "bias"});
    SideHeadConfig head;
    head.name = given.text("name");
    head.outputs = given.integer("outputs");
    const std::string of = given.text("of");
    require_option(of == "last" || of == "tokens", "of", of, "one of last, tokens");
    head.every_token = of == "tokens";
    head.bias = given.flag("bias");
    heads.push_back(head);
  }
  return heads;
}

}  // namespace neiro::binding
