// Rows taken from matrices and put back: embeddings, gathered rows, means of examples, rows of
// experts, products of rows. A block each row.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

constexpr int kThreads = 128;

KERNEL(kThreads) stored_rows_kernel(float* y, Stored table, const int32_t* rows, int64_t begin) {
  const int64_t t = blockIdx.x;
  const int64_t row = rows == nullptr ? begin + t : rows[t];
  for (int64_t c = threadIdx.x; c < table.cols; c += kThreads) {
    y[t * table.cols + c] = stored_value(table, row * table.cols + c);
  }
}

// Rows may be named twice: the block of the first adds all of them, in order.
KERNEL(kThreads)
add_to_rows_kernel(float* to, const float* from, const int32_t* rows, int64_t T, int64_t C) {
  float(&room)[kThreads / kWarp] = shared<float[kThreads / kWarp]>();
  const int64_t first = blockIdx.x;
  const int32_t row = rows[first];
  float before = 0;
  for (int64_t t = threadIdx.x; t < first; t += kThreads) before += rows[t] == row ? 1.0f : 0.0f;
  if (block_sum<kThreads>(before, room) > 0) return;
  for (int64_t c = threadIdx.x; c < C; c += kThreads) {
    float sum = to[row * C + c];
    for (int64_t t = first; t < T; ++t) {
      if (rows[t] == row) sum += from[t * C + c];
    }
    to[row * C + c] = sum;
  }
}

KERNEL(kThreads) mean_rows_kernel(float* y, const float* x, const int32_t* offsets, int64_t C) {
  const int64_t s = blockIdx.x;
  const int32_t begin = offsets[s], end = offsets[s + 1];
  for (int64_t c = threadIdx.x; c < C; c += kThreads) {
    float sum = 0;
    for (int64_t t = begin; t < end; ++t) sum += x[t * C + c];
    y[s * C + c] = sum / static_cast<float>(end - begin);
  }
}

KERNEL(kThreads)
mean_rows_backward_kernel(float* dx, const float* dy, const int32_t* offsets, int64_t C) {
  const int64_t s = blockIdx.x;
  const int32_t begin = offsets[s], end = offsets[s + 1];
  const float share = 1.0f / static_cast<float>(end - begin);
  for (int64_t c = threadIdx.x; c < C; c += kThreads) {
    const float d = share * dy[s * C + c];
    for (int64_t t = begin; t < end; ++t) dx[t * C + c] += d;
  }
}

KERNEL(kThreads)
sum_rows_kernel(float* y, const float* x, const int32_t* places, int64_t k, int64_t C,
                bool accumulate) {
  const int64_t t = blockIdx.x;
  for (int64_t c = threadIdx.x; c < C; c += kThreads) {
    float sum = accumulate ? y[t * C + c] : 0.0f;
    for (int64_t j = 0; j < k; ++j) sum += x[int64_t{places[t * k + j]} * C + c];
    y[t * C + c] = sum;
  }
}

KERNEL(kThreads) row_products_kernel(float* products, const float* a, const float* b, int64_t C) {
  float(&room)[kThreads / kWarp] = shared<float[kThreads / kWarp]>();
  const int64_t r = blockIdx.x;
  float sum = 0;
  for (int64_t c = threadIdx.x; c < C; c += kThreads) sum += a[r * C + c] * b[r * C + c];
  sum = block_sum<kThreads>(sum, room);
  if (threadIdx.x == 0) products[r] = sum;
}

KERNEL(kThreads) row_squares_kernel(float* squares, Stored w) {
  float(&room)[kThreads / kWarp] = shared<float[kThreads / kWarp]>();
  const int64_t r = blockIdx.x;
  float sum = 0;
  for (int64_t c = threadIdx.x; c < w.cols; c += kThreads) {
    const float value = stored_value(w, r * w.cols + c);
    sum += value * value;
  }
  sum = block_sum<kThreads>(sum, room);
  if (threadIdx.x == 0) squares[r] = sum;
}

