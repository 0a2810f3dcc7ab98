// Which slots make a stack, and how their values follow each other there.
#include "export/file_tensors.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "model/families/expert_parts.h"

namespace neiro {
namespace {

using Slots = std::map<std::string_view, const TensorSlot*>;

// One expert's values whole: [rows, cols] of a matrix, [n, 1] of a vector.
struct Whole {
  std::vector<float> values;
  int64_t rows = 0, cols = 1;
};
Whole whole_of(MergedValues& values, const TensorSlot& slot) {
  Whole whole;
  whole.rows = slot.rows;
  whole.cols = std::max<int64_t>(slot.cols, 1);
  whole.values.reserve(static_cast<size_t>(slot.elements()));
  const int64_t width = slot.cols == 0 ? slot.rows : slot.cols;
  values.read(slot, 1, [&](const float* from, int64_t n) {
    whole.values.insert(whole.values.end(), from, from + n * width);
  });
  return whole;
}

// out[cols, rows * all.size()]: column c of every part in turn, row by row.
std::vector<float> turned(const std::vector<Whole>& all) {
  const int64_t rows = all.front().rows, cols = all.front().cols;
  const int64_t n = static_cast<int64_t>(all.size());
  std::vector<float> out(static_cast<size_t>(rows * cols * n));
  for (int64_t part = 0; part < n; ++part) {
    const std::vector<float>& from = all[static_cast<size_t>(part)].values;
    for (int64_t c = 0; c < cols; ++c) {
      for (int64_t r = 0; r < rows; ++r) {
        out[static_cast<size_t>((c * rows + r) * n + part)] =
            from[static_cast<size_t>(r * cols + c)];
      }
    }
  }
  return out;
}

// The stacks of one layer; parts as files/expert_parts.cpp names them.
class Stacks {
 public:
  Stacks(const ExpertsPlace& place, const Slots& slots, ExpertForm form)
      : place_(place), slots_(slots), form_(form) {}

  std::vector<FileTensor> all() const {
    const bool out_in = form_ == ExpertForm::kOutIn;
    const int64_t E = static_cast<int64_t>(place_.experts->all.size());
    const Expert& one = place_.experts->all.front();
    const int64_t C = one.gate.in(), I = one.gate.out();
    using Order = FileTensor::Order;
    std::vector<FileTensor> stacks;
    stacks.push_back({place_.path + ".gate_up_proj",
                      out_in ? std::vector{E, 2 * I, C} : std::vector{E, C, 2 * I},
                      parts({"gate_proj.weight", "up_proj.weight"}),
                      out_in ? Order::kPlain : Order::kTakingTurns});
    stacks.push_back({place_.path + ".down_proj",
                      out_in ? std::vector{E, C, I} : std::vector{E, I, C},
                      parts({"down_proj.weight"}), out_in ? Order::kPlain : Order::kTurned});
    if (!slots_.contains(name(0, "down_proj.bias"))) return stacks;
    stacks.push_back({place_.path + ".gate_up_proj_bias",
                      {E, 2 * I},
                      parts({"gate_proj.bias", "up_proj.bias"}),
                      out_in ? Order::kPlain : Order::kTakingTurns});
    stacks.push_back(
        {place_.path + ".down_proj_bias", {E, C}, parts({"down_proj.bias"}), Order::kPlain});
    return stacks;
  }

 private:
  std::string name(size_t expert, const char* part) const {
    return place_.path + "." + std::to_string(expert) + "." + part;
  }
  std::vector<const TensorSlot*> parts(const std::vector<const char*>& words) const {
    std::vector<const TensorSlot*> found;
    for (size_t e = 0; e < place_.experts->all.size(); ++e) {
      for (const char* word : words) found.push_back(slots_.at(name(e, word)));
    }
    return found;
  }

  const ExpertsPlace& place_;
  const Slots& slots_;
  ExpertForm form_;
};

}  // namespace

int64_t FileTensor::elements() const {
  int64_t n = 1;
  for (const int64_t size : shape) n *= size;
  return n;
}

std::vector<FileTensor> file_tensors(Model& model, const std::vector<TensorSlot>& slots) {
  const std::optional<ExpertForm> form = expert_form(model.config.family);
  const std::vector<ExpertsPlace> places = experts_places(model);
  Slots by_name;
  for (const TensorSlot& slot : slots) by_name.emplace(slot.name, &slot);
  std::vector<FileTensor> tensors;
  auto place = places.begin();
  for (const TensorSlot& slot : slots) {
    const bool in_stack =
        form && std::any_of(places.begin(), places.end(), [&](const ExpertsPlace& one) {
          return slot.name.starts_with(one.path + ".");
        });
    if (!in_stack) {
      tensors.push_back({slot.name, slot.shape(), {&slot}});
      continue;
    }
    // The first part of a layer brings its stacks, the others are in them.
    if (place == places.end() || !slot.name.starts_with(place->path + ".")) continue;
    for (FileTensor& stack : Stacks(*place, by_name, *form).all()) {
      tensors.push_back(std::move(stack));
    }
    ++place;
  }
  return tensors;
}

void read_file_tensor(MergedValues& values, const FileTensor& tensor,
                      FunctionRef<void(const float* values, int64_t n)> take) {
  if (tensor.order == FileTensor::Order::kPlain) {
    for (const TensorSlot* part : tensor.parts) {
      const int64_t width = part->cols == 0 ? part->rows : part->cols;
      values.read(*part, 1, [&](const float* from, int64_t n) { take(from, n * width); });
    }
    return;
  }
  const size_t together = tensor.order == FileTensor::Order::kTakingTurns ? 2 : 1;
  for (size_t i = 0; i < tensor.parts.size(); i += together) {
    std::vector<Whole> all;
    for (size_t part = i; part < i + together; ++part) {
      all.push_back(whole_of(values, *tensor.parts[part]));
    }
    const std::vector<float> out = turned(all);
    take(out.data(), static_cast<int64_t>(out.size()));
  }
}

}  // namespace neiro
