// Linear layers of the emulated GPU against the plain CPU: every stored type, both directions, both
// number types of products, tails of tiles in every place.
#include "board.h"

using namespace neiro;

namespace {

struct Shape {
  int64_t T, in, out;
};
const Shape kShapes[] = {{1, 1, 1},    {3, 40, 65},   {5, 7, 9},      {17, 33, 63},
                         {66, 64, 16}, {70, 128, 72}, {130, 96, 136}, {2, 264, 9}};

std::string name_of(DType dtype, const Shape& s, Compute compute) {
  return std::string(compute == Compute::kBf16 ? "bf16" : "f32") + " product " +
         std::string(dtype_name(dtype)) + " T=" + std::to_string(s.T) +
         " in=" + std::to_string(s.in) + " out=" + std::to_string(s.out);
}

// Forward with everything, and both ways back.
Case linear(const Stored& w, const Shape& s) {
  return [&w, s](Board& b) -> Outputs {
    const Matrix weight = b.put(w);
    const Matrix x = b.normal(s.T, s.in, 1), y = b.normal(s.T, s.out, 2);
    const Matrix plain = b.normal(s.T, s.out, 3), dx = b.normal(s.T, s.in, 4);
    const Matrix dy = b.normal(s.T, s.out, 5);
    const DevicePtr<float> dw = b.normal(s.out * s.in, 6), dbias = b.normal(s.out, 7);
    b.ops().linear_forward(b.device(), y, x, weight, b.normal(s.out, 8), 0.5f, true);
    b.ops().linear_forward(b.device(), plain, x, weight, nullptr, 1, false);
    b.ops().linear_backward_input(b.device(), dx, dy, weight, 2, true);
    b.ops().linear_backward_weight(b.device(), dw, dy, x, 0.25f);
    b.ops().linear_backward_bias(b.device(), dbias, dy);
    return {b.take(y), b.take(plain), b.take(dx), b.take(dw, s.out * s.in), b.take(dbias, s.out)};
  };
}

}  // namespace

TEST(cuda_products) {
  int turn = 0;
  for (const Compute compute : {Compute::kF32, Compute::kBf16}) {
    for (const Shape& s : kShapes) {
      const DType dtype = kDTypes[turn++ % std::size(kDTypes)];
      const Stored w(dtype, s.out, s.in, 11);
      check_case(name_of(dtype, s, compute), linear(w, s), 1e-5, compute);
    }
  }
}

// A rank on one side and a long k: narrow tiles whose k several blocks share out, both ways, and a
// sum that is added to what is there.
TEST(cuda_products_of_a_rank) {
  for (const Shape& s : {Shape{130, 528, 16}, Shape{528, 72, 16}, Shape{96, 16, 520}}) {
    const Stored w(DType::kF32, s.out, s.in, 12);
    check_case(name_of(DType::kF32, s, Compute::kBf16), linear(w, s), 1e-5, Compute::kBf16);
  }
}

// Whole tiles, where every format has its own way in.
TEST(cuda_products_of_every_stored_type) {
  const Shape s = {72, 256, 80};
  std::vector<DType> types(std::begin(kDTypes), std::end(kDTypes));
  types.insert(types.end(), {DType::kQ4_0, DType::kQ5_1, DType::kQ6_K});
  for (const DType dtype : types) {
    const Stored w(dtype, s.out, s.in, 21);
    const Case run = linear(w, s);
    const Outputs expected = on_cpu(run, Compute::kBf16);
    const Outputs got = on_gpu(run, Compute::kBf16, false, 1);
    for (size_t i = 0; i < got.size(); ++i) {
      check_close(name_of(dtype, s, Compute::kBf16) + " output " + std::to_string(i), got[i],
                  expected[i]);
    }
  }
}

// A row has the bits that it has alone, whatever stands beside it.
TEST(cuda_rows_apart_have_the_bits_of_each_alone) {
  for (const DType dtype : kDTypes) {
    const int64_t in = dtype == DType::kF32 ? 77 : 320, out = 19, T = 7;
    const Stored w(dtype, out, in, 31);
    const Case run = [&](Board& b) -> Outputs {
      const Matrix weight = b.put(w), x = b.normal(T, in, 1);
      const Matrix apart = b.normal(T, out, 2), alone = b.normal(T, out, 2);
      b.ops().linear_forward_apart(b.device(), apart, x, weight, nullptr, 1, false);
      for (int64_t t = 0; t < T; ++t) {
        b.ops().linear_forward(b.device(), alone.slice(t, 1), x.slice(t, 1), weight, nullptr, 1,
                               false);
      }
      return {b.take(apart), b.take(alone)};
    };
    const Outputs got = on_gpu(run, Compute::kBf16, true, 0);
    CHECK(got[0].same_bits(got[1]));
    check_close("rows apart", got[0], on_cpu(run, Compute::kBf16)[0]);
  }
}

TEST(cuda_exact_device_rounds_no_factor) {
  const Stored w(DType::kF32, 64, 64, 41);
  const Case run = [&](Board& b) -> Outputs {
    const Matrix x = b.normal(32, 64, 1), weight = b.put(w);
    const Matrix y = b.normal(32, 64, 2), rounded = b.normal(32, 64, 3);
    const Device& exact = b.device().exact();
    exact.ops().linear_forward(exact, y, x, weight, nullptr, 1, false);
    b.ops().linear_forward(b.device(), rounded, x, weight, nullptr, 1, false);
    return {b.take(y), b.take(rounded)};
  };
  const Outputs got = on_gpu(run, Compute::kBf16, false, 0);
  check_close("exact", got[0], on_cpu(run, Compute::kF32)[0]);
  CHECK(!got[0].same_bits(got[1]));
}
