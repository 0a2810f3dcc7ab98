// The table of parts, and the two walks over it.
#include "model/gguf_names.h"

#include <algorithm>
#include <string_view>

namespace neiro {
namespace {

struct Part {
  std::string TensorNames::*name;
  const char* gguf;
  bool of_layer = true;
};
const Part kParts[] = {{&TensorNames::embedding, "token_embd", false},
                       {&TensorNames::final_norm, "output_norm", false},
                       {&TensorNames::head, "output", false},
                       {&TensorNames::attention_norm, "attn_norm"},
                       {&TensorNames::qkv, "attn_qkv"},
                       {&TensorNames::q, "attn_q"},
                       {&TensorNames::k, "attn_k"},
                       {&TensorNames::v, "attn_v"},
                       {&TensorNames::o, "attn_output"},
                       {&TensorNames::q_norm, "attn_q_norm"},
                       {&TensorNames::k_norm, "attn_k_norm"},
                       {&TensorNames::attention_out_norm, "post_attention_norm"},
                       {&TensorNames::conv_in, "shortconv.in_proj"},
                       {&TensorNames::conv, "shortconv.conv"},
                       {&TensorNames::conv_out, "shortconv.out_proj"},
                       {&TensorNames::delta_qkv, "attn_qkv"},
                       {&TensorNames::delta_gate, "attn_gate"},
                       {&TensorNames::delta_learn, "ssm_beta"},
                       {&TensorNames::delta_decay, "ssm_alpha"},
                       {&TensorNames::delta_conv, "ssm_conv1d"},
                       {&TensorNames::delta_rate, "ssm_a"},
                       {&TensorNames::delta_shift, "ssm_dt.bias"},
                       {&TensorNames::delta_norm, "ssm_norm"},
                       {&TensorNames::delta_out, "ssm_out"},
                       {&TensorNames::mlp_norm, "ffn_norm"},
                       {&TensorNames::gate_up, "ffn_up"},  // where they are one; else the next two
                       {&TensorNames::gate, "ffn_gate"},
                       {&TensorNames::up, "ffn_up"},
                       {&TensorNames::down, "ffn_down"},
                       {&TensorNames::mlp_out_norm, "post_ffw_norm"}};

// LFM2's last norm goes by the name that it has in the folder, and so does the second norm of
// layers with a delta net.
std::string_view gguf_part(const Part& part, const TensorNames& names) {
  if (part.name == &TensorNames::mlp_norm && !names.delta_qkv.empty()) return "post_attention_norm";
  const bool last = part.name == &TensorNames::final_norm;
  return last && names.final_norm.ends_with("embedding_norm") ? "token_embd_norm" : part.gguf;
}

// "PART.weight" and "PART.bias" cut in two; the second part with its dot.
struct Ending {
  std::string_view stem, ending;
};
Ending cut(std::string_view name) {
  for (const std::string_view ending : {".weight", ".bias"}) {
    if (name.ends_with(ending)) return {name.substr(0, name.size() - ending.size()), ending};
  }
  return {name, {}};
}

// "N.rest" behind `prefix`, which ends in a dot: the number, as written, and the rest.
struct Place {
  std::string_view layer, rest;
};
Place place_behind(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  const size_t dot = name.find('.');
  if (dot == 0 || dot == std::string_view::npos) return {};
  const std::string_view layer = name.substr(0, dot);
  const bool digits =
      std::all_of(layer.begin(), layer.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? Place{layer, name.substr(dot + 1)} : Place{};
}

std::string joined(std::string_view prefix, std::string_view layer, std::string_view stem,
                   std::string_view ending) {
  std::string name;
  if (!layer.empty()) name.append(prefix).append(layer).append(".");
  return name.append(stem).append(ending);
}

}  // namespace

std::string gguf_name(const TensorNames& names, const std::string& name) {
  const auto [stem, ending] = cut(name);
  const auto [layer, rest] = place_behind(stem, names.layers + ".");
  for (const Part& part : kParts) {
    const std::string& own = names.*part.name;
    if (own.empty() || part.of_layer == layer.empty()) continue;
    if (own == (part.of_layer ? rest : stem))
      return joined("blk.", layer, gguf_part(part, names), ending);
  }
  return {};
}

std::string name_of_gguf(const TensorNames& names, const std::string& gguf) {
  const auto [stem, ending] = cut(gguf);
  const auto [layer, rest] = place_behind(stem, "blk.");
  for (const Part& part : kParts) {
    const std::string& own = names.*part.name;
    if (own.empty() || part.of_layer == layer.empty() || ending.empty()) continue;
    if (gguf_part(part, names) == (part.of_layer ? rest : stem)) {
      return joined(names.layers + ".", layer, own, ending);
    }
  }
  return {};
}

}  // namespace neiro
