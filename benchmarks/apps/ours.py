"""This project's own program, with as many services as the benchmark asks for."""

import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parents[2]))

import alike

import main
import services
from constructs_lib.service import Service

services.SERVICES[:] = [Service(name=name) for name in alike.names()]
sys.exit(main.main())
