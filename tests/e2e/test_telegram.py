"""`bot run` as an agency runs it: a real process, a real database, a strict Telegram."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram.words import words
from bot.model import Language
from tests.addresses import free_address
from tests.botapi import BOT_NAME, BotApi, Fault
from tests.e2e.service import Process, write_reports

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

CITIZEN = 7001234567
GROUP = -1001234567890
START_SECONDS = 60.0


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def bot(tmp_path: Path, api: BotApi) -> Process:
    """`bot run`, ready to start on a small folder of two reports."""
    write_reports(tmp_path)
    return Process(tmp_path, api)


def test_start_question_and_full_text(api: BotApi, bot: Process) -> None:
    with bot.running() as process:
        api.user_sends(CITIZEN, "/start")
        (greeting,) = api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        assert "随州市招商局" in greeting.text

        api.user_sends(CITIZEN, "2017年主动公开信息多少条")
        answer = api.wait_for_sent(CITIZEN, 2)[1]
        assert "133条" in answer.text
        assert "256条" not in answer.text
        assert "出处：随州市招商局2017年政府信息公开年度报告" in answer.text
        assert "2018-02-05" in answer.text
        assert "12345" in answer.text
        assert answer.styled("bold")

        api.user_sends(CITIZEN, "2017年信息公开收费情况")
        cut = api.wait_for_sent(CITIZEN, 3)[2]
        assert "第十季度" not in cut.text
        api.user_presses(cut, "全文")
        whole = api.wait_for_sent(CITIZEN, 4)[3]
        assert "第一季度" in whole.text
        assert "第十季度" in whole.text

        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_choice_button_quotes_the_chosen_passage(api: BotApi, bot: Process) -> None:
    with bot.running():
        # Both years answer it, and it names none.
        api.user_sends(CITIZEN, "主动公开信息多少条")
        (offer,) = api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        assert offer.buttons, offer.text
        assert offer.buttons[0].text.startswith("1 ")
        assert {"2017", "2018"} <= {
            year for button in offer.buttons for year in ("2017", "2018") if year in button.text
        }
        query = api.user_presses(offer, "2 ")
        quoted = api.wait_for_sent(CITIZEN, 2)[1]
        api.wait_for(lambda: query in api.state.query_answers)
        assert "出处：随州市招商局" in quoted.text


def test_group_hears_nothing_until_it_names_the_bot(api: BotApi, bot: Process) -> None:
    with bot.running():
        silent = api.user_sends(GROUP, "2017年主动公开信息多少条", user_id=CITIZEN)
        api.wait_until_read(silent, START_SECONDS)
        api.user_sends(GROUP, f"@{BOT_NAME} 2018年主动公开信息多少条", user_id=CITIZEN)
        (answer,) = api.wait_for_sent(GROUP)
        assert "256条" in answer.text
        assert answer.reply_to


def test_looked_up_from_another_chat_and_blocked_and_served_again(api: BotApi, bot: Process) -> None:
    """Staff block a citizen beside the running bot, by a record, and nobody has to know who that is."""
    with bot.running():
        query = api.user_searches(CITIZEN, "2017年主动公开")
        api.wait_for(lambda: query in api.state.inline_answers, START_SECONDS)
        (card, *_) = api.state.inline_answers[query]["results"]
        assert "2017" in card["title"]
        assert "133条" in card["input_message_content"]["message_text"]

        api.user_sends(CITIZEN, "2017年主动公开信息多少条")
        api.wait_for_sent(CITIZEN)
        reference = next(cell for cell in bot.cells_on_record() if cell.startswith("ZX-"))
        assert reference in bot.does("citizens", "block", reference)
        api.user_sends(CITIZEN, "2018年主动公开信息多少条")
        told = api.wait_for_sent(CITIZEN, 2)[1]
        assert told.text.startswith(words(Language.HANS).blocked)
        silent = api.user_searches(CITIZEN, "2018年主动公开")
        api.user_sends(CITIZEN, "/help")
        api.user_sends(CITIZEN + 1, "/help")
        api.wait_for_sent(CITIZEN + 1)
        assert len(api.sent(CITIZEN)) == 2
        assert not api.state.inline_answers.get(silent, {}).get("results")

        bot.does("citizens", "unblock", reference)
        api.user_sends(CITIZEN, "2018年主动公开信息多少条")
        assert "256条" in api.wait_for_sent(CITIZEN, 3)[2].text
    assert bot.cells_on_record().count("2018年主动公开信息多少条") == 1


def test_killed_with_fifty_questions_in_flight_it_loses_none(api: BotApi, bot: Process) -> None:
    question = "2017年主动公开信息多少条"
    chats = range(8001, 8051)
    with bot.running() as process:
        api.user_sends(CITIZEN, "/help")
        api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        api.fail("sendMessage", Fault(delay_seconds=0.2), times=1000)
        for chat in chats:
            last = api.user_sends(chat, question)
        # Telegram has forgotten all of them when the process dies with most of them unanswered.
        api.wait_until_read(last)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    answered = sum(bool(api.sent(chat)) for chat in chats)
    assert answered < len(chats)
    assert not api.state.updates

    api.state.faults.clear()
    with bot.running() as process:
        api.wait_for(lambda: all(api.sent(chat) for chat in chats), START_SECONDS)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert all("133条" in api.sent(chat)[-1].text for chat in chats)
    assert bot.cells_on_record().count(question) == len(chats)


def test_log_holds_no_citizen_no_token_and_no_question(api: BotApi, bot: Process) -> None:
    with bot.running() as process:
        api.user_sends(CITIZEN, "2017年主动公开信息多少条")
        api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        api.raw_update({"message": {"text": "秘密的话", "date": "broken"}})
        api.fail("sendMessage", Fault(drops=True))
        api.user_sends(CITIZEN, "再问一次主动公开信息")
        api.wait_for_sent(CITIZEN, 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    log = bot.log.read_text(encoding="utf-8")
    assert "telegram.started" in log
    for secret in (str(CITIZEN), api.token, api.token.split(":")[1], "主动公开信息", "秘密的话"):
        assert secret not in log


def test_webhook_and_health_of_a_real_process(api: BotApi, tmp_path: Path) -> None:
    """Behind a proxy, watched, stopped by SIGTERM; the log holds no more than with polling."""
    write_reports(tmp_path)
    listen, health = free_address(), free_address()
    api.lead("bot.example.org", str(listen))
    bot = Process(
        tmp_path,
        api,
        BOT_TELEGRAM_WEBHOOK="https://bot.example.org/telegram",
        BOT_TELEGRAM_WEBHOOK_LISTEN=str(listen),
        BOT_HEALTH_LISTEN=str(health),
    )
    with bot.running() as process:
        api.user_sends(CITIZEN, "2017年主动公开信息多少条")
        (answer,) = api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        assert "133条" in answer.text
        ready = httpx.get(f"http://{health}/ready", timeout=10)
        assert (ready.status_code, ready.json()["index"]) == (200, 1)
        told = httpx.get(f"http://{health}/metrics", timeout=10).text
        assert 'bot_decisions_total{kind="inquiry",verdict="answer"} 1.0' in told
        assert "bot_generation 1.0" in told
        assert httpx.post(f"http://{listen}/telegram", json={}, timeout=10).status_code == 403
        api.raw_update({"message": {"text": "秘密的话", "date": "broken"}})
        api.wait_for(lambda: not api.state.updates)
        process.send_signal(signal.SIGTERM)
        assert process.wait(12) == 0
    log = bot.log.read_text(encoding="utf-8")
    assert "by=webhook" in log
    secret = str(api.calls("setWebhook")[0]["secret_token"])
    for hidden in (str(CITIZEN), api.token, "主动公开信息", "秘密的话", secret):
        assert hidden not in log
        assert hidden not in told


def test_a_second_process_says_so_and_exits_with_an_error(api: BotApi, bot: Process) -> None:
    with bot.running() as first:
        api.user_sends(CITIZEN, "/help")
        api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        with bot.running() as second:
            assert second.wait(START_SECONDS) != 0
        api.user_sends(CITIZEN, "/help")
        api.wait_for_sent(CITIZEN, 2)
        assert first.poll() is None
    assert "another process" in bot.log.read_text(encoding="utf-8")


def test_a_button_of_a_withdrawn_document_says_that_it_is_withdrawn(api: BotApi, bot: Process, tmp_path: Path) -> None:
    """The folder is watched while Telegram is served; the log says what was published, and where something is broken."""
    with bot.running():
        api.user_sends(CITIZEN, "2017年信息公开收费情况")
        (cut,) = api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
        (tmp_path / "knowledge/reports/2018.md").write_text("---\ndate: 不详\n---\n\n甲。\n", encoding="utf-8")
        (tmp_path / "knowledge/reports/2017.md").unlink()
        deadline = time.monotonic() + START_SECONDS
        while "1 withdrawn" not in (log := bot.log.read_text(encoding="utf-8")) or "2018.md:2" not in log:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert 'knowledge/reports/2018.md:2: date "不详" is no date' in log
        api.user_presses(cut, "全文")
        said = api.wait_for_sent(CITIZEN, 2)[1]
        assert "撤下" in said.text
        assert "季度" not in said.text
