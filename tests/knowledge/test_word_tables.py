"""Word's tables as rows that can be quoted by themselves."""

from __future__ import annotations

import pytest

from bot.knowledge.manuscript import UnreadableFile
from tests.knowledge.word_files import lines_of, numbering, paragraph, word_file


def cell(text: str = "", properties: str = "", content: str = "") -> str:
    """A cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or paragraph(text)}</w:tc>"


def wide(text: str, span: int) -> str:
    """A cell merged sideways."""
    return cell(text, f'<w:gridSpan w:val="{span}"/>')


def tall(text: str) -> str:
    """The upper part of a cell merged downwards."""
    return cell(text, '<w:vMerge w:val="restart"/>')


LOWER = cell(properties="<w:vMerge/>")


def table(*rows: str | list[str], marked: int = 0) -> str:
    """A table of rows of cells or of texts; the first `marked` rows repeat on every page."""
    written = ""
    for place, row in enumerate(rows):
        header = "<w:trPr><w:tblHeader/></w:trPr>" if place < marked else ""
        written += f"<w:tr>{header}{row if isinstance(row, str) else ''.join(map(cell, row))}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{written}</w:tbl>"


def lines(*rows: str | list[str], marked: int = 0) -> list[str]:
    """A table's lines."""
    return lines_of(word_file(table(*rows, marked=marked)))


def test_each_row_has_its_headers() -> None:
    """The first row heads the others."""
    assert lines(["渠道", "数量"], ["网站", "150"], ["公告栏", "20"]) == [
        "渠道：网站，数量：150",
        "渠道：公告栏，数量：20",
    ]


def test_headers_of_several_rows_are_told_by_their_merged_cells() -> None:
    """As in the table of applications of every annual report: cells merged downwards beside cells merged sideways."""
    shown = lines(
        tall("项目") + wide("申请人情况", 3),
        LOWER + cell("自然人") + wide("法人或其他组织", 2),
        LOWER + cell() + cell("企业") + cell("其他"),
        ["本年新收", "5", "2", "0"],
    )
    assert shown == [
        "项目：本年新收，申请人情况 自然人：5，申请人情况 法人或其他组织 企业：2，申请人情况 法人或其他组织 其他：0"
    ]


def test_headers_merged_only_sideways_have_a_row_of_names_below_them() -> None:
    """Unless that row has figures."""
    assert lines(wide("2024年", 2), ["收到", "办结"]) == ["2024年", "“收到”，“办结”"]
    named = lines(cell("渠道") + wide("2024年", 2), ["", "收到", "办结"], ["网站", "7", "6"])
    assert named == ["渠道：网站，2024年 收到：7，2024年 办结：6"]
    figures = lines(cell("渠道") + wide("数量", 2), ["网站", "7", "6"], ["窗口", "3", "3"])
    assert figures[0] == "渠道：网站，数量：7，数量：6"


def test_names_below_wide_headers_may_take_two_rows() -> None:
    """As in the table of reviews and lawsuits of every annual report."""
    shown = lines(
        wide("行政复议", 2) + wide("行政诉讼", 4),
        tall("维持") + tall("总计") + wide("直接起诉", 2) + wide("复议后起诉", 2),
        LOWER + LOWER + "".join(map(cell, ("维持", "总计", "维持", "总计"))),
        ["1", "2", "3", "4", "5", "6"],
    )
    assert shown == [
        "行政复议 维持：1，行政复议 总计：2，行政诉讼 直接起诉 维持：3，行政诉讼 直接起诉 总计：4"
        "，行政诉讼 复议后起诉 维持：5，行政诉讼 复议后起诉 总计：6"
    ]


def test_forms_to_be_filled_in_keep_all_their_labels() -> None:
    """Their empty cells are no columns without figures."""
    shown = lines(
        wide("申请表", 4),
        tall("公民") + cell("姓名") + cell() + cell("单位"),
        LOWER + cell("证件") + cell() + cell("号码"),
    )
    assert shown == ["申请表", "“公民”，“姓名”，“单位”", "“公民”，“证件”，“号码”"]


def test_rows_that_word_marks_as_headers_are_headers() -> None:
    """Whatever they hold."""
    shown = lines(["渠道", "2024"], ["名称", "1"], ["网站", "150"], marked=2)
    assert shown == ["渠道 名称：网站，2024 1：150"]


def test_cells_merged_downwards_stand_in_every_row() -> None:
    """A row read alone tells all of it."""
    shown = lines(
        ["类别", "渠道", "数量"], tall("线上") + cell("网站") + cell("150"), LOWER + cell("微博") + cell("46")
    )
    assert shown == ["类别：线上，渠道：网站，数量：150", "类别：线上，渠道：微博，数量：46"]


def test_a_label_beside_all_rows_is_no_header_of_all() -> None:
    shown = lines(
        tall("检验费") + cell("项目") + cell("标准"),
        LOWER + cell("小麦") + cell("120"),
        LOWER + cell("稻谷") + cell("110"),
    )
    assert shown == ["“检验费”，项目：小麦，标准：120", "“检验费”，项目：稻谷，标准：110"]


