"""The floors of the house, read from the import contracts, so that both are one list."""

import tomllib
from dataclasses import dataclass
from functools import cache

from architecture.house import ROOT


@dataclass(frozen=True)
class Floor:
    """Where a module lives: from the house down to the part, each step with its height in its storey."""

    steps: tuple[tuple[str, int], ...]

    def may_rest_on(self, other: "Floor") -> bool:
        """Whether a row here may point to a row there: the same package, or lower where their ways part."""
        for (mine, height), (theirs, other_height) in zip(self.steps, other.steps, strict=False):
            if mine != theirs:
                return height > other_height
        return True


@cache
def _contracts() -> dict[str, list[list[str]]]:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {
        container: [[name.strip().strip("()") for name in layer.split("|")] for layer in contract["layers"]]
        for contract in tool["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
    }


def floor_of(module: str) -> Floor:
    """The floor of a module; modules from outside the house lie below everything."""
    parts = module.split(".")
    steps: list[tuple[str, int]] = []
    container = parts[0]
    for part in parts[1:]:
        layers = _contracts().get(container, [])
        height = next((len(layers) - index for index, layer in enumerate(layers) if part in layer), None)
        if height is None:
            break
        steps.append((part, height))
        container = f"{container}.{part}"
    return Floor(tuple(steps))
