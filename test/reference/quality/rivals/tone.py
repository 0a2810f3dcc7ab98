"""Answers learnt by an adapter that PEFT begins and TRL trains; the loss of what is held out, by learnt token."""

import math
from pathlib import Path

import torch
from common import InOrder, answer, job, json_lines, lora, plain
from datasets import Dataset
from peft import get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, set_seed
from trl import SFTConfig, SFTTrainer

told = job()
handed = Path(told["handed"])
train, held_out = (json_lines(handed / "data" / f"{name}.jsonl") for name in ("train", "held-out"))
steps = math.ceil(len(train) / told["batch"])


@torch.no_grad()
def loss_of_held_out(model):
    model.eval()
    nll = learnt = 0
    for row in held_out:
        logits = model(input_ids=torch.tensor([row["input_ids"]])).logits[0, :-1].float()
        wanted = torch.tensor(row["labels"][1:])
        nll += float(torch.nn.functional.cross_entropy(logits, wanted, ignore_index=-100, reduction="sum"))
        learnt += int((wanted >= 0).sum())
    return nll / learnt


class Ordered(SFTTrainer):
    orders = None

    def _get_train_sampler(self, *_):
        return InOrder(self.orders)


def run(seed, orders):
    set_seed(seed)
    base = AutoModelForCausalLM.from_pretrained(told["model"], dtype=torch.float32)
    model = get_peft_model(base, lora(told, "CAUSAL_LM"))
    before = loss_of_held_out(model)
    trainer = Ordered(
        model=model,
        args=SFTConfig(
            **plain(told, handed / "trainer", seed),
            per_device_train_batch_size=told["batch"],
            num_train_epochs=1,
            lr_scheduler_type="cosine",
            warmup_steps=math.ceil(steps * told["warmup"]),
            max_length=None,
            loss_type="nll",
        ),
        train_dataset=Dataset.from_list(train),
        processing_class=AutoTokenizer.from_pretrained(told["model"]),
    )
    trainer.orders = orders
    trainer.train()
    return {"before": before, "after": loss_of_held_out(model)}


answer([run(**one) for one in told["runs"]])
