"""How fast Carrel is, each measure beside a reference in the same run.

A module of this package offers `BENCHMARKS`, which maps names to functions without arguments
that answer `value`, `reference`, `ratio`, `unit` and the facts one needs to repeat the run.
`python -m benchmarks` finds them, gives them a database of their own, and writes
`benchmarks/results.json`. Values are costs, so a ratio below 1 is better than the reference.
Absolute times live here only; tests assert counts and orders.
"""
