"""Before Django loads: tests live in a var folder of their own, on the embedded server (or DATABASE_URL)."""

import os

from longzhong.project import place

os.environ.setdefault("LONGZHONG_VAR", str(place.ROOT / "var" / "test"))
os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers with two threads each wait for one another
os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")
place.ready()
(place.var_folder() / "static").mkdir(exist_ok=True)  # WhiteNoise warns of a missing one, and warnings are errors
