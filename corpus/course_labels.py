"""The words for the short names that course files use: skills, origins of facts, levels, costs."""

from __future__ import annotations

from corpus.types import Bilingual, Confidence, Direction, Language

SKILLS = {
    "agents": Bilingual("智能体（Agent）", "LLM agents"),
    "attention": Bilingual("注意力机制", "attention"),
    "backpropagation": Bilingual("反向传播", "backpropagation"),
    "calculus": Bilingual("微积分", "calculus"),
    "clustering": Bilingual("聚类", "clustering"),
    "computer-vision": Bilingual("计算机视觉", "computer vision"),
    "convex-optimization": Bilingual("凸优化", "convex optimization"),
    "convolutional-networks": Bilingual("卷积神经网络", "convolutional networks"),
    "decision-trees": Bilingual("决策树与集成方法", "decision trees and ensembles"),
    "deep-learning": Bilingual("深度学习", "deep learning"),
    "dimensionality-reduction": Bilingual("降维", "dimensionality reduction"),
    "fine-tuning": Bilingual("模型微调", "fine-tuning"),
    "generative-models": Bilingual("生成模型", "generative models"),
    "gradient-descent": Bilingual("梯度下降与优化", "gradient descent and optimisation"),
    "high-school-math": Bilingual("高中数学", "high-school mathematics"),
    "keras": Bilingual("Keras", "Keras"),
    "linear-algebra": Bilingual("线性代数", "linear algebra"),
    "linear-regression": Bilingual("线性回归", "linear regression"),
    "llm": Bilingual("大语言模型", "large language models"),
    "llm-use": Bilingual("调用大模型", "calling large language models"),
    "logistic-regression": Bilingual("逻辑回归", "logistic regression"),
    "machine-learning": Bilingual("机器学习基础", "machine learning basics"),
    "model-evaluation": Bilingual("模型评估与选择", "model evaluation and selection"),
    "neural-networks": Bilingual("神经网络", "neural networks"),
    "nlp": Bilingual("自然语言处理", "natural language processing"),
    "numpy": Bilingual("NumPy", "NumPy"),
    "probability": Bilingual("概率论", "probability"),
    "programming": Bilingual("编程", "programming"),
    "python": Bilingual("Python 编程", "Python programming"),
    "pytorch": Bilingual("PyTorch", "PyTorch"),
    "rag": Bilingual("检索增强生成（RAG）", "retrieval-augmented generation (RAG)"),
    "recommender-systems": Bilingual("推荐系统", "recommender systems"),
    "recurrent-networks": Bilingual("循环神经网络", "recurrent networks"),
    "regularization": Bilingual("过拟合与正则化", "overfitting and regularisation"),
    "reinforcement-learning": Bilingual("强化学习", "reinforcement learning"),
    "scikit-learn": Bilingual("scikit-learn", "scikit-learn"),
    "statistics": Bilingual("统计学", "statistics"),
    "support-vector-machines": Bilingual("支持向量机", "support vector machines"),
    "tensorflow": Bilingual("TensorFlow", "TensorFlow"),
    "transformers": Bilingual("Transformer", "Transformers"),
    "undergraduate-math": Bilingual(
        "理工科大学二年级的数学", "second-year university mathematics for science or engineering"
    ),
    "word-embeddings": Bilingual("词向量", "word embeddings"),
}

STAGES = {
    "programming": Bilingual("编程", "programming"),
    "mathematics": Bilingual("数学", "mathematics"),
    "machine-learning": Bilingual("机器学习", "machine learning"),
    "deep-learning": Bilingual("深度学习", "deep learning"),
    "field": Bilingual("应用方向", "fields of use"),
}

ORIGINS = {
    "book": Bilingual("书中自述", "the book itself"),
    "chinese-notes": Bilingual("课程的中文笔记", "the Chinese notes on the course"),
    "course": Bilingual("课程自己的说明", "the course itself"),
    "guide": Bilingual(
        "学生编写的自学指南 cs-self-learning",
        "cs-self-learning, a self-study guide written by students",
    ),
    "learners": Bilingual("学过的人的说法", "people who have taken it"),
    "notes": Bilingual("课程讲义", "the course notes"),
    "pumpkin-book": Bilingual("《南瓜书》的转述", "the Pumpkin Book, relaying the author"),
    "repository": Bilingual("项目主页", "the project's own page"),
    "suggested-pace": Bilingual("课程建议的每周学时推算", "the weekly pace the course suggests"),
}

FIELDS = {
    "cost": Bilingual("费用", "cost"),
    "hours": Bilingual("总学时", "total hours"),
    "languages": Bilingual("语言", "languages"),
    "level": Bilingual("难度", "level"),
    "modules": Bilingual("内容目录", "contents"),
    "prerequisites": Bilingual("先修要求", "prerequisites"),
    "provider": Bilingual("提供方", "provider"),
    "status": Bilingual("是否仍在更新", "status"),
    "url": Bilingual("网址", "address"),
    "weeks": Bilingual("周数", "weeks"),
}

LEVELS = {
    "beginner": Bilingual("入门", "beginner"),
    "intermediate": Bilingual("中级", "intermediate"),
    "advanced": Bilingual("进阶", "advanced"),
}
DIRECTIONS = {
    Direction.VISION: Bilingual("计算机视觉", "computer vision"),
    Direction.LANGUAGE: Bilingual("自然语言处理", "natural language processing"),
}
CONFIDENCES = {
    Confidence.HIGH: Bilingual("高", "high"),
    Confidence.MEDIUM: Bilingual("中等", "medium"),
    Confidence.LOW: Bilingual("较低", "low"),
}
COSTS = {
    "free": Bilingual("免费", "free"),
    "audit": Bilingual("内容可以免费看，证书收费", "free to view, with a paid certificate"),
    "paid": Bilingual("收费", "paid"),
    "book": Bilingual("要买书", "a book to buy"),
}
LANGUAGES = {
    Language.CHINESE: Bilingual("中文", "Chinese"),
    Language.ENGLISH: Bilingual("英文", "English"),
}


def skill_name(skill: str, language: Language) -> str:
    """The words for a skill; a skill without an entry is spelled out from its short name."""
    label = SKILLS.get(skill)
    return label.text(language) if label else skill.replace("-", " ")


def origin_name(origin: str, language: Language) -> str:
    """Who states a fact, as words that follow "according to"; free text is returned unchanged."""
    label = ORIGINS.get(origin)
    return label.text(language) if label else origin
