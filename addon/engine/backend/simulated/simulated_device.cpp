// Pages of the system without access, which every operation and copy gets while it runs.
#if defined(NEIRO_TESTS)

#include "backend/simulated/simulated_device.h"

#include <algorithm>
#include <utility>

namespace neiro {
namespace {

const SimulatedDevice& simulated(const Device& device) {
  return static_cast<const SimulatedDevice&>(device);
}

class Opened {
 public:
  explicit Opened(const SimulatedDevice& device) : device_(device) { device_.open(); }
  ~Opened() { device_.close(); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

 private:
  const SimulatedDevice& device_;
};

// The operation of the CPU's table, with the memory open while it runs.
template <auto Member, class Signature>
struct Wrapped;
template <auto Member, class... Args>
struct Wrapped<Member, void (*Operations::*)(const Device&, Args...)> {
  static void call(const Device& device, Args... args) {
    const Opened opened(simulated(device));
    (kCpuOperations.*Member)(simulated(device).cpu(), args...);
  }
};
template <auto Member>
constexpr auto wrapped = Wrapped<Member, decltype(Member)>::call;

constexpr Operations kOperations = {
    .embedding_forward = wrapped<&Operations::embedding_forward>,
    .embedding_backward = wrapped<&Operations::embedding_backward>,
    .gather_rows = wrapped<&Operations::gather_rows>,
    .gather_rows_backward = wrapped<&Operations::gather_rows_backward>,
    .matrix_rows = wrapped<&Operations::matrix_rows>,
    .rms_norm_forward = wrapped<&Operations::rms_norm_forward>,
    .rms_norm_backward = wrapped<&Operations::rms_norm_backward>,
    .layer_norm_forward = wrapped<&Operations::layer_norm_forward>,
    .layer_norm_backward = wrapped<&Operations::layer_norm_backward>,
    .mean_rows = wrapped<&Operations::mean_rows>,
    .mean_rows_backward = wrapped<&Operations::mean_rows_backward>,
    .linear_forward = wrapped<&Operations::linear_forward>,
    .linear_forward_apart = wrapped<&Operations::linear_forward_apart>,
    .linear_backward_input = wrapped<&Operations::linear_backward_input>,
    .linear_backward_weight = wrapped<&Operations::linear_backward_weight>,
    .linear_backward_bias = wrapped<&Operations::linear_backward_bias>,
    .rope_forward = wrapped<&Operations::rope_forward>,
    .rope_backward = wrapped<&Operations::rope_backward>,
    .attention_forward = wrapped<&Operations::attention_forward>,
    .attention_backward = wrapped<&Operations::attention_backward>,
    .attention_sinks_backward = wrapped<&Operations::attention_sinks_backward>,
    .relative_attention_forward = wrapped<&Operations::relative_attention_forward>,
    .relative_attention_backward = wrapped<&Operations::relative_attention_backward>,
    .attention_cached = wrapped<&Operations::attention_cached>,
    .attention_apart = wrapped<&Operations::attention_apart>,
    .short_conv_forward = wrapped<&Operations::short_conv_forward>,
    .short_conv_backward = wrapped<&Operations::short_conv_backward>,
    .short_conv_cached = wrapped<&Operations::short_conv_cached>,
    .delta_rule_forward = wrapped<&Operations::delta_rule_forward>,
    .delta_rule_backward = wrapped<&Operations::delta_rule_backward>,
    .delta_rule_cached = wrapped<&Operations::delta_rule_cached>,
    .route_forward = wrapped<&Operations::route_forward>,
    .route_backward = wrapped<&Operations::route_backward>,
    .sum_rows = wrapped<&Operations::sum_rows>,
    .row_products = wrapped<&Operations::row_products>,
    .activation_forward = wrapped<&Operations::activation_forward>,
    .activation_backward = wrapped<&Operations::activation_backward>,
    .gated_forward = wrapped<&Operations::gated_forward>,
    .gated_backward = wrapped<&Operations::gated_backward>,
    .clamped_gate_forward = wrapped<&Operations::clamped_gate_forward>,
    .clamped_gate_backward = wrapped<&Operations::clamped_gate_backward>,
    .scale_columns = wrapped<&Operations::scale_columns>,
    .scale_columns_backward = wrapped<&Operations::scale_columns_backward>,
    .scale_rows = wrapped<&Operations::scale_rows>,
    .row_squares = wrapped<&Operations::row_squares>,
    .dora_factors = wrapped<&Operations::dora_factors>,
    .add = wrapped<&Operations::add>,
    .scale = wrapped<&Operations::scale>,
    .copy_columns = wrapped<&Operations::copy_columns>,
    .soft_cap_forward = wrapped<&Operations::soft_cap_forward>,
    .soft_cap_backward = wrapped<&Operations::soft_cap_backward>,
    .dropout = wrapped<&Operations::dropout>,
    .cross_entropy = wrapped<&Operations::cross_entropy>,
    .squared_error = wrapped<&Operations::squared_error>,
    .binary_cross_entropy = wrapped<&Operations::binary_cross_entropy>,
    .sum = wrapped<&Operations::sum>,
    .sum_of_squares = wrapped<&Operations::sum_of_squares>,
    .clip_scale = wrapped<&Operations::clip_scale>,
    .adamw = wrapped<&Operations::adamw>,
    .adamw_8bit = wrapped<&Operations::adamw_8bit>,
};

}  // namespace

SimulatedDevice::SimulatedDevice(const Kernels& kernels, ThreadPool& pool, const Kernels* exact)
    : Device(kOperations), cpu_(kernels, pool) {
  if (exact != nullptr) exact_.reset(new SimulatedDevice(*exact, pool, *this));
}

SimulatedDevice::SimulatedDevice(const Kernels& kernels, ThreadPool& pool,
                                 const SimulatedDevice& owner)
    : Device(kOperations), cpu_(kernels, pool), owner_(&owner) {}

const Device& SimulatedDevice::exact() const { return exact_ == nullptr ? *this : *exact_; }

void SimulatedDevice::open() const {
  if (owner_ != nullptr) return owner_->open();
  memory_.open();
}
void SimulatedDevice::close() const {
  if (owner_ != nullptr) return owner_->close();
  memory_.close();
}

DevicePtr<std::byte> SimulatedDevice::allocate(int64_t bytes) {
  return device_pointer(reinterpret_cast<std::byte*>(memory_.take(bytes)));
}

void SimulatedDevice::release(DevicePtr<std::byte> memory) noexcept {
  memory_.give_back(reinterpret_cast<unsigned char*>(device_address(memory)));
}

int64_t SimulatedDevice::scratch_bytes(int threads, int64_t max_tokens, int max_head_dim) const {
  const int64_t own = cpu_.scratch_bytes(threads, max_tokens, max_head_dim);
  if (exact_ == nullptr) return own;
  return std::max(own, exact_->scratch_bytes(threads, max_tokens, max_head_dim));
}

void SimulatedDevice::use_scratch(DevicePtr<std::byte> scratch) {
  cpu_.use_scratch(scratch);
  if (exact_ != nullptr) exact_->use_scratch(scratch);
}

void SimulatedDevice::upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const {
  const Opened opened(*this);
  cpu_.upload(to, static_cast<const std::byte*>(from), bytes);
}

void SimulatedDevice::download_bytes(void* to, DevicePtr<const std::byte> from,
                                     int64_t bytes) const {
  const Opened opened(*this);
  cpu_.download(static_cast<std::byte*>(to), from, bytes);
}

void SimulatedDevice::copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                                 int64_t bytes) const {
  const Opened opened(*this);
  cpu_.copy(to, from, bytes);
}

void SimulatedDevice::zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const {
  const Opened opened(*this);
  cpu_.zero(to, bytes);
}

}  // namespace neiro

#endif
