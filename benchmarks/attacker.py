"""An attacker reads 1,000 small organisations: every view and pair of views, export, listing and moment.

    python benchmarks/attacker.py [--organisations N] [--first N]

Prints what singles out 1 to 4 people; ends with 1 where anything does. The suite walks the first thirty of them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the organisations and the attacker are the tests'

from tests.attacker.attacking import leaks
from tests.attacker.organisations import organisation


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--organisations", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="so that several can read at the same time")
    asked = parser.parse_args()
    first, count = asked.first, asked.organisations
    leaky = 0
    for seed in range(first, first + count):
        found = leaks(organisation(seed))
        leaky += bool(found)
        for one in found:
            print(f"organisation {seed}: {one}", flush=True)
        if (seed + 1 - first) % 25 == 0:
            print(f"{seed + 1 - first} of {count} organisations read, {leaky} with a leak", file=sys.stderr, flush=True)
    print(f"{count} organisations, {leaky} with a leak")
    return 1 if leaky else 0


if __name__ == "__main__":
    sys.exit(main())
