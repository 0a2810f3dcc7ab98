// The order of things in a session's memory, and their first values.
#include "session/session_memory.h"

#include <algorithm>

#include "adapters/adapter_files.h"
#include "adapters/module_choice.h"
#include "core/error.h"
#include "core/option.h"
#include "core/processor.h"
#include "model/families/families.h"

namespace neiro {
namespace {

constexpr int64_t kMaxTokens = int64_t{1} << 22;
constexpr int kMaxThreads = 1024;
constexpr int64_t kMaxConversations = 1024;

const OpenOptions& checked(const OpenOptions& o) {
  require_option(o.max_tokens >= 1 && o.max_tokens <= kMaxTokens, "maxTokensPerMicroBatch",
                 o.max_tokens, "a whole number from 1 to 4194304");
  require_option(o.max_context >= 0 && o.max_context <= kMaxTokens, "maxContext", o.max_context,
                 "a whole number from 0 to 4194304");
  require_option(o.threads >= 0 && o.threads <= kMaxThreads, "threads", o.threads,
                 "a whole number from 0 to 1024");
  require_option(
      o.conversations >= 0 && o.conversations <= std::min(kMaxConversations, o.max_tokens),
      "conversations", o.conversations,
      "a whole number from 0 to 1024, and no more than maxTokensPerMicroBatch");
  require_option(o.more_adapters.empty() || (o.conversations > 0 && o.train == TrainKind::kNone),
                 "adapterDirs", list_of(o.more_adapters),
                 "none without conversations, nor where something is trained");
  require_option(o.embedding_noise >= 0 && o.embedding_noise <= 1000, "embeddingNoise",
                 o.embedding_noise, "a number from 0 to 1000");
  require_option(o.reference_dir.empty() || o.conversations == 0 || o.train != TrainKind::kNone,
                 "referenceDir", o.reference_dir, "none where there are only conversations");
  if (o.train == TrainKind::kFull) {
    require_option(o.adapter_dir.empty(), "adapterDir", o.adapter_dir,
                   "nothing, because the whole model is trained,");
    require_option(
        o.quantization == BaseQuantization::kNone || o.quantization == BaseQuantization::kF32,
        "baseQuantization", "bf16, int8 or nf4", "none or f32, because all is trained,");
  }
  return o;
}

// The adapter that is asked for. A score head is new to the base, so it is trained along, as PEFT
// does for its task.
AdapterConfig wanted_adapter(Model& model, const OpenOptions& options) {
  AdapterConfig config = options.adapter;
  check_names(config, module_names(model), whole_names(model), expert_weights(model, config));
  // It is made of keys and values, which other mixers do not have.
  const auto* rows_before = std::get_if<VirtualTokensConfig>(&config.kind);
  const bool prefix =
      rows_before != nullptr && rows_before->kind == VirtualTokensConfig::Kind::kPrefix;
  require_option(!prefix || (model.config.mixers.empty() && model.config.layer_heads.empty()),
                 "kind", "prefix", "another one for a model whose layers do not all attend alike");
  require_option(rows_before == nullptr || model.config.input_size == 0, "kind", "prompt or prefix",
                 "another one for a model whose layers know the tokens");
  if (!model.config.has_score_head()) return config;
  // PEFT's files of these name the head in another way, which nobody has asked for yet.
  require_option(!std::holds_alternative<VirtualTokensConfig>(config.kind), "kind",
                 "prompt or prefix", "lora or ia3 for a model that scores");
  const std::string& path = model.config.names.head;
  const std::string head = path.substr(0, path.find('.'));
  std::erase_if(config.whole_modules, [&](const std::string& name) {
    return name == head || name == head_layer(model).module;
  });
  config.whole_modules.push_back(head);
  // What is new beside it is not in the base, so it must be in the adapter's files, and these hold
  // what is trained whole alone.
  for (const std::string& part : model.new_parts) {
    if (config.trains_whole(part)) continue;
    config.whole_modules.push_back(part.substr(part.rfind('.', part.rfind('.') - 1) + 1));
  }
  return config;
}

// The adapter of the folder, for this model; the same as what is trained, where both are given.
AdapterConfig stored_adapter(Model& model, const OpenOptions& options, const std::string& dir) {
  const std::vector<ModuleName> modules = module_names(model);
  const std::vector<std::string> whole = whole_paths(model);
  AdapterConfig stored = read_adapter_config(dir);
  // saved beside the adapter, as PEFT does unasked where it thinks that they were changed
  for (std::string& name : saved_whole(stored, dir, whole)) {
    stored.whole_modules.push_back(std::move(name));
  }
  const char* task = model.config.has_score_head() ? kScoreTask : kLanguageTask;
  if (!stored.task.empty() && stored.task != task) {
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "task_type"}, {"value", stored.task}});
  }
  // Of these two PEFT names both, whichever the model has.
  for (const std::string& name : stored.whole_modules) {
    if (name == "score" || name == "classifier") continue;
    AdapterConfig alone;
    alone.whole_modules = {name};
    const bool here = std::any_of(whole.begin(), whole.end(), [&](const std::string& path) {
      return alone.trains_whole(path);
    });
    if (here) continue;
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "modules_to_save"}, {"value", name}});
  }
  const std::string missing = missing_module(stored, modules);
  // The model has it, as a part that is no layer with an adapter around it here: its head, its
  // embeddings.
  const bool is_part = std::any_of(whole.begin(), whole.end(), [&](const std::string& path) {
    return names_path(missing, path);
  });
  if (!missing.empty() && is_part) {
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "target_modules"}, {"value", missing}});
  }
  if (!missing.empty()) {
    throw Error("ADAPTER_MISMATCH", {{"tensor", "target_modules"},
                                     {"expected", "any of " + list_of(module_words(modules))},
                                     {"actual", missing}});
  }
  if (options.train != TrainKind::kAdapter) return stored;
  const auto described = [&](const AdapterConfig& config) {
    return describe(with_modules(config, modules, whole), modules);
  };
  const std::string wanted = described(wanted_adapter(model, options));
  const std::string found = described(stored);
  // Only what its network gave is stored, not what would learn on.
  const auto* tokens = std::get_if<VirtualTokensConfig>(&stored.kind);
  if (tokens != nullptr && tokens->kind == VirtualTokensConfig::Kind::kEncoded) {
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "peft_type"}, {"value", "P_TUNING"}});
  }
  if (found != wanted) {
    throw Error("ADAPTER_MISMATCH",
                {{"tensor", "adapter_config.json"}, {"expected", wanted}, {"actual", found}});
  }
  return wanted_adapter(model, options);  // its dropout counts, not the stored one
}

