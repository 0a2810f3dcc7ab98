// Every table has every line: a kernel or an operation that is forgotten in one of them is named
// here, and one that this list forgets does not compile.
#include <cstring>

#include "backend/cpu/cpu_device.h"
#include "backend/simulated/simulated_device.h"
#include "support.h"

using namespace neiro;

namespace {

// A member of a table, by its name, at its place.
struct Line {
  const char* name;
  size_t offset;
};
#define LINE(Table, member)          \
  {                                  \
#member, offsetof(Table, member) \
  }

const Line kKernels[] = {
    LINE(Kernels, scratch_bytes),
    LINE(Kernels, embedding_forward),
    LINE(Kernels, embedding_backward),
    LINE(Kernels, rms_norm_forward),
    LINE(Kernels, rms_norm_backward),
    LINE(Kernels, layer_norm_forward),
    LINE(Kernels, layer_norm_backward),
    LINE(Kernels, mean_rows),
    LINE(Kernels, mean_rows_backward),
    LINE(Kernels, linear_forward),
    LINE(Kernels, linear_forward_apart),
    LINE(Kernels, linear_backward_input),
    LINE(Kernels, stored_forward),
    LINE(Kernels, stored_backward_input),
    LINE(Kernels, linear_backward_weight),
    LINE(Kernels, linear_backward_bias),
    LINE(Kernels, rope_forward),
    LINE(Kernels, rope_backward),
    LINE(Kernels, attention_forward),
    LINE(Kernels, attention_backward),
    LINE(Kernels, attention_sinks_backward),
    LINE(Kernels, relative_attention_forward),
    LINE(Kernels, relative_attention_backward),
    LINE(Kernels, short_conv_forward),
    LINE(Kernels, short_conv_backward),
    LINE(Kernels, short_conv_cached),
    LINE(Kernels, delta_rule_forward),
    LINE(Kernels, delta_rule_backward),
    LINE(Kernels, delta_rule_cached),
    LINE(Kernels, route_forward),
    LINE(Kernels, route_backward),
    LINE(Kernels, sum_rows),
    LINE(Kernels, row_products),
    LINE(Kernels, attention_cached),
    LINE(Kernels, attention_apart),
    LINE(Kernels, activation_forward),
    LINE(Kernels, activation_backward),
    LINE(Kernels, gated_forward),
    LINE(Kernels, gated_backward),
    LINE(Kernels, clamped_gate_forward),
    LINE(Kernels, clamped_gate_backward),
    LINE(Kernels, scale_columns),
    LINE(Kernels, scale_columns_backward),
    LINE(Kernels, scale_rows),
    LINE(Kernels, row_squares),
    LINE(Kernels, dora_factors),
    LINE(Kernels, add),
    LINE(Kernels, scale),
    LINE(Kernels, soft_cap_forward),
    LINE(Kernels, soft_cap_backward),
    LINE(Kernels, copy_columns),
    LINE(Kernels, dropout),
    LINE(Kernels, cross_entropy),
    LINE(Kernels, squared_error),
    LINE(Kernels, binary_cross_entropy),
    LINE(Kernels, sum_of_squares),
    LINE(Kernels, adamw),
    LINE(Kernels, adamw_8bit),
};
const Line kOperations[] = {
    LINE(Operations, embedding_forward),
    LINE(Operations, embedding_backward),
    LINE(Operations, gather_rows),
    LINE(Operations, gather_rows_backward),
    LINE(Operations, matrix_rows),
    LINE(Operations, rms_norm_forward),
    LINE(Operations, rms_norm_backward),
    LINE(Operations, layer_norm_forward),
    LINE(Operations, layer_norm_backward),
    LINE(Operations, mean_rows),
    LINE(Operations, mean_rows_backward),
    LINE(Operations, linear_forward),
    LINE(Operations, linear_forward_apart),
    LINE(Operations, linear_backward_input),
    LINE(Operations, linear_backward_weight),
    LINE(Operations, linear_backward_bias),
    LINE(Operations, rope_forward),
    LINE(Operations, rope_backward),
    LINE(Operations, attention_forward),
    LINE(Operations, attention_backward),
    LINE(Operations, attention_sinks_backward),
    LINE(Operations, relative_attention_forward),
    LINE(Operations, relative_attention_backward),
    LINE(Operations, short_conv_forward),
    LINE(Operations, short_conv_backward),
    LINE(Operations, short_conv_cached),
    LINE(Operations, delta_rule_forward),
    LINE(Operations, delta_rule_backward),
    LINE(Operations, delta_rule_cached),
    LINE(Operations, route_forward),
    LINE(Operations, route_backward),
    LINE(Operations, sum_rows),
    LINE(Operations, row_products),
    LINE(Operations, attention_cached),
    LINE(Operations, attention_apart),
    LINE(Operations, activation_forward),
    LINE(Operations, activation_backward),
    LINE(Operations, gated_forward),
    LINE(Operations, gated_backward),
    LINE(Operations, clamped_gate_forward),
    LINE(Operations, clamped_gate_backward),
    LINE(Operations, scale_columns),
    LINE(Operations, scale_columns_backward),
    LINE(Operations, scale_rows),
    LINE(Operations, row_squares),
    LINE(Operations, dora_factors),
    LINE(Operations, add),
    LINE(Operations, scale),
    LINE(Operations, copy_columns),
    LINE(Operations, soft_cap_forward),
    LINE(Operations, soft_cap_backward),
    LINE(Operations, dropout),
    LINE(Operations, cross_entropy),
    LINE(Operations, squared_error),
    LINE(Operations, binary_cross_entropy),
    LINE(Operations, sum),
    LINE(Operations, sum_of_squares),
    LINE(Operations, clip_scale),
    LINE(Operations, adamw),
    LINE(Operations, adamw_8bit),
};
#undef LINE

using Any = void (*)();
static_assert(sizeof(Kernels) == sizeof(const char*) + std::size(kKernels) * sizeof(Any),
              "a kernel is missing in the list above");
static_assert(sizeof(Operations) == std::size(kOperations) * sizeof(Any),
              "an operation is missing in the list above");

// Names of the lines that are null, behind that of the table.
template <class Table, size_t N>
std::string forgotten(const Table& table, const Line (&lines)[N]) {
  std::string names;
  for (const Line& line : lines) {
    Any entry;
    std::memcpy(&entry, reinterpret_cast<const char*>(&table) + line.offset, sizeof entry);
    if (entry == nullptr) names += std::string(" ") + line.name;
  }
  return names;
}

void expect_none(const std::string& table, const std::string& names) {
  if (!names.empty()) check::fail(__FILE__, __LINE__, table + " has no" + names);
}

}  // namespace

