"""The two forms of the annual report: the six parts since 2021, and the seven parts of the years before 2019.

Source: 国办公开办函〔2021〕30号; for the older form the reports of 2008 to 2018, which had no form of the state's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from bot.desk.annual import sentences
from bot.desk.annual.counts import YearCounts
from bot.desk.annual.draft import Block, Draft, Part, Text
from bot.desk.annual.tables import table_2, table_3, table_4
from bot.model import ApplicationRules, FeeMethod


class Form(StrEnum):
    """Which form a report has."""

    SINCE_2021 = "2021"
    SINCE_2008 = "2008"


def draft_report(
    form: Form, counts: YearCounts, before: YearCounts, rules: ApplicationRules, drafted_on: date
) -> Draft:
    """Draft a year's report.

    Args:
        form: the parts that it has.
        counts: the year's figures.
        before: those of the year before, for staff to compare.
        rules: how applications are handled: whether fees are charged.
        drafted_on: stands as its date until staff publish it.
    """
    title = _TITLES[form].format(agency=counts.agency.name, year=counts.year)
    front = {
        "title": title,
        "date": drafted_on.isoformat(),
        "kind": "report",
        "category": "政府信息公开年度报告",
        "agency": counts.agency.key,
    }
    return Draft(title, tuple(_PARTS[form](counts, before, rules)), front)


def _since_2021(counts: YearCounts, before: YearCounts, rules: ApplicationRules) -> list[Block]:
    inquiries = "".join(filter(None, (sentences.results(counts), sentences.reception(counts))))
    return [
        Text(
            f"{counts.agency.name}根据《中华人民共和国政府信息公开条例》编制本报告。{_period(counts)}",
            "发布前请把文首的日期改为发布日期。",
        ),
        Part("一、总体情况"),
        Part("（一）主动公开", 2),
        Text(sentences.disclosed(counts), sentences.compared(counts, before)),
        Part("（二）依申请公开", 2),
        Text(sentences.applications(counts), "请写申请的主要内容和办理特点。"),
        Part("（三）咨询", 2),
        Text(inquiries, "请在本条之后写政府信息管理、政府信息公开平台建设、监督保障三方面的情况。"),
        Part("二、主动公开政府信息情况"),
        table_2(counts),
        Part("三、收到和处理政府信息公开申请情况"),
        table_3(counts),
        Part("四、政府信息公开行政复议、行政诉讼情况"),
        table_4(counts),
        Part("五、存在的主要问题及改进情况"),
        Text(sentences.unfinished(counts), "请写存在的主要问题和改进情况；上年提出的改进措施落实得怎样也写在这里。"),
        Part("六、其他需要报告的事项"),
        Text(_fees(counts, rules), "请核对收取的信息处理费；没有其他事项的，写明没有。"),
    ]


def _since_2008(counts: YearCounts, before: YearCounts, rules: ApplicationRules) -> list[Block]:
    blocks: list[Block] = [
        Part("一、概述"),
        Text(
            f"{counts.agency.name}根据《中华人民共和国政府信息公开条例》编制本报告。{_period(counts)}",
            f"请写组织领导、制度建设和全年工作的概况。{sentences.compared(counts, before)}",
        ),
        Part("二、主动公开政府信息情况"),
        Part("（一）主动公开信息的数量", 2),
        Text(sentences.disclosed(counts), "请写公开的主要内容。"),
        Part("（二）信息公开的形式", 2),
        Text(sentences.reception(counts), "请写网站、纸质媒体等公开形式。"),
    ]
    if online := sentences.online(counts):
        blocks.append(Text(online))
    return [
        *blocks,
        Part("三、依申请公开办理情况"),
        Text(sentences.applications(counts)),
        Part("四、信息公开的收费和减免"),
        Text(_fees(counts, rules), "请核对。"),
        Part("五、行政复议、行政诉讼与申诉情况"),
        Text(sentences.remedies(counts), "行政申诉请按台账补充。"),
        Part("六、存在的问题与改进"),
        Part("（一）主要问题与困难", 2),
        Text(sentences.unfinished(counts), "请写主要问题与困难。"),
        Part("（二）改进措施与解决办法", 2),
        Text(f"{counts.agency.name}将根据登记中反映的情况改进政府信息公开工作。", "请写改进措施与解决办法。"),
        Part("七、其他需要报告的事项"),
        Text(f"{counts.year}年，{counts.agency.name}没有其他需要报告的事项。", "请核对。"),
    ]


_TITLES: Mapping[Form, str] = {
    Form.SINCE_2021: "{agency}{year}年政府信息公开工作年度报告",
    Form.SINCE_2008: "{agency}{year}年政府信息公开年度报告",
}
_PARTS: Mapping[Form, Callable[[YearCounts, YearCounts, ApplicationRules], list[Block]]] = {
    Form.SINCE_2021: _since_2021,
    Form.SINCE_2008: _since_2008,
}
_FEE_METHODS = {FeeMethod.COUNT: "件数", FeeMethod.PAGES: "页数"}


def _period(counts: YearCounts) -> str:
    last = counts.last_day
    return f"报告所列数据的统计期限为{counts.year}年1月1日至{last.month}月{last.day}日。"


def _fees(counts: YearCounts, rules: ApplicationRules) -> str:
    who = f"{counts.year}年，{counts.agency.name}"
    if rules.fees is None:
        return f"{who}提供政府信息没有收取信息处理费。"
    return f"{who}提供政府信息按{_FEE_METHODS[rules.fees]}收取信息处理费。"
