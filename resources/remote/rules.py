"""What rules think of an answer: each from 0 to 1, as Neiro's own do. An answer is a text."""

import json
import math
import unicodedata

# what JavaScript takes off the ends of a text
BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def rules_of(said):
    """Those that are set, in the form in which TRL asks for rewards: from answers and what the data answer, numbers.

    said: length (least and most characters; most may be null), contains and forbidden (phrases), json, same.
    """
    rules = {
        "length": lambda answer, _: fits_length(answer, **said["length"]),
        "contains": lambda answer, _: share(said["contains"], lambda phrase: has(answer, phrase)),
        "forbidden": lambda answer, _: share(said["forbidden"], lambda phrase: not has(answer, phrase)),
        "json": lambda answer, _: float(is_json(answer)),
        "same": lambda answer, reference: float(plain(answer) == plain(reference)),
    }
    return [asked_by_trl(name, rule) for name, rule in rules.items() if said[name]]


def asked_by_trl(name, rule):
    def rewards(completions, reference, **_more):
        return [rule(answer, right) for answer, right in zip(completions, reference, strict=True)]

    rewards.__name__ = name
    return rewards


def fits_length(answer, least, most):
    """Outside of the span it is less the farther it is: where nothing is right yet, there still is a way to what is."""
    length = len(answer.strip(BLANKS))
    if length < least:
        return length / least
    return most / length if length > (math.inf if most is None else most) else 1.0


def is_json(answer):
    """An object or a list, and nothing around it: a lone number or word is a sentence as well."""
    try:
        return isinstance(json.loads(answer, parse_constant=refuse, parse_int=float), (dict, list))
    except (ValueError, RecursionError):
        # nested a thousand times it would be one to others
        return False


def refuse(word):
    raise ValueError(f"{word} is no JSON")


def share(phrases, holds):
    return sum(holds(phrase) for phrase in phrases) / len(phrases)


def has(answer, phrase):
    return plain(phrase) in plain(answer)


def plain(text):
    """Full and half width, capital and small letters are one."""
    return unicodedata.normalize("NFKC", text).strip(BLANKS).lower()
