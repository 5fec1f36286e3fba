"""Made histories of the belt, and how well their patterns are read from them."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from hoshimori.detectors.pattern import PatternDetector
from hoshimori.exercise.belt_histories import BeltHistory, belt_histories
from hoshimori.exercise.pattern_score import NodeScore, node_score
from hoshimori.model.pattern import Aspect, Mode, Node, NodeKind
from hoshimori.model.provenance import Reality
from hoshimori.workflows.pattern import patterns_of


@pytest.fixture(scope="module")
def belt() -> BeltHistory:
    return belt_histories(np.random.Generator(np.random.PCG64(8)), 30, every_days=1.0)


def test_made_histories_are_marked_and_end_with_nodes(belt: BeltHistory) -> None:
    assert belt.element_sets.reality is Reality.SIMULATED
    assert len(belt.nodes) == len(belt.norad_ids) == 30
    for nodes in belt.nodes:
        for aspect in (Aspect.EAST_WEST, Aspect.NORTH_SOUTH):
            own = [n.kind for n in nodes if n.aspect is aspect]
            assert own[0] is NodeKind.START
            assert own[-1] is NodeKind.END


def test_the_same_seed_makes_the_same_belt(belt: BeltHistory) -> None:
    again = belt_histories(np.random.Generator(np.random.PCG64(8)), 30, every_days=1.0)
    assert again.nodes == belt.nodes
    assert again.element_sets.provenances == belt.element_sets.provenances


def test_most_nodes_are_read_back(belt: BeltHistory) -> None:
    found = {p.norad_id: p.nodes for p in patterns_of(belt.element_sets, PatternDetector())}
    inner = (NodeKind.END,)
    truth = [[n for n in nodes if n.kind not in inner] for nodes in belt.nodes]
    read = [[n for n in found[i] if n.kind not in inner] for i in belt.norad_ids]
    score = node_score(truth, read, timedelta(days=1.5))
    # 0.91 over many belts (benchmarks/accuracy_pattern.py); thirty satellites scatter by 0.04.
    assert score.f2 > 0.8


def test_the_metric_weighs_recall_more() -> None:
    assert NodeScore(5, 0, 5).f2 > NodeScore(5, 5, 0).f2
    assert NodeScore(0, 3, 4).f2 == 0.0
    assert NodeScore(7, 0, 0).f2 == 1.0


def test_a_node_counts_once_and_only_with_its_mode(belt: BeltHistory) -> None:
    node = belt.nodes[0][0]
    other = Mode.CHEMICAL_KEEPING if node.mode is not Mode.CHEMICAL_KEEPING else Mode.NOT_KEPT
    wrong = Node(node.at_utc, node.aspect, node.kind, other)
    assert node_score([[node]], [[node, node]], timedelta(hours=1)) == NodeScore(1, 0, 1)
    assert node_score([[node]], [[wrong]], timedelta(hours=1)) == NodeScore(0, 1, 1)
