// Norms of rows: root mean square and layer norm, both ways. A warp each short row (heads of
// queries and keys), a block each long one; what is learnt gets its sums a thread each column.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

constexpr int kThreads = 256;
constexpr int64_t kShortRow = 512;  // values that a warp takes

// The row and place in it of a thread, where kTeam threads share a row.
template <int kTeam>
struct Place {
  int64_t row;
  int first;
  DEVICE Place()
      : row(static_cast<int64_t>(blockIdx.x) * (kThreads / kTeam) + threadIdx.x / kTeam),
        first(static_cast<int>(threadIdx.x) % kTeam) {}
};

using Room = float[kThreads / kWarp];

template <int kTeam>
DEVICE float team_sum(float value) {
  if constexpr (kTeam == kWarp) return warp_sum(value);
  if constexpr (kTeam != kWarp) return block_sum<kThreads>(value, shared<Room>());
}

template <int kTeam>
KERNEL(kThreads)
rms_norm_forward_kernel(float* y, float* rstd, const float* x, const float* w, float base,
                        int64_t R, int64_t C, float eps) {
  const Place<kTeam> place;
  if (place.row >= R) return;  // of a warp or a block, all
  const float* x_row = x + place.row * C;
  float squares = 0;
  for (int64_t c = place.first; c < C; c += kTeam) squares += x_row[c] * x_row[c];
  squares = team_sum<kTeam>(squares);
  const float inverse = 1.0f / sqrtf(squares / static_cast<float>(C) + eps);
  if (place.first == 0) rstd[place.row] = inverse;
  for (int64_t c = place.first; c < C; c += kTeam) {
    y[place.row * C + c] = x_row[c] * inverse * (base + w[c]);
  }
}

// With n = x * rstd and g = (base + w) * dy:  dx = rstd * (g - n * mean(g * n)).
template <int kTeam>
KERNEL(kThreads)
rms_norm_backward_kernel(float* dx, const float* dy, const float* x, const float* w, float base,
                         const float* rstd, int64_t R, int64_t C, bool accumulate) {
  const Place<kTeam> place;
  if (place.row >= R) return;
  const int64_t at = place.row * C;
  const float inverse = rstd[place.row];
  float sum = 0;
  for (int64_t c = place.first; c < C; c += kTeam) {
    sum += (base + w[c]) * dy[at + c] * (x[at + c] * inverse);
  }
  const float mean = team_sum<kTeam>(sum) / static_cast<float>(C);
  for (int64_t c = place.first; c < C; c += kTeam) {
    const float d = inverse * ((base + w[c]) * dy[at + c] - x[at + c] * inverse * mean);
    dx[at + c] = accumulate ? dx[at + c] + d : d;
  }
}

KERNEL(kThreads)
rms_norm_weight_kernel(float* dw, const float* dy, const float* x, const float* rstd, int64_t R,
                       int64_t C) {
  for (int64_t c = first_element(); c < C; c += element_step()) {
    float sum = 0;
    for (int64_t r = 0; r < R; ++r) sum += dy[r * C + c] * (x[r * C + c] * rstd[r]);
    dw[c] += sum;
  }
}

// The mean of a row, and 1 / sqrt(variance + eps): two passes, since x^2 - mean^2 loses digits.
template <int kTeam>
DEVICE float row_mean(const float* x, int first, int64_t C) {
  float sum = 0;
  for (int64_t c = first; c < C; c += kTeam) sum += x[c];
  return team_sum<kTeam>(sum) / static_cast<float>(C);
}

template <int kTeam>
KERNEL(kThreads)
layer_norm_forward_kernel(float* y, float* rstd, const float* x, const float* w, const float* bias,
                          int64_t R, int64_t C, float eps) {
  const Place<kTeam> place;
  if (place.row >= R) return;
  const float* x_row = x + place.row * C;
  const float mean = row_mean<kTeam>(x_row, place.first, C);
  float squares = 0;
  for (int64_t c = place.first; c < C; c += kTeam) {
    squares += (x_row[c] - mean) * (x_row[c] - mean);
  }
  const float inverse = 1.0f / sqrtf(team_sum<kTeam>(squares) / static_cast<float>(C) + eps);
  if (place.first == 0) rstd[place.row] = inverse;
  for (int64_t c = place.first; c < C; c += kTeam) {
    const float value = (x_row[c] - mean) * inverse * w[c];
    y[place.row * C + c] = bias == nullptr ? value : value + bias[c];
  }
}

// With n = (x - mean) * rstd and g = w * dy:  dx = rstd * (g - mean(g) - n * mean(g * n)).
template <int kTeam>
KERNEL(kThreads)
layer_norm_backward_kernel(float* dx, const float* dy, const float* x, const float* w,
                           const float* rstd, int64_t R, int64_t C, bool accumulate) {
  const Place<kTeam> place;
  if (place.row >= R) return;
  const int64_t at = place.row * C;
  const float inverse = rstd[place.row];
  const float mean = row_mean<kTeam>(x + at, place.first, C);
  float sum = 0, sum_n = 0;
  for (int64_t c = place.first; c < C; c += kTeam) {
    const float g = w[c] * dy[at + c];
    sum += g;
    sum_n += g * ((x[at + c] - mean) * inverse);
  }
  const float mean_g = team_sum<kTeam>(sum) / static_cast<float>(C);
  const float mean_gn = team_sum<kTeam>(sum_n) / static_cast<float>(C);
  for (int64_t c = place.first; c < C; c += kTeam) {
    const float n = (x[at + c] - mean) * inverse;
    const float d = inverse * (w[c] * dy[at + c] - mean_g - n * mean_gn);
    dx[at + c] = accumulate ? dx[at + c] + d : d;
  }
}