std::unique_ptr<Adapter> make_adapter(Model& model, const OpenOptions& options,
                                      const std::string& dir, bool trains) {
  const bool stored = !dir.empty();
  if (!stored && !trains) return nullptr;
  auto adapter = std::make_unique<Adapter>(
      model, stored ? stored_adapter(model, options, dir) : wanted_adapter(model, options), trains);
  const int64_t before = adapter->rows_before();
  require_option(before < options.max_tokens, "maxTokensPerMicroBatch", options.max_tokens,
                 ("more than the adapter's " + std::to_string(before) + " virtual tokens").c_str());
  return adapter;
}

}  // namespace

SessionMemory::SessionMemory(const OpenOptions& given)
    : options(checked(given)),
      files(open_model_files(options.model_dir)),
      model(parse_config(files.config(), options.score)),
      stored(find_weights(model, files)),
      adapter(
          make_adapter(model, options, options.adapter_dir, options.train == TrainKind::kAdapter)) {
  if (trains()) model.config.embedding_noise = static_cast<float>(options.embedding_noise);
  if (!model.config.has_score_head() && !model.config.causal) throw Error("NO_SCORE_HEAD");
  stored.tokens = options.tokens;
  stored.seed = options.seed;
  // It would be said to be in use, and be in none.
  const bool in_bytes = options.compute == Compute::kInt8;
  if (in_bytes && (options.train == TrainKind::kFull ||
                   !multiplies_stored(model, stored, options.quantization))) {
    throw Error("NOTHING_IN_INT8");
  }
  if (!options.reference_dir.empty()) make_reference();
  make_heads();
  if (options.conversations == 0 || trains()) return;
  if (adapter) adapters.take(model);
  for (const std::string& dir : options.more_adapters) {
    more.push_back(make_adapter(model, options, dir, false));
    adapters.take(model);
  }
  adapters.attach(model);
}

// Of the same kind and size as the adapter, whose room it uses.
void SessionMemory::make_reference() {
  require_option(adapter != nullptr, "referenceDir", options.reference_dir,
                 "none where there is no adapter");
  const AdapterPlaces own = take_adapter(model);
  OpenOptions reading = options;
  reading.train = TrainKind::kNone;
  reference = make_adapter(model, reading, options.reference_dir, false);
  reference_places = take_adapter(model);
  hang_adapter(model, own);
  const std::vector<ModuleName> modules = module_names(model);
  const std::string wanted = describe(adapter->config(), modules);
  const std::string found = describe(reference->config(), modules);
  if (found == wanted) return;
  throw Error("ADAPTER_MISMATCH",
              {{"tensor", "adapter_config.json"}, {"expected", wanted}, {"actual", found}});
}

