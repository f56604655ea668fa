"""agencies.toml."""

from __future__ import annotations

import pytest

from bot.knowledge.agencies import find_agency, named_agency, read_agencies
from bot.knowledge.readers import UnreadableFile
from bot.model import Agency, AgencyContact, Severity

ZSJ = Agency("zsj", AgencyContact("某市招商局"), aliases=("招商局",))
JYJ = Agency("jyj", AgencyContact("某市教育局"), aliases=("教育局", "教育局招生办"))


def test_every_field_is_read() -> None:
    """All that a contact may hold, as written."""
    data = """[zsj]
name = "某市招商局"
aliases = ["招商局", ""]
department = "办公室"
address = "人民路1号"
hours = "9:00-17:00"
phone = "0700-1234567"
fax = "0700-7654321"
email = "a@b.cn"
site = "招商网"
portal = "某市政府网"
hotline = "12345"
default = true
"""
    contact = AgencyContact(
        "某市招商局",
        "办公室",
        "人民路1号",
        "9:00-17:00",
        "0700-1234567",
        "0700-7654321",
        "a@b.cn",
        "招商网",
        "某市政府网",
        "12345",
    )
    assert read_agencies(data.encode()) == ((Agency("zsj", contact, ("招商局",), default=True),), ())


def test_mistakes_are_named_by_line_and_cost_one_value_each() -> None:
    """Wrong types and unknown keys state nothing; the rest of the agency counts."""
    data = """title = "甲"
[zsj]
name = "某市招商局"
phone = 12345
tel = "1"
aliases = "招商局"
default = "yes"

[jyj]
address = "乙"
"""
    agencies, findings = read_agencies(data.encode())
    assert agencies == (Agency("zsj", AgencyContact("某市招商局")),)
    assert [(finding.line, finding.reason) for finding in findings] == [
        (1, '"title" stands outside an agency'),
        (5, 'key "tel" of agency "zsj" is unknown'),
        (4, '"phone" of agency "zsj" is no text'),
        (6, '"aliases" of agency "zsj" is no list of texts'),
        (7, '"default" of agency "zsj" is neither true nor false'),
        (9, 'agency "jyj" has no name'),
    ]
    assert all(finding.severity is Severity.ERROR and finding.remedy for finding in findings)


def test_two_defaults_and_shared_names_are_remarked() -> None:
    """Only one agency can be meant where none is named."""
    data = '[a]\nname="甲局"\naliases=["局"]\ndefault=true\n[b]\nname="乙局"\naliases=["局"]\ndefault=true\n'
    _, findings = read_agencies(data.encode())
    assert [(finding.line, finding.severity) for finding in findings] == [(8, Severity.ERROR), (5, Severity.WARNING)]


def test_broken_toml_is_refused_with_its_line() -> None:
    """The line comes from the parser."""
    with pytest.raises(UnreadableFile, match="no TOML") as caught:
        read_agencies("[a]\nname = 甲\n".encode())
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("某市招商局的电话", "zsj"),
        ("教育局和招商局", "jyj"),
        ("招商局与教育局招生办", "jyj"),
        ("招 商 局", None),
        ("某市教育局與招商局", "jyj"),
        ("", None),
    ],
)
def test_longest_name_in_a_text_wins(text: str, key: str | None) -> None:
    """Full names before aliases, in either script; the first agency where two are as long."""
    found = find_agency(text, (JYJ, ZSJ))
    assert (found.key if found else None) == key


def test_exact_names_are_keys_names_or_aliases() -> None:
    """What front matter may state."""
    assert [named_agency(name, (JYJ, ZSJ)) for name in ("ZSJ", "某市招商局", "招商局", "招商")] == [ZSJ, ZSJ, ZSJ, None]
