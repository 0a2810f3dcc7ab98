// The seam to a device: what a device pointer allows, memory planned on host and device, copies,
// and operations that refuse what they cannot do.
#include "backend/device.h"

#include <cmath>
#include <limits>

#include "backend/planned_memory.h"
#include "check.h"
#include "on_device.h"

using namespace neiro;

namespace {

template <class P>
concept Dereferenced = requires(P p) { *p; };
template <class P>
concept Indexed = requires(P p) { p[0]; };
template <class P>
concept Followed = requires(P p) { p.operator->(); };

using Floats = DevicePtr<float>;
static_assert(!Dereferenced<Floats> && !Indexed<Floats> && !Followed<Floats>);
static_assert(!std::is_convertible_v<Floats, float*> &&
              !std::is_convertible_v<Floats, const void*>);
static_assert(!std::is_convertible_v<float*, Floats> && !std::is_constructible_v<Floats, float*>);
static_assert(!std::is_convertible_v<Floats, bool>);  // only where a condition asks
static_assert(std::is_convertible_v<Floats, DevicePtr<const float>>);
static_assert(!std::is_convertible_v<DevicePtr<const float>, Floats>);
static_assert(!std::is_convertible_v<Floats, DevicePtr<int32_t>>);
// What the checks above would find in a bare pointer: they can fail.
static_assert(Dereferenced<float*> && Indexed<float*> &&
              std::is_convertible_v<float*, const void*>);

std::vector<float> counted(int64_t n) {
  std::vector<float> values(static_cast<size_t>(n));
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  return values;
}

// Regions of both memories, two of which share their place.
struct Regions {
  Matrix weights;
  float* staging = nullptr;
  DevicePtr<float> first;
  int32_t* second = nullptr;
};

Regions lay_out(PlannedMemory& memory) {
  Regions regions;
  regions.weights = memory.take_matrix(MemoryCategory::kWeights, 3, 5);
  regions.staging = memory.take_host<float>(MemoryCategory::kWorkspace, 100);
  memory.share(
      [&] { regions.first = memory.take<float>(MemoryCategory::kActivations, 1000); },
      [&] { regions.second = memory.take_host<int32_t>(MemoryCategory::kWorkspace, 500); });
  return regions;
}

}  // namespace

TEST(device_copies_go_up_across_and_down) {
  OnDevice on;
  const DevicePtr<float> from = on.floats(counted(10)), to = on.floats(std::vector<float>(10));
  on.device->copy(to + 2, from + 5, 3);
  on.device->zero(from + 1, 2);
  CHECK((on.read(to, 6) == std::vector<float>{0, 0, 5, 6, 7, 0}));
  CHECK((on.read(from, 4) == std::vector<float>{0, 0, 0, 3}));
}

TEST(device_memory_is_zero_at_first) {
  OnDevice on;
  const DevicePtr<float> memory = on.device->allocate(4000).as<float>();
  CHECK(on.read(memory, 1000) == std::vector<float>(1000));
  on.device->release(memory.as<std::byte>());
}

TEST(device_long_arrays_cross_in_pieces) {
  OnDevice on;
  const int64_t n = 2 * kTransferPiece + 7;
  const DevicePtr<float> memory =
      on.device->allocate(n * static_cast<int64_t>(sizeof(float))).as<float>();
  int64_t filled = 0;
  upload_pieces(*on.device, memory, n, [&](float* piece, int64_t first, int64_t count) {
    CHECK(first == filled);
    for (int64_t i = 0; i < count; ++i) piece[i] = static_cast<float>((first + i) % 1000);
    filled += count;
  });
  int64_t seen = 0, wrong = 0;
  download_pieces(*on.device, memory, n, [&](const float* piece, int64_t count) {
    for (int64_t i = 0; i < count; ++i, ++seen)
      wrong += piece[i] != static_cast<float>(seen % 1000);
  });
  CHECK(filled == n && seen == n && wrong == 0);
}

TEST(planned_memory_counts_what_it_places) {
  OnDevice on;
  PlannedMemory counting(*on.device);
  const Regions nothing = lay_out(counting);
  CHECK(counting.counting() && !nothing.weights.data && nothing.staging == nullptr);
  CHECK(counting.totals().total() == counting.size().total());
  CHECK(counting.totals().bytes[static_cast<int>(MemoryCategory::kWeights)] == 64);

  PlannedMemory memory(*on.device, counting.size());
  const Regions regions = lay_out(memory);
  CHECK(!memory.counting() && memory.size().total() == counting.size().total());
  CHECK(regions.weights.data && regions.staging != nullptr && regions.second != nullptr);
  regions.staging[99] = 1;  // the host's own: it may write there
  on.device->upload(regions.first, counted(1000).data(), 1000);
  CHECK(on.read(regions.first, 1000) == counted(1000));
  CHECK_ERROR("INTERNAL", memory.take<float>(MemoryCategory::kWeights, 100));
}

