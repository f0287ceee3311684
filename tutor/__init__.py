"""The conversation: learner and goal, balanced retrieval, answers, checks."""
