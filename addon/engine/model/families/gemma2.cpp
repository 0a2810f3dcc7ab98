// Gemma 2: soft caps of scores and logits, every other layer sees a window.
#include "model/families/family.h"
#include "model/families/gemma.h"

namespace neiro {

extern const Family kGemma2 = {
    "gemma2",
    "Gemma2ForCausalLM",
    [](const Fields& fields) { return read_later_gemma(fields, 50, 30, 8192, 2); },
    "gemma2",
    {.norms_above = true},
    [](FromGguf& from) { read_later_gemma_gguf(from, 46); }};

}  // namespace neiro