// Where memory is shared, staging and scratch lie over each other; else each memory has its own.
TEST(planned_memory_shares_what_can_be_shared) {
  OnDevice on;
  PlannedMemory memory(*on.device);
  lay_out(memory);
  const MemorySize size = memory.size();
  if (on.device->shares_host_memory()) {
    CHECK(size.host == 0 && size.device == 64 + 448 + 4032);
  } else {
    CHECK(size.host == 448 + 2048 && size.device == 64 + 4032);
  }
}

TEST(operations_refuse_other_types_and_shapes) {
  OnDevice on;
  const Device& device = *on.device;
  const Operations& ops = device.ops();
  const Matrix x = on.matrix(3, 4, 1.0f), y = on.matrix(3, 4), w = on.matrix(5, 4, 1.0f);
  ops.add(device, y, x);
  Matrix half = x;
  half.dtype = DType::kBF16;
  CHECK_ERROR("INTERNAL", ops.add(device, y, half));
  CHECK_ERROR("INTERNAL", ops.linear_forward(device, on.matrix(3, 5), half, w, nullptr, 1, false));
  CHECK_ERROR("INTERNAL", ops.add(device, y, x.first(2)));
  CHECK_ERROR("INTERNAL", ops.linear_forward(device, y, x, w, nullptr, 1, false));
  CHECK_ERROR("INTERNAL", ops.rope_forward(device, x, nullptr, nullptr, nullptr, {3, 2}));
  CHECK_ERROR("INTERNAL", ops.matrix_rows(device, y, w, 3));
  CHECK(on.read(y) == std::vector<float>(12, 1.0f));  // what was refused did nothing
}

TEST(operations_rows_are_gathered_and_brought_back) {
  OnDevice on;
  const Device& device = *on.device;
  const Matrix x = on.matrix(4, 2, counted(8)), y = on.matrix(3, 2);
  const int32_t rows[] = {3, 0, 3};
  const DevicePtr<int32_t> index = on.device->allocate(sizeof rows).as<int32_t>();
  device.upload(index, rows, 3);
  device.ops().gather_rows(device, y, x, index);
  CHECK((on.read(y) == std::vector<float>{6, 7, 0, 1, 6, 7}));
  const Matrix dx = on.matrix(4, 2, 1.0f);
  device.ops().gather_rows_backward(device, dx, y, index);
  CHECK((on.read(dx) == std::vector<float>{1, 2, 1, 1, 1, 1, 13, 15}));
}

// The end of a step without a look: sums, the scale of clipping, and no update where it is NaN.
TEST(operations_clip_without_the_host) {
  OnDevice on;
  const Device& device = *on.device;
  const DevicePtr<double> sums = on.device->allocate(16).as<double>();
  const DevicePtr<float> scale = on.floats({0});
  const DevicePtr<float> gradient = on.floats({3, 4}), nll = on.floats({0.5f, 0.25f});
  const auto scale_for = [&](double max_norm) {
    device.ops().clip_scale(device, scale, sums + 1, sums, max_norm);
    return on.read(scale, 1)[0];
  };
  device.ops().sum(device, sums, nll, 2);
  device.ops().sum(device, sums, nll, 1);
  device.ops().sum_of_squares(device, sums + 1, gradient, 2);
  double values[2];
  device.download(values, sums, 2);
  CHECK(values[0] == 1.25 && values[1] == 25);
  CHECK(scale_for(0) == 1.0f && scale_for(10) == 1.0f);
  CHECK_NEAR(scale_for(1), 0.2, 1e-6);

  const DevicePtr<float> p = on.floats({1, 1}), m = on.floats({0, 0}), v = on.floats({0, 0});
  const AdamW options{0.1f, 0.9f, 0.999f, 1e-8f, 0, 1};
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    device.upload(sums, &bad, 1);
    CHECK(std::isnan(scale_for(1)));
    device.ops().adamw(device, p, m, v, gradient, 2, options, scale);
    CHECK((on.read(p, 2) == std::vector<float>{1, 1} && on.read(m, 2) == std::vector<float>(2)));
  }
  const double good = 1;
  device.upload(sums, &good, 1);
  scale_for(1);
  device.ops().adamw(device, p, m, v, gradient, 2, options, scale);
  CHECK_NEAR(on.read(m, 2)[0], 0.1 * 3 * 0.2, 1e-6);
  CHECK(on.read(p, 2)[0] < 1);
}
