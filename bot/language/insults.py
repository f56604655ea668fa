"""Insults and threats: what is left out of a question, and what makes a message nothing but abuse.

All functions take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re

# A word goes only where it cannot be part of what is asked: 滚动公开, 垃圾分类, 危险废物 and 神经病医院 are topics.
_CHINESE = (
    "傻(?:逼|比|屄|叉|缺|帽|鸟|批|蛋|狗|子(?!瓜子)|瓜|不拉几|[bx](?![a-z0-9]))|[煞沙莎啥]逼|[煞沙莎]比(?![利亚拉尔])|[煞傻沙莎杀]笔|煞b(?![a-z0-9])|沙雕(?!塑|像|节|展|作品)|"
    "[操草艹肏曹][你尼泥拟][妈马玛娘嘛麻大全祖]|日你[妈娘先仙祖]|干你[娘妈]|[艹肏]|卧[槽操]|我操(?![作办场心练控])|草泥马|尼玛的|[你尼泥]妈[逼比b的死]|你大爷的?|去你的|"
    "他妈的?(?![妈咪])|(?<![妈他她我你爸姨舅姑大干后])妈的|特么的?|(?<![翻打摇])滚(?:蛋|开(?!水)|出去|犊子|粗|你妈|一边去|远点|(?=[\\s,.!?~吧啊]|$))|"
    "王八(?:蛋|羔子|犊子)|[混浑](?:蛋|账)(?:东西)?|龟(?:儿子|孙子)|狗(?:日的|东西|杂种|娘养的?|官|屁|腿子|逼|比|b(?![a-z0-9])|屎)|猪狗不如|禽兽不如|蠢[猪货蛋驴材]|猪脑子?|死猪|"
    "畜[生牲](?=[\\s,.!?~吧啊]|$)|[狗小野]杂种|贱[人货]|婊子|人渣|败类|脑残|弱智(?!儿童|教育|人|学)|智障(?![人儿者群学残患]|教育)|白痴|笨[蛋猪]|饭桶|酒囊饭袋|废柴|[二2]逼|"
    "神经病(?![院学科人患医])|脑子(?:有(?:病|问题|坑|水|屎)|进水)|臭?不要脸|无耻|放(?:你妈的)?屁|吃屎|死全家|全家死(?:光|绝)|死妈|不得好死|断子绝孙|去死吧?|"
    "(?:是|真|太|就是|都是|全是|群|帮|堆)垃圾(?=[\\s,.!?~吧啊]|$)|垃圾(?:机器人|客服|政府|部门|单位|局|系统|软件|网站|玩意儿?|东西|程序)(?![\u4e00-\u9fff])|"
    "(?:是|真|群|帮|你们?)废物(?=[\\s,.!?~吧啊]|$)|^废物[!.~]*$"
)
# Not \b: a Chinese character is a letter to it, and 你个sb has none before the s.
_LATIN = (
    "(?<![a-z0-9])(?:(?:mother ?)?fuck(?:ing|ers?|ed|s)?(?: (?:you|off|u|this))?|f[*]+k|wtf|stfu|bull ?shit|shit(?:ty)?|assholes?|"
    "bastards?|(?:son of a )?bitch(?:es)?|idiots?|idiotic|morons?|retards?|dumbass(?:es)?|dumb (?=bot|machine|robot|ai)|stupid|go to hell|screw you|"
    "piss off|damn(?: you| it)?|shut up|scumbags?|sb|s[.]b|nmsl|w?cnm|tmd|rnm|mlgb|wdnmd|sha ?bi|cao ?ni ?ma|ta ?ma ?de|gun ?dan|wang ?ba ?dan|nao ?can)(?![a-z0-9])"
)
_INSULTS = re.compile(f"{_CHINESE}|{_LATIN}")
# Of these the agency has to hear, whatever else is said.
_THREATS = re.compile(
    "(?:[杀砍捅弄打整]死|杀了|杀光|砍了|捅了|弄残|打断|炸了|炸掉|炸平|烧了|干掉)(?:你们?|您)(?!的?(?:问题|电话))|炸(?:了|掉|平|毁)(?:这|你们?|贵)?[^,.?!]{0,6}(?:局|政府|单位|办公楼|大楼)|"
    "(?:你们?|您)(?:都|就|全)?等死吧?|(?:小心|当心)你们?(?:的?(?:狗命|小命)|全家|家人)|要(?:了)?你们?的?(?:狗|小)?命|"
    r"\bi(?:'ll| will| am going to|'m going to) (?:kill|shoot|stab|murder|hurt|bomb) (?:you|u|all of you|your)\b|\bi(?:'ll| will) (?:blow up|burn down) your\b"
)
# What stands around an insult and asks for nothing: who is meant, and how much.
_AROUND = re.compile(
    "(?:你|您|我|他|她|它|咱)们?|真的?是?|简直|统统|全部?|[都太就个只还又再也地死给快是的了吧啊呀呢嘛吗哦这那些群帮堆一很]|非常|赶紧|什么|啥|怎么|这么|那么|不是|一样|"
    "机器人|机器|客服|人工智能|智能|程序|系统|政府|部门|单位|机关|官员|领导|工作人员|办事员?|公务员|人员|人|东西|玩意儿?|家伙|"
    r"\b(?:you|u|are|r|is|an?|the|all|such|so|this|that|your|of|to|guys|people|bot|robot|machine|ai|government|bureau|office|and|bunch|pack|lot|really|just|what|ni|men|shi|ge|zhen|de)\b|[^\w]|_"
)
_OFFICE = re.compile("[\u4e00-\u9fff]{1,8}(?:局|委|厅|办|院|所|市|县|区)")


def without_insults(folded: str) -> str:
    """The text with a space in the place of each insult; what is asked beside one stays as it is."""
    return _INSULTS.sub(" ", folded).strip()


def is_threat(folded: str) -> bool:
    """Whether somebody is threatened."""
    return _THREATS.search(folded) is not None


def says_only_who_is_meant(rest: str) -> bool:
    """Whether nothing but 你们, 真是, 招商局 is left of a text whose insults and chatter are gone."""
    left = _AROUND.sub("", rest)
    return not left or _OFFICE.fullmatch(left) is not None
