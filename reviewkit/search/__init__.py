"""A query -> ranked records: lexical and semantic candidates fused, marked and counted; numpy only."""
