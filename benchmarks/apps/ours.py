"""This project's own main.py, with as many services as the benchmark asks for."""

import runpy
import sys

PROJECT = __file__.rpartition("/benchmarks/")[0]

sys.path[1:1] = [f"{PROJECT}/benchmarks/apps/catalogue", PROJECT]
runpy.run_path(f"{PROJECT}/main.py", run_name="__main__")
