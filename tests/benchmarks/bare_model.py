"""The bundled model with nothing around it: what a query costs at the least."""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus.bundled_embedder import MODEL_DIRECTORY


class BareModel:
    """One onnxruntime session on one thread, as the embedder has it."""

    def __init__(self) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            MODEL_DIRECTORY / "onnx" / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(MODEL_DIRECTORY / "tokenizer.json"))

    def inputs(self, question: str) -> dict[str, Any]:
        """What the model is fed for `question`."""
        tokens = np.array([self._tokenizer.encode(f"query: {question}").ids], np.int64)
        return {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}

    def run(self, inputs: dict[str, Any]) -> None:
        """One pass through the network."""
        self._session.run(["last_hidden_state"], inputs)