def test_cells_merged_in_the_old_way_and_rows_that_begin_further_right() -> None:
    """HMerge and gridBefore."""
    merged = cell("全年", '<w:hMerge w:val="restart"/>') + cell(properties='<w:hMerge w:val="continue"/>')
    indented = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("6")}'
    shown = lines(["收到", "办结"], merged, indented, ["1", "2"])
    assert shown == ["“全年”", "办结：6", "收到：1，办结：2"]


def test_a_row_of_one_cell_heads_what_follows_with_headers_of_its_own() -> None:
    """Such a table is several tables, one below the other."""
    shown = lines(
        wide("第一组", 3),
        ["名称", "制发", "有效"],
        ["办法", "0", "2"],
        wide("第二组", 3),
        cell("名称") + wide("处理", 2),
        cell("许可") + wide("12", 2),
        wide(
            "注：数据截至12月31日，不含上级转办的事项，也不含撤回的申请，另见附件中的说明，其中的口径与往年的统计报表完全一致，不再一一列出。",
            3,
        ),
    )
    assert shown == [
        "第一组",
        "名称：办法，制发：0，有效：2",
        "“第二组”",
        "名称：许可，处理：12",
        "注：数据截至12月31日，不含上级转办的事项，也不含撤回的申请，另见附件中的说明，其中的口径与往年的统计报表完全一致，不再一一列出。",
    ]


def test_headers_hold_for_all_groups_of_rows() -> None:
    """A header row above the first group is not repeated in the table, and is meant for all."""
    shown = lines(["渠道", "数量"], wide("线上", 2), ["网站", "150"], wide("线下", 2), ["公告栏", "20"])
    assert shown == ["“线上”", "渠道：网站，数量：150", "“线下”", "渠道：公告栏，数量：20"]


def test_tables_without_headers_keep_labels_with_their_values() -> None:
    """Contact data, and figures that begin at once."""
    assert lines(["电话：", "0700-1"], ["地址：", "人民路1号"]) == ["电话：0700-1", "地址：人民路1号"]
    assert lines(["主动公开", "216条"], ["依申请公开", "7件"]) == ["主动公开：216条", "依申请公开：7件"]
    assert lines(["电话:", "1", "传真:", "2"]) == ["电话：1，传真：2"]
    assert lines(["联系人", "张三"], ["办公地址", "人民路1号"]) == ["联系人：张三", "办公地址：人民路1号"]
    assert lines(["联系人", "联系电话"], ["张三", "分机三"]) == ["联系人：张三，联系电话：分机三"]
    assert lines(["网站", "150", "1%"], ["微博", "46", "2%"])[0] == "“网站”，“150”，“1%”"
    assert lines(["甲", "乙", "丙"]) == ["“甲”，“乙”，“丙”"]


def test_tables_for_layout_are_text() -> None:
    """One cell or one column, with headings, lists and tables inside; figures keep their headers."""
    inner = table(["渠道", "数量"], ["网站", "150"])
    boxed = table(
        cell(content=paragraph("总体情况", style="Heading1") + paragraph("公开信息。", num=(1, 0)) + inner + "<w:p/>")
    )
    assert lines_of(word_file(boxed, numbering())) == ["# 总体情况", "一、公开信息。", "渠道：网站，数量：150"]
    sided = table(cell("左栏。") + cell(content=paragraph("机构", style="Heading2") + paragraph("职责。")))
    assert lines_of(word_file(sided)) == ["左栏。", "## 机构", "职责。"]


def test_nested_tables_stay_in_their_cell() -> None:
    """In reading order."""
    inner = table(["渠道", "数量"], ["网站", "150"])
    shown = lines(["事项", "情况"], cell("公开") + cell(content=paragraph("如下：") + inner + paragraph("完。")))
    assert shown == ["事项：公开，情况：如下： 渠道：网站，数量：150 完。"]


def test_words_broken_to_fit_a_narrow_cell_are_whole() -> None:
    """数量 above （条） is one header; sentences keep their gap."""
    narrow, text = paragraph("数量") + paragraph("（条）"), paragraph("甲办。") + paragraph("乙办。")
    shown = lines(cell("渠道") + cell(content=narrow), cell(content=text) + cell("3"))
    assert shown == ["渠道：甲办。 乙办。，数量（条）：3"]


def test_empty_rows_and_empty_tables_say_nothing() -> None:
    """Nor do tables without cells."""
    assert lines(["", ""], ["", ""]) == []
    assert lines("", marked=1) == []
    assert lines(["渠道", "数量"], ["", ""], ["网站", "1"]) == ["渠道：网站，数量：1"]


def test_absurd_spans_stay_within_bounds() -> None:
    """A cell of a billion columns, or one merged downwards with nothing above it."""
    assert lines(wide("甲", 999_999_999) + cell("乙"), LOWER + cell("丙")) == ["“甲”，甲：丙"]
    with pytest.raises(UnreadableFile, match="too many cells"):
        lines("".join(map(cell, "字" * 1000)), *[["1"]] * 1000)


def test_merged_cells_cannot_repeat_a_text_without_end() -> None:
    """A million signs in each of a hundred rows."""
    rows = [tall("字" * 200_000) + cell("1"), *[LOWER + cell("1")] * 100]
    with pytest.raises(UnreadableFile, match="merged cells"):
        lines(*rows)
