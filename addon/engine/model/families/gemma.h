// What the three Gemmas of text share (Gemma Team 2024, 2025): scaled embeddings, norms of 1 + w, a
// tied head and a GELU gate.
#pragma once

#include "model/families/decoder.h"
#include "model/families/from_gguf.h"

namespace neiro {

// What the second and the third add: norms behind both blocks, queries scaled by
// query_pre_attn_scalar, soft caps (`attention_cap`, `logit_cap` where the config is silent; 0 =
// none), a window on all layers but every `period`-th; `positions` where the config is silent.
ModelConfig read_later_gemma(const Fields& fields, double attention_cap, double logit_cap,
                             int64_t positions, int64_t period);

// The same of a GGUF file: the window, and the queries' scale, which the largest ones (of so many
// layers) take from their heads' share of the width.
void read_later_gemma_gguf(FromGguf& from, int64_t layers_of_largest);

}  // namespace neiro
