"""The times that a question is about, and the numbers that are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.normalise import fold
from bot.language.periods import asks_for_latest, parse_date, periods_in, without_periods, years_in
from tests.language.strategies import texts

TODAY = date(2026, 5, 20)


def spans(text: str) -> list[str]:
    """The periods of a question as ``2017``, ``2015..2017`` or ``2017-03-01..2017-03-31``."""
    return [
        (str(found.first.year) if found.first.year == found.last.year else f"{found.first.year}..{found.last.year}")
        if found.whole_years
        else f"{found.first}..{found.last}"
        for found in periods_in(fold(text), TODAY)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2017年", "2017 年", "2017年度报告", "2017年报", "二〇一七年", "二零一七年", "二○一七年", "２０１７年", "2017",
        "民国106年", "17年", "17年度", "一七年", "17年报", "17年多少条", "17年内容", "17年来信", "17年代表建议",
        "17年期间", "17年后续工作", "17年底", "你好,17年公开了多少", "你好,2017公开了多少", "问题:2017的数量",
        "in 2017", "What was published in 2017?", "published in 2017.", "2017's report", "2017nian", "2017 nian",
        "2017niandubaogao", "2017nianduoshaotiao", "17nian", "关于2017的报告", "2017人大代表建议", "2017项目信息",
        "2017条例", "2017元旦", "2017部门预算", "2017个税",
    ],
)  # fmt: skip
def test_a_year_is_read_however_it_is_written(text: str) -> None:
    assert spans(text) == ["2017"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年", 2025), ("前年", 2024), ("大前年", 2023), ("今年", 2026), ("本年度", 2026), ("上年", 2025),
        ("上一年", 2025), ("明年", 2027), ("后年", 2028), ("last year", 2025), ("this year", 2026),
        ("next year", 2027), ("qunian", 2025), ("qu nian", 2025), ("jinnian", 2026), ("98年", 1998), ("09年", 2009),
        ("〇九年", 2009), ("26年", 2026), ("27年", 2027), ("我想去年检查的结果", 2025), ("1949年", 1949),
        ("请问去年的", 2025), ("2030年规划", 2030),
    ],
)  # fmt: skip
def test_relative_and_short_years_are_counted_from_today(text: str, year: int) -> None:
    assert spans(text) == [str(year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015至2017年", "2015..2017"), ("2015年到2017年", "2015..2017"), ("2015-2017年", "2015..2017"),
        ("2015—2017年", "2015..2017"), ("2015~2017", "2015..2017"), ("2015——2017年", "2015..2017"),
        ("from 2015 to 2017", "2015..2017"), ("2015-17年", "2015..2017"), ("15至17年", "2015..2017"),
        ("15年到17年", "2015..2017"), ("二〇一五至二〇一七年", "2015..2017"), ("98年至2001年", None),
    ],
)  # fmt: skip
def test_a_range_is_one_period(text: str, expected: str | None) -> None:
    if expected is None:
        assert spans(text)[-1] == "2001"
    else:
        assert spans(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015、2016年", ["2015", "2016"]),
        ("2015和2017年", ["2015", "2017"]),
        ("2015年、2016年和2017年", ["2015", "2016", "2017"]),
        ("2016,2017", ["2016", "2017"]),
        ("17和18年", ["2017", "2018"]),
        ("16、17、18年", ["2016", "2017", "2018"]),
        ("去年和前年", ["2025", "2024"]),
        ("2017年比2016年多多少", ["2017", "2016"]),
    ],
)
def test_several_years_are_read_in_order(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("近三年", (2024, 2025, 2026)), ("近3年", (2024, 2025, 2026)), ("最近两年", (2025, 2026)), ("近一年", (2025, 2026)),
        ("近几年", (2024, 2025, 2026)), ("这两年", (2025, 2026)), ("过去五年", (2021, 2022, 2023, 2024, 2025)),
        ("前三年", (2023, 2024, 2025)), ("last 3 years", (2023, 2024, 2025)), ("the last two years", (2024, 2025)),
        ("past five years", (2021, 2022, 2023, 2024, 2025)), ("the last few years", (2023, 2024, 2025)),
    ],
)  # fmt: skip
def test_recent_years_reach_back_from_today(text: str, years: tuple[int, ...]) -> None:
    """近三年 are this year and the two before it; 过去三年 the three that are over."""
    (found,) = periods_in(fold(text), date(2026, 11, 24))
    assert found.whole_years
    assert found.years == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017年一季度", "2017-01-01..2017-03-31"), ("2017年第一季度", "2017-01-01..2017-03-31"),
        ("2017年首季", "2017-01-01..2017-03-31"), ("2017年第2季度", "2017-04-01..2017-06-30"),
        ("2017年四季度", "2017-10-01..2017-12-31"), ("2017第三季度", "2017-07-01..2017-09-30"),
        ("2017年前三季度", "2017-01-01..2017-09-30"), ("2017年前两个季度", "2017-01-01..2017-06-30"),
        ("2017年上半年", "2017-01-01..2017-06-30"), ("2017年的下半年", "2017-07-01..2017-12-31"),
        ("去年下半年", "2025-07-01..2025-12-31"), ("2017年3月", "2017-03-01..2017-03-31"),
        ("2017年3月份", "2017-03-01..2017-03-31"), ("二〇一七年十二月", "2017-12-01..2017-12-31"),
        ("2017年元月", "2017-01-01..2017-01-31"), ("2016年2月", "2016-02-01..2016-02-29"),
        ("17年12月", "2017-12-01..2017-12-31"), ("今年3月", "2026-03-01..2026-03-31"),
        ("2017年1-3月", "2017-01-01..2017-03-31"), ("2017年1月至3月", "2017-01-01..2017-03-31"),
        ("2017年3月5日", "2017-03-05..2017-03-05"), ("2017年12月31号", "2017-12-31..2017-12-31"),
        ("2017-03-05", "2017-03-05..2017-03-05"), ("2017/3/5", "2017-03-05..2017-03-05"),
        ("2017.3.5", "2017-03-05..2017-03-05"), ("2017-03", "2017-03-01..2017-03-31"),
        ("2017-03-05发布的通知", "2017-03-05..2017-03-05"),
    ],
)  # fmt: skip
def test_parts_of_a_year_narrow_it(text: str, expected: str) -> None:
    assert spans(text) == [expected]


@pytest.mark.parametrize("text", ["2017年2月30日", "2017年13月", "2017年0月", "2018年2月29日", "2017-02-30"])
def test_an_impossible_part_leaves_the_year(text: str) -> None:
    assert spans(text) == [text[:4]]


@pytest.mark.parametrize(
    "text",
    [
        "17年内", "20年期", "三年", "一年", "两年内", "十年", "五年规划", "二十年", "10年以内", "25年左右", "20年以上",
        "20年前", "三年前", "5年前", "工作17年了", "工龄17年", "17年的工龄", "干了17年", "连续20年", "满20年",
        "缴费15年", "有效期20年", "房龄20年", "17年多", "第17年", "70年产权", "土地使用权70年", "50年使用权",
        "30年不变", "90年代", "八十年代", "12年级", "未来3年", "今后五年", "每年", "历年",
    ],
)  # fmt: skip
def test_durations_and_decades_are_no_years(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2017条", "2017 条", "2017元", "2017万元", "2017件", "2017个", "2017人", "2017人次", "2017家", "2017吨",
        "2017平方米", "2017户", "2017页", "2017.5万", "12017年", "20172", "第2017号", "2017号", "v2017", "abc2017",
        "13800002017", "0722-2017123", "0722-2017", "电话20171234", "邮编441300", "http://a.gov.cn/2017/", "3017年",
        "1899年", "98.2017", "10:2017",
    ],
)  # fmt: skip
def test_amounts_telephones_and_addresses_are_no_years(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("number", ["〔2017〕12号", "[2017]12号", "（2017）12号", "【2017】12 号", "〔2017〕第3号"])
def test_a_document_number_binds_a_question_to_no_year(number: str) -> None:
    assert spans(f"随政办发{number}文件") == []
    assert spans(f"2018年贯彻随政办发{number}的情况") == ["2018"]


@pytest.mark.parametrize(
    "text",
    [
        "目前年度工作",
        "以前年度结转",
        "网上年检怎么办",
        "证明年限",
        "60岁以上年龄",
        "今后年份",
        "基本年报",
        "退休后年龄",
        "zijin nianbao",
        "提前3年",
        "马上年底了",
    ],
)
def test_words_that_only_sound_like_a_year_are_none(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["3月", "上半年", "一季度", "上个月", "", "?"])
def test_a_part_without_its_year_is_none(text: str) -> None:
    assert spans(text) == []


@given(texts | st.from_regex(r"(?:[0-9]{1,4}[年月日季度半上下前去近至到、,.-]{0,3}){1,6}", fullmatch=True))
@example("2017年1-3月17年")
@example("2017-03-05-2018")
def test_periods_lie_in_the_text_apart_and_in_order(text: str) -> None:
    folded = fold(text)
    found = periods_in(folded, TODAY)
    place = 0
    for period in found:
        assert place <= period.start
        assert folded[period.start : period.start + len(period.text)] == period.text
        assert period.first <= period.last
        place = period.start + len(period.text)
    assert sum(len(period.text) for period in found) <= len(folded)
    without_periods(folded, found)


def test_taking_the_periods_out_leaves_the_rest() -> None:
    text = "2017年和去年公开多少条"
    assert without_periods(text, periods_in(text, TODAY)).split() == ["和", "公开多少条"]
    assert without_periods("公开多少条", ()) == "公开多少条"


@pytest.mark.parametrize(
    "text",
    [
        "2017-03-05", "2017/3/5", "2017.3.5", "2017. 3. 5", "2017－03－05", "20170305", "2017年3月5日",
        "2017年03月05日", "2017 年 3 月 5 日", "2017年3月5号", "二〇一七年三月五日", "二○一七年三月五日",
        "２０１７年３月５日", " 2017-03-05 ", "2017-03-05 10:20:30", "2017-03-05T10:20:30", "2017-03-05T10:20:30Z",
        "2017-03-05T10:20:30+08:00", "2017-03-05t10:20:30.5z",
    ],
)  # fmt: skip
def test_a_date_is_read_in_any_usual_form(text: str) -> None:
    assert parse_date(text) == date(2017, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "", "2017", "2017年", "2017年3月", "2017年13月1日", "2017年2月30日", "2017-02-29", "20171301", "2017-3",
        "0000-01-01", "明天", "3月5日", "2017年3月5日前", "电话20170305", "201703051",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


NUMERALS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """A number below 100 as it is written in a date."""
    tens, units = divmod(number, 10)
    return f"{NUMERALS[tens] if tens > 1 else ''}{'十' if tens else ''}{NUMERALS[units] if units else ''}"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_back(day: date) -> None:
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    for written in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y年%m月%d日}",
        f"{year}年{numeral(day.month)}月{numeral(day.day)}日",
    ):
        assert parse_date(written) == day, written
        if "年" in written or "-" in written:
            assert [(found.first, found.last) for found in periods_in(written, TODAY)] == [(day, day)], written


@given(texts)
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)
    years_in(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2017年和2016年、2017 年度", (2017, 2016, 2017)),
        ("二〇一七年", (2017,)),
        ("2017条", ()),
        ("12017年", ()),
        ("", ()),
    ],
)
def test_years_written_in_full_are_found(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    "text", ["最新的年报", "最近一年的报告", "近期公开了什么", "the latest report", "most recent report"]
)
def test_the_newest_is_asked_for(text: str) -> None:
    assert asks_for_latest(fold(text))


@pytest.mark.parametrize("text", ["2017年的报告", "去年", "近三年", "更新频率", "新闻发布会"])
def test_a_period_of_its_own_is_not_the_newest(text: str) -> None:
    assert not asks_for_latest(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "上年结转的申请有几件",
        "本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "本年制发件数",
        "本年处理决定数量",
        "本年收费金额",
    ],
)
def test_rows_and_columns_of_the_reports_form_name_no_year(text: str) -> None:
    """They are of the report's own year, and the year before it."""
    assert periods_in(text, date(2026, 11, 24)) == ()


@pytest.mark.parametrize(("text", "year"), [("上年的申请", 2025), ("本年新收了多少申请", 2026), ("本年度的结果", 2026)])
def test_other_words_for_last_year_and_this_still_do(text: str, year: int) -> None:
    assert [period.years for period in periods_in(text, date(2026, 11, 24))] == [(year,)]
