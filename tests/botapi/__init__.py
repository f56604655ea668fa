"""A strict local Bot API for tests: what Telegram refuses it refuses, and faults come when a test asks for them.

```python
with BotApi() as api:
    ...  # a bot with the token api.token polls api.url
    api.user_sends(7, "2017年主动公开多少条")
    (answer,) = api.wait_for_sent(7)
    api.user_presses(answer, "全文")
```
"""

from tests.botapi.driver import TOKEN, BotApi
from tests.botapi.errors import BLOCKED, RefusalError
from tests.botapi.server import Server
from tests.botapi.state import BOT_ID, BOT_NAME, Button, Fault, Sent

__all__ = ["BLOCKED", "BOT_ID", "BOT_NAME", "TOKEN", "BotApi", "Button", "Fault", "RefusalError", "Sent", "Server"]
