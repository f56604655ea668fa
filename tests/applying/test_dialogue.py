"""The dialogue that leads through an application, by article 29, with what is published first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.applying.dialogue import Ending, Move, Turn, advance, ask, read_move
from bot.applying.draft import Draft, Stage
from bot.model import Applicant, ApplicantKind, Arrival, Channel, Delivery, Language, Request, Step

FRESH = Draft(Channel.CONSOLE, Language.HANS)
ANSWERS = ("2024年项目清单", Move.SKIP, Move.SKIP, "1", "张三", "1", "zhang@example.org")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def nothing(sought: str) -> str:
    return ""


def something(sought: str) -> str:
    return f"已公开：{sought}"


def said(*inputs: str | Move, draft: Draft = FRESH) -> Turn:
    """Where inputs lead, with nothing published."""
    turn = Turn(draft)
    for each in inputs:
        turn = advance(turn.draft, each, nothing)
    return turn


def test_the_fields_of_the_law_are_asked_one_by_one() -> None:
    asked = [said(*ANSWERS[:count]).draft.stage for count in range(len(ANSWERS) + 1)]
    assert asked == [
        Stage.SOUGHT,
        Stage.TITLE,
        Stage.DOCUMENT_NUMBER,
        Stage.KIND,
        Stage.NAME,
        Stage.DELIVERY,
        Stage.CONTACT,
        Stage.CONFIRM,
    ]


@pytest.mark.parametrize("unknown", ["没有", "不知道", "None"])
def test_what_says_that_a_field_is_not_known_skips_it(unknown: str) -> None:
    draft = said("2024年项目清单", unknown, unknown).draft
    assert (draft.stage, draft.answer(Stage.TITLE), draft.answer(Stage.DOCUMENT_NUMBER)) == (Stage.KIND, "", "")


def test_what_is_sought_may_be_called_so_all_the_same() -> None:
    assert said("没有").draft.answer(Stage.SOUGHT) == "没有"


def test_the_summary_shows_what_will_be_sent_and_sending_makes_the_application() -> None:
    turn = said(*ANSWERS)
    prompt = ask(turn.draft)
    for shown in ("2024年项目清单", "自然人", "张三", "电子邮件", "zhang@example.org"):
        assert shown in prompt.text
    assert "名称：" not in prompt.text
    sent = advance(turn.draft, "send", nothing)
    assert sent.ending is Ending.SENT
    application = sent.draft.application("key", NOW, "bot")
    assert application.request == Request("2024年项目清单")
    assert application.applicant == Applicant("张三", "zhang@example.org")
    assert (application.kind, application.delivery) == (ApplicantKind.PERSON, Delivery.EMAIL)
    assert (application.state, application.arrival) == (Step.REGISTERED, Arrival.ONLINE)


def test_what_is_published_is_shown_first_and_can_end_it() -> None:
    turn = advance(FRESH, "停车收费标准", something)
    assert turn.draft.stage is Stage.PUBLISHED
    assert ask(turn.draft).text.find("已公开：停车收费标准") > 0
    assert advance(turn.draft, "1", nothing).ending is Ending.PUBLISHED
    assert advance(turn.draft, "2", nothing).draft.stage is Stage.TITLE


def test_going_back_never_comes_to_a_stage_that_is_not_asked() -> None:
    assert said("清单", Move.BACK).draft.stage is Stage.SOUGHT
    assert said(Move.BACK).draft.stage is Stage.SOUGHT
    shown = advance(FRESH, "清单", something).draft
    assert advance(advance(shown, "2", nothing).draft, Move.BACK, nothing).draft.stage is Stage.PUBLISHED


def test_another_wish_is_looked_up_anew() -> None:
    shown = advance(FRESH, "停车", something).draft
    again = advance(advance(shown, Move.BACK, nothing).draft, "别的", nothing).draft
    assert (again.published, again.stage) == ("", Stage.TITLE)


def test_identity_is_asked_only_where_staff_collect_it_and_otherwise_named() -> None:
    assert Stage.IDENTITY not in FRESH.stages
    assert "这里不收集" in ask(said(*ANSWERS).draft).text
    collecting = Draft(Channel.CONSOLE, Language.HANS, with_identity=True)
    turn = said(*ANSWERS[:5], draft=collecting)
    assert turn.draft.stage is Stage.IDENTITY
    whole = said("居民身份证1", "2", "湖北省随州市1号", draft=turn.draft)
    assert "身份证明：居民身份证1" in ask(whole.draft).text
    assert "这里不收集" not in ask(whole.draft).text


def test_what_is_needed_cannot_be_skipped_or_left_empty() -> None:
    for given_ in (Move.SKIP, "  "):
        turn = said(given_)
        assert turn.draft == FRESH
        assert turn.problem == "这一项是必填的。"


def test_an_option_is_named_by_number_value_or_label_and_nothing_else() -> None:
    at_kind = said(*ANSWERS[:3])
    for named in ("2", "company", "商业企业"):
        assert said(named, draft=at_kind.draft).draft.kind is ApplicantKind.COMPANY
    for wrong in ("7", "0", "国企", ""):
        turn = said(wrong, draft=at_kind.draft)
        assert (turn.draft, bool(turn.problem)) == (at_kind.draft, True)


def test_a_contact_fits_the_form_of_delivery() -> None:
    at_contact = said(*ANSWERS[:6]).draft
    assert "电子邮箱" in said("13312345678", draft=at_contact).problem
    by_post = said("2", draft=said(*ANSWERS[:5]).draft).draft
    assert said("无", draft=by_post).problem
    assert said("随州市解放路1号", draft=by_post).draft.stage is Stage.CONFIRM


def test_words_that_are_too_long_are_not_cut_but_refused() -> None:
    assert "2000" in said("长" * 2001).problem
    assert said("长" * 2000).draft.answer(Stage.SOUGHT) == "长" * 2000


@pytest.mark.parametrize("count", range(len(ANSWERS) + 1))
def test_it_can_be_cancelled_anywhere(count: int) -> None:
    assert said(*ANSWERS[:count], Move.CANCEL).ending is Ending.CANCELLED


@pytest.mark.parametrize("count", range(len(ANSWERS) + 1))
def test_a_draft_comes_back_from_disk_as_it_was_at_every_stage(count: int) -> None:
    draft = said(*ANSWERS[:count]).draft
    assert Draft.read(draft.stored()) == draft


@pytest.mark.parametrize("language", Language)
def test_every_stage_is_asked_in_each_language(language: Language) -> None:
    prompts = set()
    for stage in Stage:
        draft = Draft(Channel.CONSOLE, language, with_identity=True, stage=stage, published="published")
        prompts.add(ask(draft).text)
        assert Move.CANCEL in ask(draft).moves
    assert len(prompts) == len(Stage)


@pytest.mark.parametrize(
    ("typed", "move"),
    [("返回", Move.BACK), (" Skip ", Move.SKIP), ("/cancel", Move.CANCEL), ("跳過", Move.SKIP), ("张三", None)],
)
def test_moves_are_read_in_words(typed: str, move: Move | None) -> None:
    assert read_move(typed) is move


@given(
    st.lists(
        st.one_of(st.sampled_from(Move), st.sampled_from(("1", "2", "send", "a@b.example", "", "随州" * 9))),
        max_size=40,
    )
)
def test_whatever_is_said_only_a_whole_application_is_sent(inputs: list[str | Move]) -> None:
    turn = Turn(FRESH)
    for each in inputs:
        turn = advance(turn.draft, each, something if each == "1" else nothing)
        if turn.ending:
            break
        assert turn.draft.stage in turn.draft.stages
    if turn.ending is Ending.SENT:
        application = turn.draft.application("", NOW, "bot")
        assert application.request
        assert application.applicant
        assert application.request.sought
        assert application.applicant.name
        assert application.applicant.contact