// dw and dbias; a block each 8 columns would be faster, but only full training comes here. Means
// are made again by each block.
KERNEL(kThreads)
layer_norm_weight_kernel(float* dw, float* dbias, const float* dy, const float* x,
                         const float* rstd, int64_t R, int64_t C) {
  for (int64_t first = static_cast<int64_t>(blockIdx.x) * kThreads; first < C;
       first += static_cast<int64_t>(gridDim.x) * kThreads) {
    const int64_t c = first + threadIdx.x;
    float sum = 0, sum_n = 0;
    for (int64_t r = 0; r < R; ++r) {
      const float mean = row_mean<kThreads>(x + r * C, static_cast<int>(threadIdx.x), C);
      if (c >= C) continue;
      sum += dy[r * C + c];
      sum_n += dy[r * C + c] * ((x[r * C + c] - mean) * rstd[r]);
    }
    if (c >= C) continue;
    if (dw != nullptr) dw[c] += sum_n;
    if (dbias != nullptr) dbias[c] += sum;
  }
}

// Calls run(Team<n>{}, launch) for rows of C values.
template <int n>
struct Team {
  static constexpr int kSize = n;
};
template <class Run>
void over_rows(const char* name, int64_t R, int64_t C, Run run) {
  if (R == 0) return;
  if (C <= kShortRow) {
    constexpr int kRows = kThreads / kWarp;
    run(Team<kWarp>{}, over_blocks(name, (R + kRows - 1) / kRows, kThreads));
  } else {
    run(Team<kThreads>{}, over_blocks(name, R, kThreads, sizeof(Room)));
  }
}

}  // namespace

void rms_norm_forward(const Device&, const Matrix& y, DevicePtr<float> rstd, const Matrix& x,
                      const NormWeight& weight, float eps) {
  expect(same_shape(y, x), "rms_norm_forward");
  over_rows("rms_norm_forward", x.rows, x.cols, [&](auto team, const Launch& blocks) {
    launch(blocks, rms_norm_forward_kernel<decltype(team)::kSize>, floats(y), at(rstd), floats(x),
           at(weight.w), weight.base, x.rows, x.cols, eps);
  });
}

// dw comes first, so that dx may be dy (in place).
void rms_norm_backward(const Device&, const Matrix& dx, DevicePtr<float> dw, const Matrix& dy,
                       const Matrix& x, const NormWeight& weight, DevicePtr<const float> rstd,
                       bool accumulate) {
  expect(same_shape(dx, x) && same_shape(dy, x), "rms_norm_backward");
  if (dw && x.rows > 0) {
    launch(over_elements("rms_norm_weight", x.cols), rms_norm_weight_kernel, at(dw), floats(dy),
           floats(x), at(rstd), x.rows, x.cols);
  }
  over_rows("rms_norm_backward", x.rows, x.cols, [&](auto team, const Launch& blocks) {
    launch(blocks, rms_norm_backward_kernel<decltype(team)::kSize>, floats(dx), floats(dy),
           floats(x), at(weight.w), weight.base, at(rstd), x.rows, x.cols, accumulate);
  });
}

void layer_norm_forward(const Device&, const Matrix& y, DevicePtr<float> rstd, const Matrix& x,
                        DevicePtr<const float> w, DevicePtr<const float> bias, float eps) {
  expect(same_shape(y, x), "layer_norm_forward");
  over_rows("layer_norm_forward", x.rows, x.cols, [&](auto team, const Launch& blocks) {
    launch(blocks, layer_norm_forward_kernel<decltype(team)::kSize>, floats(y), at(rstd), floats(x),
           at(w), at(bias), x.rows, x.cols, eps);
  });
}

void layer_norm_backward(const Device&, const Matrix& dx, DevicePtr<float> dw,
                         DevicePtr<float> dbias, const Matrix& dy, const Matrix& x,
                         DevicePtr<const float> w, DevicePtr<const float> rstd, bool accumulate) {
  expect(same_shape(dx, x) && same_shape(dy, x), "layer_norm_backward");
  if ((dw || dbias) && x.rows > 0) {
    Launch blocks = over_elements("layer_norm_weight", x.cols);
    blocks.shared_bytes = sizeof(Room);
    launch(blocks, layer_norm_weight_kernel, at(dw), at(dbias), floats(dy), floats(x), at(rstd),
           x.rows, x.cols);
  }
  over_rows("layer_norm_backward", x.rows, x.cols, [&](auto team, const Launch& blocks) {
    launch(blocks, layer_norm_backward_kernel<decltype(team)::kSize>, floats(dx), floats(dy),
           floats(x), at(w), at(rstd), x.rows, x.cols, accumulate);
  });
}

}  // namespace neiro::cuda
