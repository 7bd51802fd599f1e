"""Statement vectors -> themes that last: neighbour graph, communities, labels, identity, trends."""
