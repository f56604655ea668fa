"""The tables of the annual report's form, wherever they come from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.form_layouts import TABLE_3_COLUMNS, TABLE_3_ROWS, key_of, recognise
from bot.knowledge.form_lines import table_3_in
from bot.knowledge.forms import FormTable, Imbalance, imbalances
from bot.knowledge.grids import Grid, row_lines
from tests.knowledge.made_up_form import TABLE_2, TABLE_3, TABLE_4

Rows = list[list[str]]


def rows_of(markdown: str) -> Rows:
    """The cells of a Markdown table, merged ones empty, without the rule."""
    lines = [line for line in markdown.splitlines() if "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def merged(rows: Rows, labels: int, header: int) -> Rows:
    """The same with every merged cell repeated, as a page, a text document or a workbook gives them."""
    filled = [list(row) for row in rows]
    for place, row in enumerate(filled):
        for column, cell in enumerate(row):
            if not cell and place < header and column >= labels:
                row[column] = (
                    row[column - 1] if place == 0 or not filled[place - 1][column] else filled[place - 1][column]
                )
            elif not cell and column < labels:
                row[column] = row[column - 1] if column and row[0] else filled[place - 1][column] if place else ""
    return filled


def recognised(rows: Rows) -> FormTable:
    table = recognise(rows)
    assert table is not None
    return table


def texts(rows: Rows) -> list[str]:
    return [line.text for line in row_lines(Grid(tuple(map(tuple, rows))))]


MERGED_3 = merged(rows_of(TABLE_3), labels=3, header=3)


def test_rows_of_table_3_are_written_with_the_labels_above_them() -> None:
    """Who reads one line knows what it counts, and of whom."""
    lines = texts(rows_of(TABLE_3))
    assert lines[1] == (
        "一、本年新收政府信息公开申请数量，自然人：41，法人或其他组织（商业企业：9，科研机构：1，社会公益组织：0，"
        "法律服务机构：2，其他：0），总计：53"
    )
    assert lines[5] == (
        "三、本年度办理结果 （三）不予公开 1.属于国家秘密，自然人：0，法人或其他组织（商业企业：2，科研机构：0，社会公益组织：0，"
        "法律服务机构：0，其他：0），总计：2"
    )
    assert lines[-2].startswith("三、本年度办理结果 （七）总计，自然人：41，")
    assert lines[-1].startswith("四、结转下年度继续办理，自然人：3，")


def test_merged_cells_repeated_or_left_empty_give_the_same_lines() -> None:
    """Markdown leaves empty what other formats repeat."""
    assert texts(MERGED_3) == texts(rows_of(TABLE_3))
    assert texts(merged(rows_of(TABLE_4), labels=0, header=2)) == texts(rows_of(TABLE_4))


def test_every_row_of_table_3_has_a_key_of_its_own() -> None:
    """And none that the form has is missed."""
    keys = [row.row for row in recognised(MERGED_3).rows if row.row]
    assert sorted(keys) == sorted(set(TABLE_3_ROWS) - {"三", "三(三)", "三(四)", "三(五)", "三(六)"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("（三）不予公开", "(三) 不予 公开"),
        ("1.属于国家秘密", "１．属于国\n家秘密"),
        ("1.属于国家秘密", "属于国家秘密"),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("一、本年新收政府信息公开申请数量", "一、本年新收\n政府信息公开\n申请数量"),
        ("总计", "合计"),
        ("商业企业", "商业\n企业"),
        ("社会公益组织", "社会公\n益组织"),
        ("办理结果", "辦理結果"),
    ],
)
def test_labels_may_be_written_in_other_ways(before: str, after: str) -> None:
    """Numbers, widths, brackets, blanks, broken lines and script of labels differ from office to office."""
    table = recognised([[cell.replace(before, after) for cell in row] for row in MERGED_3])
    plain = recognised(MERGED_3)
    assert [row.row for row in table.rows] == [row.row for row in plain.rows]
    assert [[cell.count for cell in row.cells] for row in table.rows] == [
        [cell.count for cell in row.cells] for row in plain.rows
    ]


def test_labels_lose_blanks_and_broken_lines_and_nothing_else() -> None:
    """A broken line in a narrow column is no word's border."""
    rows = [[cell.replace("属于国家秘密", "属于国\n家秘密") for cell in row] for row in MERGED_3]
    assert "1.属于国家秘密，" in texts(rows)[5]


