"""Run the command `backcare`, also as ``python -m backcare_widgets``."""

import sys

from .launch.command import main

if __name__ == "__main__":
    sys.exit(main())
