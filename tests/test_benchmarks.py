"""Each benchmark runs to its end, if only once and on little data."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = sorted((Path(__file__).parent / "benchmarks").glob("bench_*.py"))


@pytest.mark.parametrize("bench", BENCHMARKS, ids=lambda path: path.stem)
def test_a_benchmark_runs_and_prints_a_figure(bench):
    words = [sys.executable, bench, "--once"]
    env = os.environ | {"PYTHONWARNINGS": "default"}  # kernels that they start have their own
    done = subprocess.run(words, env=env, capture_output=True, encoding="utf-8", timeout=180)
    assert done.returncode == 0, done.stderr
    assert re.search(r" \d+\.\d", done.stdout), done.stdout