TEST(every_table_of_kernels_is_complete) {
  for (const char* isa : all_tables()) {
    const Kernels& table = cpu_kernels(isa);
    CHECK(std::string(table.name) == isa);
    expect_none(isa, forgotten(table, kKernels));
  }
}

TEST(every_table_of_operations_is_complete) {
  ThreadPool pool(1);
  const CpuDevice cpu(cpu_kernels(), pool);
  const SimulatedDevice simulated(cpu_kernels(), pool);
  expect_none("the CPU", forgotten(cpu.ops(), kOperations));
  expect_none("the simulated device", forgotten(simulated.ops(), kOperations));
}

TEST(a_forgotten_line_is_named) {
  Kernels table = cpu_kernels("scalar");
  table.soft_cap_backward = nullptr;
  table.adamw = nullptr;
  CHECK(forgotten(table, kKernels) == " soft_cap_backward adamw");
}

// A fast table is of its own: where it shares a kernel with the plain one, this is known. Another
// name here says that a fast kernel was lost from a table, or that one has come.
TEST(fast_tables_share_only_these_kernels_with_the_plain_one) {
  for (const char* isa : fast_tables()) {
    std::string shared;
    for (const Line& line : kKernels) {
      const char* at[] = {reinterpret_cast<const char*>(&cpu_kernels(isa)),
                          reinterpret_cast<const char*>(&cpu_kernels("scalar"))};
      if (!std::memcmp(at[0] + line.offset, at[1] + line.offset, sizeof(Any))) {
        shared += std::string(" ") + line.name;
      }
    }
    CHECK(shared ==
          " embedding_forward embedding_backward layer_norm_forward layer_norm_backward"
          " mean_rows mean_rows_backward attention_sinks_backward relative_attention_forward "
          "relative_attention_backward"
          " short_conv_forward short_conv_backward short_conv_cached"
          " delta_rule_forward delta_rule_backward delta_rule_cached"
          " route_forward route_backward sum_rows row_products"
          " clamped_gate_forward clamped_gate_backward scale_columns scale_columns_backward "
          "scale_rows"
          " row_squares dora_factors copy_columns squared_error binary_cross_entropy adamw_8bit");
  }
}
