// The inside of a session: gradients and adapter values, copied while the session is busy.
#include <string>
#include <utility>
#include <vector>

#include "backend/transfer.h"
#include "convert.h"
#include "proofs.h"
#include "session_object.h"

namespace neiro::binding {
namespace {

// A tensor by its name, copied.
struct NamedTensor {
  std::string name;
  std::vector<int64_t> shape;
  std::vector<float> values;
};

struct Gradients {
  StepResult result;
  std::vector<NamedTensor> tensors;
};

// SessionObject::start for a session that is the first argument.
template <class Result, class Prepare>
Napi::Value on_session(const Napi::CallbackInfo& info, Prepare prepare,
                       typename Worker<Result>::Convert convert) {
  return promise_of(info.Env(), [&] {
    return SessionObject::of(info[0]).start<Result>(info.Env(), std::move(prepare),
                                                    std::move(convert));
  });
}

Napi::Value values_of(Napi::Env env, const NamedTensor& tensor) {
  return float_array(env, tensor.values.data(), static_cast<int64_t>(tensor.values.size()));
}

Napi::Value gradients_value(Napi::Env env, Gradients& given) {
  Napi::Object gradients = Napi::Object::New(env);
  for (const NamedTensor& tensor : given.tensors) {
    gradients.Set(tensor.name, values_of(env, tensor));
  }
  Napi::Object value = Napi::Object::New(env);
  value.Set("loss", given.result.loss);
  value.Set("gradNorm", given.result.grad_norm);
  value.Set("gradients", gradients);
  return value;
}

Napi::Value tensors_value(Napi::Env env, std::vector<NamedTensor>& given) {
  Napi::Object tensors = Napi::Object::New(env);
  for (const NamedTensor& tensor : given) {
    Napi::Array shape = Napi::Array::New(env, tensor.shape.size());
    for (uint32_t i = 0; i < tensor.shape.size(); ++i) {
      shape.Set(i, static_cast<double>(tensor.shape[i]));
    }
    Napi::Object value = Napi::Object::New(env);
    value.Set("shape", shape);
    value.Set("data", values_of(env, tensor));
    tensors.Set(tensor.name, value);
  }
  return tensors;
}

}  // namespace

Napi::Value gradients(const Napi::CallbackInfo& info) {
  return on_session<Gradients>(
      info,
      [&](std::shared_ptr<Session> session) {
        return [session, list = batches(info[1])](Gradients& given) {
          given.result = session->gradients(list);
          for (const Parameter& p : session->parameters()) {
            NamedTensor own = {p.name, p.shape, downloaded(session->device(), p.grad, p.size)};
            if (p.name.starts_with("base_model."))
              session->adapter().into_file_order(p.name, own.values);
            given.tensors.push_back(std::move(own));
          }
        };
      },
      gradients_value);
}

Napi::Value gathered_gradients(const Napi::CallbackInfo& info) {
  return on_session<std::vector<NamedTensor>>(
      info,
      [](std::shared_ptr<Session> session) {
        return [session](std::vector<NamedTensor>& given) {
          for (const Parameter& p : session->parameters()) {
            given.push_back({p.name, p.shape, downloaded(session->device(), p.grad, p.size)});
          }
        };
      },
      tensors_value);
}

Napi::Value adapter_tensors(const Napi::CallbackInfo& info) {
  return on_session<std::vector<NamedTensor>>(
      info,
      [](std::shared_ptr<Session> session) {
        return [session](std::vector<NamedTensor>& given) {
          for (const TensorSlot& slot : session->adapter().slots()) {
            NamedTensor own = {slot.name, slot.shape(),
                               downloaded(session->device(), slot.values(), slot.elements())};
            session->adapter().into_file_order(slot.name, own.values);
            given.push_back(std::move(own));
          }
        };
      },
      tensors_value);
}

}  // namespace neiro::binding
