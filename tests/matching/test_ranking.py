"""What holds most of what is asked, most plainly, stands first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.figures import wanted
from bot.matching.ranking import Candidate, echoes, judge, rank
from bot.matching.scoring import Features, Weights, score
from bot.model import OPENING, RequestKind
from tests.language.strategies import texts
from tests.matching.published import PUBLISHED, Published, ask, document, place, probe_of, ranked, section

SHARES = st.floats(0, 1)
FEATURES = st.builds(
    Features,
    whole=SHARES,
    sentence=SHARES,
    characters=SHARES,
    named=SHARES,
    retrieval=SHARES,
    wanted=SHARES,
    opening=st.sampled_from((0.0, 1.0)),
)


def best(question: str, published: Published = PUBLISHED) -> str:
    return place(ranked(question, published)[0])


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("主动公开多少条", "2.1"),
        ("主动公开的形式", "2.2"),
        ("接待客商多少人次", "3"),
        ("上门多少人次", "3"),
        ("要钱吗", "4"),
        ("有没有收费", "4"),
        ("行政复议情况", "5"),
        ("行政附议情况", "5"),
        ("行政议复情况", "5"),
        ("複議情況", "5"),
        ("xingzheng fuyi", "5"),
        ("xingzhengfuyi qingkuang", "5"),
        ("administrative review", "5"),
        ("what fees", "4"),
        ("行政复议 how many", "5"),
        ("来电来信访多少人次", "3"),
    ],
)
def test_the_section_that_is_asked_for_stands_first(question: str, number: str) -> None:
    """However it is put or mistyped."""
    assert best(question) == f"reports/2017#{number}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("今天天气怎么样", True),
        ("哪一天算", False),
        ("那一添算收到申情", False),
        ("yitian qiwen", False),
    ],
)
def test_a_passage_that_sounds_like_a_part_of_the_question_only_echoes_it(question: str, expected: bool) -> None:
    """What holds a word of it, sounds like most of it, or is asked for in pinyin does not."""
    clocks = document("guides/clocks", section("1", "从哪一天算收到申请", "当面提交的，从提交的第二天起算。"))
    published = Published((clocks,))
    analysis = ask(question, published)
    probe = probe_of(analysis, published)
    (judged,) = judge(analysis, probe, published.candidates(), Weights())
    assert echoes(analysis, probe, judged) is expected


@pytest.mark.parametrize("question", ["主动公开政府信息多少条", "行政复议", "公布的目录", "zhudong gongkai"])
def test_the_place_of_a_sentence_in_its_passage_does_not_matter(question: str) -> None:
    """One that holds all that the passage holds need not be the last that is looked at."""
    sentences = ("主动公开政府信息133条。", "公开目录已经更新。", "没有行政复议。", "群众满意。")
    texts = "".join(sentences), "".join(reversed(sentences))
    passages = [Published((document("a", section("1", "概述", text)),)) for text in texts]
    one, other = (ranked(question, published)[0].score for published in passages)
    assert one == pytest.approx(other)


def test_the_section_with_the_unit_that_is_asked_for_stands_first() -> None:
    """多少条 wants a number of 条; 第三十条 is an article and 133人次 is another figure."""
    published = Published(
        (
            document("article", section("1", "主动公开", "主动公开依照《条例》第三十条。")),
            document("persons", section("1", "主动公开", "主动公开接待133人次。")),
            document("items", section("1", "主动公开", "主动公开信息共有133条。")),
        )
    )
    assert [place(match) for match in ranked("主动公开多少条", published)] == ["items#1", "persons#1", "article#1"]


@pytest.mark.parametrize(
    "question", ["主动公开多少条", "主动公开政府信息多少条", "主动公开情况", "主动公开政府信息133条"]
)
def test_a_whole_does_not_stand_before_a_part_that_holds_as_much(question: str) -> None:
    """The part says the same, and only that."""
    whole = section("2", "二、主动公开情况", "主动公开政府信息133条，另有其他工作。")
    part = section("2.1", "（一）主动公开情况", "主动公开政府信息133条，另有其他工作。", "二、主动公开情况")
    assert best(question, Published((document("a", whole, part),))) == "a#2.1"


def test_no_weights_put_a_whole_before_a_part_that_holds_as_much() -> None:
    """What rank() promises is to hold whatever is fitted."""
    whole = section("2", "二、主动公开", "主动公开政府信息133条，做法如下。")
    part = section("2.1", "（一）数量", "主动公开政府信息133条。", "二、主动公开")
    published = Published((document("a", whole, part),))
    analysis = ask("主动公开多少条", published)
    weights = Weights(whole=0.2, sentence=0.1, named=0.5, retrieval=0.2, outdone=0.9)
    (first, _) = rank(analysis, probe_of(analysis, published), published.candidates(), weights)
    assert place(first) == "a#2.1"


def test_a_whole_stands_before_a_part_that_holds_less() -> None:
    whole = section("2", "二、主动公开情况", "主动公开政府信息133条。")
    part = section("2.1", "（一）形式", "以网络为主。", "二、主动公开情况")
    assert best("主动公开多少条", Published((document("a", whole, part),))) == "a#2"


def test_what_announces_stands_behind_the_section_that_says_it() -> None:
    """The words before the first heading name every topic and answer none."""
    opening = section(OPENING, "", "本报告说明行政复议情况。")
    said = section("1", "一、行政复议情况", "没有发生行政复议。")
    published = Published((document("a", opening, said),))
    assert best("行政复议情况", published) == "a#1"
    assert best("行政复议", Published((document("a", said, opening),))) == "a#1"


def test_a_heading_that_is_the_question_stands_before_a_mention() -> None:
    published = Published(
        (
            document("mention", section("1", "一、概述", "本年度工作很多，包括收费、复议、接待、宣传和培训。")),
            document("topic", section("1", "二、收费", "没有收费。")),
        )
    )
    assert best("收费", published) == "topic#1"


def test_a_document_is_found_by_an_alias() -> None:
    parking = document("parking", section("1", "", "每小时5元。"), title="停车场管理规定", aliases=["泊车几钱"])
    canteen = document("canteen", section("1", "", "每天7点开门。"), title="食堂管理规定")
    assert best("泊车几钱", Published((canteen, parking))) == "parking#1"


def test_another_topic_scores_low() -> None:
    (first, *_) = ranked("游泳馆的水温")
    (asked, *_) = ranked("行政复议情况")
    assert first.score < asked.score / 2


@pytest.mark.parametrize("question", ["", "多少条", "2017年", "的了吗"])
def test_a_question_about_nothing_matches_nothing(question: str) -> None:
    assert all(match.score < 0.2 for match in ranked(question))


def test_without_candidates_there_are_no_matches() -> None:
    analysis = ask("收费")
    assert rank(analysis, probe_of(analysis), (), Weights()) == ()


def test_a_passage_of_the_asked_year_is_ranked_however_many_other_years_say_it_better() -> None:
    """Else the year seems unpublished."""
    plain = [document(str(year), section("1", "主动公开", "主动公开133条。"), year=year) for year in range(2011, 2025)]
    wordy = document("2010", section("1", "概述", "全年工作很多。" * 20 + "公开98条。"), year=2010)
    assert "2010#1" in [place(match) for match in ranked("2010年主动公开多少条", Published((*plain, wordy)))]


@given(FEATURES)
def test_a_score_is_from_0_to_1(features: Features) -> None:
    assert 0.0 <= score(features, Weights()) <= 1.0


@given(FEATURES, st.sampled_from(("whole", "sentence", "characters", "named", "retrieval", "wanted")), SHARES)
def test_more_of_anything_never_scores_less(features: Features, name: str, share: float) -> None:
    less, more = sorted((getattr(features, name), share))
    values = {field: getattr(features, field) for field in Features._fields}
    assert (
        score(Features(**values | {name: less}), Weights())
        <= score(Features(**values | {name: more}), Weights()) + 1e-9
    )


@given(texts, texts, texts)
def test_any_question_to_any_passage_scores_from_0_to_1_best_first(question: str, title: str, passage: str) -> None:
    published = Published(
        (document("a", section("1", title, passage), section("1.1", passage, title, title), title=title),)
    )
    for text in (question, question + passage):
        scores = [match.score for match in ranked(text, published)]
        assert len(scores) == 2
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= one <= 1.0 for one in scores)


def test_what_is_found_well_stands_before_what_is_found_badly() -> None:
    """Of two that say the same, the index's order stays."""
    analysis = ask("收费")
    found = [
        Candidate(document(name), section("1", "收费", "没有收费。"), share) for name, share in (("a", 0.2), ("b", 1.0))
    ]
    matches = rank(analysis, probe_of(analysis), found, Weights())
    assert [match.document.id for match in matches] == ["b", "a"]


