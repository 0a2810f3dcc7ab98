"""Makes fresh golden cases (test/golden/README.md) of random shapes: other head counts, widths, ranks,
vocabularies and lengths than those in the repository. usage: cases.py FOLDER COUNT SEED"""

import json
import os
import random
import sys
import warnings
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"
warnings.filterwarnings("ignore")

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, LlamaConfig, MistralConfig, Qwen2Config, Qwen3Config, get_scheduler
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()

FAMILIES = ["llama", "llama3", "mistral", "qwen2", "qwen3"]
ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
MODULES = ATTENTION + ["gate_proj", "up_proj", "down_proj"]


def random_config(family, r):
    kv_heads = r.choice([1, 2, 3])
    heads = kv_heads * r.choice([1, 2, 3])
    head_dim = r.choice([8, 10, 16, 24, 34])
    own_head_dim = family in ("qwen3", "mistral", "llama")
    shape = {
        "hidden_size": heads * (r.choice([8, 15, 22, 32]) if own_head_dim else head_dim),
        "intermediate_size": r.choice([50, 96, 144, 176, 193]),
        "num_hidden_layers": r.choice([1, 2, 3]),
        "num_attention_heads": heads,
        "num_key_value_heads": kv_heads,
        "vocab_size": r.choice([101, 320, 331, 640]),
        "max_position_embeddings": 512,
        "tie_word_embeddings": r.random() < 0.5,
        "rms_norm_eps": r.choice([1e-5, 1e-6]),
        "rope_parameters": {"rope_type": "default", "rope_theta": r.choice([1e4, 5e5, 1e6])},
        "pad_token_id": 0,
        "bos_token_id": 1,
        "eos_token_id": 2,
    }
    if own_head_dim:
        shape["head_dim"] = head_dim
    if family == "llama3":
        shape["rope_parameters"] = {
            "rope_type": "llama3",
            "rope_theta": 5e5,
            "factor": r.choice([4.0, 8.0, 32.0]),
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": r.choice([16, 64]),
        }
    if family == "mistral":
        shape["sliding_window"] = r.choice([None, 1, 7, 16, 100])
    kinds = {"llama": LlamaConfig, "llama3": LlamaConfig, "mistral": MistralConfig, "qwen2": Qwen2Config}
    return kinds.get(family, Qwen3Config)(**shape)


def random_model(family, r):
    model = AutoModelForCausalLM.from_config(random_config(family, r), attn_implementation="eager")
    for name, parameter in model.named_parameters():
        # biases and norms start as constants: give them something to be wrong about
        spread = 0.1 if "norm" in name or name.endswith("bias") else 0.08
        parameter.data += torch.randn_like(parameter) * spread
    return model.eval()


def random_batches(vocab, r):
    batches = {}
    for i in range(2):
        lengths = [r.choice([12, 13, 31, 65, 129, 200]), r.choice([1, 2, 17, 64]), r.choice([3, 40])][: r.choice([1, 2, 3])]
        width = max(lengths)
        ids = torch.randint(3, vocab, (len(lengths), width))
        mask = torch.zeros_like(ids)
        labels = torch.full_like(ids, -100)
        for row, length in enumerate(lengths):
            mask[row, :length] = 1
            ids[row, length:] = 0
            first = r.randrange(0, max(1, length - 4))
            labels[row, first:length] = ids[row, first:length]
        for name, value in (("input_ids", ids), ("attention_mask", mask), ("labels", labels)):
            batches[f"batch{i}.{name}"] = value
    return batches


def quantise(model, folder):
    """NF4 as bitsandbytes makes it and takes it back on this processor."""
    from bitsandbytes.functional import dequantize_4bit, quantize_4bit

    saved = {}
    for name, module in model.named_modules():
        if not isinstance(module, torch.nn.Linear) or name == "lm_head":
            continue
        packed, state = quantize_4bit(module.weight.data, blocksize=64, quant_type="nf4", compress_statistics=True)
        module.weight.data = dequantize_4bit(packed, state).float()
        saved |= {
            f"{name}.packed": packed.flatten(),
            f"{name}.absmax_q": state.absmax.to(torch.uint8),
            f"{name}.absmax2": state.state2.absmax.float(),
            f"{name}.code2": state.state2.code.float(),
            f"{name}.offset": state.offset.float().reshape(1),
            f"{name}.dequantised": module.weight.data,
        }
    save_file({key: value.clone().contiguous() for key, value in saved.items()}, folder / "nf4.safetensors")
    return model


def run(base, folder, inputs, case, dtype):
    """Everything a case expects, computed in this precision."""
    base = base.to(dtype)
    batch = lambda i: {k.split(".")[1]: v for k, v in inputs.items() if k.startswith(f"batch{i}.")}
    tensors, results = {}, {}
    with torch.no_grad():
        out = base(**batch(0))
        tensors["base.logits"], results["base.loss"] = out.logits, float(out.loss)
        tokens = batch(0)["input_ids"][0, :12]
        for _ in range(16):
            tokens = torch.cat([tokens, base(tokens[None]).logits[0, -1].argmax()[None]])
        results["base.greedy"] = tokens.tolist()
    model = PeftModel.from_pretrained(base, folder / "adapter_init", is_trainable=True).to(dtype)
    out = model(**batch(0))
    out.loss.backward()
    tensors["adapter.logits"], results["adapter.loss"] = out.logits.detach(), float(out.loss)
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    tensors |= {f"grad.{name}": p.grad.clone() for name, p in trained.items()}
    h = case["hyper_parameters"]
    optimizer = torch.optim.AdamW(trained.values(), lr=h["learning_rate"], weight_decay=h["weight_decay"])
    schedule = get_scheduler(h["schedule"], optimizer, h["warmup_steps"], case["steps"])
    results["steps"] = []
    for step in range(case["steps"]):
        optimizer.zero_grad()
        loss = model(**batch(step % 2)).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(trained.values(), h["max_grad_norm"])
        rate = schedule.get_last_lr()[0]
        optimizer.step()
        schedule.step()
        results["steps"].append(
            {"step": step + 1, "loss": float(loss.detach()), "grad_norm": float(norm), "learning_rate": rate}
        )
    final = {name: p.detach().clone() for name, p in trained.items()}
    return {"tensors": tensors, "results": results, "final": final, "model": model}


