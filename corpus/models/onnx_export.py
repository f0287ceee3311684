"""Exports the encoder to ONNX and quantises it to int8."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from corpus.models.vocabulary import MAXIMUM_TOKENS

if TYPE_CHECKING:
    from transformers import BertModel

INPUTS = ("input_ids", "attention_mask")
OUTPUT = "last_hidden_state"


def write_onnx(model: BertModel, path: Path) -> None:
    """Write `model` to `path` in int8: weights scaled per output channel, activations per call.

    Weights use 7 bits. Processors with AVX2 but without VNNI add two products in 16 bits and
    would saturate with 8; with 7, every x86-64 processor computes the same integers.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder) / "fp32.onnx"
        _export(model, exported)
        quantize_dynamic(
            exported, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    graph = onnx.load(path)
    _strip_traces(graph)
    onnx.save(graph, path)


def _export(model: BertModel, path: Path) -> None:
    example = torch.full((2, 16), 4), torch.ones((2, 16), dtype=torch.int64)
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence", max=MAXIMUM_TOKENS)}
    torch.onnx.export(
        model,
        example,
        path,
        input_names=INPUTS,
        output_names=[OUTPUT],
        dynamic_shapes=dict.fromkeys(INPUTS, axes),
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def _strip_traces(model: onnx.ModelProto) -> None:
    """Take out the exporter's notes, which hold paths of the machine that built the file."""
    model.ClearField("metadata_props")
    model.graph.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    for part in (*model.graph.node, *model.graph.input, *model.graph.output):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for initializer in model.graph.initializer:
        initializer.ClearField("metadata_props")
