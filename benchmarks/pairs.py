"""Measuring two things in turn, so that a noisy machine is noisy for both."""

import platform
import statistics
import subprocess
from collections.abc import Callable
from os import cpu_count
from pathlib import Path
from typing import Any

PAIR_COUNT = 7


def compare(
    subject: Callable[[], float],
    reference: Callable[[], float],
    *,
    unit: str,
    pair_count: int = PAIR_COUNT,
    **facts: Any,
) -> dict[str, Any]:
    """Measure both in alternation; who goes first alternates too.

    Both answer a cost in `unit`: the less the better. The ratio is the median of the pairs'
    ratios, subject by reference: 1 is as good as the reference, 2 costs twice as much. `facts`
    are sizes, seeds and whatever else one must know to repeat the run.
    """
    pairs = []
    for number in range(pair_count):
        if number % 2:
            reference_cost, subject_cost = reference(), subject()
        else:
            subject_cost, reference_cost = subject(), reference()
        pairs.append((subject_cost, reference_cost))
    return {
        "value": _median(subject_cost for subject_cost, _ in pairs),
        "reference": _median(reference_cost for _, reference_cost in pairs),
        "ratio": _median(subject_cost / reference_cost for subject_cost, reference_cost in pairs),
        "unit": unit,
        "pairs": [[_round(cost) for cost in pair] for pair in pairs],
        **facts,
    }


def machine() -> dict[str, Any]:
    """What the figures depend on besides the code."""
    return {
        "processors": cpu_count(),
        "processor": _processor(),
        "python": platform.python_version(),
        "commit": _commit(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


def _median(costs: Any) -> float:
    return _round(statistics.median(costs))


def _round(cost: float) -> float:
    """Four digits that mean something; the rest is noise."""
    return float(f"{cost:.4g}")
