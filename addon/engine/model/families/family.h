// What a family of models is: how its config.json is told, and what it says in the engine's sizes,
// switches and names (config.h). One file each beside this one; the code behind never asks for a
// family.
#pragma once

#include "model/config.h"
#include "model/families/fields.h"
#include "model/families/from_gguf.h"

namespace neiro {

struct Family {
  const char* model_type;  // of config.json, and the family's name here
  // Its class in Transformers, as "architectures" names it: …ForCausalLM, or of an encoder
  // …ForSequenceClassification.
  const char* architecture;
  // Reads what the family's configs may say and fixes what they leave unsaid.
  ModelConfig (*read)(const Fields& fields);
  // general.architecture of its GGUF files; null = they are another family's, or there are none.
  const char* gguf = nullptr;
  GgufForm form = {};
  // What such a file says beside what all say; null = nothing.
  void (*read_gguf)(FromGguf& from) = nullptr;
};

}  // namespace neiro
