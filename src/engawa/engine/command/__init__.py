"""The ``engawa`` command: one module per sub-command; ``parser`` holds every word a newcomer reads in ``--help``."""
