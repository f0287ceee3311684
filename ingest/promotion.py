"""Adverts: whole answers that sell something, and the lines around a text that ask to follow."""

from __future__ import annotations

import re

from ingest.interface_words import plain

_SALES = (
    re.compile(r"盐选(?:专栏|成长计划|会员|推荐)"),
    re.compile(r"本回答节选自|节选自(?:付费|盐选|会员)"),
    re.compile(
        r"购买该.{0,6}专栏|开通会员|会员免费|会员专享|查看完整(?:内容|版)|付费(?:内容|咨询|专栏)"
    ),
    re.compile(r"[¥￥$]\s*\d+(?:\.\d+)?.{0,6}(?:会员|元|原价|限时|立减)|最低\s*[\d.]+\s*元"),
    re.compile(r"推荐律师服务|百度律临|广告合作|商务合作"),
    re.compile(
        r"立即(?:购买|报名|咨询|领取)|限时(?:优惠|特价|免费)|免费领取|优惠券|报名(?:热线|电话)"
    ),
    re.compile(r"\b(?:sponsored|promoted (?:by|content)|buy now|limited[- ]time offer)\b", re.I),
)
_SURE_SALES = 2
_ALWAYS_SALE = re.compile(
    r"本回答节选自|^\s*(?:sponsored|promoted by\b.*|推荐律师服务.*)\s*$", re.I | re.M
)
_FOLLOW = re.compile(
    r"(?:扫描|扫码|长按|识别).{0,12}(?:二维码|关注|图片)|二维码.{0,6}(?:关注|添加)"
    r"|微信(?:搜索|扫码|公众号.{0,4}搜)|(?:添加|加).{0,4}(?:小编|微信号|VX)|(?:转发|点赞).{0,6}(?:点赞|在看|转发)"
    r"|点(?:个|亮).{0,4}(?:在看|赞|star)|点击.{0,6}(?:阅读原文|上方|下方|蓝字|关注|卡片)|戳.{0,4}阅读原文"
    r"|(?:欢迎|记得|别忘了|快来|请)(?:大家)?.{0,4}(?:关注|订阅|转发|收藏).{0,10}(?:专栏|公众号|我|频道|账号|微博)"
    r"|(?:往期|精彩|相关|更多)(?:精彩|推荐|文章|回顾|阅读|好文)(?:[:：]|$)|推荐阅读[:：]?$"
    r"|(?:subscribe|sign up) (?:to|for) (?:my|our|the) (?:newsletter|channel|mailing)"
    r"|follow (?:me|us) on |(?:please |don.t forget to )(?:like|share|subscribe|clap)",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"(?:-+\s*)?(?:the\s+)?end(?:\s*-+)?|全文完|正文完|本文完|完|未完待续", re.IGNORECASE
)
_RULE = re.compile(r"[-=*_~—☆★·.…↑↓\s]*")
_CLAUSE = re.compile(r"[，。！？；,!?;]")
_ASKING_SHARE = 0.4
_LONGEST_LINE = 120
_AFTER_END = 800


def is_advert(text: str) -> bool:
    """Whether a whole answer sells something: it says so itself, or shows two signs of a sale."""
    signs = sum(1 for sign in _SALES if sign.search(text))
    return bool(_ALWAYS_SALE.search(text)) or signs >= _SURE_SALES


def without_promotion(text: str) -> str:
    """`text` without the requests to follow, share or scan at its top and at its bottom.

    What follows an end mark ("☆ END ☆") goes with it. Within the text nothing is taken away: there
    a person may speak of their own channel in a sentence that says something else too.
    """
    lines = _before_end_mark(text.split("\n"))
    while lines and _droppable(lines[-1]):
        lines.pop()
    while lines and _droppable(lines[0]):
        lines.pop(0)
    return "\n".join(lines)


def _droppable(line: str) -> bool:
    if _RULE.fullmatch(line):
        return True
    words = plain(line)
    asking = sum(len(clause) for clause in _CLAUSE.split(words) if _FOLLOW.search(clause))
    return len(words) <= _LONGEST_LINE and asking > _ASKING_SHARE * len(words)


def _before_end_mark(lines: list[str]) -> list[str]:
    for index in range(len(lines) - 1, -1, -1):
        rest = "\n".join(lines[index + 1 :])
        if len(rest) > _AFTER_END:
            break
        marked = len(plain(lines[index])) < len(lines[index].strip()) or not rest.strip()
        if marked and _END_MARK.fullmatch(plain(lines[index])):
            return lines[:index]
    return lines
