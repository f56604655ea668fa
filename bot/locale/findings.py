"""Findings in Chinese, for the staff who read them; the program writes, keeps and logs them in English."""

from __future__ import annotations

from dataclasses import replace

from bot.locale.phrasebook import Phrasebook
from bot.model import Finding, Severity

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "说明"}

say = Phrasebook("findings.po").say
"""A reason or a remedy in Chinese, or as it is."""


def in_chinese(finding: Finding) -> Finding:
    """The same finding with its reason and remedy in simplified Chinese; what no translation is known of stays."""
    return replace(finding, reason=say(finding.reason), remedy=say(finding.remedy))


def tell(finding: Finding) -> str:
    """``knowledge/items.csv:14: 有手机号码（138******78）；请删去``."""
    said = in_chinese(finding)
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    return f"{place}: {said.reason}；{said.remedy}" if said.remedy else f"{place}: {said.reason}"
