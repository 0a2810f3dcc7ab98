"""BANKING77 by Transformers' Trainer: its own tokenizer, its own head, its own dropout; Neiro's order of rows."""

import math

from common import InOrder, answer, job, json_lines, lora, plain
from datasets import Dataset
from peft import get_peft_model
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
    set_seed,
)

told = job()
tokenizer = AutoTokenizer.from_pretrained(told["model"])
rows = {name: json_lines(told[name]) for name in ("train", "test")}
labels = sorted({row["label"] for row in rows["train"]})
steps = math.ceil(len(rows["train"]) / told["batch"]) * told["epochs"]


def tokenised(some):
    texts = tokenizer([row["text"] for row in some], truncation=True, max_length=told["longest"])
    return Dataset.from_dict({**texts, "labels": [labels.index(row["label"]) for row in some]})


class Ordered(Trainer):
    orders = None

    def _get_train_sampler(self, *_):
        return InOrder(self.orders)


def accuracy(found):
    return {"accuracy": float((found.predictions.argmax(1) == found.label_ids).mean())}


WITHOUT = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "classifier_dropout": 0.0}


def run(seed, orders, dropout):
    set_seed(seed)
    model = AutoModelForSequenceClassification.from_pretrained(
        told["model"], num_labels=len(labels), **({} if dropout else WITHOUT)
    )
    if told["kind"] == "lora":
        model = get_peft_model(model, lora(told, "SEQ_CLS"))
    trainer = Ordered(
        model=model,
        args=TrainingArguments(
            **plain(told, told["out"], seed),
            per_device_train_batch_size=told["batch"],
            per_device_eval_batch_size=64,
            num_train_epochs=told["epochs"],
            lr_scheduler_type="cosine",
            warmup_steps=math.ceil(steps * told["warmup"]),
        ),
        train_dataset=train,
        eval_dataset=test,
        data_collator=DataCollatorWithPadding(tokenizer),
        compute_metrics=accuracy,
    )
    trainer.orders = orders
    trainer.train()
    figures = trainer.evaluate()
    return {"accuracy": figures["eval_accuracy"], "loss": figures["eval_loss"]}


train, test = tokenised(rows["train"]), tokenised(rows["test"])
answer([run(**one) for one in told["runs"]])