def holds(question: str, sentence: str) -> float:
    return wanted(ask(question), sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("多少条", "共133条"),
        ("多少条", "133 条"),
        ("多少条", "130多条"),
        ("多少条", "1,330条"),
        ("多少条", "一百三十三条"),
        ("多少条", "两条"),
        ("多少条", "0条"),
        ("多少人次", "510余人次"),
        ("百分比", "占3.5%"),
        ("数量", "共133条"),
        ("多少元", "每件100元"),
        ("什么时候", "每月通报"),
        ("什么时候", "2018年2月5日"),
        ("多久", "20个工作日"),
        ("怎么办", "没有数字"),
        ("答复要多少个工作日", "20个工作日内答复"),
        ("期限几个月", "期限3个月"),
        ("开放几个小时", "开放24个小时"),
    ],
)
def test_the_wanted_figure_is_seen(question: str, sentence: str) -> None:
    assert holds(question, sentence) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("多少条", "依照第三十条"),
        ("多少条", "依照第30条"),
        ("多少条", "依照《条例》"),
        ("多少条", "条件成熟"),
        ("数量", "没有"),
        ("数量", "2017年,公开工作有序"),
        ("投诉多少件", "汽车零件投诉很多"),
        ("什么时候", "尽快办理"),
    ],
)
def test_no_figure_is_seen_where_none_is(question: str, sentence: str) -> None:
    assert holds(question, sentence) == 0.0


def test_another_figure_is_better_than_none_and_worse_than_the_right_one() -> None:
    assert holds("多少条", "没有") < holds("多少条", "133人次") < holds("多少条", "133条")


@pytest.mark.parametrize(
    ("question", "sentence"), [("停车多少钱", "停车每小时5元"), ("答复要几天", "20个工作日内答复")]
)
def test_the_unit_as_documents_write_it_is_seen(question: str, sentence: str) -> None:
    assert holds(question, sentence) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [("多久答复", "自收到申请之日起十五日内答复"), ("什么时候开放", "延长两个月"), ("什么时候开放", "每天7点开放")],
)
def test_a_time_as_documents_write_it_is_seen(question: str, sentence: str) -> None:
    assert holds(question, sentence) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("多少条", "依照第三十、三十一条"),
        ("多少条", "依照第 30 条"),
    ],
)
def test_what_only_looks_like_a_figure_is_none(question: str, sentence: str) -> None:
    assert holds(question, sentence) == 0.0


def test_small_talk_is_wanted_of_nothing() -> None:
    analysis = ask("你好")
    assert analysis.kind is RequestKind.GREETING
    assert all(match.score < 0.2 for match in rank(analysis, probe_of(analysis), PUBLISHED.candidates(), Weights()))
