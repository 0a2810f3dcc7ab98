"""A model that gives replies points: TRL's reward trainer, by pairs of which one was preferred."""

import torch
from trl import RewardConfig, RewardTrainer

from order import SameOrder


def rating_trainer(recipe, model, tokenizer, lessons, told):
    arguments = RewardConfig(max_length=None, **told)
    return RatingTrainer(
        model=model,
        args=arguments,
        train_dataset=lessons["train"],
        eval_dataset=lessons.get("held_out"),
        processing_class=tokenizer,
    )


class RatingTrainer(SameOrder, RewardTrainer):
    """Bradley and Terry: the preferred one should have more."""

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        loss, outputs = super().compute_loss(model, inputs, return_outputs=True)
        mode = "train" if self.model.training else "eval"
        # TRL's own names say the same by half
        for name in ("accuracy", "margin", "min_reward", "mean_reward", "max_reward"):
            self._metrics[mode].pop(name, None)
        pairs = self.accelerator.gather(outputs.logits.detach().view(2, -1).T.contiguous())
        for name, value in figures_of(pairs).items():
            self._metrics[mode][name].append(value)
        return (loss, outputs) if return_outputs else loss

    def evaluate(self, eval_dataset=None, ignore_keys=None, metric_key_prefix="eval"):
        """Means over all pairs. Transformers takes means of means of batches."""
        model = self.model_wrapped if self.is_in_train else self.model
        model.eval()
        said = []
        for batch in self.get_eval_dataloader(eval_dataset):
            batch = self._prepare_inputs(batch)
            with torch.no_grad(), self.compute_loss_context_manager():
                logits = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits
            # what was doubled to give every process as much is left out again
            said.append(self.accelerator.gather_for_metrics(logits.view(2, -1).T.contiguous()).cpu())
        model.train()
        pairs = torch.cat(said)
        loss = -torch.nn.functional.logsigmoid((pairs[:, 0] - pairs[:, 1]).double()).mean().item()
        figures = {f"{metric_key_prefix}_{name}": value for name, value in {"loss": loss, **figures_of(pairs)}.items()}
        self._metrics["eval"].clear()
        self.log(figures)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, figures)
        return figures


def figures_of(pairs):
    """pairs: [pairs, 2] points of the preferred reply and of the other."""
    chosen, rejected = pairs.double().unbind(1)
    won = (chosen > rejected).double() + (chosen == rejected).double() / 2
    return {
        "point_accuracy": won.mean().item(),
        "point_margin": (chosen - rejected).mean().item(),
        "points_chosen": chosen.mean().item(),
        "points_rejected": rejected.mean().item(),
    }