def test_missing_columns_are_missed_by_nobody() -> None:
    """Some reports give applicants as 自然人, 其他 and 总计 only."""
    rows = [[cell for place, cell in enumerate(row) if place not in (4, 5, 6, 7)] for row in MERGED_3]
    table = recognised(rows)
    assert (table.count("三(一)", "自然人"), table.count("三(一)", "商业企业"), table.count("三(一)", "总计")) == (
        17,
        None,
        24,
    )


def test_nothing_is_made_of_empty_cells_and_strokes() -> None:
    """They are no figures, and a stroke is quoted as a stroke."""
    table = recognised(MERGED_3)
    row = next(row for row in table.rows if row.row == "三(四)3")
    assert [cell.count for cell in row.cells] == [0, None, None, None, 0, 0, 0]
    assert "商业企业：/，科研机构：-，法律服务机构：0" in row.text


def test_a_label_and_its_group_may_stand_in_one_cell() -> None:
    """As a table of two columns of labels has them."""
    rows = [[" ".join(dict.fromkeys(row[:3])).strip(), *row[3:]] for row in MERGED_3]
    table = recognised(rows)
    assert table.count("三(三)1", "商业企业") == 2
    assert [row.row for row in table.rows] == [row.row for row in recognised(MERGED_3).rows]


def test_rows_that_the_form_does_not_have_are_kept() -> None:
    """No published word is lost."""
    rows = [*rows_of(TABLE_3), ["注：数据截至12月31日。", *[""] * 9]]
    assert texts(rows)[-1] == "注：数据截至12月31日。"


def test_rows_of_table_2_are_written_with_their_article() -> None:
    """A value that spans columns stands once."""
    assert texts(rows_of(TABLE_2)) == [
        "第二十条第（一）项 规章，本年制发件数：0，本年废止件数：0，现行有效件数：0",
        "第二十条第（一）项 行政规范性文件，本年制发件数：12，本年废止件数：3，现行有效件数：36",
        "第二十条第（五）项 行政许可，本年处理决定数量：158",
        "第二十条第（六）项 行政处罚，本年处理决定数量：27",
        "第二十条第（六）项 行政强制，本年处理决定数量：4",
        "第二十条第（八）项 行政事业性收费，本年收费金额（单位：万元）：8.6",
    ]
    spanning = [[row[0], *(cell or row[1] or row[0] for cell in row[1:])] for row in rows_of(TABLE_2)]
    assert texts(spanning) == texts(rows_of(TABLE_2))


def test_a_piece_of_table_2_is_recognised() -> None:
    """Some reports have a table for each article."""
    rows = [["信息内容", "本年\n制发件数", "现行有效件数"], ["行政规范性文件", "12", "36"]]
    assert texts(rows) == ["行政规范性文件，本年制发件数：12，现行有效件数：36"]
    assert recognised(rows).count("行政规范性文件", "现行有效件数") == 36


LINES_4 = [
    "行政复议，结果维持：5，结果纠正：1，其他结果：2，尚未审结：0，总计：8",
    "行政诉讼 未经复议直接起诉，结果维持：3，结果纠正：0，其他结果：1，尚未审结：1，总计：5",
    "行政诉讼 复议后起诉，结果维持：0，结果纠正：0，其他结果：0，尚未审结：1，总计：1",
]


def test_blocks_of_table_4_are_lines_of_their_own() -> None:
    """One row of fifteen figures answers nothing."""
    assert texts(rows_of(TABLE_4)) == LINES_4
    table = recognised(rows_of(TABLE_4))
    assert (table.number, table.count("复议后起诉", "尚未审结"), table.count("行政复议", "总计")) == (4, 1, 8)


