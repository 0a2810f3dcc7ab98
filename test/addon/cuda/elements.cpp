// What is done value by value, row by row and over all gradients: the emulated GPU against the
// plain CPU on awkward sizes.
#include "board.h"

using namespace neiro;

namespace {

constexpr Activation kActivations[] = {Activation::kSilu, Activation::kGelu, Activation::kGeluTanh,
                                       Activation::kTanh, Activation::kRelu, Activation::kSigmoid,
                                       Activation::kNone};

std::string sized(const char* what, int64_t rows, int64_t cols) {
  return std::string(what) + " " + std::to_string(rows) + " x " + std::to_string(cols);
}

struct Size {
  int64_t rows, cols;
};
const Size kSizes[] = {{1, 1}, {3, 7}, {5, 64}, {2, 513}, {9, 176}, {33, 31}};

std::vector<int32_t> numbers(int64_t n, int32_t below, uint64_t seed) {
  std::vector<int32_t> all(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i) {
    all[i] = static_cast<int32_t>(uniform({seed, 1}, static_cast<uint64_t>(i)) *
                                  static_cast<float>(below));
  }
  return all;
}

}  // namespace

TEST(cuda_elements) {
  for (const Size& s : kSizes) {
    check_case(sized("elements", s.rows, s.cols), [&](Board& b) -> Outputs {
      const Matrix y = b.normal(s.rows, s.cols, 1), x = b.normal(s.rows, s.cols, 2);
      b.ops().add(b.device(), y, x);
      b.ops().scale(b.device(), x, 0.3f);
      const Matrix capped = b.normal(s.rows, s.cols, 3, 4), slope = b.normal(s.rows, s.cols, 4);
      b.ops().soft_cap_forward(b.device(), capped, slope, 2);
      b.ops().soft_cap_backward(b.device(), y, slope);
      const Matrix scaled = b.normal(s.rows, s.cols, 5), by_row = b.normal(s.rows, s.cols, 6);
      b.ops().scale_columns(b.device(), scaled, x, b.normal(s.cols, 7), b.normal(s.cols, 8), true);
      b.ops().scale_rows(b.device(), by_row, x, b.normal(s.rows, 9));
      const DevicePtr<float> dscale = b.normal(s.cols, 10);
      b.ops().scale_columns_backward(b.device(), dscale, y, x);
      const Matrix wide = b.normal(s.rows, s.cols + 5, 11);
      b.ops().copy_columns(b.device(), wide, 3, x, 0, s.cols);
      return {b.take(y),      b.take(x),      b.take(capped),         b.take(slope),
              b.take(scaled), b.take(by_row), b.take(dscale, s.cols), b.take(wide)};
    });
  }
}

TEST(cuda_dropout_has_the_mask_of_the_cpu) {
  for (const int64_t n : {1, 3, 4, 5, 1023, 4099}) {
    const Case run = [&](Board& b) -> Outputs {
      const Matrix y = b.normal(1, n, 1);
      b.ops().dropout(b.device(), y, b.put(Values(n, 1.0f), 1, n), 0.3f, {77, 123456789012345});
      return {b.take(y)};
    };
    CHECK(on_gpu(run, Compute::kF32, true, 0)[0].same_bits(on_cpu(run)[0]));
  }
}

