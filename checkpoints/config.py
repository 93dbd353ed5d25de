"""gouji.toml: settings beside the reports, for severities, language and paths."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from checkpoints.groups import Severity
from checkpoints.language import Language
from expectations.rules import Rule, read_rules

NAME = "gouji.toml"

FAIL_ON = ("error", "warning", "never")


class ConfigError(ValueError):
    """The file cannot be understood; the message says where and what to do."""


@dataclass(frozen=True)
class SeverityChange:
    """A rule whose severity the configuration raises or lowers."""

    rule: str
    was: Severity
    now: Severity


@dataclass(frozen=True)
class Config:
    """What a gouji.toml says; paths are relative to it. ``path`` is None where there is none."""

    path: Path | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    language: Language | None = None
    fail_on: str | None = None
    paths: tuple[Path, ...] = ()
    db: Path | None = None
    site: Path | None = None


def find_config(file: Path | None, paths: Sequence[str]) -> Config:
    """Read ``file``, or the gouji.toml beside the reports, or that of the current folder.

    Beside the reports is the folder that PATH names, or that of the file it names. Raises
    :class:`ConfigError`, also where PATHs have different ones.
    """
    if file is not None:
        return read_config(file)
    folders = [p if p.is_dir() else p.parent for p in map(Path, paths) if str(p) != "-"]
    found = {f.resolve(): f for folder in folders if (f := folder / NAME).is_file()}
    if len(found) > 1:
        named = "、".join(map(str, found.values()))
        raise ConfigError(f"有多个设置文件：{named}；请用--config指定一个 · choose with --config")
    for here in (*found.values(), Path(NAME)):
        if here.is_file():
            return read_config(here)
    return Config()


def read_config(path: Path) -> Config:
    """Read one file. Raises :class:`ConfigError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"设置文件{path}打不开（{error.strerror}） · cannot open it") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}：请另存为UTF-8编码 · save it as UTF-8") from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}：不是有效的TOML（{error}） · no valid TOML") from error
    return _Reader(path, text).config(document)


def severity_changes(severities: Mapping[str, Severity]) -> tuple[SeverityChange, ...]:
    """The rules whose severity is another than that of rules.csv, in its order."""
    return tuple(
        SeverityChange(rule.rule, rule.severity, severities[rule.rule])
        for rule in read_rules()
        if severities.get(rule.rule, rule.severity) != rule.severity
    )


def configured_rules(changes: Iterable[SeverityChange]) -> list[Rule]:
    """The rules of rules.csv with these changes."""
    now = {change.rule: change.now for change in changes}
    return [replace(r, severity=now.get(r.rule, r.severity)) for r in read_rules()]


class _Reader:
    """Takes a parsed file apart; every complaint names the line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.values: Mapping[str, Callable[[Any], Any]] = {
            "language": lambda v: self._one_of("language", v, get_args(Language)),
            "fail_on": lambda v: self._one_of("fail_on", v, FAIL_ON),
            "paths": self._paths,
            "db": lambda v: self._path("db", v),
            "site": lambda v: self._path("site", v),
            "severity": self._severities,
        }

    def config(self, document: Mapping[str, Any]) -> Config:
        for key in document:
            if key not in self.values:
                raise self._error(key, f"没有{key}这一项，可用：{'、'.join(self.values)}")
        found: dict[str, Any] = {key: self.values[key](v) for key, v in document.items()}
        if "severity" in found:
            found["severities"] = found.pop("severity")
        return Config(path=self.path, **found)

    def _severities(self, table: Any) -> dict[str, Severity]:
        if not isinstance(table, dict):
            raise self._error("severity", '应写成[severity]一节，如"narrative.year" = "info"')
        rules = {rule.rule for rule in read_rules()}
        for rule, severity in table.items():
            if isinstance(severity, dict):
                raise self._error(rule, f'规则名要加引号，如"{rule}.{next(iter(severity), "")}"')
            if rule not in rules:
                raise self._error(rule, f"没有规则{rule}，规则名见README或rule_coverage")
            self._one_of(rule, severity, get_args(Severity))
        return table

    def _one_of(self, key: str, value: Any, choices: Sequence[str]) -> str:
        if value not in choices:
            raise self._error(key, f"{key}不能是{value!r}，只能是{'、'.join(choices)}")
        return str(value)

    def _path(self, key: str, value: Any) -> Path:
        if not isinstance(value, str) or not value:
            raise self._error(key, f"{key}应是带引号的路径")
        return self.path.absolute().parent / value

    def _paths(self, value: Any) -> tuple[Path, ...]:
        if not isinstance(value, list) or not value:
            raise self._error("paths", 'paths应是路径的列表，如["报告"]')
        return tuple(self._path("paths", each) for each in value)

    def _error(self, key: str, words: str) -> ConfigError:
        number = next((n for n, line in enumerate(self.lines, 1) if key in line), 1)
        return ConfigError(f"{self.path}第{number}行：{words} · line {number} of the configuration")
