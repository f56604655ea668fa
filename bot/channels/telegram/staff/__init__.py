"""转人工: what the bot cannot answer reaches the staff's group, and their answers reach the citizen."""

from bot.channels.telegram.staff.bulletins import Bulletin
from bot.channels.telegram.staff.delivery import Delivery
from bot.channels.telegram.staff.desk import Desk
from bot.channels.telegram.staff.drafting import Drafting
from bot.channels.telegram.staff.group import Group
from bot.channels.telegram.staff.heard import Entered, Heard
from bot.channels.telegram.staff.hours import Office, Staff
from bot.channels.telegram.staff.morning import Morning

__all__ = ["Bulletin", "Delivery", "Desk", "Drafting", "Entered", "Group", "Heard", "Morning", "Office", "Staff"]
