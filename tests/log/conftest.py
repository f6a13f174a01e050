"""A log of its own for each test."""

import pytest
from logs import opened


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path)
