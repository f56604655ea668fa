"""The table [applications] of settings.toml: how 依申请公开 is handled."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import ApplicationRules, FeeMethod, Finding, Severity

_METHODS = {method.value: method for method in FeeMethod}
_NO_FEES = "none"


def read_rules(table: object) -> tuple[ApplicationRules, tuple[Finding, ...]]:
    """Read the table.

    Returns:
        The rules, and findings without a path: what cannot be used is an error, and its default holds.
    """
    default = ApplicationRules()
    if not isinstance(table, Mapping):
        return default, (_error("[applications] is no table", "write [applications] above identity, fees, keep_years"),)
    findings: list[Finding] = []
    identity = table.get("identity", default.identity)
    if not isinstance(identity, bool):
        findings.append(_error("applications.identity is neither true nor false", "write identity = true"))
        identity = default.identity
    fees = table.get("fees", _NO_FEES)
    if fees != _NO_FEES and fees not in _METHODS:
        findings.append(_error(f'applications.fees: "{fees}" is no way to count', 'write "count", "pages" or "none"'))
    years = table.get("keep_years", default.keep_years)
    if not isinstance(years, int) or isinstance(years, bool) or years < 1:
        findings.append(_error("applications.keep_years is no number of years", "write keep_years = 10"))
        years = default.keep_years
    known = {"identity", "fees", "keep_years"}
    findings.extend(
        _error(f'applications: "{name}" is unknown', "use identity, fees and keep_years")
        for name in table
        if name not in known
    )
    return ApplicationRules(identity, _METHODS.get(str(fees)), years), tuple(findings)


def _error(reason: str, remedy: str) -> Finding:
    return Finding(Severity.ERROR, "", 0, reason, remedy)
