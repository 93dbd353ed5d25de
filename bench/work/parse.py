"""One parse of the dbt project and nothing else: ``python -m bench.work.parse DATABASE``.

Nothing is cached where DATABASE has not been there before.
"""

from __future__ import annotations

import sys
from pathlib import Path

from checkpoints.transform import parse_models

if __name__ == "__main__":
    parse_models(Path(sys.argv[1]))
