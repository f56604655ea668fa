"""Questions about the tables of an annual report get the row that answers, with its figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import App
from bot.model import Verdict
from tests.houses import write_house
from tests.knowledge.made_up_form import REPORT

AGENCIES = '[lsj]\nname = "示例市粮食局"\naliases = ["粮食局"]\nphone = "0700-1234567"\ndefault = true\n'
# What the year before had, and what stands in every agency's guide, is what a question could be answered with wrongly.
BEFORE = (
    REPORT.replace("2024", "2023")
    .replace("2025年1月20", "2024年1月20")
    .replace("| 41", "| 31")
    .replace("| 158", "| 140")
)
GUIDE = """\
# 政府信息公开指南

## 一、公开范围

本机关主动公开机构职能、规范性文件、行政许可、行政处罚等信息。

## 二、依申请公开

公民、法人或者其他组织可以向本机关提出申请，本机关自收到申请之日起20个工作日内答复。

## 三、收费

依申请提供政府信息不收取费用，申请数量、频次明显超过合理范围的除外。

## 四、监督

公民可以申请行政复议或者提起行政诉讼。
"""
FILES = {"agencies.toml": AGENCIES, "reports/2024.md": REPORT, "reports/2023.md": BEFORE, "guides/guide.md": GUIDE}

NEW = "一、本年新收政府信息公开申请数量，自然人：41，法人或其他组织（商业企业：9，科研机构：1，"
QUESTIONS = [
    # Table 2
    ("2024年制发了多少件行政规范性文件", "行政规范性文件，本年制发件数：12"),
    ("2024年现行有效的行政规范性文件多少件", "本年废止件数：3，现行有效件数：36"),
    ("2024年废止了几件规范性文件", "行政规范性文件，本年制发件数：12，本年废止件数：3"),
    ("2024年有效的红头文件一共有多少", "现行有效件数：36"),
    ("2024年制定了几件规章", "规章，本年制发件数：0"),
    ("2024年作出行政许可决定多少件", "行政许可，本年处理决定数量：158"),
    ("2024年行政处罚多少件", "行政处罚，本年处理决定数量：27"),
    ("2024年处罚了多少起", "行政处罚，本年处理决定数量：27"),
    ("2024年行政强制有几件", "行政强制，本年处理决定数量：4"),
    ("2024年行政事业性收费收了多少万元", "行政事业性收费，本年收费金额（单位：万元）：8.6"),
    ("2024年收了多少钱的行政事业性收费", "行政事业性收费，本年收费金额（单位：万元）：8.6"),
    # Table 3
    ("2024年新收到多少件政府信息公开申请", NEW),
    ("2024年有多少人申请信息公开", NEW),
    ("2024年公民个人申请了几件", NEW),
    ("2024年商业企业申请了多少件信息公开", NEW),
    ("2024年科研机构提出的申请有几件", NEW),
    ("2024年企业申请信息公开的有几件", NEW),
    ("2024年上年结转的申请有几件", "二、上年结转政府信息公开申请数量，自然人：3"),
    ("2024年自然人申请予以公开多少件", "（一）予以公开，自然人：17"),
    ("2024年部分公开的申请有多少件", "不计其他情形），自然人：6"),
    ("2024年法人申请不予公开属于国家秘密的有几件", "1.属于国家秘密，自然人：0，法人或其他组织（商业企业：2"),
    ("2024年因为涉及国家秘密没公开的有几件", "1.属于国家秘密，自然人：0，法人或其他组织（商业企业：2"),
    ("2024年保护第三方合法权益不予公开多少件", "4.保护第三方合法权益，自然人：2"),
    ("2024年属于内部事务信息不予公开的有几件", "5.属于三类内部事务信息，自然人：3"),
    ("2024年过程性信息不公开的有多少件", "6.属于四类过程性信息，自然人：1"),
    ("2024年执法案卷不公开的几件", "7.属于行政执法案卷，自然人：0"),
    ("2024年本机关不掌握相关政府信息的有多少件", "1.本机关不掌握相关政府信息，自然人：5"),
    ("2024年没有现成信息需要另行制作的几件", "2.没有现成信息需要另行制作，自然人：1"),
    ("2024年不予处理信访举报投诉类申请几件", "1.信访举报投诉类申请，自然人：2"),
    ("2024年重复申请多少件", "2.重复申请，自然人：1"),
    ("2024年逾期不补正的申请有几件", "不再处理其政府信息公开申请，自然人：1"),
    ("2024年办理结果总计多少件", "（七）总计，自然人：41"),
    ("2024年结转下年度继续办理的有多少件", "四、结转下年度继续办理，自然人：3"),
    # Table 4
    ("2024年行政复议结果维持多少件", "行政复议，结果维持：5"),
    ("2024年行政复议被纠正的有几件", "行政复议，结果维持：5，结果纠正：1"),
    ("2024年行政复议总共多少件", "行政复议，结果维持：5，结果纠正：1，其他结果：2，尚未审结：0，总计：8"),
    ("2024年未经复议直接起诉的行政诉讼有多少件", "未经复议直接起诉，结果维持：3"),
    ("2024年复议后起诉尚未审结的几件", "复议后起诉，结果维持：0，结果纠正：0，其他结果：0，尚未审结：1"),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A house with two years' reports in the form."""
    with App(write_house(tmp_path_factory.mktemp("form"), FILES)) as house:
        house.sync()
        yield house


@pytest.mark.parametrize(("question", "row"), QUESTIONS)
def test_the_row_that_answers_is_quoted_with_its_figure(app: App, question: str, row: str) -> None:
    """It is the sentence that is shown to answer, and not only one near it."""
    answered = app.ask(question, record=False)
    assert answered.decision.verdict is Verdict.ANSWER
    assert answered.decision.matches[0].document.id == "reports/2024"
    assert answered.reply.quote is not None
    assert row in answered.reply.quote.focus
    assert answered.reply.quote.focus in answered.reply.quote.text


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("上年结转的申请有几件", "二、上年结转政府信息公开申请数量，自然人：3"),
        ("本年新收政府信息公开申请数量是多少", NEW),
        ("本年度办理结果予以公开多少件", "（一）予以公开，自然人：17"),
        ("行政复议结果维持多少件", "行政复议，结果维持：5"),
    ],
)
def test_the_forms_own_words_for_years_name_no_year(
    tmp_path_factory: pytest.TempPathFactory, question: str, row: str
) -> None:
    """上年结转 and 本年新收 are of the report's year, whichever that is, not of last year and of this."""
    files = {name: text for name, text in FILES.items() if name != "reports/2023.md"}
    with App(write_house(tmp_path_factory.mktemp("form"), files)) as house:
        house.sync()
        answered = house.ask(question, record=False)
    assert answered.decision.verdict is Verdict.ANSWER
    assert answered.reply.quote is not None
    assert row in answered.reply.quote.focus


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("2023年新收到多少件政府信息公开申请", "一、本年新收政府信息公开申请数量，自然人：31"),
        ("2023年作出行政许可决定多少件", "行政许可，本年处理决定数量：140"),
    ],
)
def test_the_same_row_of_another_year_is_never_quoted(app: App, question: str, row: str) -> None:
    answered = app.ask(question, record=False)
    assert answered.decision.verdict is Verdict.ANSWER
    assert answered.decision.matches[0].document.id == "reports/2023"
    assert answered.reply.quote is not None
    assert row in answered.reply.quote.focus
