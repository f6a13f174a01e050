"""Keep every test away from the person's own log: set before any test or notebook kernel runs."""

import os
import tempfile
from pathlib import Path

_scratch = tempfile.TemporaryDirectory(prefix="backcare-tests-")
os.environ["BACKCARE_LOG"] = str(Path(_scratch.name) / "log.sqlite3")
os.environ["BACKCARE_BACKUPS"] = str(Path(_scratch.name) / "backups")
