"""Pages as the systems of government sites lay them out, around any text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import groupby

TITLE = "示例市粮食局2024年政府信息公开工作年度报告"
LINKS = "".join(
    f'<li><a href="/art/2025/{number}.html">示例市召开第{number}次粮食安全工作会议</a><span>2025-02-{number:02}</span></li>'
    for number in range(10, 22)
)
NAVIGATION = '<ul class="list"><li><a href="/">首页</a></li><li><a href="/xw/">新闻</a></li><li><a href="/zw/">政务公开</a></li></ul>'
PLACE = '当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">年度报告</a>'
FOOT = (
    "版权所有：示例市人民政府　主办：示例市人民政府办公室　承办：示例市大数据管理局<br>网站标识码：4200000001　备案号：示ICP备05000001号"
    " 示公网安备 42000000000001号<br>联系电话：0700-7654321　建议使用1280×768分辨率浏览本网站。"
)


def body_of(markdown: str, heading: str = "<p><strong>{}</strong></p>", paragraph: str = "<p>　　{}</p>") -> str:
    """The text below the title as an editor makes it: headings and paragraphs alike, tables as tables."""
    out = []
    lines = [line for line in markdown.split("\n") if line and not line.startswith("# ")]
    for is_table, group in groupby(lines, lambda line: line.startswith("|")):
        if is_table:
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in group if "---" not in line]
            cells = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in rows)
            out.append(f'<table border="1"><tbody>{"".join(f"<tr>{row}</tr>" for row in cells)}</tbody></table>')
            continue
        for line in group:
            form = heading if line.startswith("#") else paragraph
            out.append(form.format(escape(line.lstrip("# "))))
    return "\n".join(out)


def trs(body: str, title: str = TITLE) -> str:
    """TRS: zoom around TRS_Editor, share bar and related links below."""
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<meta name="SiteName" content="示例市人民政府"><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-21 10:12">
<meta name="ContentSource" content="示例市粮食局"><meta name="ColumnName" content="年度报告">
<meta name="Url" content="http://www.example.gov.cn/zwgk/nb/202501/t20250121_1.html">
<title>{title}-示例市人民政府门户网站</title><style>.a{{color:red}}</style></head><body>
<div class="header"><h1 class="logo">示例市人民政府</h1><div class="nav">{NAVIGATION}</div></div>
<div class="wrap"><div class="position">{PLACE}</div><div class="xl_main"><h2 class="xl_title">{title}</h2>
<div class="xl_info"><span>发布时间：2025-01-21 10:12</span><span>来源：示例市粮食局</span><span>浏览次数：<script>document.write(12)</script></span>
<span>字号：[<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>]</span></div>
<div id="zoom"><div class="TRS_Editor"><style>.TRS_Editor P{{line-height:1.5}}</style>{body}</div></div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div>【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</div>
<div class="xgxx"><h3>相关链接</h3><ul>{LINKS}</ul></div></div>
<div class="ewm">扫一扫在手机打开当前页</div></div><div class="footer">{FOOT}</div></body></html>"""


def ucap(body: str, title: str = TITLE) -> str:
    """UCAP: elements of the system's own, and comments that mark the parts."""
    return f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_政务公开_示例市粮食局</title>
<meta name="PubDate" content="2025/1/21" /><meta name="ContentSource" content=""></head><body>
<div class="top-banner"><a href="/">示例市粮食局</a></div><div class="menu">{NAVIGATION}</div><div class="BreadcrumbNav">{PLACE}</div>
<div class="container"><div class="article"><h1 class="article-title"><ucaptitle>{title}</ucaptitle></h1>
<div class="article-info">发布时间：<publishtime>2025-01-21</publishtime> 来源：<ucapsource>示例市粮食局</ucapsource> 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>
<div class="pages_content" id="UCAP-CONTENT"><ucapcontent><!--begin-->{body}<!--end--></ucapcontent></div>
<div class="share"><span>扫一扫分享</span><img src="q.png" alt="二维码"></div>
<div class="comment-box"><p>网友评论：写得很好，点赞，希望今后继续公开更多的信息。</p></div></div>
<div class="side"><h3>热门推荐</h3><ul>{LINKS}</ul></div></div><footer><p>{FOOT}</p></footer></body></html>"""


def table_layout(body: str, title: str = TITLE) -> str:
    """A site of 2005: tables for everything, no class anywhere."""
    return f"""<HTML><HEAD><TITLE>{title}</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD>