def nudged(weights):
    """The same weights an ulp or so away: how much a case makes of rounding. Adam turns a gradient that is all
    rounding into a whole step, and no tolerance over a quiet run would foresee it."""
    noise = lambda value: 1 + 1e-7 * torch.randn_like(value)
    return {key: value * noise(value) if value.is_floating_point() else value for key, value in weights.items()}


def distances(one, other, mask):
    """As tolerances.json measures: max |d| / max over each tensor, relative for losses and norms."""

    def tensor(a, b):
        scale = float(b.abs().max())
        return float((a.double() - b.double()).abs().max()) / (scale or 1.0)

    def number(a, b):
        return abs(a - b) / abs(b)

    names = one["tensors"]
    steps = list(zip(one["results"]["steps"], other["results"]["steps"]))
    of = lambda name: tensor(one["tensors"][name], other["tensors"][name])
    real = lambda name: tensor(one["tensors"][name][mask], other["tensors"][name][mask])
    return {
        "logits": max(real(name) for name in names if name.endswith("logits")),
        "loss": max(number(one["results"][k], other["results"][k]) for k in ("base.loss", "adapter.loss")),
        "gradients": max(of(name) for name in names if name.startswith("grad.")),
        "step_losses": max(number(a["loss"], b["loss"]) for a, b in steps),
        "grad_norms": max(number(a["grad_norm"], b["grad_norm"]) for a, b in steps),
        "final_weights": max(tensor(one["final"][k], other["final"][k]) for k in one["final"]),
    }


def tolerances(runs, mask):
    """Thirty times the distance of float32 from the others, at least 1e-5."""
    f32, *others = runs
    measured = [distances(f32, other, mask) for other in others]
    # Transformers' float64 gives NaN where a window leaves padding nothing to see: then the nudged run says it
    known = lambda key: [m[key] for m in measured if m[key] == m[key]]
    return {key: max([1e-5] + [30 * distance for distance in known(key)]) for key in measured[0]}


def make(out, index, seed):
    r = random.Random(seed * 1000 + index)
    torch.manual_seed(seed * 1000 + index)
    family = FAMILIES[index % len(FAMILIES)]
    nf4 = r.random() < 0.4
    name = f"{family}-{index}{'-nf4' if nf4 else ''}"
    folder, base_dir = out / name, out / "models" / name
    folder.mkdir(parents=True)
    random_model(family, r).save_pretrained(base_dir)
    load = lambda: AutoModelForCausalLM.from_pretrained(base_dir, dtype=torch.float32, attn_implementation="eager").eval()
    targets = r.choice([MODULES, MODULES, ATTENTION, ["q_proj", "v_proj"], ["down_proj"], r.sample(MODULES, 3)])
    rank = r.choice([1, 2, 3, 8, 20])
    adapter = LoraConfig(
        r=rank, lora_alpha=r.choice([rank, 2 * rank, 7]), use_rslora=r.random() < 0.3,
        target_modules=list(targets), lora_dropout=0.0, task_type="CAUSAL_LM",
    )  # fmt: skip
    model = get_peft_model(load(), adapter)
    for key, parameter in model.named_parameters():
        if "lora_B" in key:
            parameter.data = torch.randn_like(parameter) * 0.02
    model.save_pretrained(folder / "adapter_init")
    inputs = random_batches(model.config.vocab_size, r)
    save_file(inputs, folder / "inputs.safetensors")
    case = {
        "kind": "causal-lora", "model": f"../models/{name}", "family": family, "variant": "lora",
        "base": "nf4" if nf4 else "f32", "seed": seed,
        "hyper_parameters": {
            "learning_rate": r.choice([1e-3, 5e-3]), "weight_decay": r.choice([0.0, 0.01, 0.1]),
            "max_grad_norm": r.choice([0.1, 1.0]), "warmup_steps": r.choice([0, 2]),
            "schedule": r.choice(["linear", "cosine", "constant_with_warmup"]),
        },
        "steps": r.choice([3, 7]),
    }  # fmt: skip
    base = quantise(load(), folder) if nf4 else load()
    weights = {key: value.clone() for key, value in base.state_dict().items()}
    f32 = run(base, folder, inputs, case, torch.float32)
    f32["model"].save_pretrained(folder / "adapter_final")
    again = load()
    again.load_state_dict(weights)
    f64 = run(again, folder, inputs, case, torch.float64)
    save_file({k: v.float().contiguous() for k, v in f32["tensors"].items()}, folder / "expected.safetensors")
    (folder / "case.json").write_text(json.dumps(case | {"results": f32["results"]}, indent=1))
    other = load()
    other.load_state_dict(nudged(weights))
    other = run(other, folder, inputs, case, torch.float32)
    return name, tolerances([f32, f64, other], inputs["batch0.attention_mask"].bool())


def main(out, count, seed):
    measured = dict(make(out, index, seed) for index in range(count))
    cases = {name: {"f32": values} for name, values in measured.items()}
    (out / "tolerances.json").write_text(json.dumps({"cases": cases}, indent=1))


main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
