"""PostgreSQL refuses to run as root. Here is how a root's postmaster runs as somebody lesser.

First choice: a user namespace of its own, in which the process is an ordinary user while its files stay
root's, mode 0700. Where the system closes user namespaces: an existing unprivileged user, to whom the data
folder is given.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from engawa.engine.trouble import Trouble

# Inside a namespace the name is only a name: the files stay ours. PostgreSQL wants it to be known to the system.
_NAMES_INSIDE = ("postgres", "nobody")
# A user to really become. Not nobody: whatever else runs as nobody could read the data and enter by the socket.
_USERS = ("postgres",)


@dataclass(frozen=True)
class Privilege:
    """How to start PostgreSQL's programs: words put in front of the command, or a user to become."""

    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def hand_over(self, folder: Path) -> None:
        """Give ``folder``, which nobody uses yet, to the user who will need it."""
        if self.user is not None and self.group is not None:
            os.chown(folder, self.user, self.group)

    def let_through(self, folder: Path) -> None:
        """Let the lesser user pass through our private ``folder``, without reading it.

        Raises:
            Trouble: something above the folder is closed to that user.
        """
        if self.user is None or self.group is None:
            return
        os.chown(folder, -1, self.group)
        folder.chmod(0o710)
        trial = subprocess.run(
            ["/usr/bin/test", "-x", folder], user=self.user, group=self.group, extra_groups=[], check=False
        )
        if trial.returncode != 0:
            raise Trouble(
                "PostgreSQL does not run as root, and the user "
                f"{pwd.getpwuid(self.user).pw_name} cannot reach {folder}.",
                "ENGAWA_HOME=/var/lib/engawa ./engawa doctor",
            )


def _first_known(names: tuple[str, ...]) -> pwd.struct_passwd:
    for name in names:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL does not run as root, and this system has no unprivileged user to run it as.",
        "useradd --system --shell /usr/sbin/nologin postgres",
    )


def _in_own_namespace(user: pwd.struct_passwd) -> tuple[str, ...] | None:
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    prefix = (unshare, "-U", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}")
    trial = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if trial.returncode == 0 else None


def choose(*, namespaces: bool = True) -> Privilege:
    """The way to run PostgreSQL as the present user.

    Args:
        namespaces: False to leave out user namespaces, as on a system that closes them.
    """
    if os.geteuid() != 0:
        return Privilege()
    prefix = _in_own_namespace(_first_known(_NAMES_INSIDE)) if namespaces else None
    if prefix:
        return Privilege(prefix=prefix)
    user = _first_known(_USERS)
    return Privilege(user=user.pw_uid, group=user.pw_gid)