<BODY bgColor=#ffffff><TABLE width=780 align=center><TBODY><TR><TD><IMG src="banner.jpg"></TD></TR><TR><TD bgColor=#cc0000>
<A href="/">首页</A> | <A href="/zw">政务公开</A> | <A href="/bs">办事指南</A></TD></TR></TBODY></TABLE>
<TABLE width=780 align=center><TBODY><TR><TD width=180 vAlign=top><TABLE><TBODY><TR><TD>栏目导航</TD></TR>
<TR><TD><A href="/a">机构设置</A></TD></TR><TR><TD><A href="/b">政策法规</A></TD></TR><TR><TD><A href="/c">工作动态</A></TD></TR></TBODY></TABLE></TD>
<TD vAlign=top><TABLE width="100%"><TBODY><TR><TD>您现在的位置：<A href="/">首页</A> &gt;&gt; <A href="/n">年度报告</A></TD></TR>
<TR><TD align=center><FONT size=4><B>{title}</B></FONT></TD></TR>
<TR><TD align=center>发布时间：2025-1-21&nbsp;&nbsp;作者：&nbsp;&nbsp;点击数：35</TD></TR>
<TR><TD><FONT style="FONT-SIZE: 14px">{body}</FONT></TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印</A>】【<A href="javascript:window.close()">关闭</A>】</TD></TR></TBODY></TABLE></TD></TR></TBODY></TABLE>
<TABLE width=780 align=center><TBODY><TR><TD align=center>{FOOT}</TD></TR></TBODY></TABLE></BODY></HTML>"""


def xxgk(body: str, title: str = TITLE) -> str:
    """A page of the disclosure platform: its card as a table above the text."""
    return f"""<!-- saved from url=(0052)http://xxgk.example.gov.cn/lsj/202501/t20250121_9.html -->
<html><head><meta http-equiv="Content-Type" content="text/html; charset=GBK" /><title>示例市政府信息公开</title></head><body>
<div class="top">{NAVIGATION}</div><div class="main"><div class="xxgk_head"><table class="xxgk_table" cellspacing="0"><tr><th>索 引 号：</th><td>011336157/2025-00012</td>
<th>主题分类：</th><td>年度报告</td></tr><tr><th>发布机构：</th><td>示例市粮食局</td><th>生成日期：</th><td>2025年1月20日</td></tr>
<tr><th>名　　称：</th><td colspan="3">{title}</td></tr><tr><th>文　　号：</th><td>示粮发〔2025〕3号</td><th>有 效 性：</th><td>有效</td></tr></table></div>
<div class="xxgk_bt">{title}</div><div class="xxgk_content">{body}</div><div class="dy"><a href="#" onclick="print()">打印</a> <a href="#">关闭</a></div></div>
<div id="foot">{FOOT}</div></body></html>"""


def wordpress(body: str, title: str = TITLE) -> str:
    """A blog's system: article, widgets, comments."""
    return f"""<!doctype html><html><head><meta charset="UTF-8"><title>{title} &#8211; 示例粮食</title>
<link rel="canonical" href="https://grain.example.gov.cn/2025/01/report/"></head><body class="post-template single">
<header id="masthead"><h1 class="site-title"><a href="/">示例粮食</a></h1><nav>{NAVIGATION}</nav></header>
<div id="primary"><main id="main"><article id="post-7" class="post"><header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta">发表于 <a href="/d"><time>2025年1月21日</time></a> 由 <a href="/u">管理员</a></div></header>
<div class="entry-content">{body}<div class="sharedaddy share">分享：<a href="#">微博</a></div></div>
<footer class="entry-footer">分类：<a href="/c">年报</a></footer></article>
<nav class="post-navigation"><a href="/p">上一篇</a></nav><div id="comments" class="comments-area"><h2>一条评论</h2><p>谢谢公开，数据很清楚，希望以后每个季度都有。</p></div></main></div>
<aside id="secondary" class="widget-area"><h2>近期文章</h2><ul>{LINKS}</ul></aside></body></html>"""


def mobile(body: str, title: str = TITLE) -> str:
    """A site for telephones: hardly any marks, hidden menus."""
    return f"""<!DOCTYPE html><html><head><meta name="viewport" content="width=device-width"><title>{title}</title></head><body>
<div class="m-head" style="display:none"><p>菜单：请选择您要访问的栏目，我们将为您打开相应的页面。</p>{NAVIGATION}</div>
<section class="m-detail"><h1>{title}</h1><p class="time">2025-01-21 10:12　来源：示例市粮食局</p><div class="m-text">{body}</div></section>
<div class="m-share" hidden>分享给朋友</div><div class="m-foot"><p>{FOOT}</p></div></body></html>"""


LAYOUTS: tuple[Callable[[str], str], ...] = (trs, ucap, table_layout, xxgk, wordpress, mobile)
