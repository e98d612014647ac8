"""The ``engawa`` command."""


def main() -> int:
    """Run the sub-command named on the command line; the exit status is for the shell."""
    return 0
