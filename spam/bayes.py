"""The probability that a text is spam, from how often its words occurred in spam and elsewhere.

After Gary Robinson, "A Statistical Approach to the Spam Problem", Linux Journal 107 (2003): each
word's probability is drawn towards one half while little is known of it, and R. A. Fisher's method
combines them. The numbers below are those that SpamBayes found best.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from math import exp, log

STRENGTH_OF_THE_UNKNOWN = 0.45
LEAST_DEVIATION = 0.1
MOST_WORDS = 150


def spamminess(*, ham: int, spam: int, hams: int, spams: int) -> float:
    """Return the probability of spam, given one word in `ham` of `hams` and `spam` of `spams`."""
    in_ham, in_spam = ham / hams, spam / spams
    if not ham and not spam:
        return 0.5
    seen = in_spam / (in_ham + in_spam)
    number = ham + spam
    return (STRENGTH_OF_THE_UNKNOWN * 0.5 + number * seen) / (STRENGTH_OF_THE_UNKNOWN + number)


def combined(probabilities: Iterable[float]) -> float:
    """Return 0 for certain ham, 1 for certain spam, about one half if nothing can be said."""
    telling = [p for p in probabilities if abs(p - 0.5) >= LEAST_DEVIATION]
    strongest = nlargest(MOST_WORDS, telling, key=lambda p: abs(p - 0.5))
    if not strongest:
        return 0.5
    freedom = 2 * len(strongest)
    as_ham = _chance_of_more(-2 * sum(log(1 - p) for p in strongest), freedom)
    as_spam = _chance_of_more(-2 * sum(log(p) for p in strongest), freedom)
    return (1 + as_spam - as_ham) / 2


def _chance_of_more(chi_square: float, freedom: int) -> float:
    """Return the chance of at least this chi-square, for an even number of degrees of freedom."""
    half = chi_square / 2
    total = term = exp(-half)
    for step in range(1, freedom // 2):
        term *= half / step
        total += term
    return min(total, 1.0)
