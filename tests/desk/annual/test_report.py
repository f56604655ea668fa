"""The annual report, from the registers to a file and back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from bot.app import App
from bot.applying.procedure import take
from bot.desk.annual.counts import YearCounts
from bot.desk.annual.forms import Form, draft_report
from bot.desk.annual.labels import COLUMNS, ROWS
from bot.desk.annual.markdown import to_markdown
from bot.desk.annual.register import Gathered, ReportRefused, gather
from bot.desk.annual.tables import table_2, table_3, table_4
from bot.desk.annual.word import to_word
from bot.knowledge.form_layouts import recognise
from bot.knowledge.forms import FormTable, imbalances
from bot.model import ApplicantKind, ApplicationRules, Case, CaseKind, Channel, FeeMethod, Question, Step, Verdict
from bot.store import Store
from tests.applying.histories import WORKDAYS, event, registered
from tests.desk.annual.seed import BEIJING, CATEGORIES, DRAFTED, RECEPTION, enter_contacts, write_catalogue
from tests.houses import settings_in, write_house

NO_FEES = ApplicationRules()


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The house of 2017."""
    root = tmp_path_factory.mktemp("seed")
    write_catalogue(root)
    with App(settings_in(root)) as app:
        app.sync()
        enter_contacts(app.store)
        yield app


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of the small agency, its folder published."""
    with App(write_house(tmp_path)) as app:
        app.sync()
        yield app.store


def markdown(form: Form, gathered: Gathered, rules: ApplicationRules = NO_FEES) -> str:
    return to_markdown(draft_report(form, gathered.counts, gathered.before, rules, DRAFTED.date()))


def apply_for(store: Store, day: date, *steps: tuple[Step, date], kind: ApplicantKind = ApplicantKind.PERSON) -> str:
    """An application that came in on a day and went through steps; returns its number."""
    application = store.applications.register(registered("", day, kind))
    for step, on in ((Step.RECEIVED, day), *steps):
        taken = store.applications.take(
            application.number,
            lambda stands, step=step, on=on: take(stands, event(step, on), WORKDAYS).events[-1],  # type: ignore[misc]
        )
        assert taken
    return application.number


def table_of(counts: YearCounts, number: int) -> FormTable:
    made = {2: table_2, 3: table_3, 4: table_4}[number](counts)
    found = recognise([[box.text if box else "" for box in row] for row in made.grid()])
    assert found
    assert found.number == number
    return found


def test_the_figures_of_2017_come_out_of_the_registers_in_the_form_of_that_time(seed: App) -> None:
    gathered = gather(seed.store, 2017, "", DRAFTED)
    assert {category: len(ids) for category, ids in gathered.counts.disclosed.items()} == CATEGORIES
    text = markdown(Form.SINCE_2008, gathered)
    for said in (
        "2017年，随州市招商局主动公开政府信息133条：项目信息78条，工作类28条，规划计划15条，政策法规和规范性文件10条，机构概况2条。",
        "2017年，随州市招商局接待来电、来信、来访共510人次：来电300人次，来信90人次，来访120人次。",
        "2017年，随州市招商局新收政府信息公开申请0件，上年结转0件，办结0件，结转下年度继续办理0件。",
        "行政复议0件，行政诉讼0件。",
    ):
        assert said in text
    parts = [line for line in text.splitlines() if line.startswith("## ")]
    assert [part[3:5] for part in parts] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]
    assert gathered.remarks == ()


def test_every_figure_can_be_traced_to_what_it_counts(seed: App) -> None:
    cells = dict(gather(seed.store, 2017, "", DRAFTED).counts.cells())
    assert len(cells["主动公开"]) == 133
    assert cells["主动公开/机构概况"] == ("ZS-000", "ZS-001")
    assert {name: len(cells[f"咨询/{name}"]) for name in ("来电", "来信", "来访")} == {
        "来电": RECEPTION[Channel.PHONE],
        "来信": RECEPTION[Channel.LETTER],
        "来访": RECEPTION[Channel.VISIT],
    }
    assert all(seed.store.records.find(reference) for reference in cells["咨询/来信"])


@pytest.mark.e2e
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("suffix", ["md", "docx"])
def test_the_report_put_back_into_the_folder_passes_the_review_and_answers(
    form: Form, suffix: str, tmp_path: Path, seed: App
) -> None:
    gathered = gather(seed.store, 2017, "", DRAFTED)
    draft = draft_report(form, gathered.counts, gathered.before, NO_FEES, DRAFTED.date())
    written = to_markdown(draft).encode() if suffix == "md" else to_word(draft)
    write_catalogue(tmp_path)
    (tmp_path / "knowledge" / "reports").mkdir()
    (tmp_path / "knowledge" / "reports" / f"2017.{suffix}").write_bytes(written)
    with App(settings_in(tmp_path)) as app:
        assert [str(finding) for finding in app.check() if finding.severity != "note"] == []
        app.sync()
        for asked, said in (
            ("2017年主动公开了多少条信息", "主动公开政府信息133条"),
            ("2017年来电来信来访多少人次", "510人次"),
            ("2017年收到多少件信息公开申请", "新收政府信息公开申请0件"),
        ):
            question = Question(asked, Channel.COMMAND, datetime(2018, 3, 1, tzinfo=UTC))
            answered = app.answering.answer(question, record=False)
            assert answered.decision.verdict is Verdict.ANSWER, asked
            assert answered.reply.quote
            assert said in answered.reply.quote.text


def test_the_three_tables_are_those_of_the_form_and_balance(store: Store) -> None:
    apply_for(store, date(2024, 12, 2), kind=ApplicantKind.COMPANY)
    apply_for(store, date(2025, 3, 3), (Step.ANSWERED, date(2025, 3, 10)))
    apply_for(store, date(2025, 3, 4), (Step.WITHDRAWN, date(2025, 3, 5)))
    store.cases.add(Case("", CaseKind.LAWSUIT, date(2025, 5, 1), "", "", datetime(2025, 5, 1, tzinfo=UTC), "王"))
    counts = gather(store, 2025, "zsj", datetime(2026, 1, 5, tzinfo=BEIJING)).counts
    third = table_of(counts, 3)
    keys = {row.row for row in third.rows} - {""}
    assert keys == {row.key for row in ROWS}
    assert {cell.column for row in third.rows for cell in row.cells} == set(COLUMNS)
    stated = {
        (row, column): third.count(row, column)
        for row, column in (
            ("一", "自然人"),
            ("二", "商业企业"),
            ("三(一)", "总计"),
            ("三(六)3", "自然人"),
            ("三(七)", "总计"),
            ("四", "商业企业"),
        )
    }
    assert stated == {
        ("一", "自然人"): 2,
        ("二", "商业企业"): 1,
        ("三(一)", "总计"): 1,
        ("三(六)3", "自然人"): 1,
        ("三(七)", "总计"): 2,
        ("四", "商业企业"): 1,
    }
    assert imbalances(third) == ()
    fourth = table_of(counts, 4)
    assert (fourth.count("未经复议直接起诉", "尚未审结"), fourth.count("行政复议", "总计")) == (1, 0)
    assert table_of(counts, 2).count("行政规范性文件", "本年制发件数") == 0


def test_a_table_that_does_not_balance_is_refused_and_names_the_applications(store: Store) -> None:
    apply_for(store, date(2025, 3, 3), (Step.ANSWERED, date(2025, 3, 10)))
    number = apply_for(store, date(2025, 3, 4))
    # The procedure allows no answer before the receipt; a hand in the database may write one.
    store.applications.take(number, lambda stands: event(Step.ANSWERED, date(2024, 3, 10)))
    with pytest.raises(ReportRefused, match=rf"表三不平衡.*有问题的是{number}；"):
        gather(store, 2025, "", datetime(2026, 1, 5, tzinfo=BEIJING))


def test_last_years_report_and_the_register_have_to_agree_on_what_is_carried_over(tmp_path: Path) -> None:
    with App(write_house(tmp_path)) as app:
        app.sync()
        before = gather(app.store, 2024, "", datetime(2025, 1, 5, tzinfo=BEIJING))
        apply_for(app.store, date(2024, 12, 2))
        (tmp_path / "knowledge" / "reports").mkdir()
        (tmp_path / "knowledge" / "reports" / "2024.md").write_text(markdown(Form.SINCE_2021, before), "utf-8")
        app.sync()
        (remark,) = gather(app.store, 2025, "", datetime(2026, 1, 5, tzinfo=BEIJING)).remarks
        assert str(remark).startswith("reports/2024: 上年已发布的报告结转0件，登记里是1件")


def test_the_year_before_is_compared_for_staff_alone(store: Store) -> None:
    apply_for(store, date(2024, 3, 4), (Step.ANSWERED, date(2024, 3, 11)))
    apply_for(store, date(2025, 3, 3), (Step.ANSWERED, date(2025, 3, 10)))
    apply_for(store, date(2025, 3, 4), (Step.ANSWERED, date(2025, 3, 10)))
    gathered = gather(store, 2025, "", datetime(2026, 1, 5, tzinfo=BEIJING))
    note = "<!-- 与2024年相比：主动公开0条，上年0条，持平；新收申请2件，上年1件，增加1件；咨询0次，上年0次，持平。 -->"
    assert note in markdown(Form.SINCE_2021, gathered)
    empty = gather(store, 2024, "", datetime(2026, 1, 5, tzinfo=BEIJING))
    assert "登记里没有2023年的数据，不能比较。" in markdown(Form.SINCE_2021, empty)


def test_fees_are_told_as_staff_charge_them(store: Store) -> None:
    gathered = gather(store, 2025, "", datetime(2026, 1, 5, tzinfo=BEIJING))
    assert "没有收取信息处理费" in markdown(Form.SINCE_2021, gathered)
    assert "按页数收取信息处理费" in markdown(Form.SINCE_2021, gathered, replace(NO_FEES, fees=FeeMethod.PAGES))


def test_a_running_year_is_counted_to_today_and_one_to_come_is_refused(store: Store) -> None:
    today = datetime(2026, 3, 2, 9, tzinfo=BEIJING)
    (remark,) = gather(store, 2026, "", today).remarks
    assert "数字算到2026-03-02" in str(remark)
    assert gather(store, 2026, "", today).counts.last_day == date(2026, 3, 2)
    with pytest.raises(ReportRefused, match="这一年还没有开始"):
        gather(store, 2027, "", today)
    with pytest.raises(ReportRefused, match="没有发布机关“jyj”；请用 --agency 写明一个：zsj"):
        gather(store, 2025, "jyj", today)


def test_the_word_file_has_the_forms_merged_cells_and_keeps_notes_out_of_its_text(seed: App) -> None:
    gathered = gather(seed.store, 2017, "", DRAFTED)
    data = to_word(draft_report(Form.SINCE_2021, gathered.counts, gathered.before, NO_FEES, DRAFTED.date()))
    document = docx.Document(io.BytesIO(data))
    third = document.tables[1]
    assert len(third.columns) == 10
    assert third.cell(0, 3)._tc is third.cell(0, 9)._tc
    assert third.cell(1, 4)._tc is third.cell(1, 8)._tc
    assert third.cell(5, 0)._tc is third.cell(26, 0)._tc
    assert "请写" not in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert any("请写存在的主要问题" in comment.text for comment in document.comments)
