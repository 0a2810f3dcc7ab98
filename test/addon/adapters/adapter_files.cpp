// PEFT folders: read, written, refused; and the first values of an adapter.
#include "adapters/adapter_files.h"

#include <cmath>
#include <filesystem>

#include "check.h"
#include "support.h"

using namespace neiro;

TEST(adapter_names_are_peft_s) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  const std::vector<TensorSlot> slots = adapted.adapter.slots();
  CHECK(slots.size() == 3 * 2 * 2);
  CHECK(slots[0].name == "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight");
  CHECK((slots[0].shape() == std::vector<int64_t>{3, 20}));
  CHECK(slots[3].name == "base_model.model.model.layers.0.mlp.down_proj.lora_B.weight");
  CHECK((slots[3].shape() == std::vector<int64_t>{20, 3}));
}

TEST(adapter_names_of_other_kinds_are_peft_s) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Adapted dora(folder, small_lora(true)), ia3(folder, small_ia3());
  const TensorSlot magnitude = dora.adapter.slots()[2];
  CHECK(magnitude.name == "base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector");
  CHECK((magnitude.shape() == std::vector<int64_t>{linear_layers(dora.model)[0].linear->out()}));
  const std::vector<TensorSlot> factors = ia3.adapter.slots();
  CHECK(factors.size() == 3 * 2);
  CHECK(factors[0].name == "base_model.model.model.layers.0.self_attn.q_proj.ia3_l");
  CHECK((factors[0].shape() == std::vector<int64_t>{linear_layers(ia3.model)[0].linear->out(), 1}));
  CHECK(factors[1].name == "base_model.model.model.layers.0.mlp.down_proj.ia3_l");
  CHECK(factors[1].rows == 1 && factors[1].cols > 1);
}

TEST(adapter_first_values_are_peft_s) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  for (const TensorSlot& slot : adapted.adapter.slots()) {
    const bool is_a = slot.name.find("lora_A") != std::string::npos;
    const double bound = 1 / std::sqrt(static_cast<double>(slot.cols));
    double largest = 0;
    for (const float value : adapted.values_of(slot)) {
      largest = std::max(largest, std::fabs(static_cast<double>(value)));
    }
    if (is_a) CHECK(largest > 0.8 * bound && largest <= bound);
    if (!is_a) CHECK(largest == 0);
  }
}

TEST(adapter_first_values_do_not_depend_on_other_targets) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  AdapterConfig more = small_lora();
  more.modules.names = {"k_proj", "q_proj", "down_proj", "up_proj"};
  Adapted few(folder, small_lora()), many(folder, more);
  for (const TensorSlot& slot : few.adapter.slots()) {
    for (const TensorSlot& other : many.adapter.slots()) {
      if (other.name != slot.name) continue;
      CHECK(few.values_of(slot) == many.values_of(other));
    }
  }
  few.adapter.initialise(few.device(), 6);
  CHECK(few.values()[0] != many.values()[0]);
}

TEST(adapter_folder_survives_writing_and_reading) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  int number = 0;
  for (const AdapterConfig& config : {small_lora(), small_lora(true), small_ia3()}) {
    Adapted one(folder, config), other(folder, config);
    one.stir();
    // with a slash at the end, now and then
    const std::string name = out.path(std::to_string(++number));
    save_adapter(one.device(), one.adapter, number % 2 == 0 ? name + "/" : name, "base");
    CHECK(describe(read_adapter_config(name)) == describe(config));
    other.adapter.initialise(other.device(), 5);
    read_adapter_values(other.device(), other.on.pool, other.adapter, name);
    CHECK(one.values() == other.values());
  }
  CHECK(out.count() == 3);  // nothing is left beside
  const SafetensorsFile file(out.path("1/adapter_model.safetensors"));
  CHECK((file.metadata() == TensorMetadata{{"format", "pt"}}));
}

TEST(adapter_file_with_an_embedding_that_its_config_does_not_name) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  AdapterConfig named = small_lora();
  named.whole_modules = {"embed_tokens"};
  Adapted one(folder, named);
  save_adapter(one.device(), one.adapter, out.path("a"), "base");
  const std::vector<std::string> paths = whole_paths(one.model);
  CHECK(saved_whole(small_lora(), out.path("a"), paths) ==
        std::vector<std::string>{"embed_tokens"});
  CHECK(saved_whole(named, out.path("a"), paths).empty());
  Adapted plain(folder, small_lora());
  save_adapter(plain.device(), plain.adapter, out.path("b"), "base");
  CHECK(saved_whole(small_lora(), out.path("b"), paths).empty());
}

TEST(adapter_saved_again_keeps_what_else_is_in_the_folder) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  save_adapter(adapted.device(), adapted.adapter, out.path("a"), "base");
  out.write("a/README.md", "mine");
  adapted.stir();
  save_adapter(adapted.device(), adapted.adapter, out.path("a"), "base");
  CHECK(out.read("a/README.md") == "mine");
  Adapted other(folder, small_lora());
  read_adapter_values(other.device(), other.on.pool, other.adapter, out.path("a"));
  CHECK(adapted.values() == other.values());
}

TEST(adapter_folder_without_a_parent_is_refused) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  CHECK_ERROR("FOLDER_MISSING",
              save_adapter(adapted.device(), adapted.adapter, out.path("no/where"), ""));
  CHECK(out.count() == 0);
}

TEST(adapter_of_another_model_or_rank_is_refused) {
  const TempFolder folder, wide, out;
  write_tiny_model(folder, {});
  write_tiny_model(wide, {.hidden = 22});
  AdapterConfig other_rank = small_lora(), more = small_lora(), fewer = small_lora();
  std::get<LoraConfig>(other_rank.kind).rank = 2;
  more.modules.names.push_back("k_proj");
  fewer.modules.names = {"q_proj"};
  Adapted adapted(folder, small_lora());
  save_adapter(adapted.device(), adapted.adapter, out.path("a"), "");
  const auto read = [&](const TempFolder& model, const AdapterConfig& config) {
    Adapted other(model, config);
    read_adapter_values(other.device(), other.on.pool, other.adapter, out.path("a"));
  };
  read(folder, small_lora());
  CHECK_ERROR("ADAPTER_MISMATCH", read(wide, small_lora()));
  CHECK_ERROR("ADAPTER_MISMATCH", read(folder, other_rank));
  CHECK_ERROR("ADAPTER_MISMATCH", read(folder, more));
  CHECK_ERROR("ADAPTER_MISMATCH", read(folder, fewer));
}