constexpr int64_t kRoomBytes = kThreads / kWarp * sizeof(float);

void rows_of(const Device& device, const char* name, const Matrix& y, const Matrix& table,
             const int32_t* rows, int64_t begin) {
  if (y.rows == 0) return;
  launch(over_blocks(name, y.rows, kThreads), stored_rows_kernel, floats(y), stored(device, table),
         rows, begin);
}

void add_to_rows(const char* name, float* to, const Matrix& from, const int32_t* rows) {
  if (from.rows == 0) return;
  launch(over_blocks(name, from.rows, kThreads, kRoomBytes), add_to_rows_kernel, to, floats(from),
         rows, from.rows, from.cols);
}

}  // namespace

void embedding_forward(const Device& device, const Matrix& y, const Matrix& table,
                       DevicePtr<const int32_t> tokens) {
  expect(y.cols == table.cols, "embedding_forward");
  rows_of(device, "embedding_forward", y, table, at(tokens), 0);
}

void embedding_backward(const Device&, DevicePtr<float> dtable, const Matrix& dy,
                        DevicePtr<const int32_t> tokens) {
  add_to_rows("embedding_backward", at(dtable), dy, at(tokens));
}

void gather_rows(const Device& device, const Matrix& y, const Matrix& x,
                 DevicePtr<const int32_t> index) {
  expect(y.cols == x.cols && floats(x) != nullptr, "gather_rows");
  rows_of(device, "gather_rows", y, x, at(index), 0);
}

void gather_rows_backward(const Device&, const Matrix& dx, const Matrix& dy,
                          DevicePtr<const int32_t> index) {
  expect(dx.cols == dy.cols, "gather_rows_backward");
  add_to_rows("gather_rows_backward", floats(dx), dy, at(index));
}

void matrix_rows(const Device& device, const Matrix& y, const Matrix& from, int64_t begin) {
  expect(y.cols == from.cols && begin >= 0 && begin + y.rows <= from.rows, "matrix_rows");
  rows_of(device, "matrix_rows", y, from, nullptr, begin);
}

void mean_rows(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const int32_t> offsets) {
  expect(y.cols == x.cols, "mean_rows");
  if (y.rows == 0) return;
  launch(over_blocks("mean_rows", y.rows, kThreads), mean_rows_kernel, floats(y), floats(x),
         at(offsets), y.cols);
}

void mean_rows_backward(const Device&, const Matrix& dx, const Matrix& dy,
                        DevicePtr<const int32_t> offsets) {
  expect(dx.cols == dy.cols, "mean_rows_backward");
  if (dy.rows == 0) return;
  launch(over_blocks("mean_rows_backward", dy.rows, kThreads), mean_rows_backward_kernel,
         floats(dx), floats(dy), at(offsets), dy.cols);
}

void sum_rows(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const int32_t> places,
              bool accumulate) {
  expect(y.cols == x.cols && x.rows % y.rows == 0, "sum_rows");
  launch(over_blocks("sum_rows", y.rows, kThreads), sum_rows_kernel, floats(y), floats(x),
         at(places), x.rows / y.rows, y.cols, accumulate);
}

void row_products(const Device&, DevicePtr<float> products, const Matrix& a, const Matrix& b) {
  expect(same_shape(a, b), "row_products");
  if (a.rows == 0) return;
  launch(over_blocks("row_products", a.rows, kThreads, kRoomBytes), row_products_kernel,
         at(products), floats(a), floats(b), a.cols);
}

void row_squares(const Device& device, DevicePtr<float> squares, const Matrix& w) {
  if (w.rows == 0) return;
  launch(over_blocks("row_squares", w.rows, kThreads, kRoomBytes), row_squares_kernel, at(squares),
         stored(device, w));
}

}  // namespace neiro::cuda
