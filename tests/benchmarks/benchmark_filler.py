"""Filler passages: made-up Chinese and English text, the same in every run.

Words are drawn by rank as in natural text (Zipf, "Human Behavior and the Principle of Least
Effort", 1949), so that the words of a question are as frequent among the fillers as they would be
in a large collection on learning, and most other words are rare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from corpus.types import Language

SHARE_CHINESE = 0.7
_CHINESE_WORDS = 62
_ENGLISH_WORDS = 60
_WORDS_A_SENTENCE = 14

_CHINESE = (
    "的 了 是 我 在 就 不 要 有 也 先 学 都 和 学习 可以 一个 觉得 如果 机器 然后 深度 自己 数学 "
    "基础 没有 时候 算法 模型 问题 课程 代码 什么 怎么 需要 时间 项目 工作 论文 数据 老师 开始 "
    "比较 理解 很多 网络 神经 训练 公式 推导 概率 线性 代数 编程 实现 框架 毕设 面试 公司 方向 "
    "入门 视频 教材 一章 一遍 习题 导师 实验 结果 图像 文本 语言 大 模型 方法 知识 经验 同学 周 "
    "每天 小时 慢慢 动手 跑通 调参 复现 查 资料 笔记 收藏 英文 文档 社区 分享 建议 计划 阶段"
)
_HAN = (
    "山水木火土云风雨石竹松梅兰菊桥船灯书画琴棋茶酒米盐糖瓜果叶根花草鸟鱼马牛羊城街巷门窗"
    "春夏秋冬东南西北红黄蓝白黑金银铜铁江河湖海岛沙田园林井泉冰雪雷电星月光影声音歌舞衣帽鞋袜"
    "刀尺针线纸笔墨砚床桌椅碗盘杯壶锅"
)

_ENGLISH = (
    "the to of and a in is i you it that for on with as be this are was have not but or can if "
    "learning learn machine deep model course first need math time project code before work data "
    "network training book paper linear algebra probability python framework research job study "
    "start basics theory week hours thesis interview company lecture exercise chapter video "
    "advice plan practice teacher gradient language image text result method experience notes"
)
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo yu za bren dor fel gar hin jol kem"


class FillerWriter:
    """Writes filler passages; the same `seed` gives the same passages in the same order."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        chinese = ("".join(pair) for pair in product(_HAN, repeat=2))
        english = ("".join(three) for three in product(_SYLLABLES.split(), repeat=3))
        self._words = {
            Language.CHINESE: _ranked(_CHINESE, chinese),
            Language.ENGLISH: _ranked(_ENGLISH, english),
        }

    def passages(self, count: int) -> Iterator[tuple[Language, str]]:
        """`count` passages, each of about 120 Han characters or of 60 words, with its language."""
        for _ in range(count):
            chinese = self._random.random() < SHARE_CHINESE
            language = Language.CHINESE if chinese else Language.ENGLISH
            yield language, self.text(language)

    def text(self, language: Language) -> str:
        """One passage in `language`."""
        chinese = language is Language.CHINESE
        words = self._drawn(language, _CHINESE_WORDS if chinese else _ENGLISH_WORDS)
        sentences = [
            words[start : start + _WORDS_A_SENTENCE]
            for start in range(0, len(words), _WORDS_A_SENTENCE)
        ]
        if chinese:
            return "".join(f"{''.join(each[:7])}，{''.join(each[7:])}。" for each in sentences)
        return " ".join(f"{' '.join(each)}.".capitalize() for each in sentences)

    def _drawn(self, language: Language, count: int) -> list[str]:
        words, cumulative = self._words[language]
        places = np.searchsorted(cumulative, self._random.random(count))
        return [words[place] for place in places]


def _ranked(frequent: str, rare: Iterable[str]) -> tuple[list[str], NDArray[np.float64]]:
    """Words by rank, the `frequent` ones first, and their cumulative probabilities."""
    shuffled = np.random.default_rng(0).permutation(list(rare))
    words = list(dict.fromkeys([*frequent.split(), *map(str, shuffled)]))
    shares = 1.0 / np.arange(3, len(words) + 3)
    cumulative = np.cumsum(shares / shares.sum())
    cumulative[-1] = 1.0
    return words, cumulative
