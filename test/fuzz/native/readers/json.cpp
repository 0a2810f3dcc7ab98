// JSON documents: what is read is written as text that reads back the same.
#include "io/json.h"

#include "reader.h"

using neiro::Json;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Json json;
  if (!fuzz::reads([&] { json = Json::parse(fuzz::as_text(data, size), "input"); })) return 0;
  for (const int indent : {0, 2}) {
    const std::string text = json.text(indent);
    Json again;
    if (!fuzz::reads([&] { again = Json::parse(text, "again"); })) fuzz::fault("refuses " + text);
    if (again.text(indent) != text) fuzz::fault("reads otherwise: " + text);
  }
  return 0;
}
