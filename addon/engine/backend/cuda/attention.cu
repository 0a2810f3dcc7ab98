// Softmax attention: packed examples both ways, and queries against a cache.
#include <initializer_list>

#include "backend/cuda/arguments.h"
#include "backend/cuda/attention_bf16.h"

namespace neiro::cuda {
namespace {

constexpr int kDeltaThreads = 256;

// delta = dout . out, a warp each head of a token.
KERNEL(kDeltaThreads)
attention_delta_kernel(float* delta, const float* dout, const float* out, int64_t rows, int D) {
  const int64_t row = first_element() / kWarp;
  if (row >= rows) return;
  float sum = 0;
  for (int d = static_cast<int>(threadIdx.x) % kWarp; d < D; d += kWarp) {
    sum += dout[row * D + d] * out[row * D + d];
  }
  sum = warp_sum(sum);
  if (threadIdx.x % kWarp == 0) delta[row] = sum;
}

// d_sink = -sum over tokens of exp(sink - lse) * delta, a warp each head.
KERNEL(kWarp)
attention_sinks_kernel(float* d_sinks, const float* delta, const float* lse, const float* sinks,
                       int64_t T, int heads) {
  const int head = static_cast<int>(blockIdx.x);
  float sum = 0;
  for (int64_t i = threadIdx.x; i < T; i += kWarp) {
    sum += expf(sinks[head] - lse[i * heads + head]) * delta[i * heads + head];
  }
  sum = warp_sum(sum);
  if (threadIdx.x == 0) d_sinks[head] -= sum;
}

constexpr int kRowWarps = 4;
constexpr int kMostD = 256;

struct RowShared {
  float top[kRowWarps], sum[kRowWarps];
  float sums[kRowWarps][kMostD];
};

// One query row against its keys in a cache, a block each head: warp w takes every fourth key from
// w on, then the four meet in order. `begins` and `positions` are null where all rows are of one
// sequence, whose first stands at `start`: a row has the same bits either way.
KERNEL(kRowWarps* kWarp)
attention_row_kernel(float* out, const float* q, const float* k, const float* v,
                     const int32_t* begins, const int32_t* positions, int64_t start, Heads shape,
                     Mask mask, Score score) {
  RowShared& s = shared<RowShared>();
  constexpr int kEach = kMostD / kWarp;
  const int64_t row = blockIdx.x;
  const int head = static_cast<int>(blockIdx.y);
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  const int64_t position = positions == nullptr ? start + row : positions[row];
  const int64_t begin = begins == nullptr ? 0 : begins[row];
  const int64_t first = mask.first_key(position);
  const int D = shape.D;
  const float* query = q + (row * shape.heads + head) * D;
  const int64_t keys = begin * shape.key_stride() + static_cast<int64_t>(shape.kv_of(head)) * D;
  float own[kEach], sums[kEach];
#pragma unroll
  for (int i = 0; i < kEach; ++i) {
    own[i] = lane + i * kWarp < D ? query[lane + i * kWarp] : 0.0f;
    sums[i] = 0;
  }
  float top = -INFINITY, sum = 0;
  for (int64_t j = first + warp; j <= position; j += kRowWarps) {
    const int64_t at = keys + j * shape.key_stride();
    float product = 0;
#pragma unroll
    for (int i = 0; i < kEach; ++i) {
      if (lane + i * kWarp < D) product += own[i] * k[at + lane + i * kWarp];
    }
    const float value = score.of(warp_sum(product));
    const float largest = fmaxf(top, value);
    const float shrink = expf(top - largest), p = expf(value - largest);
    top = largest;
    sum = sum * shrink + p;
#pragma unroll
    for (int i = 0; i < kEach; ++i) {
      if (lane + i * kWarp < D) sums[i] = sums[i] * shrink + p * v[at + lane + i * kWarp];
    }
  }
  if (lane == 0) {
    s.top[warp] = top;
    s.sum[warp] = sum;
  }
#pragma unroll
  for (int i = 0; i < kEach; ++i) s.sums[warp][lane + i * kWarp] = sums[i];
  sync_block();
  float all = s.top[0];
  for (int w = 1; w < kRowWarps; ++w) all = fmaxf(all, s.top[w]);
  float total = 0;
  for (int w = 0; w < kRowWarps; ++w) total += s.sum[w] * expf(s.top[w] - all);
  const float largest_key = all;
  const float worth = score.meet_sink(head, all, total);
  for (int d = static_cast<int>(threadIdx.x); d < D; d += kRowWarps * kWarp) {
    float value = 0;
    for (int w = 0; w < kRowWarps; ++w) value += s.sums[w][d] * expf(s.top[w] - largest_key);
    out[(row * shape.heads + head) * D + d] = value * worth / total;
  }
}

Heads heads_of_shape(const AttentionShape& shape) {
  return {shape.heads, shape.kv_heads, shape.head_dim};
}

// Calls use(Tile{}) with the smallest tile that holds a head.
template <class Use>
void with_tile(const AttentionShape& shape, const char* name, Use use) {
  expect(shape.head_dim <= kMostD, name);
  if (shape.head_dim <= 64) return use(Heads64{});
  if (shape.head_dim <= 128) return use(Heads128{});
  use(Heads256{});
}

dim3 tiles(int64_t longest, int rows, int heads, int64_t examples) {
  return {static_cast<uint32_t>((longest + rows - 1) / rows), static_cast<uint32_t>(heads),
          static_cast<uint32_t>(examples)};
}

// Whether tensor cores take it; heads above 128 are for registers too many.
bool on_tensor_cores(const Device& device, const AttentionShape& shape) {
  return cuda_device(device).compute() == Compute::kBf16 && shape.head_dim <= 128;
}
template <int n>
struct Size {
  static constexpr int kValue = n;
};
template <class Use>
void with_size(const AttentionShape& shape, Use use) {
  if (shape.head_dim <= 64) return use(Size<64>{});
  use(Size<128>{});
}
// Whether heads are read in eights.
bool whole(const AttentionShape& shape, std::initializer_list<const Matrix*> matrices) {
  bool good = shape.head_dim % 8 == 0;
  for (const Matrix* matrix : matrices) {
    good = good && reinterpret_cast<uintptr_t>(floats(*matrix)) % 16 == 0;
  }
  return good;
}

void forward(const Device& device, const char* name, const Matrix& out, float* lse, const Matrix& q,
             const Matrix& k, const Matrix& v, const Examples& examples, int64_t longest,
             int64_t count, const AttentionShape& shape) {
  if (longest == 0 || count == 0) return;
  if (on_tensor_cores(device, shape)) {
    return with_size(shape, [&](auto size) {
      constexpr int kD = decltype(size)::kValue;
      constexpr int64_t kShared = sizeof(TensorForward<kD>);
      static_assert(kShared <= kMostShared);
      launch({name, tiles(longest, kTensorRows, shape.heads, count), kTensorThreads, kShared},
             attention_forward_bf16_kernel<kD>, floats(out), lse, floats(q), floats(k), floats(v),
             examples, heads_of_shape(shape), mask_of(shape), score_of(shape),
             whole(shape, {&q, &k, &v}));
    });
  }
  with_tile(shape, name, [&](auto tile) {
    using Tile = decltype(tile);
    launch({name, tiles(longest, Tile::kRows, shape.heads, count), Tile::kThreads,
            sizeof(ForwardShared<Tile>)},
           attention_forward_kernel<Tile>, floats(out), lse, floats(q), floats(k), floats(v),
           examples, heads_of_shape(shape), mask_of(shape), score_of(shape));
  });
}

}  // namespace

void attention_forward(const Device& device, const Matrix& out, DevicePtr<float> lse,
                       const Matrix& q, const Matrix& k, const Matrix& v,
                       const Sequences& sequences, const AttentionShape& shape) {
  expect(same_shape(out, q) && q.rows == k.rows && attention_fits(q, k, v, shape),
         "attention_forward");
  forward(device, "attention_forward", out, at(lse), q, k, v, {at(sequences.offsets), 0, 0},
          sequences.longest, sequences.count, shape);
}

void attention_backward(const Device& device, const Matrix& dq, const Matrix& dk, const Matrix& dv,
                        DevicePtr<float> delta, const Matrix& dout, const Matrix& out,
                        DevicePtr<const float> lse, const Matrix& q, const Matrix& k,
                        const Matrix& v, const Sequences& sequences, const AttentionShape& shape) {
  const char* name = "attention_backward";
  expect(same_shape(dq, q) && same_shape(dk, k) && same_shape(dv, v) && same_shape(dout, q) &&
             same_shape(out, q) && q.rows == k.rows && attention_fits(q, k, v, shape),
         name);
  if (sequences.longest == 0 || sequences.count == 0) return;
  const int64_t rows = q.rows * shape.heads;
  constexpr int kRows = kDeltaThreads / kWarp;
  launch(over_blocks("attention_delta", (rows + kRows - 1) / kRows, kDeltaThreads),
         attention_delta_kernel, at(delta), floats(dout), floats(out), rows, shape.head_dim);
  const Examples examples = {at(sequences.offsets), 0, 0};
  if (on_tensor_cores(device, shape)) {
    return with_size(shape, [&](auto size) {
      constexpr int kD = decltype(size)::kValue;
      constexpr int64_t kShared = sizeof(TensorBackward<kD>);
      static_assert(kShared <= kMostShared);
      const bool eights = whole(shape, {&q, &k, &v, &dout});
      launch({"attention_query_gradient",
              tiles(sequences.longest, kTensorRows, shape.heads, sequences.count), kTensorThreads,
              kShared},
             attention_query_gradient_bf16_kernel<kD>, floats(dq), floats(dout), at(delta), at(lse),
             floats(q), floats(k), floats(v), examples, heads_of_shape(shape), mask_of(shape),
             score_of(shape), eights);
      launch({"attention_key_gradient",
              tiles(sequences.longest, kTensorRows, shape.kv_heads, sequences.count),
              kTensorThreads, kShared},
             attention_key_gradient_bf16_kernel<kD>, floats(dk), floats(dv), floats(dout),
             at(delta), at(lse), floats(q), floats(k), floats(v), examples, heads_of_shape(shape),
             mask_of(shape), score_of(shape), eights);
    });
  }
  with_tile(shape, name, [&](auto tile) {
    using Tile = decltype(tile);
    constexpr int64_t kShared = sizeof(BackwardShared<Tile>);
    static_assert(kShared <= kMostShared);
    launch({"attention_query_gradient",
            tiles(sequences.longest, Tile::kRows, shape.heads, sequences.count), Tile::kThreads,
            kShared},
           attention_query_gradient_kernel<Tile>, floats(dq), floats(dout), at(delta), at(lse),
           floats(q), floats(k), floats(v), examples, heads_of_shape(shape), mask_of(shape),
           score_of(shape));
    launch({"attention_key_gradient",
            tiles(sequences.longest, Tile::kRows, shape.kv_heads, sequences.count), Tile::kThreads,
            kShared},
           attention_key_gradient_kernel<Tile>, floats(dk), floats(dv), floats(dout), at(delta),
           at(lse), floats(q), floats(k), floats(v), examples, heads_of_shape(shape),
           mask_of(shape), score_of(shape));
  });
}

void attention_sinks_backward(const Device&, DevicePtr<float> d_sinks, DevicePtr<const float> delta,
                              DevicePtr<const float> lse, int64_t T, const AttentionShape& shape) {
  expect(static_cast<bool>(shape.sinks), "attention_sinks_backward");
  launch(over_blocks("attention_sinks_backward", shape.heads, kWarp), attention_sinks_kernel,
         at(d_sinks), at(delta), at(lse), at(shape.sinks), T, shape.heads);
}

void attention_cached(const Device& device, const Matrix& out, const Matrix& q,
                      const Matrix& k_cache, const Matrix& v_cache, int64_t start,
                      const AttentionShape& shape) {
  expect(same_shape(out, q) && start + q.rows <= k_cache.rows && shape.causal &&
             attention_fits(q, k_cache, v_cache, shape) && shape.head_dim <= kMostD,
         "attention_cached");
  if (q.rows == 0) return;
  if (q.rows > kFewTokens) {
    return forward(device, "attention_cached", out, nullptr, q, k_cache, v_cache,
                   {nullptr, q.rows, start}, q.rows, 1, shape);
  }
  launch({"attention_cached",
          {static_cast<uint32_t>(q.rows), static_cast<uint32_t>(shape.heads), 1},
          kRowWarps * kWarp,
          sizeof(RowShared)},
         attention_row_kernel, floats(out), floats(q), floats(k_cache), floats(v_cache), nullptr,
         nullptr, start, heads_of_shape(shape), mask_of(shape), score_of(shape));
}

void attention_apart(const Device&, const Matrix& out, const Matrix& q, const Matrix& k_cache,
                     const Matrix& v_cache, DevicePtr<const int32_t> begins,
                     DevicePtr<const int32_t> positions, const AttentionShape& shape) {
  expect(same_shape(out, q) && shape.causal && attention_fits(q, k_cache, v_cache, shape) &&
             shape.head_dim <= kMostD,
         "attention_apart");
  if (q.rows == 0) return;
  launch({"attention_apart",
          {static_cast<uint32_t>(q.rows), static_cast<uint32_t>(shape.heads), 1},
          kRowWarps * kWarp,
          sizeof(RowShared)},
         attention_row_kernel, floats(out), floats(q), floats(k_cache), floats(v_cache), at(begins),
         at(positions), 0, heads_of_shape(shape), mask_of(shape), score_of(shape));
}

}  // namespace neiro::cuda