TEST(cuda_activations) {
  for (const Activation f : kActivations) {
    for (const Size& s : {Size{1, 1}, Size{7, 300}}) {
      check_case(sized("activation", static_cast<int>(f), s.cols), [&](Board& b) -> Outputs {
        const Matrix x = b.normal(s.rows, s.cols, 1, 3), up = b.normal(s.rows, s.cols, 2);
        const Matrix dy = b.normal(s.rows, s.cols, 3), y = b.normal(s.rows, s.cols, 4);
        const Matrix gated = b.normal(s.rows, s.cols, 5), dx = b.normal(s.rows, s.cols, 6);
        b.ops().activation_forward(b.device(), y, x, f);
        b.ops().activation_backward(b.device(), dx, dy, x, f);
        b.ops().gated_forward(b.device(), gated, x, up, f);
        b.ops().gated_backward(b.device(), x, up, dy, x, up, f);  // in place
        const Matrix clamped = b.normal(s.rows, s.cols, 7), gate = b.normal(s.rows, s.cols, 8);
        const Matrix above = b.normal(s.rows, s.cols, 9);
        const ClampedGate shape{1.702f, 0.8f};
        b.ops().clamped_gate_forward(b.device(), clamped, gate, above, shape);
        b.ops().clamped_gate_backward(b.device(), gate, above, dy, gate, above, shape);
        return {b.take(y),  b.take(dx),      b.take(gated), b.take(x),
                b.take(up), b.take(clamped), b.take(gate),  b.take(above)};
      });
    }
  }
}

TEST(cuda_norms) {
  for (const Size& s : kSizes) {
    for (const bool accumulate : {false, true}) {
      check_case(sized("norms", s.rows, s.cols), [&](Board& b) -> Outputs {
        const Matrix x = b.normal(s.rows, s.cols, 1), dy = b.normal(s.rows, s.cols, 2);
        const DevicePtr<float> w = b.normal(s.cols, 3), bias = b.normal(s.cols, 4);
        Outputs all;
        {
          const Matrix y = b.normal(s.rows, s.cols, 5), dx = b.normal(s.rows, s.cols, 6);
          const DevicePtr<float> rstd = b.normal(s.rows, 7), dw = b.normal(s.cols, 8);
          b.ops().rms_norm_forward(b.device(), y, rstd, x, {w, 1}, 1e-5f);
          b.ops().rms_norm_backward(b.device(), dx, dw, dy, x, {w, 1}, rstd, accumulate);
          for (Values& v :
               Outputs{b.take(y), b.take(dx), b.take(rstd, s.rows), b.take(dw, s.cols)}) {
            all.push_back(v);
          }
        }
        const Matrix y = b.normal(s.rows, s.cols, 5), dx = b.normal(s.rows, s.cols, 6);
        const DevicePtr<float> rstd = b.normal(s.rows, 7), dw = b.normal(s.cols, 8);
        const DevicePtr<float> dbias = b.normal(s.cols, 9);
        b.ops().layer_norm_forward(b.device(), y, rstd, x, w, bias, 1e-3f);
        b.ops().layer_norm_backward(b.device(), dx, dw, dbias, dy, x, w, rstd, accumulate);
        for (Values& v : Outputs{b.take(y), b.take(dx), b.take(rstd, s.rows), b.take(dw, s.cols),
                                 b.take(dbias, s.cols)}) {
          all.push_back(v);
        }
        return all;
      });
    }
  }
}

TEST(cuda_rope) {
  for (const RopeShape& shape :
       {RopeShape{8, 8, false}, RopeShape{10, 6, false}, RopeShape{12, 8, true}}) {
    check_case(sized("rope", shape.head_dim, shape.rotary), [&](Board& b) -> Outputs {
      const int64_t T = 13, half = shape.rotary / 2;
      const Matrix x = b.normal(T, 3 * shape.head_dim, 1), dx = b.normal(T, 3 * shape.head_dim, 2);
      const DevicePtr<int32_t> positions = b.put(numbers(T, 20, 3));
      const DevicePtr<float> cosines = b.normal(20 * half, 4), sines = b.normal(20 * half, 5);
      b.ops().rope_forward(b.device(), x, positions, cosines, sines, shape);
      b.ops().rope_backward(b.device(), dx, positions, cosines, sines, shape);
      return {b.take(x), b.take(dx)};
    });
  }
}

