// OLMo 3: three layers of four see a window; only the others stretch their positions.
#include "model/families/family.h"
#include "model/families/olmo.h"

namespace neiro {
namespace {

constexpr double kTheta = 500000;

}  // namespace

extern const Family kOlmo3 = {"olmo3", "Olmo3ForCausalLM", [](const Fields& fields) {
                                ModelConfig config = read_olmo(fields, kTheta);
                                config.windows = read_windows(fields, config.layers,
                                                              read_window(fields, 4096), 4);
                                read_typed_ropes(fields, config, kTheta, kTheta);
                                return config;
                              }};

}  // namespace neiro
