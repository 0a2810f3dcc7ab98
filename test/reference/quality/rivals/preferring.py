"""DPO and KTO by TRL, on the tokens, in the order and from the adapter that Neiro has; the loss and all of its settings are TRL's."""

import math
from pathlib import Path

import torch
from common import InOrder, answer, job, json_lines, lora, plain
from datasets import Dataset
from peft import get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer

told = job()
handed = Path(told["handed"])
tokenizer = AutoTokenizer.from_pretrained(told["model"])
model = AutoModelForCausalLM.from_pretrained(told["model"], dtype=torch.float32)
model = get_peft_model(model, lora(told, "CAUSAL_LM"))
outcome = set_peft_model_state_dict(model, load_file(handed / "start" / "adapter_model.safetensors"))
assert not outcome.unexpected_keys, outcome.unexpected_keys
rows = {name: Dataset.from_list(json_lines(handed / "data" / f"{name}.jsonl")) for name in ("train", "held-out")}
(order,) = json_lines(handed / "data" / "order.jsonl")
steps = len(order) // told["batch"]
arguments = {
    **plain(told, handed / "trainer"),
    "per_device_train_batch_size": told["batch"],
    "per_device_eval_batch_size": told["batch"],
    "num_train_epochs": 1,
    "lr_scheduler_type": "cosine",
    "warmup_steps": math.ceil(steps * told["warmup"]),
    "beta": told["beta"],
    "max_length": None,
}
parts = {"model": model, "eval_dataset": rows["held-out"], "processing_class": tokenizer}


class Pairs(DPOTrainer):
    def _prepare_dataset(self, dataset, *_, **__):
        return dataset

    def _get_train_sampler(self, *_):
        return InOrder([order])


class Rated(KTOTrainer):
    def _prepare_dataset(self, dataset, _tokenizer, args, _name):
        """TRL's own lines, past the tokenising."""

        def add_kl_completion_ids(examples):
            examples["KL_completion_ids"] = [examples["completion_ids"][-1]] + examples["completion_ids"][:-1]
            return examples

        return dataset.map(add_kl_completion_ids, batched=True, batch_size=args.per_device_train_batch_size)


if told["method"] == "dpo":
    trainer = Pairs(args=DPOConfig(loss_type=["sigmoid"], **arguments), train_dataset=rows["train"], **parts)
else:
    config = KTOConfig(train_sampling_strategy="sequential", **arguments)
    trainer = Rated(args=config, train_dataset=rows["train"].select(order), **parts)
trainer.train()
losses = [line["loss"] for line in trainer.state.log_history if "loss" in line]
figures = trainer.evaluate()
found = {name.removeprefix("eval_"): value for name, value in figures.items()}
answer({"loss": found["loss"], "rewardMargin": found["rewards/margins"], "losses": losses, "all": found})
