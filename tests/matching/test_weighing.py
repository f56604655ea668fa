"""What a concept weighs."""

from __future__ import annotations

from hypothesis import given

from bot.matching.glossary import Glossary
from bot.matching.vocabulary import rarity
from bot.matching.weighing import Weighed, weigh
from bot.model import Term
from tests.language.strategies import texts
from tests.matching.published import GLOSSARY, Published, ask, document, section

WATER = "游泳馆的水温"
PUBLISHED = Published(
    (
        document("a", section("1", "", "信息公开情况。主动公开政府信息133条。")),
        document("b", section("1", "", "信息公开情况。行政复议没有发生。")),
        document("c", section("1", "", "信息公开情况。收费一律减免。")),
        document("d", section("1", "", "信息公开情况。")),
    )
)


def weighed(question: str, glossary: Glossary = GLOSSARY) -> tuple[Weighed, ...]:
    return weigh(ask(question, PUBLISHED, glossary), PUBLISHED)


def test_what_stands_everywhere_is_less_rare_than_what_stands_once() -> None:
    counts = [rarity(count, 100) for count in (0, 1, 50, 100)]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 0.0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common, rare = weighed("信息公开，行政复议")
    assert common.weight < rare.weight


def test_a_word_published_nowhere_still_weighs() -> None:
    """Else a question for another topic would be answered by its common words."""
    (water,) = weighed("水温")
    assert water.weight > 0
    assert not water.published


def test_what_is_said_aside_weighs_less_than_what_is_asked() -> None:
    (aside, _), (asked,) = weighed("我在写论文,行政复议怎么申请")[:2], weighed("写论文怎么办")[:1]
    assert aside.concept.aside
    assert aside.weight < asked.weight


def test_a_meaning_that_nobody_publishes_holds_nothing() -> None:
    glossary = Glossary((Term("泳池温度", ("水温",)),))
    (water,) = weighed("水温", glossary)
    assert water.meanings == ()


def test_with_nothing_published_every_word_still_has_a_weight() -> None:
    empty = Published()
    assert all(part.weight >= 0 and not part.published for part in weigh(ask("行政复议怎么申请", empty), empty))


@given(texts)
def test_no_concept_weighs_less_than_nothing(question: str) -> None:
    assert all(part.weight >= 0.0 for part in weighed(question))