@pytest.mark.parametrize("repeated", [True, False])
def test_results_of_table_4_that_reach_over_two_rows_head_one_block(repeated: bool) -> None:
    """As the form prints them: those of 行政复议 begin beside 未经复议直接起诉."""
    rows = rows_of(TABLE_4)
    results, figures = rows[-2], rows[-1]
    first = ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9]
    second = [*results[:5], "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    printed = [first, second, [*[""] * 5, *results[5:]], figures]
    if repeated:
        sides = ["行政复议"] * 5 + ["行政诉讼"] * 10, [*results[:5], *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5]
        printed = [*sides, results, figures]
    assert texts(printed) == LINES_4


def test_table_4_may_be_turned_round() -> None:
    """Blocks as rows, which a narrow page has."""
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [
        ["", "", *results],
        ["行政复议", "", "5", "1", "2", "0", "8"],
        ["行政诉讼", "未经复议直接起诉", "3", "0", "1", "1", "5"],
        ["", "复议后起诉", "0", "0", "0", "1", "1"],
    ]
    assert texts(rows) == LINES_4
    assert [row.row for row in recognised(rows).rows] == ["行政复议", "未经复议直接起诉", "复议后起诉"]


def test_lines_keep_the_numbers_of_their_rows() -> None:
    """A remark on a row says where it stands."""
    lines = list(row_lines(Grid(tuple(map(tuple, MERGED_3)), line=10)))
    assert (lines[1].number, lines[1].text[:2]) == (13, "一、")


@pytest.mark.parametrize(
    "rows",
    [
        [["公开渠道", "数量"], ["政府网站", "150"]],
        [["项目", "总计"], ["予以公开", "3"]],
        [["姓名", "总计"], ["一、本年新收", "3"]],
        [["自然人", "总计"]],
        [[""]],
        [],
    ],
)
def test_other_tables_are_left_alone(rows: Rows) -> None:
    assert recognise(rows) is None


def changed(table: FormTable, row: str, column: str, text: str) -> FormTable:
    """The table with another text in one cell."""
    return replace(
        table,
        rows=tuple(
            replace(one, cells=tuple(replace(cell, text=text) if cell.column == column else cell for cell in one.cells))
            if one.row == row
            else one
            for one in table.rows
        ),
    )


def test_a_table_that_balances_is_not_remarked() -> None:
    """一 + 二 = 三(七) + 四 in every column; strokes count as nothing."""
    table = recognised(MERGED_3)
    assert imbalances(table) == ()
    assert imbalances(changed(changed(table, "一", "其他", "/"), "四", "其他", "")) == ()


def test_each_column_that_does_not_balance_is_named_with_both_sides() -> None:
    table = changed(recognised(MERGED_3), "三(七)", "自然人", "40")
    (found,) = imbalances(table)
    assert found == Imbalance("自然人", received=44, handled=43, place=26)


@pytest.mark.parametrize("text", ["约3", "3.5", "三"])
def test_a_column_without_whole_numbers_is_not_judged(text: str) -> None:
    """What cannot be read is not wrong."""
    assert imbalances(changed(recognised(MERGED_3), "一", "自然人", text)) == ()


def test_a_table_without_one_of_the_four_rows_is_not_judged() -> None:
    table = recognised(MERGED_3)
    assert imbalances(replace(table, rows=tuple(row for row in table.rows if row.row != "二"))) == ()
    assert imbalances(recognised(rows_of(TABLE_4))) == ()


def test_table_3_is_read_back_from_its_lines() -> None:
    """Who reviews published text has the lines only."""
    table = table_3_in("\n".join(["前言，共收到申请：53件。", *texts(MERGED_3)]))
    assert table is not None
    original = recognised(MERGED_3)
    for row in TABLE_3_ROWS:
        assert [table.count(row, column) for column in TABLE_3_COLUMNS] == [
            original.count(row, column) for column in TABLE_3_COLUMNS
        ]
    assert imbalances(table) == ()
    assert [one.column for one in imbalances(changed(table, "四", "总计", "9"))] == ["总计"]
    assert table_3_in("全年收到申请7件，其中，予以公开：5件。") is None


_LABELS = st.sampled_from(
    [cell for row in (*MERGED_3, *rows_of(TABLE_2), *rows_of(TABLE_4)) for cell in row] + ["甲", "第"]
)


@given(st.lists(st.lists(_LABELS, max_size=8), max_size=8))
def test_any_rows_are_read_or_left_alone(rows: Rows) -> None:
    """Whatever the rows, nothing is raised, and every figure that is written was there."""
    table = recognise(rows)
    if table:
        there = {cell for row in rows for cell in row}
        assert all(cell.text in there for row in table.rows for cell in row.cells)


@given(st.text(max_size=40))
def test_any_label_has_a_key_or_none(text: str) -> None:
    assert key_of(text, TABLE_3_ROWS) in ("", *TABLE_3_ROWS)
