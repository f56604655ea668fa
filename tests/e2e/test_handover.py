"""转人工 across crashes: a real process killed after each step, and nothing lost or said twice."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from bot.channels.telegram.staff.wording import wording
from bot.model import Language
from tests.botapi import BotApi, RefusalError
from tests.e2e.service import Process, write_reports

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

CITIZEN, STAFF, ZHANG = 7001234567, -1007001, 501
START_SECONDS = 60.0
DOWN = RefusalError(502, "Bad Gateway")


def test_killed_after_each_step_the_answer_arrives_once_and_is_told_once(tmp_path: Path) -> None:
    write_reports(tmp_path)
    with BotApi() as api:
        api.state.chats[STAFF] = {"id": STAFF, "type": "supergroup", "title": "值班", "is_forum": True}
        bot = Process(tmp_path, api, BOT_STAFF_CHAT=str(STAFF))
        with bot.running() as process:
            api.user_sends(CITIZEN, "2017年主动公开信息多少条")
            (offered,) = api.wait_for_sent(CITIZEN, seconds=START_SECONDS)
            api.fail("sendMessage", DOWN, times=1000)
            api.fail("createForumTopic", DOWN, times=1000)
            api.user_presses(offered, "转人工")
            api.wait_for(lambda: bool(api.calls("createForumTopic")))
            _kill(process)
        api.state.faults.clear()
        with bot.running() as process:
            (card,) = api.wait_for_sent(STAFF, seconds=START_SECONDS)
            api.wait_for_sent(CITIZEN, 2)
            api.fail("sendMessage", DOWN, times=1000)
            topic = {"message_thread_id": card.thread, "is_topic_message": True}
            api.wait_until_read(api.user_sends(STAFF, "是133条。", user_id=ZHANG, **topic))
            _kill(process)
        api.state.faults.clear()
        with bot.running() as process:
            api.wait_for_sent(STAFF, 2, START_SECONDS)
            # What is answered last was sent after whatever the crash left behind.
            api.user_sends(CITIZEN, "2018年主动公开信息多少条")
            api.wait_for(lambda: "256条" in api.sent(CITIZEN)[-1].text, START_SECONDS)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        assert [message.text for message in api.sent(STAFF)[1:]] == [wording(Language.HANS).delivered]
        assert sum("是133条。" in message.text for message in api.sent(CITIZEN)) == 1
        assert len(api.state.topics) == 1


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(10)