TEST(cuda_rows_of_every_stored_type) {
  std::vector<DType> types(std::begin(kDTypes), std::end(kDTypes));
  types.insert(types.end(), std::begin(kGgmlDTypes), std::end(kGgmlDTypes));
  for (const DType type : types) {
    const Stored stored(type, 7, ggml_blocks(type) ? 512 : 67, 5);
    const Case run = [&](Board& b) -> Outputs {
      const int64_t cols = stored.matrix.cols;
      const Matrix w = b.put(stored);
      const Matrix y = b.normal(4, cols, 1), rows = b.normal(3, cols, 2);
      const DevicePtr<float> squares = b.normal(7, 3);
      b.ops().embedding_forward(b.device(), y, w, b.put(std::vector<int32_t>{6, 0, 3, 3}));
      b.ops().matrix_rows(b.device(), rows, w, 4);
      b.ops().row_squares(b.device(), squares, w);
      return {b.take(y), b.take(rows), b.take(squares, 7)};
    };
    check_case("rows of " + std::string(dtype_name(type)), run);
    CHECK(on_gpu(run, Compute::kF32, false, 0)[0].same_bits(on_cpu(run)[0]));
  }
}

TEST(cuda_rows_put_back_and_averaged) {
  for (const int64_t C : {1, 33, 200}) {
    check_case(sized("rows", 21, C), [&](Board& b) -> Outputs {
      const Matrix x = b.normal(21, C, 1), part = b.normal(9, C, 2), dtable = b.normal(8, C, 3);
      const DevicePtr<int32_t> twice = b.put(numbers(21, 8, 4)), some = b.put(numbers(9, 21, 5));
      const DevicePtr<int32_t> offsets = b.put(std::vector<int32_t>{0, 1, 12, 21});
      b.ops().embedding_backward(b.device(), dtable.floats(), x, twice);
      b.ops().gather_rows(b.device(), part, x, some);
      const Matrix dx = b.normal(21, C, 6), mean = b.normal(3, C, 7), sums = b.normal(7, C, 8);
      b.ops().gather_rows_backward(b.device(), dx, part, some);
      b.ops().mean_rows(b.device(), mean, x, offsets);
      b.ops().mean_rows_backward(b.device(), dx, mean, offsets);
      b.ops().sum_rows(b.device(), sums, x, b.put(numbers(21, 21, 9)), true);
      const DevicePtr<float> products = b.normal(21, 10);
      b.ops().row_products(b.device(), products, x, dx);
      return {b.take(dtable), b.take(part), b.take(dx),
              b.take(mean),   b.take(sums), b.take(products, 21)};
    });
  }
}

TEST(cuda_losses) {
  for (const int64_t vocab : {1, 5, 513, 1500}) {
    check_case(sized("cross_entropy", 6, vocab), [&](Board& b) -> Outputs {
      const Matrix logits = b.normal(6, vocab, 1, 3), kept = b.normal(6, vocab, 1, 3);
      std::vector<int32_t> labels = numbers(6, static_cast<int32_t>(vocab), 2);
      labels[1] = -100;
      const DevicePtr<float> nll = b.normal(6, 3), other = b.normal(6, 4);
      b.ops().cross_entropy(b.device(), nll, logits, b.put(labels), b.normal(6, 5));
      b.ops().cross_entropy(b.device(), other, kept, b.put(labels), nullptr);
      return {b.take(nll, 6), b.take(logits), b.take(other, 6), b.take(kept)};
    });
  }
  check_case("losses of scores", [](Board& b) -> Outputs {
    const Matrix squared = b.normal(5, 3, 1), binary = b.normal(5, 3, 2, 9);
    const DevicePtr<float> losses = b.normal(15, 3), others = b.normal(15, 4);
    b.ops().squared_error(b.device(), losses, squared, b.normal(15, 5), b.normal(15, 6));
    b.ops().binary_cross_entropy(b.device(), others, binary, b.normal(15, 7), b.normal(15, 8));
    return {b.take(losses, 15), b.take(squared), b.take(others, 15), b.take(binary)};
  });
}

