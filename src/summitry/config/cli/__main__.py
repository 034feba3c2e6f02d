"""`python -m summitry.config.cli` is the `summitry` command."""

import sys

from summitry.config.cli.main import main

sys.exit(main())
