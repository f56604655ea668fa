"""The table [applications] of settings.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import read_application_rules
from bot.knowledge.options import read_options
from bot.model import ApplicationRules, FeeMethod


def test_rules_are_read() -> None:
    options, findings = read_options(b'[applications]\nidentity = true\nfees = "pages"\nkeep_years = 30\n')
    assert options.applications == ApplicationRules(identity=True, fees=FeeMethod.PAGES, keep_years=30)
    assert findings == ()


def test_without_the_table_no_identity_is_collected_and_no_fee_charged() -> None:
    options, _ = read_options(b"require_review = true\n")
    assert options.applications == ApplicationRules(identity=False, fees=None, keep_years=10)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("applications = 1", "is no table"),
        ("[applications]\nidentity = 1", "neither true nor false"),
        ('[applications]\nfees = "both"', '"both" is no way to count'),
        ("[applications]\nkeep_years = 0", "is no number of years"),
        ("[applications]\nkeep = 3", '"keep" is unknown'),
    ],
)
def test_what_cannot_be_used_is_an_error_and_its_default_holds(written: str, said: str) -> None:
    options, findings = read_options(written.encode())
    assert options.applications == ApplicationRules()
    assert [said in finding.reason for finding in findings] == [True]


def test_a_folder_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert read_application_rules(tmp_path) == ApplicationRules()
    (tmp_path / "settings.toml").write_bytes(b"[applications]\nidentity = true\n")
    assert read_application_rules(tmp_path).identity
    (tmp_path / "settings.toml").write_bytes(b"[applications")
    assert read_application_rules(tmp_path) == ApplicationRules()
