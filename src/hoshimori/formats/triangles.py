"""Symmetric matrices as messages write them: the lower triangle, row by row."""

from __future__ import annotations

import numpy as np

from hoshimori.model.elements import Column


def from_lower_triangle(triangles: Column) -> Column:
    """Return symmetric matrices (..., n, n) of lower triangles (..., n (n + 1) / 2).

    >>> from_lower_triangle(np.array([1.0, 2.0, 3.0]))
    array([[1., 2.],
           [2., 3.]])
    """
    size = round((8 * triangles.shape[-1] + 1) ** 0.5 - 1) // 2
    rows, columns = np.tril_indices(size)
    matrices = np.empty((*triangles.shape[:-1], size, size))
    matrices[..., rows, columns] = triangles
    matrices[..., columns, rows] = triangles
    return matrices
