"""Guarding the workers: how heavy a case weighs（支援の濃さ）, reviews（見直し）, loads, and whole loads passed on."""
