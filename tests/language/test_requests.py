"""Doing something is told from asking about it; in doubt a message is an inquiry."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.normalise import fold
from bot.language.requests import request_kind, sought
from bot.model import RequestKind
from tests.language.strategies import texts


def kind(text: str) -> str:
    return request_kind(fold(text)).value


def sought_in(text: str) -> str:
    folded = fold(text)
    return sought(folded, request_kind(folded))


@pytest.mark.parametrize(
    "text",
    [
        "我要申请公开2017年的招商合同", "我想申请信息公开：2017年引进了多少家企业", "请向我公开某某项目的投资协议",
        "我申请公开2016年的会议纪要", "本人根据《政府信息公开条例》申请公开贵局2017年的招商引资合同",
        "我们公司需要申请公开重大项目的审批文件", "申请公开：随州市招商局2017年公务接待明细",
        "申请公开以下信息:1.招商合同", "特此申请公开贵局2018年的会议纪要", "现向贵局申请公开某项目的批复",
        "我要提交一份信息公开申请", "我想提一个政府信息公开申请，内容是2017年的补贴名单", "我要依申请公开",
        "我要办依申请公开", "我要求你们公开2017年的补贴名单", "要求贵局公开招商项目的合同",
        "请贵局依法公开2017年专项资金的明细", "请你们提供某某公司投资协议的复印件",
        "我要向随州市招商局申请获取某公司的投资协议", "我想申请信息公开", "我要申请公開2017年的招商合同",
        "本人向貴局申請公開投資協議", "I want to apply for the disclosure of the 2017 investment contracts",
        "I would like to request a copy of the investment agreement with ABC",
        "We hereby request the disclosure of the meeting minutes",
        "I want to submit an information disclosure request", "please disclose to me the contract with Foxconn",
        "你好，我想申请公开招商引资奖励的发放名单，谢谢", "我要伸请公开2017年合同", "wo yao shenqing xinxi gongkai",
        "我想要申请政府信息公开", "您好，我是随州市民，想申请公开2018年的招商引资奖励资金发放情况",
        "我要申请政府信息公开，内容：某项目的土地出让合同", "申请获取某公司的投资协议",
        "我想依申请公开2017年领导小组会议纪要", "麻烦帮我申请公开某项目的环评批复", "我打算申请公开招商合同",
        "本人张三，现申请公开贵局2019年至2020年招商引资合同", "请求公开：2017年招商引资补助明细",
        "我代表某公司申请公开评估报告", "請向本公司公開招商協議",
        "I am requesting information under the disclosure regulations: the contract with X",
        "I'd like to apply for disclosure of meeting minutes", "I want to make a freedom of information request",
        "依据政府信息公开条例，请向我提供某项目的投资协议", "我们要求公开拆迁补偿标准的文件",
        "woyaoshenqingxinxigongkai",
    ],
)  # fmt: skip
def test_a_wish_to_apply_is_one(text: str) -> None:
    """In either script, in English and pinyin, and with a character that only sounds right."""
    assert kind(text) == "application"


@pytest.mark.parametrize(
    "text",
    [
        "我要举报某局长收钱", "我要投诉你们工作人员态度恶劣", "我要信访", "张三违规占地没人管", "我要举报！",
        "我想投诉", "本人实名举报某科长受贿", "实名举报招商局李某收红包", "我要投诉你们电话没人接",
        "我要投诉，你们态度怎么这么差", "我们村要上访", "我要检举招商局领导贪污", "举报：某某局长收受贿赂",
        "投诉你们工作人员态度恶劣", "我要反映一个问题，某公司违规占用耕地", "我要告你们局长",
        "你们窗口的工作人员态度太差了", "我想反映某领导不作为", "我要舉報某局長收錢",
        "I want to complain about your staff", "I want to report a corrupt official",
        "I'd like to file a complaint against the director", "We want to report misconduct",
        "I wish to lodge a complaint", "我要举抱某局长", "wo yao jubao", "wo yao tousu nimen",
        "工厂污染没人管，要求查处", "某局长收了老板的红包", "我要向纪委举报某某", "投诉：窗口工作人员玩手机",
        "我要实名举报", "我要投诉贵局某某科长乱收费", "我来举报一件事，有人侵吞公款", "局长收我红包不办事",
        "你们工作人员骂我", "我们小区被强拆没人管，请领导查处", "村干部贪污低保没人管！", "我要去信访",
        "我要上访，给我说法", "要投诉你们", "必须举报你们", "我想跟领导反映问题，招商局的人不作为", "想举报一个人",
        "强烈要求查处某公司违法占地", "有人违规占地，请你们查处", "I want to report that the director took bribes",
        "I wish to complain about the service", "我要投訴你們的工作人員", "我要告状", "老子要投诉你们",
        "我要向你们投诉",
    ],
)  # fmt: skip
def test_a_complaint_or_petition_is_one(text: str) -> None:
    """Questions that are none (怎么这么差) do not make it an inquiry."""
    assert kind(text) == "petition"


@pytest.mark.parametrize(
    "text",
    [
        "我的名字登记错了，请改过来", "我的企业信息登记有误，要求更正", "请更正本人的身份证号",
        "你们把我的名字写错了", "我要更正我的个人信息", "我要求更正个人信息", "我公司的名称登记错了",
        "本人信息有误,请更正", "我的出生日期录错了", "申请更正我公司的登记信息", "请把我的地址改一下",
        "我们企业的法定代表人登记错误，请更正", "我在你局的登记信息不准确，请改正", "我姓名写错了",
        "我的名字登記錯了，請改過來", "my name is misspelled in your records", "Please correct my registration",
        "our company's address is wrong, please fix it", "I want to correct my record", "帮我改一下我的电话号码",
        "我的身份证号在你们系统里写错了", "你们登记我的生日不对，请更正", "我公司名称被写成了别的，请更正",
        "麻烦把我的名字改过来", "网站上我的姓名写错了", "本公司注册地址登记有误，申请更正", "我的联系电话登记错了",
        "We need you to correct our company's registration", "My date of birth is wrong in your system",
    ],
)  # fmt: skip
def test_a_request_to_correct_ones_own_record_is_one(text: str) -> None:
    assert kind(text) == "correction"


@pytest.mark.parametrize(
    "text",
    [
        "傻逼", "你们都是傻逼", "沙比", "sb", "你个sb", "cnm", "滚", "滚蛋!", "操你妈", "你们这群废物", "垃圾政府",
        "招商局全是废物", "你好，傻逼", "王八蛋", "去死吧", "fuck you", "you idiot", "stupid bot", "shabi", "tmd",
        "我要弄死你们", "小心你全家", "炸了你们局", "煞笔机器人", "草泥马", "他妈的", "操你媽",
        "you are a bunch of idiots", "谢谢你，傻逼", "白痴",
    ],
)  # fmt: skip
def test_nothing_but_insults_is_abuse(text: str) -> None:
    """Whoever is meant, and whatever small talk stands beside it."""
    assert kind(text) == "abuse"


@pytest.mark.parametrize(
    "text", ["你们再不公开2017年的数据我就弄死你们", "电话多少？小心你全家", "I will kill you if you don't answer"]
)
def test_a_threat_is_abuse_whatever_else_is_said(text: str) -> None:
    """Staff have to see it."""
    assert kind(text) == "abuse"


@pytest.mark.parametrize(
    "text",
    [
        "怎么申请公开？", "收到多少件依申请公开的申请", "投诉电话是多少", "有没有信访", "怎么更正",
        "我想申请公开，怎么弄", "我想申请公开要交钱吗", "我要投诉电话", "我要举报电话号码", "举报", "投诉",
        "投诉举报", "信访", "依申请公开", "申请公开", "申请公开流程", "我要申请公开流程", "我要依申请公开的表格",
        "如果我要申请公开，需要什么材料", "我要申请低保", "我想申请补贴", "我要申请行政复议",
        "我申请公开的信息多久答复", "我申请过公开，一直没有答复怎么办", "申请了人家不理我，上哪说理去",
        "俺想要份材料，咋个申请法", "工作人员乱来的话，找谁举报、电话有没有公开",
        "违规违纪的投诉举报单位和电话有没有公开？", "政府掌握的我个人信息写错了，怎么更正？", "我的信息记错了怎么改",
        "更正个人信息", "更正本人信息需要什么材料", "你们公开的数字错了，请更正", "我要更正一下刚才的问题",
        "我查到的信息不对", "我想举报，去哪里", "我要投诉，找谁", "我要投诉的话怎么走程序", "我不想投诉",
        "我没有要举报", "信访投诉能不能当成信息公开申请来提", "我在这里发消息问你，算正式申请吗",
        "2017年信访举报处理了多少", "我要信访局电话", "我想了解投诉情况", "工作人员违规违纪", "态度恶劣", "违规占地",
        "乱收费", "举报违规违纪", "请公开2017年主动公开多少条", "请提供联系方式", "请提供申请公开的指南",
        "2017年行政复议怎么申请", "How do I apply for government information disclosure?",
        "I want to know how to complain", "Where can I complain?", "complaint hotline number",
        "how can I correct my record", "I want to apply for a subsidy", "I want to request the phone number",
        "I want to read the annual report", "zenme shenqing xinxi gongkai", "zenme tousu",
        "wo xiang zhidao tousu dianhua", "举报电话 12345", "我要看2017年年报", "我想查招商合同", "我告诉你们一件事",
        "主动公开的领域需要怎样改进？", "招商项目信息公开了几条", "我的公司想来投资", "我们想要材料",
        "有人举报怎么处理", "我想来信访接待室看看", "你们的态度", "我的申请信息在哪查", "政府大楼", "我要看招商合同",
        "能不能申请公开招商合同", "招商合同可以申请公开吗", "申请公开2017年", "申请公开件数", "申请公开答复期限",
        "我的申请什么时候答复", "申请公开的件数2017", "举报信箱", "举报奖励", "投诉渠道", "投诉处理情况",
        "2017年投诉举报情况", "信访工作", "如何投诉你们", "去哪投诉", "对答复不满意想投诉", "我不满意答复怎么办",
        "我对你们的答复不服", "招商局的人乱来怎么投诉", "向哪个单位举报", "工作人员违规违纪找谁举报",
        "违规占地怎么处理", "违规占地处罚标准", "乱收费举报电话", "拖欠工资找哪个部门", "态度恶劣的工作人员怎么处理",
        "领导收红包的通报", "我公司的名称怎么变更", "变更企业登记信息", "我的信息会不会泄露", "我的个人信息安全吗",
        "我想改一下我的问题", "本人信息更正", "公开的信息有错误怎么办", "年报里的数字错了", "2017年公开数量不对",
        "你们的电话不对", "你们公布的电话打不通", "网站打不开", "为什么不公开", "你们什么都不公开", "凭什么不公开",
        "公开一下2017年的招商项目", "请公开招商政策", "请介绍一下招商政策", "要求公开的内容有哪些", "我要求你们回答",
        "我希望了解招商政策", "我要投资", "我要来随州投资", "我想申请优惠政策", "我要申请代办服务",
        "我要申请项目用地", "我想提交投资项目申请", "申请书怎么写", "申请人有哪些权利", "申请公开政府信息的收费规定",
        "我们申请的公开没有结果", "我前天提交了信息公开申请", "我已经申请公开了", "有人投诉你们吗",
        "招商局有没有被投诉过", "群众举报几件", "群众信访举报多少件", "12345投诉", "监督电话",
        "I want to apply for an investment subsidy", "What is the complaint procedure", "report 2017",
        "I want to see the report", "I want the 2017 annual report", "I want to report on investment in Suizhou",
        "are there complaints in 2017", "request for information statistics",
        "how many requests for disclosure were received", "information requests 2017", "I request the annual report",
        "my company wants to invest", "is my name in your records",
    ],
)  # fmt: skip
def test_a_question_about_it_is_an_inquiry(text: str) -> None:
    assert kind(text) == "inquiry"


@pytest.mark.parametrize(
    "text",
    [
        "滚动公开", "垃圾分类", "危险废物处理", "神经病医院", "智障人士补贴", "他妈妈的户口怎么办", "我妈的信息公开",
        "尼玛县招商局", "烧烤店投资", "滚装码头项目", "滚动更新吗", "废物利用项目", "垃圾发电项目",
    ],
)  # fmt: skip
def test_words_that_hold_an_insult_are_topics(text: str) -> None:
    assert kind(text) == "inquiry"
    assert sought_in(text) == fold(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("傻逼，2017年公开了多少条", "2017年公开了多少条"),
        ("你们这群废物，电话多少", "你们这 ,电话多少"),
        ("sb 怎么申请公开", "怎么申请公开"),
        ("fuck, what is your phone number", "what is your phone number"),
        ("你个sb，食堂几点开门", "你个 ,食堂几点开门"),
    ],
)
def test_an_insult_beside_a_question_is_passed_over(text: str, wanted: str) -> None:
    assert kind(text) == "inquiry"
    assert sought_in(text).strip(", ") == wanted


def test_who_answers_may_be_asked_rudely() -> None:
    assert kind("你是谁 傻逼") == "identity"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我要申请公开2017年的招商合同", "2017年的招商合同"),
        ("我想申请信息公开：2017年引进了多少家企业", "2017年引进了多少家企业"),
        ("请向我公开某某项目的投资协议", "某某项目的投资协议"),
        ("特此申请公开贵局2018年的会议纪要", "贵局2018年的会议纪要"),
        ("I want to submit an information disclosure request: the 2017 contract", "the 2017 contract"),
        ("我想申请信息公开", "我想申请信息公开"),
        ("我要依申请公开", "我要依申请公开"),
        ("我要信访", "信访、投诉、举报"),
        ("我要举报张三收钱", "违规违纪的投诉举报"),
        ("我的名字登记错了，请改过来", "更正本人信息"),
        ("停车怎么收费", "停车怎么收费"),
    ],
)
def test_what_is_searched_for_is_what_is_wanted(text: str, wanted: str) -> None:
    """Not the names in a complaint; and how to apply, where only that is said."""
    assert sought_in(text) == fold(wanted)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("我要申请公开招商合同，不然我要投诉你们", "application"),
        ("我要投诉你们，我申请公开招商合同不给", "petition"),
        ("我的名字登记错了请更正，不然我要投诉", "correction"),
    ],
)
def test_of_several_kinds_the_first_said_is_it(text: str, first: str) -> None:
    assert kind(text) == first


@pytest.mark.parametrize(
    "part", ["我要", "我根据法第条", "我现在向我要反映", "违规占地没人", "my name ", "请向我公开", "傻", "向向局"]
)
def test_no_text_is_slow_to_tell(part: str) -> None:
    """Patterns that try every cut would take minutes."""
    text = (part * 500)[:500]
    started = time.perf_counter()
    request_kind(text)
    assert time.perf_counter() - started < 1


WORDS = st.lists(
    st.sampled_from(
        [
            "我",
            "我要",
            "申请",
            "公开",
            "举报",
            "投诉",
            "更正",
            "我的名字",
            "错了",
            "怎么",
            "傻逼",
            "sb",
            ":",
            ",",
            "请",
            "向",
            "某局长",
            "收钱",
            "2017年",
            "i want to ",
            "report ",
        ]
    )
).map("".join)


@given(texts | WORDS)
def test_any_text_is_of_some_kind(text: str) -> None:
    folded = fold(text)
    kind = request_kind(folded)
    assert kind in RequestKind
    assert isinstance(sought(folded, kind), str)
