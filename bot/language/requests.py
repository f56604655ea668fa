"""What kind of request a message is: told by rules, which separate doing something from asking about it.

我要投诉你们态度恶劣 is a complaint, 投诉电话是多少 is a question. In doubt it is an inquiry, which is searched and answered. All
functions take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re

from bot.language import chatter
from bot.language.insults import is_threat, says_only_who_is_meant, without_insults
from bot.language.pinyin import syllable
from bot.language.tokens import is_han
from bot.language.wording import clauses, content_stretches
from bot.model import RequestKind

# Who speaks, how firmly, to whom.
_OWN = "(?:本人|本(?:公司|企业|单位|村)|(?:我|俺|咱)们?(?:司|方|家|村|公司|单位|企业|厂)?)"
_LAW = "(?:根据|依据|按照|依照)[^,]{2,24}?(?:条例|规定|法)》?(?:的?(?:有关|相关)?规定|第[^,]{1,8}条(?:的?规定)?)?,?"
# Possessive, so that no text can make it try every way to cut itself up.
_FIRMLY = f"(?:现在?|今天|在此|特此?|兹|正式|强烈|依法|实名|匿名|书面|再次|真的?|非常|只?是|也|还|就|来|{_LAW}){{0,6}}+"
_WANTS = f"(?:(?:{_OWN}|老子){_FIRMLY}(?:代表[^,]{{1,15}}?)?(?:要求|想要?|要|需要|希望能?|必须|打算)|(?<![\u4e00-\u9fff])(?:想要?|要|必须)){_FIRMLY}"
_TO = "(?:[向给跟对请](?:(?:你们?|您|贵)?[^,;.?!\\s]{0,10}?(?:局|委|厅|办|院|所|政府|机关|部门|单位)|你们?|您们?|领导|上级|组织))?"

# 申请公开流程 and 投诉电话 are things to ask for.
_TOPIC_END = "(?=$|[\\s,.?!;:、的和与是在有怎如哪多给])"
_TOPICS = (
    "(?:指南|须知|流程|程序|步骤|表格?|书|人|方式|渠道|途径|平台|网站?|网址|邮箱|信箱|电话|热线|地址|中心|部门|机构|单位|窗口|条件|材料|手续|要求|"
    "收?费用?|收费标准|标准|期限|时限|时间|办法|制度|规定|条例|情况|数量|件数|次数|信息|内容|结果|答复|受理|处理|接待|工作|局|办|率|量)"
)
_NO_TOPIC = f"(?!接待[室站日]|大厅|(?:用?的)?(?:号码|{_TOPICS}){{1,3}}{_TOPIC_END})"

# Any of these turns a declaration into a question about it.
_QUESTION = re.compile(
    "怎|咋|如何|什么|啥|哪|谁|多久|多长|多少|几(?=[天个件次条起日时家项份])|何(?=[时处地])|吗|么(?=[\\s?]|$)|呢|是否|是不是|[能可要用行会算对]不|能否|可否|需不需要|"
    "有没有|有无|[请想]问|请教|咨询|想(?:知道|了解)|不(?:知道|清楚|懂|明白)|如果|假如|假设|要是|的话|万一|若|以后|之后|[?]$|"
    r"\b(?:how|where|when|who|whom|what|which|why|whether|if|can i|could i|may i|do i|does|should|is (?:it|there)|are there|fees?|costs?)\b"
)
# Who complains also asks what is none: 怎么这么差, 有没有人管. Only these ask about complaining.
_ASKS_HOW_TO_COMPLAIN = re.compile(
    "怎么?(?:样|个)?(?=投诉|举报|检举|信访|上访|反映|办|弄|做|写|走|操作|联系|提|投|告)|怎样|咋(?=[个办弄投举整])|如何|哪[里儿些家个种]|[在去到上往]哪|何处|[找向跟问由给打]谁|谁(?=负责|受理|管这)|"
    "什么(?=材料|手续|条件|流程|程序|地方|渠道|途径|部门|单位|方式|电话|证据|时候)|多久|几天|需要(?=什么|哪些|提供)|(?:可以|行|受理|保密|奖励|奖金|能|有用|管用|这里|这儿)吗|能不能(?=投诉|举报|匿名)|"
    "有没有(?=电话|渠道|平台|热线|邮箱|网站|奖|保密)|会不会|请问|请教|咨询|想(?:知道|了解|问)|不(?:知道|清楚)(?=[该怎找向哪去在])|如果|假如|假设|要是|的话|万一|(?:电话|渠道|方式|地址|邮箱)(?:是|有|呢|多少|[?]|$)|"
    r"\b(?:how|where|whom?|which|if|can i|could i|may i|should|is there|phone|number|hotline|what (?:is|are|do|number|channel))\b"
)

_PAPERS = "合同|协议|批复|批文|会议纪要|纪要|复印件|原件|扫描件|图纸|账目|凭证|评估报告|审批"
_PAPERS_OR_LISTS = f"{_PAPERS}|文件|材料|资料|清单|名单|方案|明细|档案|信息"
_DISCLOSURE = f"(?:公开|(?:(?:一|几|部分|相关|有关)?[些份个项条])?(?:政府|政务)?信息(?:的?公开)?|获取(?=.))(?![了过后前被得])(?:申请)?{_NO_TOPIC}"
_APPLY = "(?:提交|提出|递交|提|办理?|走)?(?:一?[份个次]|一下)?(?:依法)?(?:依?申请)(?:一下|一?[份个项])?(?:(?:你们?|您|贵)(?:局|委|厅|办|单位|机关|部门)?|[^,;.?!\\s]{2,12}局)?(?:依法|主动|向我们?)*"
_SUBMIT = "(?:提交|提出|递交|提|办理?|走)(?:一?[份个次]|一下)?(?:依申请公开|(?:政府|政务)?信息公开(?:的)?申请|公开申请)(?:申请)?"
_APPLICATION = re.compile(
    f"{_WANTS}{_TO}(?:{_APPLY}{_DISCLOSURE}|{_SUBMIT}{_NO_TOPIC})|"
    f"{_OWN}{_FIRMLY}(?:代表[^,]{{1,15}}?)?{_TO}申请{_DISCLOSURE}(?=.{{2}})|"
    f"(?:特此?|现|兹){_FIRMLY}{_TO}(?:{_APPLY}{_DISCLOSURE}|{_SUBMIT})|"
    f"^(?:依法|书面)?{_TO}申请(?:公开|获取)(?=(?:以下|如下|:)|[^,?]{{2,80}}(?:{_PAPERS})(?![法办]))|"
    f"(?:(?<!申)请求?|要求|希望|^)(?:(?:你们?|您|贵)[^,;.?!\\s]{{0,4}}|[^,;.?!\\s]{{2,12}}局)?(?:依法|依规|尽快|书面|及时)*向{_OWN}(?:依法|书面)*(?:公开|提供)|"
    f"(?:(?<!申)请求?|要求)(?:(?:你们?|您|贵)[^,;.?!\\s]{{0,4}}|[^,;.?!\\s]{{2,12}}局)?(?:依法|依规|尽快|书面|及时)*(?:公开(?=[^,?]{{2,80}}(?:{_PAPERS_OR_LISTS}))|提供(?=[^,?]{{2,80}}(?:{_PAPERS})))|"
    r"\b(?:i|we)(?:'d| would| hereby| do)*(?: (?:want|wish|like|need|intend))?(?: to)? (?:(?:formally|officially) )?(?:apply for|request|am requesting|am applying for|(?:file|submit|make|lodge) (?:an? )?(?:application|request|foi request|freedom of information request|(?:information )?disclosure request|information request)(?: for)?)"
    r"(?=(?<=disclosure request)|(?<=information request)|(?<=foi request)| .{0,60}?\b(?:disclosures?|disclose|information|documents?|records?|contracts?|agreements?|cop(?:y|ies)|minutes|foi|freedom)\b)|"
    r"\b(?:please|hereby|request (?:you )?to) disclose(?: to (?:me|us))?(?= )"
)

_MISDEEDS = (
    "收(?:了|受)?(?:[我他]们?|别人|人家|企业|老板)?[^,]{0,6}(?:红包|黑钱|好处费?|贿赂|回扣|钱)|受贿|行贿|贪污|索贿|贪腐|以权谋私|吃拿卡要|乱收费|不作为|乱作为|态度[^,]{0,6}(?:恶劣|差|蛮横|不好)|"
    "违[法规章建]|强拆|强占|霸占|占地|占用|骗|骂人|打人|欠薪|拖欠|污染|扰民|包庇|刁难|推诿|拒不|敲诈|勒索|造假|作假|偷[税排]|行为|问题"
)
_ACTS = (
    "(?:举报|投诉|检举|揭发|控告|控诉|信访|上访|告发|告状|告(?=[你他她]们?|局长|领导|[^,]{0,8}(?:局长|主任|科长|书记|干部|工作人员))(?!诉))"
    f"(?:一下|一个|下)?{_NO_TOPIC}|反映(?=[^,]{{0,40}}(?:问题|违法|违规|违纪|贪|不作为|乱))(?:一下|一个|下)?"
)
_STAND = "没有?人(?:来)?(?:管|处理|问)|无人(?:管|过问)|(?:谁|都|一直|就是)(?:也|都)?不管|(?:请|要求|希望|恳请|必须)[^,.?!]{0,8}(?:查处|严查|彻查|严惩|调查处理|立案|追责)|(?:给|讨)[^,.?!]{0,6}(?:说法|公道)"
_SOMEBODY = "(?:[你他她]们?|某[^,.?!]{0,6}|[^,.?!]{0,6}(?:局长|主任|科长|处长|书记|镇长|村长|县长|市长|区长|干部|领导|工作人员|办事员|执法人员|窗口人员|经理|老板))"
_COMPLAINT = re.compile(
    f"{_WANTS}(?:去|来)?{_TO}{_FIRMLY}(?:{_ACTS})|{_OWN}(?:现|来|在此|特此?|正式|强烈|依法|实名|匿名)+{_TO}(?:{_ACTS})|(?:^|[,.!?;\\s])(?:实名|匿名|强烈)(?:{_ACTS})(?=.{{2}})|"
    f"^(?:举报|投诉|检举|控告|揭发):(?=.{{2}})|强烈要求[^,.?!]{{0,8}}(?:查处|严查|彻查|严惩)|"
    r"\b(?:i|we)(?:'d| would|'ll| will)*(?: (?:want|wish|like|need|have))?(?: to)? (?:(?:formally|officially|anonymously) )?(?:complain(?! (?:phone|number))|(?:file|lodge|make|submit) (?:an? )?(?:formal )?(?:complaint|petition)|petition|denounce|blow the whistle|"
    r"report(?= (?:an? |the |some |your |that )?(?:\w+ ){0,3}(?:corrupt\w*|brib\w*|misconduct|officials?|directors?|staff|officers?|clerks?|illegal\w*|fraud|violations?|abuse|someone|somebody|wrongdoing|crimes?|embezzl\w*)|[\s.!]*$))(?!\w)"
)
# Nobody says here that he complains: any question makes it one, and so does a bare topic (违规占地, 态度恶劣).
_ACCUSATION = re.compile(
    f"^(?:举报|投诉|检举|控告|揭发)(?={_SOMEBODY}[^?]{{0,20}}(?:{_MISDEEDS}))|"
    f"(?:{_MISDEEDS})[^?]{{0,30}}(?:{_STAND})|"
    f"{_SOMEBODY}[^,.?!]{{0,12}}(?:态度(?:很|太|极其|极|非常|特别|十分|相当|真)*(?:恶劣|差劲|差|蛮横)|收了?[^,.?!]{{0,8}}(?:红包|黑钱|好处费|贿赂|回扣)|(?:向|跟|找)我们?(?:索贿|索要|要(?:钱|红包|好处))|[骂打]了?我)(?:了|不办|[!.]|$)"
)

_RECORD = "(?:名字|姓名|名称|信息(?!公开)|登记|资料|身份证号?码?|证件号码?|档案|电话号?码?|手机号?码?|住址|地址|户籍|户口|出生[日年]期?|生日|年龄|性别|记录|法人代表|法定代表人|注册资本|经营范围|学历|职称|备案|账号)"
_WHOSE = "(?:联系|个人|企业|公司|单位|家庭|身份|户籍|注册|登记|房产|不动产|社保|医保|工商|营业执照|基本|档案|备案|证件|账户|孩子|儿子|女儿|父亲|母亲|[里上中的])*"
_MY_RECORD = f"{_OWN}(?:在[^,.?!]{{1,12}}的?)?{_WHOSE}{_RECORD}"
_WRONG = "(?:[写登录搞弄填打记印]错|登记错|错了|错误|有错|有误|不对|不准确?(?![备时许])|不符|不一致|失实|搞混)"
_MEND = "(?:更正|改正|修改|纠正|更改|订正|改过来|改一?下|改掉|改成|改为)"
_ASK = "(?:请|要求|申请|需要|希望|想要?|要|帮我?|麻烦|给我|为我)"
_CORRECTION = re.compile(
    f"{_MY_RECORD}[^?!;]{{0,16}}{_WRONG}|[写登录搞弄填打记]错了?{_MY_RECORD}|"
    f"{_ASK}[^,.?!;]{{0,8}}{_MEND}(?:一下)?[^,.?!;]{{0,4}}{_MY_RECORD}|[把将]{_MY_RECORD}[^,.?!;]{{0,6}}{_MEND}|"
    f"{_OWN}{_FIRMLY}{_ASK}{_TO}{_MEND}(?:一下)?{_OWN}?(?:自己)?的?{_WHOSE}(?<!刚才的){_RECORD}|{_MY_RECORD}[^?!;]{{0,8}}(?:{_ASK}[^,.?!;]{{0,6}}){_MEND}|"
    r"\b(?:my|our) (?:[\w'’]+ ){0,3}(?:name|record|records|registration|information|data|details|address|birthday|date of birth|id number|file)\b(?: \w+){0,4} (?:wrong|wrongly|incorrect|incorrectly|misspelled|misspelt|inaccurate|mistaken)\b|"
    r"\b(?:correct|fix|amend|rectify) (?:my|our) (?:[\w'’]+ ){0,3}(?:name|records?|registration|information|data|details|address|birthday|date of birth|id number|file)\b"
)
_RULES = (
    (RequestKind.CORRECTION, _CORRECTION, _QUESTION),
    (RequestKind.PETITION, _COMPLAINT, _ASKS_HOW_TO_COMPLAIN),
    (RequestKind.PETITION, _ACCUSATION, _QUESTION),
    (RequestKind.APPLICATION, _APPLICATION, _QUESTION),
)

# Spelled in pinyin, or in characters that only sound so (举抱, 伸请): at the start of a clause, where little else sounds like it.
# All of it begins with 我, however that is written.
_BY_SOUND = (
    (RequestKind.PETITION, re.compile("wo(?:men)?(?:xiangyao|xiang|yao)(?:shiming)?(?:jubao|tousu)(?!dianhua|rexian|qudao|fangshi)")),
    (RequestKind.APPLICATION, re.compile("wo(?:men)?(?:xiangyao|xiang|yao)shenqing(?:gongkai|(?:zhengfu)?xinxi(?:gongkai)?)(?!liucheng|biao)")),
)  # fmt: skip
_QUESTION_BY_SOUND = re.compile(
    "zenme|ruhe|nali|naer|shenme|duoshao|duojiu|dianhua|shoufei|youmeiyou|shifou|(?:ma|ne)$|qingwen"
)


_COLON = re.compile("[^,.?!;]{0,8}:")
# What documents call the ways that are not the search's.
_CHANNELS = {RequestKind.PETITION: "信访、投诉、举报", RequestKind.CORRECTION: "更正本人信息"}
_MISCONDUCT, _OF_OFFICIALS = re.compile(f"{_SOMEBODY}|{_MISDEEDS}"), "违规违纪的投诉举报"


def request_kind(folded: str) -> RequestKind:
    """The kind of request that a message is; in doubt an inquiry.

    Where it is several (我申请公开合同，不然我要投诉), what is said first is it. An insult beside a question is passed over.
    """
    rest = without_insults(folded)
    talk = chatter.small_talk(rest)
    if is_threat(folded):
        return RequestKind.ABUSE
    if rest != folded and talk is not RequestKind.IDENTITY and says_only_who_is_meant(chatter.remove_chatter(rest)):
        return RequestKind.ABUSE
    if talk:
        return talk
    declared = _declared(rest)
    if declared:
        return declared[0]
    return _by_sound(rest) or RequestKind.INQUIRY


def sought(folded: str, kind: RequestKind) -> str:
    """What to search for: a question without insults, a wish to apply without 我要申请公开, the channel of all else.

    Who is complained of, and what is wrong in whose record, is no business of the search.
    """
    if kind is RequestKind.PETITION and _MISCONDUCT.search(folded):
        return _OF_OFFICIALS
    if kind in _CHANNELS:
        return _CHANNELS[kind]
    rest = without_insults(folded)
    declared = _declared(rest) if kind is RequestKind.APPLICATION else None
    if declared is None:
        return rest
    start, end = declared[1].span()
    wanted = f"{rest[:start]} {rest[end:]}".strip(" ,:.;")
    # Who only says that he applies is to read how.
    return wanted if content_stretches(chatter.remove_chatter(wanted)) else rest


def _declared(text: str) -> tuple[RequestKind, re.Match[str]] | None:
    """What is declared first, unless it is asked about."""
    found = []
    for kind, declaration, question in _RULES:
        declared = declaration.search(text)
        if declared and not question.search(_before_colon(text, declared) if kind is RequestKind.APPLICATION else text):
            found.append((declared.start(), kind, declared))
    if not found:
        return None
    _, kind, declared = min(found, key=lambda each: each[0])
    return kind, declared


def _before_colon(text: str, declared: re.Match[str]) -> str:
    """The text up to a colon behind the declaration: 我想申请信息公开：2017年引进了多少企业 asks for information, not how to apply."""
    colon = _COLON.match(text, declared.end())
    return text[: colon.end()] if colon else text


def _by_sound(text: str) -> RequestKind | None:
    if _QUESTION.search(text) or not any(sign == "w" or syllable(sign) == "wo" for sign in text):
        return None
    for clause in clauses(chatter.remove_chatter(text)):
        sounds = "".join(syllable(sign) if is_han(sign) else sign for sign in clause if sign.isalpha())
        for kind, declaration in _BY_SOUND:
            if declaration.match(sounds) and not _QUESTION_BY_SOUND.search(sounds):
                return kind
    return None
