// A folder of the hub that holds more than a text model, read as the text model alone: its config
// stands within the folder's, its tensors below a word of their own. Eyes, ears and heads that
// guess several tokens are left out by name; a tensor that is none of those stays, and is said to
// be unread.
#pragma once

#include "io/model_files.h"

namespace neiro {

// The files as they are, or their text part. Throws Error BAD_CONFIG {field, value, expected}.
ModelFiles text_part(ModelFiles files);

}  // namespace neiro
