"""Page chrome, sign-offs and broken lines."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.cleaning import clean, join_broken_lines
from bot.knowledge.lines import Line, split_lines


def cleaned(text: str) -> list[str]:
    """The lines that cleaning leaves."""
    return [line.text for line in clean(split_lines(text)).lines if line.text]


def joined(text: str) -> list[str]:
    """The lines after joining."""
    return [line.text for line in join_broken_lines(split_lines(text))]


@pytest.mark.parametrize(
    "chrome",
    [
        "扫一扫在手机打开当前页",
        "您的浏览器版本过低，请升级",
        "【打印】【关闭】",
        "打印 | 关闭窗口 | 分享到：",
        "上一篇：关于放假的通知",
        "下一篇：没有了",
        "版权所有：某市人民政府",
        "主办单位：某局　承办单位：某中心",
        "鄂ICP备12345678号-1",
        "责任编辑：张三",
        "返回顶部",
        "網站地圖 | 聯繫我們",
        "您訪問的鏈接即將離開本網站，是否繼續？",
    ],
)
def test_chrome_below_a_text_is_dropped(chrome: str) -> None:
    """What pages print below a text, in either script."""
    assert cleaned(f"正文第一句。\n正文第二句。\n{chrome}\n") == ["正文第一句。", "正文第二句。"]


@pytest.mark.parametrize(
    "chrome",
    [
        "当前位置：首页 > 政府信息公开 > 年报",
        "首页 > 政务公开 > 公告",
        "发布时间：2018-02-05 来源：某局 浏览次数：133",
        "字号：[大 中 小]",
    ],
)
def test_chrome_above_a_text_is_dropped(chrome: str) -> None:
    """Breadcrumbs and the line of labels, before the title or right below it."""
    assert cleaned(f"{chrome}\n正文。") == ["正文。"]
    assert cleaned(f"2017年年度报告\n{chrome}\n正文。") == ["2017年年度报告", "正文。"]


@pytest.mark.parametrize(
    "line",
    [
        "截至年底，门户网站浏览次数达3万余次。",
        "3、优化网站首页，升级浏览器插件说明；",
        "大幅减少打印材料。",
        "本局开通微信公众号，扫一扫即可咨询。",
        "| 打印 | 关闭 |",
    ],
)
def test_content_that_names_such_things_stays(line: str) -> None:
    """A report may speak of home pages and printing, also in its last line."""
    assert cleaned(f"正文。\n{line}")[-1] == line


def test_chrome_words_inside_a_text_stay() -> None:
    """Only the two ends of a page are chrome."""
    text = ["第一段。", "版权所有：某市人民政府", "第二段。"]
    assert cleaned("\n".join(text)) == text


def test_sign_off_becomes_the_date_and_the_sender() -> None:
    """The last lines of an official text tell who signed it, and when."""
    result = clean(split_lines("正文。\n\n某市招商局\n二〇一八年二月五日\n扫一扫在手机打开"))
    assert (result.signed_on, result.signed_by) == (date(2018, 2, 5), "某市招商局")
    assert [line.text for line in result.lines] == ["正文。"]


def test_unknown_lines_among_chrome_below_a_sign_off_go_too() -> None:
    """Below the date, what is mostly chrome is chrome."""
    assert cleaned("正文。\n2018年2月5日\n扫一扫在手机打开当前页\n智能问答\n您的浏览器版本太低") == ["正文。"]


def test_lines_of_a_page_have_no_numbers_and_are_cleaned_alike() -> None:
    text = "正文第一句。\n某市某局\n2018年2月5日\n扫一扫在手机打开当前页\n智能问答\n返回顶部"
    lines = tuple(Line(0, line) for line in text.split("\n"))
    assert [line.text for line in clean(lines).lines] == ["正文第一句。"]
    assert clean(lines).signed_on == date(2018, 2, 5)


@pytest.mark.parametrize(
    "below",
    [
        "（此件公开发布）",
        "(此件主动公开)\n抄送：市政府办公室。",
        "抄送：市政府办公室，各县粮食局。\n\n示例市粮食局办公室  2018年2月6日印发",
        "信息公开选项：主动公开\n某市招商局办公室2018年2月5日印发",
    ],
)
def test_the_imprint_below_a_sign_off_belongs_to_it(below: str) -> None:
    """附注 and 版记 of an official letter are no text of its last chapter."""
    result = clean(split_lines(f"正文。\n某市招商局\n2018年2月5日\n{below}"))
    assert (result.signed_on, result.signed_by) == (date(2018, 2, 5), "某市招商局")
    assert [line.text for line in result.lines] == ["正文。"]
    assert [line.text for line in result.sign_off] == [
        "某市招商局",
        "2018年2月5日",
        *(line for line in below.split("\n") if line),
    ]


@pytest.mark.parametrize("below", ["（此件不予公开）", "（此件公开发布）\n\n附件1\n甲表。", "抄送件另发。"])
def test_what_is_no_imprint_stays_text(below: str) -> None:
    result = clean(split_lines(f"正文。\n某市招商局\n2018年2月5日\n{below}"))
    assert (result.signed_on, result.sign_off) == (None, ())
    assert result.lines[-1].text == below.split("\n")[-1]


def test_attachments_below_a_sign_off_stay() -> None:
    """What follows the date and is no chrome is content."""
    assert cleaned("正文。\n2018年2月5日\n附件：申请表") == ["正文。", "2018年2月5日", "附件：申请表"]


def test_date_of_publishing_in_the_page_head_is_kept() -> None:
    """A text without sign-off is dated by its page."""
    assert clean(split_lines("某通知\n发布日期：2018-02-05\n正文。")).signed_on == date(2018, 2, 5)


def test_text_of_nothing_but_chrome_is_kept() -> None:
    """Rather a strange text than none."""
    assert cleaned("版权所有\n网站地图") == ["版权所有", "网站地图"]
    assert cleaned("2018年2月5日") == ["2018年2月5日"]


def test_line_broken_inside_a_sentence_is_joined() -> None:
    """A line without an end goes on in the next one; Latin words keep their blank."""
    assert joined("做到有问声、走有送声;对来随投资考察\n客商,认真听取意见。") == [
        "做到有问声、走有送声;对来随投资考察客商,认真听取意见。"
    ]
    assert joined("网站提供简体、繁体和英文三种版本，见 Open\nData 栏目。") == [
        "网站提供简体、繁体和英文三种版本，见 Open Data 栏目。"
    ]
    assert joined("机构设置、\n管理职能。") == ["机构设置、管理职能。"]


@pytest.mark.parametrize(
    "text",
    [
        "一、主动公开信息情况\n2017年，我局公开133条。",
        "我局公开了以下几个方面的各类信息\n1、机构概况；",
        "我局公开了以下几个方面的各类信息\n| 类别 | 条数 |",
        "地址：某市某区人民路一百二十三号办公大楼\n电话：0700-1234567",
        "某市招商局2017年政府信息公开工作年度报告\n根据要求，现报告如下。",
        "第一段说完了。\n第二段开始了",
        "“先来先办，当天办结。”\n群众满意",
        "机构概况\n政策法规",
        "年产十万吨食用菌加工及冷链物流项目\n专用汽车零部件智能制造产业园项目",
        "工作情况报告到此为止没有句号的一行\n\n另一段",
        "以上是本年度全部需要说明的有关情况\n2018年2月5日",
    ],
)
def test_lines_that_stand_alone_are_not_joined(text: str) -> None:
    """Headings, items, tables, labels, titles, finished sentences and short entries."""
    assert joined(text) == text.split("\n")
