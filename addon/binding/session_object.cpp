// Each method: check that the session is free, convert, work on a pool thread, convert back.
#include "session_object.h"

#include <utility>
#include <vector>

#include "convert.h"
#include "core/error.h"
#include "core/option.h"
#include "export_options.h"
#include "pruning_value.h"

namespace neiro::binding {
namespace {

struct Evaluation {
  EvaluateResult sums;
  std::vector<ExampleLoss> examples;
};

Napi::Value loss_value(Napi::Env env, double nll_sum, int64_t learnt) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("nllSum", nll_sum);
  value.Set("learntTokens", static_cast<double>(learnt));
  return value;
}

Napi::Value floats_value(Napi::Env env, std::vector<float>& values) {
  return float_array(env, values.data(), static_cast<int64_t>(values.size()));
}

struct Chunk {
  std::vector<int32_t> tokens;
  Finished finished = Finished::kNo;
};

Napi::Value chunk_value(Napi::Env env, Chunk& chunk) {
  Napi::Int32Array tokens = Napi::Int32Array::New(env, chunk.tokens.size());
  std::copy(chunk.tokens.begin(), chunk.tokens.end(), tokens.Data());
  Napi::Object value = Napi::Object::New(env);
  value.Set("tokens", tokens);
  switch (chunk.finished) {
    case Finished::kNo:
      value.Set("finished", env.Null());
      break;
    case Finished::kStop:
      value.Set("finished", "stop");
      break;
    case Finished::kLength:
      value.Set("finished", "length");
      break;
  }
  return value;
}

}  // namespace

Napi::Function SessionObject::define(Napi::Env env) {
  return DefineClass(env, "Session",
                     {
                         StaticMethod("open", &SessionObject::open),
                         InstanceMethod("info", &SessionObject::info),
                         InstanceMethod("plan", &SessionObject::plan),
                         InstanceMethod("step", &SessionObject::step),
                         InstanceMethod("forward", &SessionObject::forward),
                         InstanceMethod("backward", &SessionObject::backward),
                         InstanceMethod("update", &SessionObject::update),
                         InstanceMethod("prune", &SessionObject::prune),
                         InstanceMethod("logProbabilities", &SessionObject::log_probabilities),
                         InstanceMethod("headScores", &SessionObject::head_scores),
                         InstanceMethod("evaluate", &SessionObject::evaluate),
                         InstanceMethod("logits", &SessionObject::logits),
                         InstanceMethod("hiddenStates", &SessionObject::hidden_states),
                         InstanceMethod("generateBegin", &SessionObject::generate_begin),
                         InstanceMethod("generateNext", &SessionObject::generate_next),
                         InstanceMethod("beginConversation", &SessionObject::begin_conversation),
                         InstanceMethod("advance", &SessionObject::advance),
                         InstanceMethod("endConversation", &SessionObject::end_conversation),
                         InstanceMethod("saveAdapter", &SessionObject::save_adapter),
                         InstanceMethod("saveHeads", &SessionObject::save_heads),
                         InstanceMethod("saveState", &SessionObject::save_state),
                         InstanceMethod("loadState", &SessionObject::load_state),
                         InstanceMethod("saveMerged", &SessionObject::save_merged),
                         InstanceMethod("saveGguf", &SessionObject::save_gguf),
                         InstanceMethod("saveGgufAdapter", &SessionObject::save_gguf_adapter),
                         InstanceMethod("checkGguf", &SessionObject::check_gguf),
                         InstanceMethod("checkGgufAdapter", &SessionObject::check_gguf_adapter),
                         InstanceMethod("ggufBytes", &SessionObject::gguf_bytes),
                         InstanceMethod("cancel", &SessionObject::cancel),
                         InstanceMethod("close", &SessionObject::close),
                     });
}

// Only open() makes one, handing over the opened session.
SessionObject::SessionObject(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<SessionObject>(info) {
  if (!info[0].IsExternal()) {
    throw Napi::TypeError::New(info.Env(), "A Session comes from Session.open().");
  }
  session_ = *info[0].As<Napi::External<std::shared_ptr<Session>>>().Data();
}

SessionObject& SessionObject::of(Napi::Value value) {
  const Napi::Function constructor =
      value.Env().GetInstanceData<Napi::FunctionReference>()->Value();
  const bool right = value.IsObject() && value.As<Napi::Object>().InstanceOf(constructor);
  require_option(right, "session", "another value", "a session that this module opened");
  return *Unwrap(value.As<Napi::Object>());
}

Napi::Value SessionObject::open(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  return promise_of(env, [&] {
    return Worker<std::shared_ptr<Session>>::start(
        env,
        [options = open_options(info[0])](std::shared_ptr<Session>& session) {
          session = std::make_shared<Session>(options);
        },
        [](Napi::Env e, std::shared_ptr<Session>& session) -> Napi::Value {
          const Napi::FunctionReference& constructor =
              *e.GetInstanceData<Napi::FunctionReference>();
          return constructor.New({Napi::External<std::shared_ptr<Session>>::New(e, &session)});
        });
  });
}

Napi::Value SessionObject::info(const Napi::CallbackInfo& info) {
  return start<ModelInfo>(
      info.Env(),
      [](std::shared_ptr<Session> session) {
        return [session](ModelInfo& result) { result = session->info(); };
      },
      model_info_value);
}

Napi::Value SessionObject::plan(const Napi::CallbackInfo& info) {
  return start<MemoryPlan>(
      info.Env(),
      [](std::shared_ptr<Session> session) {
        return [session](MemoryPlan& result) { result = session->plan(); };
      },
      memory_plan_value);
}

Napi::Value SessionObject::step(const Napi::CallbackInfo& info) {
  return start<StepResult>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, list = batches(info[0]), options = step_options(info[1])](
                   StepResult& result) { result = session->step(list, options); };
      },
      step_result_value);
}