void SessionMemory::make_heads() {
  heads.reserve(options.heads.size());  // their slots point into them
  for (const SideHeadConfig& config : options.heads) {
    for (const SideHead& other : heads) {
      require_option(other.config().name != config.name, "heads", config.name, "each name once");
    }
    heads.emplace_back(model, config);
  }
}

std::vector<TensorSlot> SessionMemory::with_heads(std::vector<TensorSlot> slots) {
  for (SideHead& head : heads) {
    for (TensorSlot& slot : head.slots()) slots.push_back(std::move(slot));
  }
  return slots;
}

std::vector<Adapter*> SessionMemory::all_adapters() const {
  std::vector<Adapter*> all;
  if (adapter) all.push_back(adapter.get());
  if (reference) all.push_back(reference.get());
  for (const std::unique_ptr<Adapter>& one : more) all.push_back(one.get());
  return all;
}

int SessionMemory::threads() const {
  return options.threads > 0 ? options.threads : available_processors();
}

int64_t SessionMemory::trainable_parameters() {
  if (trains()) return parameters.count();
  int64_t sum = 0;
  if (adapter) {
    for (const TensorSlot& slot : adapter->parameters()) sum += slot.elements();
  }
  return sum;
}

void SessionMemory::place(PlannedMemory& memory, const Device& device) {
  // What stays for the whole session comes first.
  if (options.train == TrainKind::kFull) {
    parameters.place(memory, with_heads(tensor_slots(model)), MemoryCategory::kWeights,
                     options.decay_all, options.moments);
    if (options.keep_zeros) parameters.keep_zeros(memory);
    tie_head(model);
  } else {
    mapped_bytes = place_weights(memory, device, model, stored, options.quantization);
    if (options.train == TrainKind::kAdapter) {
      parameters.place(memory, with_heads(adapter->parameters()), MemoryCategory::kAdapter, false,
                       options.moments);
      adapter->place_frozen(memory);
      if (reference) reference->place_values(memory);
    } else {
      for (Adapter* one : all_adapters()) one->place_values(memory);
    }
    for (Adapter* one : all_adapters()) one->place(memory);
  }
  if (!trains()) {
    for (const TensorSlot& slot : with_heads({})) {
      slot.set_values(memory.take<float>(MemoryCategory::kAdapter, slot.elements()));
    }
  }
  const ModelConfig& config = model.config;
  ropes = place_ropes(memory, config, std::max(options.max_tokens, options.max_context));
  if (options.conversations == 0 || trains()) {
    generator = place_generator_buffers(memory, config, options.max_context);
  }
  conversations = place_conversation_buffers(memory, config, options.conversations,
                                             options.max_context, threads());

  // What only passes use comes last; while loading, its place serves as scratch.
  Keep keep = Keep::kNothing;
  if (trains()) keep = options.gradient_checkpointing ? Keep::kInputs : Keep::kEverything;
  memory.share(
      [&] {
        workspace = place_workspace(memory, device, model, all_adapters(), options.max_tokens,
                                    threads(), keep);
        for (SideHead& head : heads) head.use(workspace.head, workspace.loss);
      },
      [&] {
        if (options.train == TrainKind::kFull) return;
        load_scratch_ = place_load_scratch(memory, model, stored, options.quantization);
      });
}

void SessionMemory::load(const Device& device, ThreadPool& pool) {
  if (options.train == TrainKind::kFull) {
    load_as_float(device, pool, model, stored);
    parameters.look_for_zeros(device);
  } else {
    load_weights(device, pool, model, stored, load_scratch_);
  }
  const auto load_adapter = [&](Adapter& one, const std::string& dir) {
    one.base_loaded(device, model);
    if (dir.empty()) {
      one.initialise(device, options.seed);
    } else {
      read_adapter_values(device, pool, one, dir);
    }
    one.values_changed(device);
  };
  for (SideHead& head : heads) head.initialise(device, options.seed);
  if (!options.heads_file.empty()) load_side_heads(device, pool, heads, options.heads_file);
  if (adapter) load_adapter(*adapter, options.adapter_dir);
  if (reference) load_adapter(*reference, options.reference_dir);
  for (size_t i = 0; i < more.size(); ++i) load_adapter(*more[i], options.more_adapters[i]);
  read_layer_scales(device, model);
  fill_ropes(device, ropes, model.config);
}

}  // namespace neiro
