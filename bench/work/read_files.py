"""The tables of ``bench.reading`` as the harness wants them: ``... read_files EACH ROUNDS``."""

from __future__ import annotations

import json
import sys

from bench.reading import figures

if __name__ == "__main__":
    each, rounds = map(int, sys.argv[1:])
    sys.stdout.write(json.dumps({"figures": figures(each=each, rounds=rounds)}) + "\n")
