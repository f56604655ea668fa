"""A total and its parts."""

from __future__ import annotations

import pytest

from bot.knowledge.examining.sums import WrongSum, wrong_sums

SEED = "共公开信息133条,其中:机构概况2条、政策法规和规范性文件10条、规划计划15条、项目信息78条、工作类{}条。"


@pytest.mark.parametrize(
    "text",
    [
        SEED.format(28),
        "收到申请7件，其中网上申请3件，来信1件。",
        "公开信息216条（同比增加12条），其中政策文件16条，价格监测信息200条（其中周报52条）。",
        "全年公开20条，其中网站12条，公告栏8条，其中转载3条。",
        "召开会议20次，其中专题会2次，培训3次，检查1次。",
        "接待510人次，其中电话咨询300件，来访20批次。",
        "投资1.5亿元，其中一期0.5亿元，二期1.0亿元。",
        "考核结果共4个等次，其中优秀2个、良好3个、合格1个。",
        "2017年12月31日前报送3份，其中纸质2份，电子1份。",
    ],
)
def test_sums_that_hold_or_need_not_hold_are_left_alone(text: str) -> None:
    assert list(wrong_sums(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SEED.format(38), WrongSum(133, (2, 10, 15, 78, 38), "条")),
        (SEED.format(18), WrongSum(133, (2, 10, 15, 78, 18), "条")),
        (
            "公开信息１，２３４条，其中网站１，０００条，公告栏２００条，其他３３条。",
            WrongSum(1234, (1000, 200, 33), "条"),
        ),
        ("共受理申请5件，包括公民4件，法人2件。", WrongSum(5, (4, 2), "件")),
        ("全年公开信息30条：规章10条；文件10条；人事8条。", WrongSum(30, (10, 10, 8), "条")),
    ],
)
def test_parts_that_do_not_add_up_are_found(text: str, expected: WrongSum) -> None:
    assert list(wrong_sums(text)) == [expected]