Napi::Value SessionObject::forward(const Napi::CallbackInfo& info) {
  return start<std::vector<float>>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const Options options(info[1], "options", {"step", "head"});
        const std::string head = options.has("head") ? options.text("head") : "";
        return [session, step = options.integer("step"), head,
                given = read_batch(info[0])](std::vector<float>& result) {
          result.resize(static_cast<size_t>(session->value_count(given, head)));
          session->forward(given, step, head, result.data());
        };
      },
      floats_value);
}

Napi::Value SessionObject::backward(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, gradient = floats_argument(info, 0, "gradient")](Nothing&) {
          session->backward(gradient);
        };
      },
      undefined);
}

Napi::Value SessionObject::update(const Napi::CallbackInfo& info) {
  return start<StepResult>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        require_option(info[0].IsNumber(), "loss", "another value", "a number");
        return [session, loss = info[0].As<Napi::Number>().DoubleValue(),
                options = step_options(info[1])](StepResult& result) {
          result = session->update(loss, options);
        };
      },
      step_result_value);
}

Napi::Value SessionObject::prune(const Napi::CallbackInfo& info) {
  return start<Pruned>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, options = pruning_options(info[0])](Pruned& result) {
          result = session->prune(options);
        };
      },
      pruned_value);
}

Napi::Value SessionObject::log_probabilities(const Napi::CallbackInfo& info) {
  return start<std::vector<float>>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const bool adapter = Options(info[1], "options", {"adapter"}).flag("adapter");
        return [session, adapter, given = read_batch(info[0])](std::vector<float>& result) {
          result.resize(given.tokens.size());
          session->log_probabilities(given, adapter, result.data());
        };
      },
      floats_value);
}

Napi::Value SessionObject::head_scores(const Napi::CallbackInfo& info) {
  return start<std::vector<float>>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const std::string head = Options(info[1], "options", {"head"}).text("head");
        return [session, head, given = text(info[0])](std::vector<float>& result) {
          result.resize(static_cast<size_t>(session->value_count(given, head)));
          session->head_scores(given, head, result.data());
        };
      },
      floats_value);
}

Napi::Value SessionObject::evaluate(const Napi::CallbackInfo& info) {
  return start<Evaluation>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const bool adapter = Options(info[1], "options", {"adapter"}).flag("adapter");
        return [session, adapter, given = batch(info[0])](Evaluation& result) {
          result.examples.resize(given.lengths.size());
          result.sums = session->evaluate(given, adapter, result.examples.data());
        };
      },
      [](Napi::Env env, Evaluation& result) -> Napi::Value {
        Napi::Array examples = Napi::Array::New(env, result.examples.size());
        for (uint32_t i = 0; i < result.examples.size(); ++i) {
          const ExampleLoss& example = result.examples[i];
          examples.Set(i, loss_value(env, example.nll_sum, example.learnt));
        }
        Napi::Object value =
            loss_value(env, result.sums.nll_sum, result.sums.learnt_tokens).As<Napi::Object>();
        value.Set("examples", examples);
        return value;
      });
}

Napi::Value SessionObject::logits(const Napi::CallbackInfo& info) {
  return start<std::vector<float>>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const bool adapter = Options(info[1], "options", {"adapter"}).flag("adapter");
        return [session, adapter, given = text(info[0])](std::vector<float>& result) {
          result.resize(static_cast<size_t>(session->logits_size(given, adapter)));
          session->logits(given, adapter, result.data());
        };
      },
      floats_value);
}

Napi::Value SessionObject::hidden_states(const Napi::CallbackInfo& info) {
  return start<std::vector<float>>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const bool adapter = Options(info[1], "options", {"adapter"}).flag("adapter");
        return [session, adapter, given = text(info[0])](std::vector<float>& result) {
          result.resize(static_cast<size_t>(session->hidden_size(given, adapter)));
          session->hidden_states(given, adapter, result.data());
        };
      },
      floats_value);
}