TEST(cuda_sums_clipping_and_adamw) {
  for (const int64_t n : {1, 255, 5000}) {
    for (const double max_norm : {0.0, 0.5}) {
      check_case(sized("adamw", 1, n), [&](Board& b) -> Outputs {
        const DevicePtr<float> param = b.normal(n, 1), m = b.normal(n, 2), grad = b.normal(n, 3);
        Values squares = Values::normal(n, 4);
        for (int64_t i = 0; i < n; ++i) squares[i] *= squares[i];
        const DevicePtr<float> v = b.put(squares), scale = b.normal(1, 5);
        const DevicePtr<double> totals = b.put(std::vector<double>{0.25, 0.0});
        b.ops().sum(b.device(), totals, grad, n);
        b.ops().sum_of_squares(b.device(), totals + 1, grad, n);
        b.ops().clip_scale(b.device(), scale, totals + 1, totals, max_norm);
        b.ops().adamw(b.device(), param, m, v, grad, n, {1e-3f, 0.9f, 0.999f, 1e-8f, 0.1f, 3},
                      scale);
        double sums[2];
        b.device().download(sums, totals, 2);
        Values seen(2);
        seen[0] = static_cast<float>(sums[0]), seen[1] = static_cast<float>(sums[1]);
        return {b.take(param, n), b.take(m, n), b.take(v, n), b.take(scale, 1), seen};
      });
    }
  }
}

// Two updates, so that the second reads what the first kept.
TEST(cuda_adamw_8bit) {
  for (const int64_t n : {1, 256, 1000}) {
    check_case(sized("adamw_8bit", 1, n), [&](Board& b) -> Outputs {
      const DevicePtr<float> param = b.normal(n, 1), scale = b.put(Values(1));
      const float whole = 0.5f;
      b.device().upload(scale, &whole, 1);
      const int64_t blocks = moment_blocks(n);
      const std::vector<uint8_t> none(static_cast<size_t>(n));
      const ByteMoments moments{b.put(none), b.put(none), b.put(Values(blocks)),
                                b.put(Values(blocks))};
      for (const int64_t step : {1, 2}) {
        b.ops().adamw_8bit(b.device(), param, moments, b.normal(n, 2 + static_cast<uint64_t>(step)),
                           n, {1e-2f, 0.9f, 0.999f, 1e-8f, 0.1f, step}, scale);
      }
      return {b.take(param, n), b.take(moments.m_absmax, blocks), b.take(moments.v_absmax, blocks)};
    });
  }
}

TEST(cuda_updates_nothing_where_the_loss_is_not_finite) {
  const Case run = [](Board& b) -> Outputs {
    const DevicePtr<float> param = b.normal(9, 1), m = b.normal(9, 2), v = b.normal(9, 3);
    const DevicePtr<float> scale = b.normal(1, 4);
    const DevicePtr<double> totals = b.put(std::vector<double>{INFINITY, 1.0});
    b.ops().clip_scale(b.device(), scale, totals + 1, totals, 1);
    b.ops().adamw(b.device(), param, m, v, b.normal(9, 5), 9, {1, 0.9f, 0.999f, 1e-8f, 0.1f, 1},
                  scale);
    return {b.take(param, 9), b.take(scale, 1)};
  };
  const Outputs got = on_gpu(run, Compute::kF32, false, 0);
  CHECK(got[0].same_bits(Values::normal(9, 1)));
  CHECK(std::isnan(got[1][0]));
}

TEST(cuda_dora_and_experts) {
  check_case("dora_factors", [](Board& b) -> Outputs {
    const int64_t out = 37, rank = 5;
    const Matrix low = b.normal(out, rank, 1, 0.1f), across = b.normal(rank, out, 2, 0.1f);
    const Matrix gram = b.normal(rank, rank, 3, 0.1f);
    const DevicePtr<float> a = b.normal(out, 4), c = b.normal(out, 5), d = b.normal(out, 6);
    b.ops().dora_factors(b.device(), {a, c, d}, b.normal(out, 7), b.put(Values(out, 3.0f)), low,
                         across, gram, 0.5f);
    return {b.take(a, out), b.take(c, out), b.take(d, out)};
  });
  for (const bool alone : {false, true}) {
    check_case("route", [&](Board& b) -> Outputs {
      const Matrix weights = b.normal(11, 3, 1), logits = b.normal(11, 8, 2);
      const Matrix d_logits = b.normal(11, 8, 3), d_weights = b.normal(11, 3, 4);
      const DevicePtr<int32_t> chosen = b.put(std::vector<int32_t>(33, 0));
      b.ops().route_forward(b.device(), weights, chosen, logits, alone);
      b.ops().route_backward(b.device(), d_logits, d_weights, weights, chosen, logits, alone);
      std::vector<int32_t> which(33);
      b.device().download(which.data(), chosen, 33);
      Values seen(33);
      for (int i = 0; i < 33; ++i) seen[i] = static_cast<float>(which[i]);
      return {b.take(weights), b.take(d_logits), seen};
    });
  }
}

