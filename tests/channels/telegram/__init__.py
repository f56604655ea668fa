"""Tests of the Telegram channel; those over HTTP speak to the strict Bot API in `tests.botapi`."""
