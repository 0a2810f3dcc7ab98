"""The other half of real.ts: the same examples, settings and first values tuned by PEFT; losses on the held-out part
side by side; and the exported folders as a user opens them, with their own template and their own end."""

import json
import math
import os
import sys
import warnings
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"
warnings.filterwarnings("ignore")

import torch
from peft import AutoPeftModelForCausalLM, LoraConfig, get_peft_model
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer, get_scheduler
from transformers.utils import logging

logging.set_verbosity_error()
# of two that were tuned apart, each in an order of its own; of the same weights in two engines
TOLERANCE, EXACT = 0.005, 1e-5


def examples(file):
    held = load_file(file)
    ends = held["offsets"].tolist()
    pairs = zip(ends, ends[1:])
    return [(held["tokens"][a:b].long(), held["labels"][a:b].long()) for a, b in pairs]


def nll(model, example):
    """Summed over what is learnt, and how many that are."""
    tokens, labels = example
    logits = model(tokens[None]).logits[0, :-1].float()
    wanted = labels[1:]
    return torch.nn.functional.cross_entropy(logits, wanted, ignore_index=-100, reduction="sum"), int((wanted >= 0).sum())


@torch.no_grad()
def loss_of(model, held_out):
    model.eval()
    sums = [nll(model, example) for example in held_out]
    return float(sum(s for s, _ in sums) / sum(n for _, n in sums))


def same_tokens(tokenizer, file, rows):
    """Are the tokens those of apply_chat_template?"""
    for (tokens, _), row in zip(rows, file.read_text().splitlines()):
        text = tokenizer.apply_chat_template(json.loads(row)["messages"], tokenize=False)
        ours = tokenizer.decode(tokens).rstrip()
        # a long one is cut at the limit
        if ours != text.rstrip() and not (len(tokens) == 256 and text.startswith(ours)):
            print(f"  DIFFERS: {ours!r} {text!r}")
            return False
    return True


def tune(base, job, train):
    s = job["settings"]
    torch.manual_seed(s["seed"])
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager")
    targets = s["targetModules"]
    config = LoraConfig(
        r=s["loraRank"], lora_alpha=s["loraAlpha"], lora_dropout=0.0,
        target_modules="all-linear" if targets == ["all-linear"] else targets,
        use_rslora=s.get("rsLora", False), task_type="CAUSAL_LM",
    )
    model = get_peft_model(model, config)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=s["learningRate"], betas=(0.9, 0.999), eps=1e-8, weight_decay=s["weightDecay"])
    per_update = s["batchSize"] * s["gradientAccumulationSteps"]
    total = math.ceil(len(train) / per_update) * math.ceil(s["epochs"])
    schedule = get_scheduler(s["schedule"], optimizer, math.ceil(total * s["warmupRatio"]), total)
    model.train()
    for _ in range(math.ceil(s["epochs"])):
        order = torch.randperm(len(train)).tolist()
        for at in range(0, len(order), per_update):
            some = [train[i] for i in order[at : at + per_update]]
            learnt = sum(int((labels[1:] >= 0).sum()) for _, labels in some)
            for example in some:
                (nll(model, example)[0] / learnt).backward()
            torch.nn.utils.clip_grad_norm_(trained, s["maxGradNorm"])
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
    return model


@torch.no_grad()
def ask(model, tokenizer, question):
    """As a user does: the folder's own template, its own end."""
    text = tokenizer.apply_chat_template([{"role": "user", "content": question}], tokenize=False, add_generation_prompt=True)
    tokens = tokenizer(text, add_special_tokens=False, return_tensors="pt")
    whole = model.generate(**tokens, do_sample=False, max_new_tokens=160)[0]
    said = whole[tokens["input_ids"].shape[1] :]
    ends = model.generation_config.eos_token_id
    stopped = int(said[-1]) in (ends if isinstance(ends, list) else [ends])
    return tokenizer.decode(said, skip_special_tokens=True).strip(), stopped


def main(out):
    if not (out / "told.json").exists():
        return 0
    told = json.loads((out / "told.json").read_text())
    job = json.loads((out / "run" / "job.json").read_text())
    train = examples(out / "run" / "prepared" / "train.safetensors")
    held_out = examples(out / "run" / "prepared" / "held-out.safetensors")
    bad = 0
    print(f"SmolLM2-135M-Instruct, {len(train)} public examples, {len(held_out)} held out")
    tokenizer = AutoTokenizer.from_pretrained(told["base"])
    if not same_tokens(tokenizer, out / "train.jsonl", train):
        bad += 1
    ours = [e["figures"]["loss"] if "figures" in e else e["loss"] for e in told["evaluations"]]
    base = AutoModelForCausalLM.from_pretrained(told["base"], dtype=torch.float32, attn_implementation="eager")
    best = min(ours)
    before = loss_of(base, held_out)
    by_peft = loss_of(tune(told["base"], job, train), held_out)
    adapter = AutoPeftModelForCausalLM.from_pretrained(out / "peft", dtype=torch.float32).eval()
    exported = loss_of(adapter, held_out)
    merged = AutoModelForCausalLM.from_pretrained(out / "merged", dtype=torch.float32).eval()
    rows = [
        ("before: Neiro and Transformers", ours[0], before, EXACT),
        ("after: Neiro and PEFT, each tuned", ours[-1], by_peft, TOLERANCE),
        ("Neiro's, opened by AutoPeft", best, exported, EXACT),
        ("Neiro's, merged in Transformers", best, loss_of(merged, held_out), EXACT),
    ]
    for name, a, b, most in rows:
        apart = abs(a - b) / b
        bad += not apart <= most
        print(f"  {name:<36}{a:9.5f}{b:9.5f}{apart:10.2e} of {most:.0e}{'' if apart <= most else '  MISS'}")
    own = AutoTokenizer.from_pretrained(out / "merged")
    same = stops = 0
    for answer in told["answers"]:
        text, stopped = ask(merged, own, answer["question"])
        same += text == answer["text"].strip()
        stops += stopped == (answer["finished"] == "stop")
        if text != answer["text"].strip():
            print(f"  DIFFERS: {answer['text']!r} {text!r}")
    ended = sum(answer["finished"] == "stop" for answer in told["answers"])
    count = len(told["answers"])
    bad += same != count or stops != count or ended == 0
    print(f"  greedy answers: {same} of {count} word for word, {ended} ended by themselves, {stops} alike in Transformers")
    return 1 if bad else 0


sys.exit(main(Path(sys.argv[1])))
