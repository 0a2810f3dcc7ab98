"""Learning from one's own answers, by what rules think of them: TRL's GRPO and RLOO, told what Neiro's settings mean.

The questions come as token ids, so that no chat template is rendered; an update answers as many questions as Neiro's.
"""

import torch
from trl import GRPOConfig, GRPOTrainer, RLOOConfig, RLOOTrainer

from order import SameOrder, times_through
from rules import rules_of

KINDS = {"grpo": GRPOConfig, "rloo": RLOOConfig}


def answering_trainer(recipe, model, tokenizer, lessons, told):
    asked = recipe["answers"]
    each = asked["each"]
    model.generation_config.eos_token_id = asked["stop"]
    rules = rules_of(asked["rules"])
    arguments = KINDS[recipe["method"]](
        **{
            **told,
            **recipe["loss"],
            # TRL counts answers, Neiro questions: a pass stays as large as it was, and an update has more of them
            "gradient_accumulation_steps": told["gradient_accumulation_steps"] * each,
            "num_generations": each,
            "num_generations_eval": 1,
            "max_completion_length": asked["tokens"],
            # as the model itself says it: what is learnt is how likely that is
            "temperature": 1.0,
            "top_p": 1.0,
            "top_k": 0,
            "reward_weights": [1 / len(rules)] * len(rules),
        }
    )

    def questions(name):
        found = lessons.get(name)
        return found and found.map(
            lambda row: {
                "prompt": row["prompt_ids"],
                "reference": tokenizer.decode(row["answer_ids"], skip_special_tokens=True),
            },
            remove_columns=["prompt_ids", "answer_ids"],
        )

    return {"grpo": AnsweringGrpo, "rloo": AnsweringRloo}[recipe["method"]](
        model=model,
        args=arguments,
        reward_funcs=rules,
        train_dataset=questions("train"),
        eval_dataset=questions("held_out"),
        processing_class=tokenizer,
    )


class QuestionsInOrder(torch.utils.data.Sampler):
    """The questions of each update, every one as often as it is answered; all of it once for each pass of the update.

    What is left at the end of a time through is filled up from the next one: TRL wants updates that are equally large.
    """

    def __init__(self, order, questions, each, passes, updates):
        self.order, self.questions, self.each, self.passes, self.updates = order, questions, each, passes, updates

    def __len__(self):
        return self.updates * self.passes * self.questions * self.each

    def __iter__(self):
        stream = [number for time in times_through(self.order) for number in time]
        for update in range(self.updates):
            begin = update * self.questions
            some = [stream[(begin + at) % len(stream)] for at in range(self.questions)]
            for _ in range(self.passes):
                for number in some:
                    yield from [number] * self.each


class Answering:
    """What both trainers of TRL are told alike."""

    def __init__(self, **named):
        super().__init__(**named)
        self.held_out_rewards = []

    @property
    def times_through(self):
        """All updates are one time through to TRL."""
        return len(times_through(SameOrder.order))

    def _get_train_sampler(self, *_arguments):
        questions = self.args.generation_batch_size // self.num_generations
        return QuestionsInOrder(
            SameOrder.order, questions, self.num_generations, self.args.steps_per_generation, self.args.max_steps
        )

    def _tokenize_prompts(self, prompts):
        return prompts, None, {}

    def _calculate_rewards(self, *arguments, **named):
        by_rule = super()._calculate_rewards(*arguments, **named)
        rewards = by_rule.double().mean(1)
        if self.model.training:
            # where all answers to a question are alike, nothing is learnt
            apart = rewards.view(-1, self.num_generations).std(1).mean()
            self._metrics["train"]["reward_spread"].append(apart.item())
        else:
            self.held_out_rewards += rewards.tolist()
        return by_rule

    def evaluate(self, *arguments, **named):
        """With the same dice each time, so that two evaluations can be compared; the training's own are put back."""
        with torch.random.fork_rng():
            torch.manual_seed(self.args.seed + self.args.process_index)
            return super().evaluate(*arguments, **named)

    def log(self, logs, *arguments):
        if self.held_out_rewards:
            # what was doubled to give every process as much is left out again, and no batch counts more than another
            rewards = self.held_out_rewards[: len(self.eval_dataset)]
            self._metrics["eval"]["reward"] = [sum(rewards) / len(rewards)]
            self.held_out_rewards = []
        super().log(logs, *arguments)


class AnsweringGrpo(Answering, GRPOTrainer):
    """Answers against the others to the same question."""


class AnsweringRloo(Answering, RLOOTrainer):
    """Each answer against the mean of the others."""
