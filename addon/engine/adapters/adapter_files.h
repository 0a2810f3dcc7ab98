// PEFT folders: adapter_config.json and adapter_model.safetensors, as `save_pretrained` of PEFT
// writes them and `PeftModel.from_pretrained` reads them.
#pragma once

#include <string>

#include "adapters/adapter.h"
#include "core/thread_pool.h"

namespace neiro {

// adapter_config.json of the folder; errors: adapter_config.h and io/json.h.
AdapterConfig read_adapter_config(const std::string& dir);

// Of the modules that may be trained whole, those that its file holds beside what the config says:
// PEFT saves embeddings so, unasked, and takes them for the base's when it reads them.
std::vector<std::string> saved_whole(const AdapterConfig& config, const std::string& dir,
                                     const std::vector<std::string>& paths);

// Values from adapter_model.safetensors. Every tensor of the adapter must be there with its shape,
// and no other. Throws Error ADAPTER_MISMATCH {tensor, expected, actual} or what io throws; the
// values may then be part old, part new.
void read_adapter_values(const Device& device, ThreadPool& pool, Adapter& adapter,
                         const std::string& dir);

// The file of an adapter's folder that holds its values.
std::string adapter_weights_file(const std::string& dir);

// A new folder appears whole or not at all (written beside, then renamed). In a folder that is
// there already only these two files are replaced, each whole: what else the user keeps there
// stays.
void save_adapter(const Device& device, Adapter& adapter, const std::string& dir,
                  const std::string& base_model_name);

// The same of values that belong to no model that is open; config.task is written as it is.
void save_adapter_values(const AdapterConfig& config, const std::vector<SavedValues>& values,
                         const std::string& dir, const std::string& base_model_name);

}  // namespace neiro
