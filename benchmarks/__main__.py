"""Runs the benchmarks: `python -m benchmarks [NAME…]`, all of them without a name."""

import importlib
import json
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import benchmarks
from benchmarks import database
from benchmarks.pairs import machine

Result = dict[str, Any]
RESULTS = Path(__file__).with_name("results.json")


def main(names: list[str]) -> None:
    database.configure()
    known = collect()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"No benchmark is called {unknown[0]}. There are: {', '.join(known)}.")
    with database.made_and_dropped():
        results = {name: _run(name, known[name]) for name in names or known}
    write(results, RESULTS)
    print(table(results))


def collect() -> dict[str, Callable[[], Result]]:
    """Every benchmark that a module of this package offers, by name."""
    found: dict[str, Callable[[], Result]] = {}
    for module in pkgutil.iter_modules(benchmarks.__path__, "benchmarks."):
        if not module.name.endswith("__main__"):
            found.update(getattr(importlib.import_module(module.name), "BENCHMARKS", {}))
    return dict(sorted(found.items()))


def _run(name: str, benchmark: Callable[[], Result]) -> Result:
    print(f"{name} …", file=sys.stderr, flush=True)
    return {**benchmark(), "machine": machine()}


def write(results: dict[str, Result], path: Path) -> None:
    """Put new results among those of earlier runs of other benchmarks."""
    earlier = json.loads(path.read_text()) if path.exists() else {}
    merged = dict(sorted({**earlier, **results}.items()))
    path.write_text(json.dumps(merged, indent=2, ensure_ascii=False) + "\n")


def table(results: dict[str, Result]) -> str:
    lines = [f"{'benchmark':24} {'value':>10} {'reference':>10} {'ratio':>7}  unit"]
    for name, result in results.items():
        value, reference, ratio = (
            "-" if result.get(key) is None else f"{result[key]:g}"
            for key in ("value", "reference", "ratio")
        )
        lines.append(f"{name:24} {value:>10} {reference:>10} {ratio:>7}  {result['unit']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
