"""Lines that belong to a site's buttons and counters, not to what a person wrote."""

from __future__ import annotations

import re

from ingest.counts import COUNT
from ingest.links import without_links

_DECORATION = re.compile(r"^[\W_]+|[\W_]+$")
_WORDS = re.compile(
    rf"""
    已?(?:赞同|点赞|赞|踩|收藏|喜欢|感谢|分享|举报|评论|转发|打赏|在看|投币|阅读|浏览)[数量]?(?:\s*[:：]?\s*{COUNT})?
    | {COUNT}\s*(?:条评论|人?赞同|次?点赞|个?赞|人?收藏|人?喜欢|次?阅读|次?分享|人关注|评论)
    | (?:查看|显示|共)?\s*(?:全部|所有)?\s*(?:{COUNT}|更多)\s*(?:个|条)?(?:回答|评论|答案)
    | (?:添加|发表|暂无|写|查看|查看全部|全部|收起|还没有)评论 | 评论区 | 好问题(?:\s*{COUNT})?
    | (?:写|邀请|更多|我来|其他|查看|默认|全部|收起|展开)回答 | 邀请
    | 等你来答 | 被浏览(?:\s*{COUNT})?
    | (?:已|取消)?关注(?:问题|者|他|她|TA|作者)?(?:\s*{COUNT})? | 取消感谢
    | (?:展开|收起|显示|查看)(?:全部|更多|全文|阅读)? | (?:展开)?阅读(?:全文|更多|原文) | 继续阅读
    | 申请转载 | 编辑 | 设置 | 删除 | 复制(?:链接)? | 更多 | 回复 | 私信 | 向\s*TA\s*提问
    | (?:默认|按时间|切换为时间|最新)排序 | 登录(?:/注册)? | 注册 | 首页 | 发现
    | (?:打开|下载)\s*App | 编辑推荐 | 共\s*\d+\s*项收录 | 收录于.{{0,30}} | 盐选推荐
    | 专业推荐 | 广告 | 推荐
    | (?:本|该)?(?:回答|答案)(?:被|由)(?:网友|提问者|专业人士|用户)?.{{0,4}}(?:采纳|推荐)
    | (?:最佳|满意|推荐)(?:答案|回答) | 提问者采纳 | 著作权归作者所有 | IP\s*属地.{{0,8}}
    | 你对这个(?:回答|答案)的评价是 | 已?(?:赞|踩)过 | 为你推荐 | 其他类似问题 | 相关推荐 | 特别推荐
    | (?:share|save|like|liked|upvote|downvote|reply|report|follow|following|comments?|more|edit)
      (?:\s*{COUNT})?
    | {COUNT}\s*(?:shares?|comments?|likes?|upvotes?|views?|replies|answers?|followers?|claps?)
    | (?:add|view|show|hide|write|read)\s+(?:(?:a|an|all|more|{COUNT})\s+)*
      (?:comments?|answers?|more)
    | sort\s+by.{{0,20}} | see\s+(?:all|more).{{0,20}} | sign\s+(?:in|up) | log\s+in
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHARE_BAR = 3


def plain(line: str) -> str:
    """`line` without the signs around it and with links reduced to their words."""
    return _DECORATION.sub("", without_links(line)).strip()


def is_interface(line: str) -> bool:
    """Whether `line` is nothing but a button or counter ("▲ 赞同 1.3 万 ▼", "💬 14 条评论")."""
    words = plain(line)
    return bool(words) and _WORDS.fullmatch(words) is not None


def without_share_bars(text: str) -> str:
    """`text` without runs of three or more interface lines, which no writer produces."""
    kept: list[str] = []
    run: list[str] = []
    for line in [*text.split("\n"), "end"]:
        if is_interface(line) or (run and not plain(line)):
            run.append(line)
            continue
        if sum(map(is_interface, run)) < _SHARE_BAR:
            kept.extend(run)
        run = []
        kept.append(line)
    return "\n".join(kept[:-1])
