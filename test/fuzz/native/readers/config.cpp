// config.json of every family: what is believed of it can be laid out as a model and planned.
#include "backend/planned_memory.h"
#include "io/json.h"
#include "model/families/families.h"
#include "model/model.h"
#include "model/transformer.h"
#include "on_device.h"
#include "reader.h"

using namespace neiro;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const OnDevice on(1);
  fuzz::reads([&] {
    Model model(parse_config(Json::parse(fuzz::as_text(data, size), "config.json")));
    for (const TensorSlot& slot : tensor_slots(model)) {
      if (slot.elements() <= 0) fuzz::fault(slot.name + " holds nothing");
    }
    linear_layers(model);
    PlannedMemory counting(*on.device);
    place_transformer_buffers(counting, model, 16, Keep::kEverything);
  });
  return 0;
}
