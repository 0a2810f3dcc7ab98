// The two forms there are, by family, and the parts of each.
#include "model/families/expert_parts.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "model/families/fields.h"

namespace neiro {
namespace {

struct FamilyForm {
  std::string_view model_type;
  ExpertForm form;
};
constexpr FamilyForm kForms[] = {{"gemma4_text", ExpertForm::kOutIn},
                                 {"gpt_oss", ExpertForm::kInOut}};

constexpr std::string_view kBoth = ".experts.gate_up_proj", kDown = ".experts.down_proj";
constexpr std::string_view kBias = "_bias", kBlocks = "_blocks";

std::optional<ExpertForm> form_of(const ModelFiles& files) {
  const Json* type = files.config().find("model_type");
  if (type == nullptr || type->string() == nullptr) return std::nullopt;
  return expert_form(*type->string());
}

// Where one expert's matrix or vector begins in its stack, and how far its values lie apart.
struct Place {
  int64_t begin, rows, cols, row_step, col_step;
};

class Stack {
 public:
  Stack(const Tensor& tensor, const std::string& prefix, std::vector<Tensor>& parts)
      : tensor_(tensor), prefix_(prefix), parts_(parts) {}

  void expect_dimensions(size_t n) const {
    const bool even = !tensor_.name.ends_with(kBoth) || tensor_.shape.back() % 2 == 0;
    if (tensor_.shape.size() == n && tensor_.shape.front() > 0 && even) return;
    throw Error("TENSOR_SHAPE", {{"tensor", tensor_.name},
                                 {"file", tensor_.file->path()},
                                 {"expected", n == 3 ? "[experts, ., .]" : "[experts, .]"},
                                 {"actual", shape_text(tensor_.shape)}});
  }
  // Of each expert. cols = 0: a vector.
  void take(const char* name, const Place& place) {
    const int64_t experts = tensor_.shape.front(), size = element_bytes(tensor_.type);
    const int64_t one = tensor_.elements() / experts;
    for (int64_t e = 0; e < experts; ++e) {
      Tensor part = tensor_;
      part.name = prefix_ + "." + std::to_string(e) + "." + name;
      part.shape = place.cols == 0 ? std::vector<int64_t>{place.rows}
                                   : std::vector<int64_t>{place.rows, place.cols};
      part.data = tensor_.data + (e * one + place.begin) * size;
      part.bytes = place.rows * std::max<int64_t>(place.cols, 1) * size;
      part.row_step = place.row_step;
      part.col_step = place.col_step;
      parts_.push_back(std::move(part));
    }
  }

 private:
  const Tensor& tensor_;
  std::string prefix_;
  std::vector<Tensor>& parts_;
};

void take_matrices(Stack& stack, const Tensor& tensor, bool both, bool out_in) {
  stack.expect_dimensions(3);
  const int64_t a = tensor.shape[1], b = tensor.shape[2];
  if (out_in && both) {
    stack.take("gate_proj.weight", {0, a / 2, b, 0, 0});
    stack.take("up_proj.weight", {a / 2 * b, a / 2, b, 0, 0});
  } else if (out_in) {
    stack.take("down_proj.weight", {0, a, b, 0, 0});
  } else if (both) {
    stack.take("gate_proj.weight", {0, b / 2, a, 2, b});
    stack.take("up_proj.weight", {1, b / 2, a, 2, b});
  } else {
    stack.take("down_proj.weight", {0, b, a, 1, b});
  }
}

void take_biases(Stack& stack, const Tensor& tensor, bool both) {
  stack.expect_dimensions(2);
  const int64_t n = tensor.shape[1];
  if (!both) return stack.take("down_proj.bias", {0, n, 0, 0, 0});
  stack.take("gate_proj.bias", {0, n / 2, 0, 2, 0});
  stack.take("up_proj.bias", {1, n / 2, 0, 2, 0});
}

}  // namespace

std::optional<ExpertForm> expert_form(std::string_view model_type) {
  for (const FamilyForm& one : kForms) {
    if (one.model_type == model_type) return one.form;
  }
  return std::nullopt;
}

ModelFiles expert_parts(ModelFiles files) {
  const std::optional<ExpertForm> form = form_of(files);
  if (!form) return files;
  std::vector<Tensor> tensors;
  for (const Tensor& tensor : files.tensors()) {
    std::string_view stem = tensor.name;
    if (stem.ends_with(kBlocks) && stem.find(kBoth) != std::string_view::npos) {
      unsupported_model("quantization_config", "mxfp4");
    }
    const bool bias = stem.ends_with(kBias);
    if (bias) stem.remove_suffix(kBias.size());
    const bool both = stem.ends_with(kBoth);
    if (!both && !stem.ends_with(kDown)) {
      tensors.push_back(tensor);
      continue;
    }
    const std::string prefix(stem.substr(0, stem.rfind('.')));
    Stack stack(tensor, prefix, tensors);
    if (bias) {
      take_biases(stack, tensor, both);
    } else {
      take_matrices(stack, tensor, both, *form == ExpertForm::kOutIn);
    }
  }
  Json config = files.config();
  std::string dir = files.dir();
  auto holder = std::make_shared<const ModelFiles>(std::move(files));
  return ModelFiles(std::move(dir), std::move(config), std::move(tensors), std::move(holder));
}

}  // namespace neiro
