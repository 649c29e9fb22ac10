"""The catalogue that `ours.py` puts in the place of the project's."""

import alike

from constructs_lib.service import Service

SERVICES = [Service(name=name) for name in alike.names()]
