# The rival of addon/bench/gpu_step: one step of LoRA on all linear layers by Transformers + PEFT, of a model of the
# same shape with random weights, on the GPU of this machine. A line of JSON each: median of the steps, peak memory of
# PyTorch's allocator. What is not installed is said, and the rest is measured.
#   python3 peft_bench.py [--shapes 8B,1.7B] [--tokens 512,2048] [--bases bf16,nf4] [--checkpointing on] [--steps 5]
import argparse
import json
import statistics
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, LlamaConfig

SHAPES = {
    "135M": dict(hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
                 num_key_value_heads=3, vocab_size=49152, tie_word_embeddings=True),
    "1.7B": dict(hidden_size=2048, intermediate_size=6144, num_hidden_layers=28, num_attention_heads=16,
                 num_key_value_heads=8, vocab_size=151936, tie_word_embeddings=True),
    "8B": dict(hidden_size=4096, intermediate_size=14336, num_hidden_layers=32, num_attention_heads=32,
               num_key_value_heads=8, vocab_size=128256, tie_word_embeddings=False),
}
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def to_nf4(module):
    """Every linear layer but the head becomes bitsandbytes' NF4, double quantised, multiplied in BF16."""
    import bitsandbytes

    for name, child in list(module.named_children()):
        if isinstance(child, torch.nn.Linear) and name != "lm_head":
            made = bitsandbytes.nn.Linear4bit(child.in_features, child.out_features, bias=False,
                                              compute_dtype=torch.bfloat16, compress_statistics=True,
                                              quant_type="nf4", device="meta")
            made.weight = bitsandbytes.nn.Params4bit(child.weight.data.cpu(), requires_grad=False,
                                                     compress_statistics=True, quant_type="nf4")
            setattr(module, name, made.to(child.weight.device))
            del child
        else:
            to_nf4(child)


def build(shape, base, checkpointing, device, layers):
    torch.manual_seed(1)
    fields = dict(SHAPES[shape])
    if layers:
        fields["num_hidden_layers"] = layers
    config = LlamaConfig(max_position_embeddings=8192, use_cache=False, attn_implementation="sdpa", **fields)
    with torch.device(device):
        torch.set_default_dtype(torch.bfloat16)
        model = AutoModelForCausalLM.from_config(config)
        torch.set_default_dtype(torch.float32)
    if base == "nf4":
        to_nf4(model.model)
        model.is_loaded_in_4bit = True
    model.config.use_cache = False
    if checkpointing:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        model.enable_input_require_grads()
    lora = LoraConfig(r=16, lora_alpha=32, lora_dropout=0.05, target_modules=TARGETS, task_type="CAUSAL_LM")
    model = get_peft_model(model, lora)
    model.train()
    return model


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--shapes", default="8B")
    asked.add_argument("--tokens", default="2048")
    asked.add_argument("--bases", default="bf16,nf4")
    asked.add_argument("--checkpointing", default="on")
    asked.add_argument("--steps", type=int, default=5)
    asked.add_argument("--layers", type=int, default=0)
    asked.add_argument("--device", default="cuda")
    given = asked.parse_args()
    cuda = given.device == "cuda"
    wait = torch.cuda.synchronize if cuda else lambda: None
    for shape in given.shapes.split(","):
        for base in given.bases.split(","):
            try:
                model = build(shape, base, given.checkpointing == "on", given.device, given.layers)
            except Exception as error:  # one that cannot be made says so; the others are measured
                print(json.dumps({"rival": base, "model": shape, "error": repr(error)[:200]}), flush=True)
                continue
            trained = [p for p in model.parameters() if p.requires_grad]
            optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=cuda)
            vocab = model.config.vocab_size
            for tokens in map(int, given.tokens.split(",")):
                if cuda:
                    torch.cuda.reset_peak_memory_stats()
                ids = torch.arange(tokens, device=given.device).mul(7919).add(13).remainder(vocab)[None]
                seconds = []
                for _ in range(given.steps + 2):
                    wait()
                    start = time.perf_counter()
                    loss = model(input_ids=ids, labels=ids).loss
                    loss.backward()
                    torch.nn.utils.clip_grad_norm_(trained, 1.0)
                    optimizer.step()
                    optimizer.zero_grad(set_to_none=True)
                    wait()
                    seconds.append(time.perf_counter() - start)
                step = statistics.median(seconds[2:])
                print(json.dumps({
                    "rival": base, "model": shape, "layers": model.config.num_hidden_layers, "tokens": tokens,
                    "checkpointing": given.checkpointing, "seconds": round(step, 5),
                    "tokens_per_second": round(tokens / step, 1), "loss": round(loss.item(), 4),
                    "peak_gb": round(torch.cuda.max_memory_allocated() / 1e9, 2) if cuda else None,
                    "torch": torch.__version__,
                }), flush=True)
            del model, optimizer, trained
            if cuda:
                torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