TEST(cuda_short_convolutions) {
  for (const int kernel : {1, 3, 4}) {
    check_case(sized("short_conv", kernel, 19), [&](Board& b) -> Outputs {
      const int64_t T = 23, C = 19;
      const Sequences sequences = {b.put(std::vector<int32_t>{0, 2, 15, 23}), 3, 13};
      const Matrix x = b.normal(T, C, 1), y = b.normal(T, C, 2), dx = b.normal(T, C, 3);
      const DevicePtr<float> w = b.normal(C * kernel, 4), bias = b.normal(C, 5);
      const DevicePtr<float> dw = b.normal(C * kernel, 6), dbias = b.normal(C, 7);
      b.ops().short_conv_forward(b.device(), y, x, w, bias, kernel, sequences);
      b.ops().short_conv_backward(b.device(), dx, dw, dbias, y, x, w, kernel, sequences);
      const Matrix state = b.normal(kernel - 1, C, 8), next = b.normal(kernel - 1, C, 9);
      const Matrix z = b.normal(T, C, 10);
      b.ops().short_conv_cached(b.device(), z, next, x, state, w, nullptr, kernel);
      return {b.take(y),        b.take(dx), b.take(dw, C * kernel),
              b.take(dbias, C), b.take(z),  b.take(next)};
    });
  }
}

TEST(cuda_delta_rule) {
  for (const DeltaShape& shape : {DeltaShape{2, 4, 8, 12}, DeltaShape{1, 1, 33, 40}}) {
    check_case(
        sized("delta_rule", shape.key_dim, shape.value_dim),
        [&](Board& b) -> Outputs {
          const int64_t T = 40, keys = shape.key_size(), values = shape.value_size();
          const int64_t H = shape.value_heads;
          const Sequences sequences = {b.put(std::vector<int32_t>{0, 3, 40}), 2, 37};
          const DeltaInputs in = {
              b.normal(T, keys, 1), b.normal(T, keys, 2), b.normal(T, values, 3), b.normal(T, H, 4),
              b.normal(T, H, 5),    b.normal(H, 6),       b.normal(H, 7)};
          const DeltaGradients d = {b.normal(T, keys, 8),    b.normal(T, keys, 9),
                                    b.normal(T, values, 10), b.normal(T, H, 11),
                                    b.normal(T, H, 12),      b.normal(H, 13),
                                    b.normal(H, 14)};
          const Matrix out = b.normal(T, values, 15), dout = b.normal(T, values, 16);
          const Matrix states = b.normal(delta_rule_states(37, shape), shape.value_dim, 17);
          b.ops().delta_rule_forward(b.device(), out, in, sequences, shape);
          b.ops().delta_rule_backward(b.device(), d, states, dout, in, sequences, shape);
          const Matrix state = b.normal(H * shape.key_dim, shape.value_dim, 18);
          const Matrix next = b.normal(H * shape.key_dim, shape.value_dim, 19);
          const Matrix more = b.normal(T, values, 20);
          b.ops().delta_rule_cached(b.device(), more, next, in, state, shape);
          return {b.take(out),     b.take(d.q),     b.take(d.k),           b.take(d.v),
                  b.take(d.decay), b.take(d.learn), b.take(d.log_rate, H), b.take(d.shift, H),
                  b.take(more),    b.take(next)};
        },
        2e-5);
  }
}
