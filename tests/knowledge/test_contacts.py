"""The contact that a document names itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.contacts import stated_contact
from bot.knowledge.lines import split_lines
from bot.model import AgencyContact


def contact(text: str) -> AgencyContact | None:
    return stated_contact(split_lines(text), "甲市粮食局")


def test_labelled_fields_are_taken_as_published() -> None:
    text = (
        "申请人可以当面提交。\n联系部门：办公室，联系电话：0700-1234567，传真：0700-1234568\n"
        "办公地址：甲市乙区丙路1号行政楼201室；办公时间：周一至周五9:00-12:00，14:00-17:00\n电子邮箱：lsj@example.gov.cn"
    )
    assert contact(text) == AgencyContact(
        "甲市粮食局",
        department="办公室",
        phone="0700-1234567",
        fax="0700-1234568",
        address="甲市乙区丙路1号行政楼201室",
        hours="周一至周五9:00-12:00，14:00-17:00",
        email="lsj@example.gov.cn",
    )


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("联系电话：0700-1234567、1234569", "0700-1234567、1234569"),
        ("聯繫電話：（0700）1234567", "（0700）1234567"),
        ("（咨询电话：0700－1234567）", "0700－1234567"),
        ("咨询热线：12345", "12345"),
        ("服务电话 : 400-810-1234。", "400-810-1234"),
        ("联系电话：0700-1234567转8001", "0700-1234567转8001"),
    ],
)
def test_telephones_are_told_in_their_usual_forms(text: str, phone: str) -> None:
    found = contact(text)
    assert (found.phone if found else "") == phone


@pytest.mark.parametrize(
    "text",
    [
        "全年接听咨询电话300个。",
        "联系电话：13812345678",
        "办公时间：周一至周五",
        "甲科 联系电话：0700-1111111\n乙科 联系电话：0700-2222222",
        "要求公布联系电话、办公地址。",
        "联系电话：",
    ],
)
def test_no_contact_is_made_of_a_private_number_a_directory_or_mere_words(text: str) -> None:
    assert contact(text) is None


@given(st.text(alphabet="联系电话办公地址：:0700-1234567，。；\n ", max_size=80))
def test_any_text_gives_only_what_it_says(text: str) -> None:
    found = contact(text)
    assert found is None or all(part in text for part in found.phone.split("、"))
