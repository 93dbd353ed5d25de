"""What every command does first: take from gouji.toml what the command line leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from checkpoints.commands.options import FailOnOption, LanguageOption

if TYPE_CHECKING:
    from typer import Context

    from checkpoints.config import Config


class Command(TyperCommand):
    """A command whose ``ctx.obj`` is the :class:`~checkpoints.config.Config` that holds for it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises ConfigError."""
        from checkpoints.config import find_config

        ctx.obj = find_config(ctx.params.get("config"), ctx.params.get("paths") or [])
        for name, value in _values(ctx.obj).items():
            if value is not None and name in ctx.params and not is_given(ctx, name):
                ctx.params[name] = value
        return super().invoke(ctx)


def is_given(ctx: Context, name: str) -> bool:
    """Whether the command line has that option or argument."""
    source = ctx.get_parameter_source(name)
    return source is not None and not source.name.startswith("DEFAULT")


def _values(config: Config) -> Mapping[str, Any]:
    """What the configuration says, as the commands call it."""
    return {
        "paths": [str(path) for path in config.paths] or None,
        "db": config.db,
        "site": config.site,
        "fail_on": config.fail_on and FailOnOption(config.fail_on),
        "lang": config.language and LanguageOption(config.language),
    }
