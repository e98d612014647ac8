"""Settings that every postmaster of ours starts with, whatever its configuration file says."""

from pathlib import Path

# No TCP; the socket is ours alone. Logs tell of the server, never of what is stored: errors of statements
# (whose text may quote a value) stay out, as do statements, parameters and the details of messages.
_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] ",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_connections": "off",
}

# For clusters that nobody will miss.
_THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
}

_MEGABYTE = 1024 * 1024


def arguments(socket: Path, *, durable: bool) -> list[str]:
    """Command-line arguments of ``postgres``."""
    settings = _ALWAYS | {"unix_socket_directories": str(socket)} | ({} if durable else _THROW_AWAY)
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def suggestions(memory: int) -> str:
    """Lines for a new ``postgresql.conf``, to be changed there at will.

    Args:
        memory: bytes of main memory of the machine.
    """
    shared = min(max(memory // 8 // _MEGABYTE, 64), 4096)
    return (
        "\n# Suggested by Engawa when this cluster was made; change at will.\n"
        "max_connections = 200\n"
        f"shared_buffers = {shared}MB\n"
        f"effective_cache_size = {max(memory // 2 // _MEGABYTE, 128)}MB\n"
        "work_mem = 16MB\n"
        "random_page_cost = 1.1\n"
        "jit = off\n"
    )