Napi::Value SessionObject::generate_begin(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, options = generate_options(info[0])](Nothing&) {
          session->generate_begin(options);
        };
      },
      undefined);
}

Napi::Value SessionObject::generate_next(const Napi::CallbackInfo& info) {
  return start<Chunk>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const int64_t count = integer_argument(info, 0, "count");
        require_option(count >= 1 && count <= (1 << 20), "count", count,
                       "a whole number from 1 to 1048576");
        return [session, count](Chunk& result) {
          result.tokens.resize(static_cast<size_t>(count));
          int64_t written = 0;
          result.finished = session->generate_next(count, result.tokens.data(), &written);
          result.tokens.resize(static_cast<size_t>(written));
        };
      },
      chunk_value);
}

Napi::Value SessionObject::begin_conversation(const Napi::CallbackInfo& info) {
  return start<int64_t>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, options = conversation_options(info[0])](int64_t& place) {
          place = session->begin_conversation(options);
        };
      },
      [](Napi::Env env, int64_t& place) -> Napi::Value {
        return Napi::Number::New(env, static_cast<double>(place));
      });
}

Napi::Value SessionObject::advance(const Napi::CallbackInfo& info) {
  return start<std::vector<Said>>(
      info.Env(),
      [](std::shared_ptr<Session> session) {
        return [session](std::vector<Said>& said) { said = session->advance(); };
      },
      said_value);
}

Napi::Value SessionObject::end_conversation(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, place = integer_argument(info, 0, "place")](Nothing&) {
          session->end_conversation(place);
        };
      },
      undefined);
}

Napi::Value SessionObject::save_adapter(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const Options given(info[0], "options", {"dir", "baseModelName"});
        return [session, dir = given.text("dir"), name = given.text("baseModelName")](Nothing&) {
          session->save_adapter(dir, name);
        };
      },
      undefined);
}

Napi::Value SessionObject::save_heads(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, file = text_argument(info, 0, "file")](Nothing&) {
          session->save_heads(file);
        };
      },
      undefined);
}

Napi::Value SessionObject::save_state(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, file = text_argument(info, 0, "file")](Nothing&) {
          session->save_state(file);
        };
      },
      undefined);
}

Napi::Value SessionObject::load_state(const Napi::CallbackInfo& info) {
  return start<StateInfo>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, file = text_argument(info, 0, "file")](StateInfo& result) {
          result = session->load_state(file);
        };
      },
      state_info_value);
}

Napi::Value SessionObject::save_merged(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const Options given(info[0], "options", {"dir", "dtype"});
        return [session, dir = given.text("dir"), type = stored_type(given.text("dtype"))](
                   Nothing&) { session->save_merged(dir, type); };
      },
      undefined);
}

Napi::Value SessionObject::save_gguf(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const Options given(info[0], "options", {"file", "type", "entries"});
        return [session, file = given.text("file"), kind = gguf_kind(given.text("type")),
                entries = gguf_entries(given.get("entries"))](Nothing&) {
          session->save_gguf(file, kind, entries);
        };
      },
      undefined);
}

Napi::Value SessionObject::save_gguf_adapter(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        const Options given(info[0], "options", {"file", "entries"});
        return [session, file = given.text("file"), entries = gguf_entries(given.get("entries"))](
                   Nothing&) { session->save_gguf_adapter(file, entries); };
      },
      undefined);
}

Napi::Value SessionObject::check_gguf(const Napi::CallbackInfo& info) {
  return start<GgufCheck>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, file = text_argument(info, 0, "file")](GgufCheck& result) {
          result = session->check_gguf(file);
        };
      },
      gguf_check_value);
}

Napi::Value SessionObject::check_gguf_adapter(const Napi::CallbackInfo& info) {
  return start<GgufCheck>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, file = text_argument(info, 0, "file")](GgufCheck& result) {
          result = session->check_gguf_adapter(file);
        };
      },
      gguf_check_value);
}

Napi::Value SessionObject::gguf_bytes(const Napi::CallbackInfo& info) {
  return start<int64_t>(
      info.Env(),
      [&](std::shared_ptr<Session> session) {
        return [session, kind = gguf_kind(text_argument(info, 0, "type"))](int64_t& result) {
          result = session->gguf_bytes(kind);
        };
      },
      [](Napi::Env env, int64_t& result) -> Napi::Value {
        return Napi::Number::New(env, static_cast<double>(result));
      });
}

void SessionObject::cancel(const Napi::CallbackInfo&) {
  if (session_ && busy_) session_->cancel();
}

Napi::Value SessionObject::close(const Napi::CallbackInfo& info) {
  return start<Nothing>(
      info.Env(),
      [this](std::shared_ptr<Session>& session) {
        // Freed on the pool thread: it may take a moment.
        return [last = std::exchange(session, nullptr)](Nothing&) mutable { last.reset(); };
      },
      undefined);
}

}  // namespace neiro::binding
