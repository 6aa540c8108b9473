"""A sandbox for the tools of a run: bubblewrap, with nothing of the host but its programs to read, one folder to write, no
network, no environment and limits on everything. Every read and write of a file happens inside it as well: a link that was
planted there leads nowhere.
"""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path
from typing import Any, Literal, overload

from inspect_ai.util import ExecResult, OutputLimitExceededError, SandboxEnvironment, sandboxenv, subprocess

MIB = 1024 * 1024
LARGEST = 10 * MIB
HOME = "/home/box"
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64")


def command(folder: Path, argv: list[str], *, cwd: str = HOME, env: dict[str, str] | None = None) -> list[str]:
    """The command line that runs `argv` inside the box whose folder this is."""
    found = [
        "/usr/bin/prlimit",
        "--nproc=256",
        f"--as={1024 * MIB}",
        f"--fsize={100 * MIB}",
        "--cpu=60",
        "--nofile=256",
    ]
    found += ["--core=0", "--", os.environ["CONCORD_BWRAP"], "--unshare-all", "--die-with-parent", "--new-session"]
    found += ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    found += ["--clearenv", "--hostname", "box", "--cap-drop", "ALL"]
    for path in SYSTEM:
        if os.path.islink(path):
            found += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            found += ["--ro-bind", path, path]
    found += [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--size",
        str(64 * MIB),
        "--tmpfs",
        "/tmp",  # noqa: S108  # of the box
        "--bind",
        str(folder),
        HOME,
    ]
    for name, value in {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": HOME, "LANG": "C.UTF-8", **(env or {})}.items():
        found += ["--setenv", name, value]
    return [*found, "--chdir", cwd if cwd.startswith("/") else f"{HOME}/{cwd}", "--", *argv]


@sandboxenv(name="bwrap")
class Box(SandboxEnvironment):
    """One sample's folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    @classmethod
    async def sample_init(cls, task_name: str, config: Any, metadata: dict[str, str]) -> dict[str, SandboxEnvironment]:
        """A fresh folder."""
        folder = Path(os.environ["CONCORD_BOXES"]) / uuid.uuid4().hex
        folder.mkdir(mode=0o700, parents=True)
        return {"default": cls(folder)}

    @classmethod
    async def sample_cleanup(
        cls, task_name: str, config: Any, environments: dict[str, SandboxEnvironment], interrupted: bool
    ) -> None:
        """Nothing of it stays."""
        for box in environments.values():
            if isinstance(box, Box):
                shutil.rmtree(box.folder, ignore_errors=True)

    async def exec(
        self, cmd: list[str], input: str | bytes | None = None, cwd: str | None = None,
        env: dict[str, str] | None = None, user: str | None = None, timeout: int | None = None, timeout_retry: bool = True,
        concurrency: bool = True,
    ) -> ExecResult[str]:  # fmt: skip
        """Run a command in the box."""
        argv = command(self.folder, cmd, cwd=cwd or HOME, env=env)
        return await subprocess(
            argv, input=input, env={}, timeout=min(timeout or 60, 120), output_limit=LARGEST, concurrency=concurrency
        )

    async def write_file(self, file: str, contents: str | bytes) -> None:
        """Written by a program inside."""
        script = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1"'
        done = await self.exec(["/bin/sh", "-c", script, "sh", file], input=contents)
        if not done.success:
            raise PermissionError(f"{file} cannot be written in the box")

    @overload
    async def read_file(self, file: str, text: Literal[True] = True) -> str: ...

    @overload
    async def read_file(self, file: str, text: Literal[False]) -> bytes: ...

    async def read_file(self, file: str, text: bool = True) -> str | bytes:
        """Read by a program inside."""
        argv = command(self.folder, ["/bin/cat", "--", file])
        done = await subprocess(argv, text=False, env={}, timeout=60, output_limit=LARGEST + 1)
        if not done.success:
            raise FileNotFoundError(file)
        if len(done.stdout) > LARGEST:
            raise OutputLimitExceededError("10 MiB", None)
        return done.stdout.decode() if text else done.stdout
