"""Settings: the environment, then the .env file, then defaults, else an error that names the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Address, BadSetting, Secret, Webhook, load_settings

TOKEN = "123456:AAF-secret"


def test_nothing_has_to_be_set() -> None:
    """`make run` works in a fresh clone."""
    settings = load_settings({}, None)
    assert (settings.knowledge, settings.index, settings.secret_file) == (
        Path("knowledge"),
        Path("var/index"),
        Path("var/secret"),
    )
    assert settings.database_url.reveal() == "sqlite:///var/bot.db"
    assert not settings.telegram_token
    assert settings.telegram_api == ""


def test_the_environment_is_read() -> None:
    settings = load_settings(
        {
            "BOT_KNOWLEDGE": "/k",
            "BOT_DATABASE_URL": "postgresql://u:p@h/d",
            "BOT_INDEX": "/i",
            "BOT_SECRET_FILE": "/s",
            "BOT_TELEGRAM_TOKEN": f" {TOKEN}\n",
            "BOT_TELEGRAM_API": "http://127.0.0.1:8081/bot",
        },
        None,
    )
    assert (settings.knowledge, settings.index, settings.secret_file) == (Path("/k"), Path("/i"), Path("/s"))
    assert settings.database_url.reveal() == "postgresql://u:p@h/d"
    # A line break from a copied token would end up in a URL.
    assert settings.telegram_token.reveal() == TOKEN
    assert settings.telegram_api == "http://127.0.0.1:8081/bot"


def test_the_process_has_an_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_KNOWLEDGE", "/from/process")
    assert load_settings(env_file=None).knowledge == Path("/from/process")


def test_the_environment_goes_before_the_file_and_the_file_before_defaults(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("BOT_KNOWLEDGE=/file\nBOT_INDEX=/file/index\n", encoding="utf-8")
    settings = load_settings({"BOT_KNOWLEDGE": "/environment"}, file)
    assert (settings.knowledge, settings.index) == (Path("/environment"), Path("/file/index"))
    assert settings.secret_file == Path("var/secret")


def test_an_empty_variable_switches_the_files_value_off(tmp_path: Path) -> None:
    """`BOT_TELEGRAM_TOKEN= bot run` serves the console where the file has a token."""
    file = tmp_path / ".env"
    file.write_text(f"BOT_TELEGRAM_TOKEN={TOKEN}\n", encoding="utf-8")
    assert load_settings({}, file).telegram_token
    assert not load_settings({"BOT_TELEGRAM_TOKEN": ""}, file).telegram_token


def test_a_file_as_windows_saves_it_is_read(tmp_path: Path) -> None:
    """With a byte order mark, CRLF and quotation marks."""
    file = tmp_path / ".env"
    file.write_bytes('BOT_KNOWLEDGE="公开 信息"\r\nBOT_INDEX=索引\r\n'.encode("utf-8-sig"))
    settings = load_settings({}, file)
    assert (settings.knowledge, settings.index) == (Path("公开 信息"), Path("索引"))


def test_a_file_in_another_encoding_is_refused_with_a_remedy(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("BOT_KNOWLEDGE=公开信息\n".encode("gb18030"))
    with pytest.raises(BadSetting, match=r"\.env: this is no UTF-8 text; save it as UTF-8"):
        load_settings({}, file)


def test_a_missing_file_is_none(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env") == load_settings({}, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TELEGRAM_TOKEN", "secret-without-a-colon"),
        ("BOT_TELEGRAM_API", "secret-in-the-wrong-line"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_not_quoted(name: str, value: str) -> None:
    """Whoever mixed up two lines must not find the token in the log."""
    with pytest.raises(BadSetting) as raised:
        load_settings({name: value}, None)
    assert str(raised.value).startswith(f"{name}: ")
    assert value not in str(raised.value)


WEBHOOK = "https://bot.example.gov.cn:8443/telegram/in"


def test_a_webhook_has_a_public_address_and_one_to_listen_on() -> None:
    assert load_settings({}, None).telegram_webhook is None
    found = load_settings({"BOT_TELEGRAM_WEBHOOK": WEBHOOK}, None).telegram_webhook
    assert found == Webhook(WEBHOOK, Address("127.0.0.1", 8080))
    assert found.path == "/telegram/in"


@pytest.mark.parametrize(
    ("value", "host", "port", "shown"),
    [("0.0.0.0:80", "0.0.0.0", 80, "0.0.0.0:80"), ("[::1]:8080", "::1", 8080, "[::1]:8080")],  # noqa: S104
)
def test_where_to_listen_is_an_address_and_a_port(value: str, host: str, port: int, shown: str) -> None:
    settings = load_settings({"BOT_TELEGRAM_WEBHOOK": WEBHOOK, "BOT_TELEGRAM_WEBHOOK_LISTEN": value}, None)
    assert settings.telegram_webhook
    assert settings.telegram_webhook.listen == Address(host, port)
    assert str(settings.telegram_webhook.listen) == shown


@pytest.mark.parametrize(
    "value",
    [
        "http://bot.example.gov.cn/telegram",
        "https:///telegram",
        "https://bot.example.gov.cn",
        "https://bot.example.gov.cn/",
        "https://bot.example.gov.cn/电报",
        "https://bot.example.gov.cn/{path}",
        "https://bot.example.gov.cn/telegram?a=b",
        "https://bot.example.gov.cn:8080/telegram",
        "https://bot.example.gov.cn:port/telegram",
    ],
)
def test_a_webhook_that_telegram_would_not_take_is_said(value: str) -> None:
    with pytest.raises(BadSetting, match=r"^BOT_TELEGRAM_WEBHOOK: "):
        load_settings({"BOT_TELEGRAM_WEBHOOK": value}, None)


@pytest.mark.parametrize(
    "value", ["8080", ":8080", "localhost", "localhost:", "localhost:0", "localhost:65536", "localhost:８０"]
)
def test_what_is_no_address_to_listen_on_is_said(value: str) -> None:
    with pytest.raises(BadSetting, match=r"^BOT_TELEGRAM_WEBHOOK_LISTEN: "):
        load_settings({"BOT_TELEGRAM_WEBHOOK": WEBHOOK, "BOT_TELEGRAM_WEBHOOK_LISTEN": value}, None)


def test_health_is_served_where_an_address_is_set() -> None:
    assert load_settings({}, None).health is None
    assert load_settings({"BOT_HEALTH_LISTEN": "127.0.0.1:9090"}, None).health == Address("127.0.0.1", 9090)
    with pytest.raises(BadSetting, match=r"^BOT_HEALTH_LISTEN: "):
        load_settings({"BOT_HEALTH_LISTEN": "9090"}, None)


def test_secrets_hide_from_whoever_prints_the_settings() -> None:
    settings = load_settings({"BOT_TELEGRAM_TOKEN": TOKEN, "BOT_DATABASE_URL": "postgresql://u:hidden@h/d"}, None)
    for shown in (repr(settings), str(settings), f"{settings.telegram_token} {settings.database_url!r}"):
        assert "AAF" not in shown
        assert "hidden" not in shown
    assert repr(Secret("")) == "Secret()"


def test_settings_compare_by_their_values() -> None:
    """Two readings of one environment are equal; another token makes another setting."""
    assert load_settings({}, None) == load_settings({}, None)
    assert load_settings({"BOT_TELEGRAM_TOKEN": TOKEN}, None) != load_settings({}, None)


def test_the_staffs_group_is_a_groups_number() -> None:
    assert load_settings({}, None).staff_chat == 0
    assert load_settings({"BOT_STAFF_CHAT": " -1001234567890 "}, None).staff_chat == -1001234567890
    for wrong in ("1001234567890", "@staff", "-", "-0", "-１"):
        with pytest.raises(BadSetting, match="BOT_STAFF_CHAT"):
            load_settings({"BOT_STAFF_CHAT": wrong}, None)
