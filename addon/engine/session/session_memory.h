// Everything a session holds, laid out by one function that runs twice: counting (the plan that the
// user sees, memory_plan.h) and placing (session.h). So plan and truth cannot drift.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/adapter_places.h"
#include "adapters/adapter_switch.h"
#include "backend/compute.h"
#include "backend/device_choice.h"
#include "io/model_files.h"
#include "model/conversations.h"
#include "model/families/families.h"
#include "model/weights.h"
#include "objectives/side_head.h"
#include "train/parameters.h"
#include "train/workspace.h"

namespace neiro {

enum class TrainKind { kNone, kAdapter, kFull };

struct OpenOptions {
  std::string model_dir;
  BaseQuantization quantization = BaseQuantization::kNone;
  uint64_t seed = 0;
  int threads = 0;  // 0 = one per processor
  DeviceChoice device = DeviceChoice::kUnsaid;
  std::optional<Compute> compute = Compute::kF32;  // none: what the device is fastest in
  int64_t max_tokens = 0;                          // of a micro-batch
  int64_t max_context = 0;                         // of a generation; 0 = none
  // The tokenizer's ids lie below; rows of the vocabulary from here on may hold no numbers.
  int64_t tokens = kEveryToken;
  TrainKind train = TrainKind::kNone;
  AdapterConfig adapter;               // read when train == kAdapter
  bool decay_all = false;              // norms and biases decay, too; read when train == kFull
  bool keep_zeros = false;             // in linear layers; read when train == kFull
  Moments moments = Moments::kFloats;  // read where something is trained
  bool gradient_checkpointing = false;
  double embedding_noise = 0;  // NEFTune's alpha; read where something is trained
  std::string adapter_dir;     // empty = none
  // Another adapter of the same kind and size: reading without the adapter is reading with that.
  std::string reference_dir;          // empty = none
  ScoreWish score;                    // a head for so many labels, whatever head the files hold
  std::vector<SideHeadConfig> heads;  // beside the model's own; with an adapter or alone
  std::string heads_file;             // what they are; empty = new ones of `seed`
  // Conversations at once (model/conversations.h), of max_context each; 0 = none. While something
  // is trained, one generation has its place beside them.
  int64_t conversations = 0;
  std::vector<std::string> more_adapters;  // folders, for conversations alone
};

class SessionMemory {
 public:
  // Reads and checks headers: the model, its config, the adapter's config.
  explicit SessionMemory(const OpenOptions& options);
  SessionMemory(const SessionMemory&) = delete;
  SessionMemory& operator=(const SessionMemory&) = delete;

  // The layout. Once per object.
  void place(PlannedMemory& memory, const Device& device);
  // Fills what was placed: weights, first or stored adapter values, angles.
  void load(const Device& device, ThreadPool& pool);

  bool trains() const { return options.train != TrainKind::kNone; }
  int threads() const;
  int64_t trainable_parameters();

  const OpenOptions options;
  ModelFiles files;
  Model model;
  StoredWeights stored;
  std::unique_ptr<Adapter> adapter;  // null = none
  std::vector<std::unique_ptr<Adapter>> more;
  // All of them by number, the one above first, where there are conversations.
  AdapterSwitch adapters;
  // What stands in the place of no adapter, where one was asked for, and where it hangs.
  std::unique_ptr<Adapter> reference;
  AdapterPlaces reference_places;
  std::vector<SideHead> heads;

  // After place():
  Parameters parameters;
  Ropes ropes;
  GeneratorBuffers generator;  // or
  ConversationBuffers conversations;
  Workspace workspace;
  int64_t mapped_bytes = 0;  // weights used where the file is mapped

 private:
  std::vector<Adapter*> all_adapters() const;
  void make_reference();
  void make_heads();
  // Of what is trained, with those of the heads beside it.
  std::vector<TensorSlot> with_heads(std::vector<TensorSlot> slots);

  LoadScratch load_scratch_;
};

}  // namespace neiro
